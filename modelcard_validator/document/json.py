"""JSON (RFC 8259) to data and marks, in one pass and without recursion.

The standard library's decoder gives no positions; its string scanner is used for the one part that is
easy to get wrong.
"""

from __future__ import annotations

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # undocumented, there since 2.6

from . import JSON, MAX_DEPTH, MAX_NODES, Mark, Refusal, Span, duplicate_key, not_a_mapping

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", re.ASCII)
_WORDS: dict[str, JSON] = {"true": True, "false": False, "null": None}
_WORD = re.compile(r"[A-Za-z]+")
_MAX_DIGITS = 4000  # CPython refuses to convert longer ones


_HELP = {
    "too-deep": "Flatten it; no metadata needs this.",
    "too-large": "Metadata is for facts; move long lists into a file of their own.",
    "control-character": "Write the character itself, or both halves of the pair.",
}


class _Refused(Exception):
    def __init__(self, rule: str, message: str, start: int, help: str | None = None, width: int = 1) -> None:
        self.refusal = Refusal(rule, message, help or _HELP[rule], Span(start, start + width))


def read(text: str, block: Span) -> tuple[JSON, Mark | None, list[Refusal]]:
    """Data and marks of the JSON value that is `text[block]`; data is None when it is refused."""
    duplicates: list[Refusal] = []
    try:
        data, mark = _Reader(text[: block.end], duplicates).document(block.start)
    except _Refused as refused:
        start, end = refused.refusal.span
        return None, None, [refused.refusal._replace(span=Span(start, min(end, block.end)))]
    if not isinstance(data, dict):
        shape = "a list" if isinstance(data, list) else "a single value"
        refusal = not_a_mapping(shape, Span(mark.start, mark.end))
        return (
            None,
            None,
            [refusal._replace(help="Put `{` and `}` around the record.")],
        )
    return (None if duplicates else data), mark, duplicates


class _Reader:
    """A stack machine: `document` is its only loop, so that depth costs memory and no stack."""

    def __init__(self, text: str, duplicates: list[Refusal]) -> None:
        self.text = text
        self.duplicates = duplicates
        self.nodes = 0

    def document(self, at: int) -> tuple[JSON, Mark]:
        stack: list[tuple[JSON, Mark, str]] = []  # open containers, each with the key being filled
        at = self.skip(at)
        while True:
            value, mark, at = self.value(at)
            if mark.values is not None or mark.items is not None:
                if len(stack) >= MAX_DEPTH:
                    raise _Refused("too-deep", f"nested deeper than {MAX_DEPTH} levels", mark.start)
                closing = "}" if mark.values is not None else "]"
                at = self.skip(at)
                if self.text[at : at + 1] != closing:
                    key, at = self.key(mark, at) if mark.values is not None else ("", at)
                    stack.append((value, mark, key))
                    continue
                at += 1
                mark.end = at
            while stack:
                parent, parent_mark, key = stack.pop()
                if parent_mark.values is not None:
                    parent[key] = value
                    parent_mark.values[key] = mark
                else:
                    parent.append(value)
                    assert parent_mark.items is not None
                    parent_mark.items.append(mark)
                at = self.skip(at)
                sign = self.text[at : at + 1]
                closing = "}" if parent_mark.values is not None else "]"
                if sign == ",":
                    at = self.skip(at + 1)
                    key, at = self.key(parent_mark, at) if parent_mark.values is not None else ("", at)
                    stack.append((parent, parent_mark, key))
                    break
                if sign != closing:
                    raise _unexpected(self.text, at, f"`,` or `{closing}`")
                at += 1
                parent_mark.end = at
                value, mark = parent, parent_mark
            else:
                end = self.skip(at)
                if end != len(self.text):
                    message = "something follows the end of the record"
                    raise _Refused("json-syntax", message, end, "Remove it; a side file holds one record.")
                return value, mark

    def skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        assert match is not None
        return match.end()

    def key(self, mark: Mark, at: int) -> tuple[str, int]:
        if self.text[at : at + 1] != '"':
            raise _unexpected(self.text, at, "a key")
        key, end = self.string(at)
        span = Span(at, end)
        assert mark.keys is not None
        if first := mark.keys.get(key):
            self.duplicates.append(duplicate_key(key, span, first))
        mark.keys.setdefault(key, span)
        colon = self.skip(end)
        if self.text[colon : colon + 1] != ":":
            raise _unexpected(self.text, colon, "`:`")
        return key, self.skip(colon + 1)

    def string(self, at: int) -> tuple[str, int]:
        try:
            value, end = scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            raise _bad_string(error, self.text, at) from None
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise _Refused(
                "control-character", "this string holds half of a surrogate pair, which is no character", at
            )
        return value, end

    def value(self, at: int) -> tuple[JSON, Mark, int]:
        """A scalar, or a container that is open and still empty."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _Refused("too-large", f"more than {MAX_NODES:,} values", at)
        sign = self.text[at : at + 1]
        if sign == "{":
            return {}, Mark(at, at + 1, keys={}, values={}), at + 1
        if sign == "[":
            return [], Mark(at, at + 1, items=[]), at + 1
        if sign == '"':
            string, end = self.string(at)
            return string, Mark(at, end), end
        if number := _NUMBER.match(self.text, at):
            return _number(number), Mark(at, number.end()), number.end()
        word = _WORD.match(self.text, at)
        if word and word[0] in _WORDS:
            return _WORDS[word[0]], Mark(at, word.end()), word.end()
        raise _unexpected(self.text, at, "a value")


_YAML_SPELLINGS = {"True": "true", "False": "false", "None": "null", "yes": "true", "no": "false"}
_NO_NUMBERS = ("NaN", "Infinity", "-Infinity")
_ODD_NUMBER = re.compile(r"[-+.\d][-+.\w]*", re.ASCII)
_BARE = re.compile(r"[^\s,:\[\]{}\"]{1,60}")


def _unexpected(text: str, at: int, wanted: str) -> _Refused:
    """The refusal of what stands where `wanted` should, by the mistake that puts it there most often."""

    def refused(message: str, help: str, start: int = at, width: int = 1) -> _Refused:
        return _Refused("json-syntax", message, start, help, width)

    sign, before = text[at : at + 1], text[:at].rstrip()
    bare = match[0] if (match := _BARE.match(text, at)) else ""
    if not sign:
        if not before:
            return refused("the file is empty", "Write the record, or remove the file.")
        return refused(f"the file ends where {wanted} should stand", "Write the rest of the record.")
    if text.startswith(("//", "/*", "#"), at):
        return refused("JSON has no comments", "Remove it, or keep the record as `.lineage.yaml`.", width=2)
    if not before:
        return refused("the record does not begin with `{`", "Write JSON, or call the file `.lineage.yaml`.")
    if sign in "'“”‘’":
        return refused("JSON has double quotes only", 'Write `"`.')
    if sign in "]}" and before.endswith(","):
        help = "Remove the comma."
        return refused(f"a comma stands before the closing `{sign}`", help, len(before) - 1)
    if bare in _NO_NUMBERS:
        return refused(f"JSON has no `{bare}`", "Leave the key out.", width=len(bare))
    if bare in _YAML_SPELLINGS and wanted == "a value":
        return refused(f"JSON has no `{bare}`", f"Write `{_YAML_SPELLINGS[bare]}`.", width=len(bare))
    if wanted in ("a value", "a key") and bare[:1].isalpha():
        return refused(f"`{bare}` is not quoted", f'Write `"{bare}"`.', width=len(bare))
    if before[-1:].isalnum() and at == len(before) and bare:
        at = max(before.rfind(character) for character in " \t\r\n,:[") + 1
    if _ODD_NUMBER.match(text, at) and wanted not in ("a key", "`:`"):
        help = "Write it as `0.5`, `12` or `3e21`; quote it, if it is text."
        return refused("this is no number of JSON", help, at)
    if sign == '"' and wanted.startswith("`,`"):
        return refused("a comma is missing before this", "Put it there.")
    help = "Write it; something before it may lack its quote or its bracket."
    return refused(f"{wanted} is missing here", help)


def _bad_string(error: JSONDecodeError, text: str, start: int) -> _Refused:
    """The refusal of the string that begins at `start`."""
    at = min(error.pos, len(text))
    if error.msg.startswith("Unterminated") or text[at : at + 1] in ("\n", "\r"):
        help = 'Close it; inside a string, `"` is written `\\"`.'
        return _Refused("json-syntax", "the string that begins here is not closed on its line", start, help)
    if error.msg.startswith("Invalid control"):
        message = f"the character U+{ord(text[at]):04X} stands in a string"
        return _Refused("json-syntax", message, at, "Remove it, or write `\\t` for a tab.")
    help = "Write `\\\\` for a backslash; `\\u` needs four hex digits."
    return _Refused("json-syntax", "this backslash begins no escape of JSON", at, help)


def _number(match: re.Match[str]) -> JSON:
    if match[1] is None and match[2] is None:
        return int(match[0]) if len(match[0]) < _MAX_DIGITS else match[0]
    number = float(match[0])
    return match[0] if number in (float("inf"), float("-inf")) else number

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
    "json-syntax": "JSON has no comments, no single quotes and no comma before a closing bracket.",
    "too-deep": "Flatten it; no metadata needs this.",
    "too-large": "Metadata is for facts; move long lists into a file of their own.",
    "control-character": "Write the character itself, or both halves of the pair.",
}


class _Refused(Exception):
    def __init__(self, rule: str, message: str, start: int) -> None:
        self.refusal = Refusal(rule, message, _HELP[rule], Span(start, start + 1))


def read(text: str, block: Span) -> tuple[JSON, Mark | None, list[Refusal]]:
    """Data and marks of the JSON value that is `text[block]`; data is None when it is refused."""
    duplicates: list[Refusal] = []
    try:
        data, mark = _Reader(text[: block.end], duplicates).document(block.start)
    except _Refused as refused:
        return None, None, [refused.refusal]
    if not isinstance(data, dict):
        shape = "a list" if isinstance(data, list) else "a single value"
        return None, None, [not_a_mapping(shape, Span(mark.start, mark.end))]
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
                    raise _Refused("json-syntax", f"expected `,` or `{closing}`", at)
                at += 1
                parent_mark.end = at
                value, mark = parent, parent_mark
            else:
                end = self.skip(at)
                if end != len(self.text):
                    raise _Refused("json-syntax", "something follows the end of the JSON value", end)
                return value, mark

    def skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        assert match is not None
        return match.end()

    def key(self, mark: Mark, at: int) -> tuple[str, int]:
        if self.text[at : at + 1] != '"':
            raise _Refused("json-syntax", "expected a key in double quotes", at)
        key, end = self.string(at)
        span = Span(at, end)
        assert mark.keys is not None
        if first := mark.keys.get(key):
            self.duplicates.append(duplicate_key(key, span, first))
        mark.keys.setdefault(key, span)
        colon = self.skip(end)
        if self.text[colon : colon + 1] != ":":
            raise _Refused("json-syntax", "expected `:` after the key", colon)
        return key, self.skip(colon + 1)

    def string(self, at: int) -> tuple[str, int]:
        try:
            value, end = scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            raise _Refused("json-syntax", error.msg.lower(), min(error.pos, len(self.text))) from None
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise _Refused("control-character", "half of a surrogate pair", at)
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
        raise _Refused("json-syntax", "expected a value" if sign else "the file ends too early", at)


def _number(match: re.Match[str]) -> JSON:
    if match[1] is None and match[2] is None:
        return int(match[0]) if len(match[0]) < _MAX_DIGITS else match[0]
    number = float(match[0])
    return match[0] if number in (float("inf"), float("-inf")) else number

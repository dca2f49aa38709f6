"""YAML 1.2 to data and marks, in one pass over the events of PyYAML's C parser.

Scalars are resolved by the core schema (YAML 1.2.2, section 10.3.2): `no` and `2024-05-01` are strings,
`017` is seventeen. What JSON cannot hold (`.inf`, `.nan`) stays the string that was written. Tags are
refused, duplicate keys and recursive anchors too; aliases share one value, so that a bomb of them costs
nothing here, and is refused by its expanded size so that it costs nothing later.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from . import JSON, MAX_DEPTH, MAX_NODES, Mark, Refusal, Span, duplicate_key, not_a_mapping

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # PyYAML built without libyaml: fifteen times slower, the same events
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]  # the same method

# All but c-printable of YAML 1.2.2, section 5.1; U+FEFF is allowed at the start only, and gone by now. The
# complement, which reads more easily, takes twelve times longer to compile.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\ufdd0-\ufdd2]"
)

# libyaml ends a line at these, as YAML 1.1 did; a second reader would see other keys than we do. While it
# parses, three noncharacters (refused above) stand in for them.
_STAND_INS = {0x85: "\ufdd0", 0x2028: "\ufdd1", 0x2029: "\ufdd2"}
_OLD_BREAKS = {ord(stand_in): character for character, stand_in in _STAND_INS.items()}

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+", re.ASCII)
_RADIX = r"(?a)0o[0-7]+|0x[0-9a-fA-F]+"
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_NUMBER_START = frozenset("+-.0123456789")
_MAX_DIGITS = 4000  # CPython refuses to convert longer ones
_SHOWN = 60  # characters of a word of the document in a message


class _Refused(Exception):
    def __init__(self, rule: str, message: str, help: str, start: int, end: int) -> None:
        self.refusal = Refusal(rule, message, help, Span(start, end))


def read(text: str, block: Span) -> tuple[JSON, Mark | None, list[Refusal]]:
    """Data and marks of the YAML document that is `text[block]`; data is None when it is refused."""
    source = text[block.start : block.end]
    if bad := _UNPRINTABLE.search(source):
        at = block.start + bad.start()
        return None, None, [_control_character(bad[0], Span(at, at + 1))]
    builder = _Builder(source, block.start)
    try:
        builder.run()
    except _Refused as refused:
        return None, None, [*builder.duplicates, refused.refusal]
    except yaml.YAMLError as error:
        return None, None, [_syntax(error, source, block.start)]
    if builder.mark is None or builder.data is None:
        return {}, Mark(block.start, block.end, keys={}, values={}), []
    if not isinstance(builder.data, dict):
        return None, None, [_not_a_mapping(builder.data, builder.mark, text)]
    if builder.duplicates:
        return None, builder.mark, builder.duplicates
    return builder.data, builder.mark, []


def resolve(value: str) -> JSON:
    """A plain scalar's value by the core schema.

    >>> resolve("no"), resolve("2024-05-01"), resolve("0x10"), resolve("1e3"), resolve("~")
    ('no', '2024-05-01', 16, 1000.0, None)
    """
    if value in _NULL:
        return None
    if value in _BOOL:
        return _BOOL[value]
    if value[0] not in _NUMBER_START or len(value) > _MAX_DIGITS:
        return value
    if _INT.fullmatch(value):
        return int(value)
    if _FLOAT.fullmatch(value):
        number = float(value)
        return value if number in (float("inf"), float("-inf")) else number
    return int(value, 0) if re.compile(_RADIX).fullmatch(value) else value


class _Builder:
    """Folds events into data and marks."""

    def __init__(self, source: str, offset: int) -> None:
        self.old_breaks = (
            _OLD_BREAKS if any(character in source for character in "\x85\u2028\u2029") else None
        )
        self.source = source if self.old_breaks is None else source.translate(_STAND_INS)
        self.offset = offset
        self.data: JSON = None
        self.mark: Mark | None = None
        self.duplicates: list[Refusal] = []
        self.stack: list[_Frame] = []
        # What each anchor names, with its size and height; None as long as that is still open.
        self.anchors: dict[str, tuple[JSON, Mark, int, int] | None] = {}

    def run(self) -> None:
        parser = _Parser(self.source)
        next_event: Callable[[], Any] = parser.get_event
        documents = 0
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                self.scalar(event)
            elif kind is MappingStartEvent:
                start = self.begin(event)
                self.push({}, Mark(start, start + 1, keys={}, values={}), event)
            elif kind is SequenceStartEvent:
                start = self.begin(event)
                self.push([], Mark(start, start + 1, items=[]), event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.pop(event)
            elif kind is AliasEvent:
                self.alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise self.refused(
                        "several-documents",
                        "a second YAML document begins here",
                        "Keep one document: a card has one metadata block.",
                        event,
                    )

    def refused(self, rule: str, message: str, help: str, event: Any) -> _Refused:
        start, end = event.start_mark.index, event.end_mark.index
        return _Refused(rule, message, help, self.offset + start, self.offset + max(end, start + 1))

    def begin(self, event: Any) -> int:
        """Offset of a collection's own first character, after its anchor; refuses its tag."""
        start: int = event.start_mark.index
        if event.tag is not None:
            raise self.tag(event)
        if event.anchor is not None:
            start = self.after_anchor(start)
        return self.offset + start

    def after_anchor(self, start: int) -> int:
        match = re.compile(_ANCHOR).match(self.source, start)
        return match.end() if match else start

    def tag(self, event: Any) -> _Refused:
        written = re.compile(_TAG).search(self.source, event.start_mark.index)
        start, end = written.span() if written else (event.start_mark.index, event.end_mark.index)
        return _Refused(
            "yaml-tag",
            f"the tag `{event.tag.replace(_YAML_TAGS, '!!')[:_SHOWN]}` is not allowed in metadata",
            "Remove it; quote a value that begins with `!`, or that looks like a number and is text.",
            self.offset + start,
            self.offset + end,
        )

    def scalar(self, event: Any) -> None:
        """A key or a value. This runs for every word of a card, and so calls as little as it can."""
        if event.tag is not None:
            raise self.tag(event)
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor is not None:
            start = min(self.after_anchor(start), end)
        if event.style in ("|", ">"):  # the parser's end is that of the next token
            end = start + len(self.source[start:end].rstrip())
        start, end = start + self.offset, end + self.offset
        text: str = event.value if self.old_breaks is None else event.value.translate(self.old_breaks)
        frame = self.stack[-1] if self.stack else None
        is_key = frame is not None and frame.keys is not None and frame.key is None
        if is_key and event.anchor is None:
            self.key(frame, text, Span(start, end))
            return
        value = resolve(text) if event.implicit[0] else text
        mark = Mark(start, end)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, mark, 1, 0)
        if is_key:
            self.key(frame, text, Span(start, end))
        elif frame is None or frame.size >= MAX_NODES:
            self.add(value, mark, 1, 0)
        else:
            frame.size += 1
            frame.put(value, mark)

    def key(self, frame: Any, key: str, span: Span) -> None:
        if first := frame.keys.get(key):
            self.duplicates.append(duplicate_key(key, span, first))
        else:
            frame.keys[key] = span
        frame.key = key

    def push(self, data: JSON, mark: Mark, event: Any) -> None:
        self.refuse_key(event)
        self.refuse_depth(1, event)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        self.stack.append(_Frame(data, mark, event.anchor))

    def pop(self, event: Any) -> None:
        frame = self.stack.pop()
        data, mark, anchor, size, height = frame.data, frame.mark, frame.anchor, frame.size, frame.height
        last = mark.items[-1] if mark.items else None
        if mark.values:
            last = next(reversed(mark.values.values()))
        end = event.end_mark.index + self.offset
        # A block collection ends, for the parser, where the next token begins.
        flow = event.end_mark.index > event.start_mark.index
        mark.end = end if flow or last is None else last.end
        if anchor is not None:
            self.anchors[anchor] = (data, mark, size, height + 1)
        self.add(data, mark, size, height + 1)

    def alias(self, event: Any) -> None:
        self.refuse_key(event)
        if event.anchor not in self.anchors:
            message = f"`*{event.anchor[:_SHOWN]}` names no anchor"
            raise self.refused("yaml-syntax", message, "Quote a value that begins with `*`.", event)
        if (anchored := self.anchors[event.anchor]) is None:
            raise self.refused(
                "recursive-anchor",
                f"`*{event.anchor[:_SHOWN]}` stands inside the value that it names",
                "Write the value out; metadata cannot contain itself.",
                event,
            )
        data, named, size, height = anchored
        self.refuse_depth(height, event)
        start, end = event.start_mark.index, event.end_mark.index
        mark = Mark(self.offset + start, self.offset + end, named.keys, named.values, named.items)
        self.add(data, mark, size, height)

    def refuse_depth(self, height: int, event: Any) -> None:
        if len(self.stack) + height > MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels"
            raise self.refused("too-deep", message, "Flatten it; no metadata needs this.", event)

    def refuse_key(self, event: Any) -> None:
        """A key must be a scalar: JSON has no other. `{{ x }}` arrives here too."""
        frame = self.stack[-1] if self.stack else None
        if frame is None or frame.keys is None or frame.key is not None:
            return
        start = event.start_mark.index
        if template := re.compile(_TEMPLATE).match(
            self.source, start - (self.source[start - 1 : start] == "{")
        ):
            message = f"`{template[0]}` is a placeholder, and no key"
            help = "Fill it in; where the braces are meant, quote it."
            at = self.offset + template.start()
            raise _Refused("key-not-text", message, help, at, at + len(template[0]))
        kind = "an alias" if type(event) is AliasEvent else "a list or a mapping"
        help = "Quote it, if it is text."
        raise self.refused("key-not-text", f"a key is {kind}, and must be text", help, event)

    def add(self, value: JSON, mark: Mark, size: int, height: int) -> None:
        """Put a finished value into the collection that is open, or make it the document's."""
        if not self.stack:
            self.data, self.mark = value, mark
            return
        frame = self.stack[-1]
        frame.size += size
        frame.height = max(frame.height, height)
        if frame.size > MAX_NODES:
            raise _Refused(
                "too-large",
                f"more than {MAX_NODES:,} values once aliases are expanded",
                "Metadata is for facts; move long lists into a file of their own.",
                mark.start,
                mark.end,
            )
        frame.put(value, mark)


class _Frame:
    """A collection that is open: what is in it, the key that waits for its value, its size and height."""

    __slots__ = ("anchor", "data", "height", "items", "key", "keys", "mark", "size", "values")

    def __init__(self, data: JSON, mark: Mark, anchor: str | None) -> None:
        self.data = data
        self.mark = mark
        self.keys = mark.keys
        self.values = mark.values
        self.items = mark.items
        self.key: str | None = None
        self.anchor = anchor
        self.size = 1
        self.height = 0

    def put(self, value: JSON, mark: Mark) -> None:
        if self.items is not None:
            self.data.append(value)
            self.items.append(mark)
        elif self.values is not None:  # of a key that stands twice the first value is kept
            self.data.setdefault(self.key, value)
            self.values.setdefault(self.key or "", mark)
            self.key = None


_TAG = r"!\S*"
_YAML_TAGS = "tag:yaml.org,2002:"
_TEMPLATE = r"\{\{[^{}\r\n]{0,80}\}\}|\{[ ]?\w{1,80}[ ]?\}"
_ANCHOR = r"(?a)&[\w-]+(?:[ \t\r\n]+(?:#[^\r\n]*)?)*"


def _not_a_mapping(data: JSON, mark: Mark, text: str) -> Refusal:
    shape = "a list" if isinstance(data, list) else "a single value"
    refusal = not_a_mapping(shape, Span(mark.start, mark.end))
    if isinstance(data, str):
        from .yaml_errors import without_space

        if found := without_space(text[mark.start : mark.end].partition("\n")[0], mark.start):
            return refusal._replace(message=found.message, help=found.help, span=Span(found.start, found.end))
    return refusal


def _control_character(character: str, span: Span) -> Refusal:
    return Refusal(
        "control-character",
        f"the character U+{ord(character):04X} is not allowed in metadata",
        "Remove it; it cannot be seen in most editors.",
        span,
    )


def _syntax(error: yaml.YAMLError, source: str, offset: int) -> Refusal:
    if "nesting depth" in str(error):
        mark = getattr(error, "problem_mark", None)
        at = offset + (mark.index if mark is not None else 0)
        return Refusal("too-deep", "nested too deep for any YAML reader", "Flatten it.", Span(at, at))
    from .yaml_errors import explain

    found = explain(error, source)
    end = min(found.end, len(source))
    return Refusal("yaml-syntax", found.message, found.help, Span(offset + found.start, offset + end))

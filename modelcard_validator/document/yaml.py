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
)

from .._named_tuple import NamedTuple
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
_NO_WORD = frozenset(("", *"~nNtTfF+-.0123456789"))
"""First characters of all that is no string; most words of a card begin with another."""
_MAX_DIGITS = 4000  # CPython refuses to convert longer ones
_BLOCK_STYLES = frozenset("|>")
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
    builder = _Builder(source, text, block.start)
    try:
        data, mark = builder.document()
    except _Refused as refused:
        return None, None, [*builder.duplicates, refused.refusal]
    except yaml.YAMLError as error:
        return None, None, [_syntax(error, source, block.start)]
    if mark is None or data is None:
        return {}, Mark(block.start, block.end, keys={}, values={}), []
    if not isinstance(data, dict):
        return None, None, [_not_a_mapping(data, builder.extent(mark), text)]
    if builder.duplicates:
        return None, mark, builder.duplicates
    return data, mark, []


def resolve(value: str) -> JSON:
    """A plain scalar's value by the core schema.

    >>> resolve("no"), resolve("2024-05-01"), resolve("0x10"), resolve("1e3"), resolve("~")
    ('no', '2024-05-01', 16, 1000.0, None)
    """
    if value[:1] not in _NO_WORD:
        return value
    if value in _NULL:
        return None
    if value in _BOOL:
        return _BOOL[value]
    if len(value) > _MAX_DIGITS:
        return value
    if _INT.fullmatch(value):
        return int(value)
    if _FLOAT.fullmatch(value):
        number = float(value)
        return value if number in (float("inf"), float("-inf")) else number
    return int(value, 0) if re.compile(_RADIX).fullmatch(value) else value


class _Builder:
    """Folds events into data and marks, by recursion: `MAX_DEPTH` bounds it."""

    def __init__(self, source: str, whole: str, offset: int) -> None:
        self.old_breaks = (
            _OLD_BREAKS if any(character in source for character in "\x85\u2028\u2029") else None
        )
        self.source = source if self.old_breaks is None else source.translate(_STAND_INS)
        self.whole = whole
        self.offset = offset
        self.next_event: Callable[[], Any] = _Parser(self.source).get_event
        self.duplicates: list[Refusal] = []
        self.nodes = 0  # once aliases are expanded
        self.anchors: dict[str, _Anchored | None] = {}  # None as long as what it names is still open

    def document(self) -> tuple[JSON, Any]:
        """The only document of the stream; no mark where there is none."""
        data: JSON = None
        mark: Any = None
        while (event := self.next_event()) is not None:
            if type(event) is DocumentStartEvent:
                if mark is not None:
                    raise self.refused(
                        "several-documents",
                        "a second YAML document begins here",
                        "Keep one document: a card has one metadata block.",
                        event,
                    )
                data, mark = self.value(self.next_event(), 1)
        return data, mark

    def value(self, event: Any, depth: int) -> tuple[JSON, Any]:
        """What begins with `event`, `depth` levels deep, and its mark: of a scalar the event itself, as most
        are never shown. This runs for every value of a card, and does as little as it can."""
        kind = type(event)
        if kind is ScalarEvent and event.anchor is None and event.tag is None:
            self.nodes += 1
            text = self.text(event)
            is_word = text[:1] not in _NO_WORD or not event.implicit[0]
            return (text if is_word else resolve(text)), event
        if kind is AliasEvent:
            return self.alias(event, depth)
        if event.tag is not None:
            raise self.tag(event)
        if kind is not ScalarEvent and depth > MAX_DEPTH:
            raise self.too_deep(event)
        anchor = event.anchor
        if anchor is not None:
            self.anchors[anchor] = None
        before = self.nodes
        self.nodes += 1
        data: JSON
        mark: Any
        if kind is ScalarEvent:
            text = self.text(event)
            data, mark = resolve(text) if event.implicit[0] else text, event
        elif kind is MappingStartEvent:
            data, mark = self.mapping(event, depth)
        else:
            data, mark = self.sequence(event, depth)
        if anchor is not None:
            self.anchors[anchor] = _Anchored(data, mark, self.nodes - before, _height(data))
        return data, mark

    def mapping(self, event: Any, depth: int) -> tuple[JSON, Mark]:
        data: dict[str, JSON] = {}
        keys: dict[str, Any] = {}
        values: dict[str, Any] = {}
        below: Any = None
        begin = self.start(event)
        next_event, value_of = self.next_event, self.value
        while type(event := next_event()) is not MappingEndEvent:
            key = self.key(event)
            first = keys.setdefault(key, event)
            value, below = value_of(next_event(), depth + 1)
            if first is event:
                data[key] = value
                values[key] = below
            else:
                self.duplicates.append(duplicate_key(key, self.extent(event), self.extent(first)))
        mark = Mark(begin, self.end(event, below), keys, values)
        if self.nodes > MAX_NODES:
            raise self.too_large(mark)
        return data, mark

    def sequence(self, event: Any, depth: int) -> tuple[JSON, Mark]:
        data: list[JSON] = []
        items: list[Any] = []
        below: Any = None
        start = self.start(event)
        next_event, value_of = self.next_event, self.value
        while type(event := next_event()) is not SequenceEndEvent:
            value, below = value_of(event, depth + 1)
            data.append(value)
            items.append(below)
        mark = Mark(start, self.end(event, below), items=items)
        if self.nodes > MAX_NODES:
            raise self.too_large(mark)
        return data, mark

    def key(self, event: Any) -> str:
        """A key must be a scalar: JSON has no other. `{{ x }}` arrives here too."""
        if type(event) is not ScalarEvent:
            raise self.not_a_key(event)
        if event.tag is not None:
            raise self.tag(event)
        text = self.text(event)
        if event.anchor is not None:
            data = resolve(text) if event.implicit[0] else text
            self.anchors[event.anchor] = _Anchored(data, event, 1, 0)
        return text

    def text(self, event: Any) -> str:
        value: str = event.value
        return value if self.old_breaks is None else value.translate(self.old_breaks)

    def extent(self, mark: Any) -> Span:
        return extent(mark, self.whole, self.offset)

    def start(self, event: Any) -> int:
        """Offset of a collection's own first character, after its anchor."""
        start: int = event.start_mark.index
        return self.offset + (start if event.anchor is None else _after_anchor(self.source, start))

    def end(self, event: Any, last: Any) -> int:
        """A block collection ends, for the parser, where the next token does; for us with its last value."""
        end: int = event.end_mark.index
        is_flow = end > event.start_mark.index
        return self.offset + end if is_flow or last is None else self.extent(last).end

    def alias(self, event: Any, depth: int) -> tuple[JSON, Mark]:
        if event.anchor not in self.anchors:
            message = f"`*{event.anchor[:_SHOWN]}` names no anchor"
            raise self.refused("yaml-syntax", message, "Quote a value that begins with `*`.", event)
        if (named := self.anchors[event.anchor]) is None:
            raise self.refused(
                "recursive-anchor",
                f"`*{event.anchor[:_SHOWN]}` stands inside the value that it names",
                "Write the value out; metadata cannot contain itself.",
                event,
            )
        start, end = self.offset + event.start_mark.index, self.offset + event.end_mark.index
        mark = Mark(start, end)
        if isinstance(named.mark, Mark):
            mark = Mark(start, end, named.mark.keys, named.mark.values, named.mark.items)
        if depth - 1 + named.height > MAX_DEPTH:
            raise self.too_deep(event)
        self.nodes += named.nodes
        if self.nodes > MAX_NODES:
            raise self.too_large(mark)
        return named.data, mark

    def refused(self, rule: str, message: str, help: str, event: Any) -> _Refused:
        start, end = event.start_mark.index, event.end_mark.index
        return _Refused(rule, message, help, self.offset + start, self.offset + max(end, start + 1))

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

    def not_a_key(self, event: Any) -> _Refused:
        start = event.start_mark.index
        if template := re.compile(_TEMPLATE).match(
            self.source, start - (self.source[start - 1 : start] == "{")
        ):
            message = f"`{template[0]}` is a placeholder, and no key"
            help = "Fill it in; where the braces are meant, quote it."
            at = self.offset + template.start()
            return _Refused("key-not-text", message, help, at, at + len(template[0]))
        kind = "an alias" if type(event) is AliasEvent else "a list or a mapping"
        message = f"a key is {kind}, and must be text"
        return self.refused("key-not-text", message, "Quote it, if it is text.", event)

    def too_deep(self, event: Any) -> _Refused:
        message = f"nested deeper than {MAX_DEPTH} levels"
        return self.refused("too-deep", message, "Flatten it; no metadata needs this.", event)

    def too_large(self, mark: Mark) -> _Refused:
        return _Refused(
            "too-large",
            f"more than {MAX_NODES:,} values once aliases are expanded",
            "Metadata is for facts; move long lists into a file of their own.",
            mark.start,
            mark.end,
        )


class _Anchored(NamedTuple):
    """What an anchor names, the number of values in it, and how many levels of collections."""

    data: JSON
    mark: Any
    nodes: int
    height: int


def extent(mark: Any, text: str, begin: int) -> Span:
    """Where a value or key stands in `text`, at whose offset `begin` the parser began."""
    if isinstance(mark, Mark):
        return Span(mark.start, mark.end)
    start, end = begin + mark.start_mark.index, begin + mark.end_mark.index
    if mark.anchor is not None:
        start = min(_after_anchor(text, start), end)
    if mark.style in _BLOCK_STYLES:  # the parser's end is that of the next token
        end = start + len(text[start:end].rstrip(" \t\r\n"))
    return Span(start, end)


def _after_anchor(text: str, start: int) -> int:
    match = re.compile(_ANCHOR).match(text, start)
    return match.end() if match else start


def _height(data: JSON) -> int:
    if isinstance(data, dict):
        return 1 + max(map(_height, data.values()), default=0)
    return 1 + max(map(_height, data), default=0) if isinstance(data, list) else 0


_TAG = r"!\S*"
_YAML_TAGS = "tag:yaml.org,2002:"
_TEMPLATE = r"\{\{[^{}\r\n]{0,80}\}\}|\{[ ]?\w{1,80}[ ]?\}"
_ANCHOR = r"(?a)&[\w-]+(?:[ \t\r\n]+(?:#[^\r\n]*)?)*"


def _not_a_mapping(data: JSON, span: Span, text: str) -> Refusal:
    shape = "a list" if isinstance(data, list) else "a single value"
    refusal = not_a_mapping(shape, span)
    if isinstance(data, str):
        from .yaml_errors import without_space

        if found := without_space(text[span.start : span.end].partition("\n")[0], span.start):
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

"""Bytes to JSON-typed data, plus the position of every key and every value.

Three forms are read: a README whose metadata is YAML front matter, a YAML side file, and a JSON side
file. Reading never fails half-way and never raises for what a file contains: whatever cannot be read is
a `Refusal` with its place, and `data` is then None.

Bounds (every input is hostile): `MAX_FILE` bytes a file, `MAX_METADATA` characters of metadata,
`MAX_DEPTH` levels, `MAX_NODES` values after aliases are expanded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from typing import Any, TypeAlias

from .._named_tuple import NamedTuple

JSON: TypeAlias = Any
"""None, bool, int, float, str, list[JSON] or dict[str, JSON]; never a date, never NaN."""

Pointer: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and indices from the top. `json_pointer` writes it as RFC 6901 does."""

MAX_FILE = 16 * 1024 * 1024
MAX_METADATA = 1024 * 1024
MAX_DEPTH = 64
MAX_NODES = 50_000


class Form(Enum):
    """What a file is, and so how it is read."""

    FRONT_MATTER = "front matter"
    YAML = "YAML"
    JSON = "JSON"


class Span(NamedTuple):
    """Offsets of a stretch of `Document.text`, the end exclusive."""

    start: int
    end: int


class Mark:
    """Where a value stands, and the marks of what is in it. Built by the readers, then only read.

    Of a YAML scalar and of a key the mark is the parser's event, until somebody asks where it stands
    (`Document.span`): nearly nobody does.
    """

    __slots__ = ("end", "items", "keys", "start", "values")

    def __init__(
        self,
        start: int,
        end: int,
        keys: dict[str, Any] | None = None,
        values: dict[str, Any] | None = None,
        items: list[Any] | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.keys = keys
        self.values = values
        self.items = items

    def child(self, step: str | int) -> Any:
        if isinstance(step, int):
            return self.items[step] if self.items is not None and step < len(self.items) else None
        return self.values.get(step) if self.values is not None else None


class Refusal(NamedTuple):
    """Why a document, or a part of it, is not read. `rule` is the slug of the rule that reports it;
    `related` is another place that the message speaks of."""

    rule: str
    message: str
    help: str
    span: Span
    related: Span | None = None


_COUNTED = 8


class Lines:
    """The lines of a text. Most documents have few findings or none: the first lines that are asked for are
    counted out, and only then all lines found."""

    __slots__ = ("_counted", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: Sequence[int] = ()
        self._counted = 0

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset."""
        if self._counted < _COUNTED and "\r" not in self._text and offset <= len(self._text):
            self._counted += 1
            return self._text.count("\n", 0, offset) + 1, offset - self._text.rfind("\n", 0, offset)
        starts = self._index()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its line break."""
        starts = self._index()
        end = starts[number] if number < len(starts) else len(self._text)
        return self._text[starts[number - 1] : end].rstrip("\r\n")

    def _index(self) -> Sequence[int]:
        if not self._starts:
            # An array of four bytes a line and no Python loop: a file may consist of nothing but line breaks.
            from array import array
            from io import StringIO
            from itertools import accumulate

            starts = array("I", accumulate(map(len, StringIO(self._text, newline="")), initial=0))
            if self._text and self._text[-1] not in "\r\n":
                starts.pop()  # the end of a last line that no line follows
            self._starts = starts
        return self._starts


class Document(NamedTuple):
    """One file as read. `text` is without byte order mark; `metadata` is where its YAML or JSON stands."""

    path: str
    form: Form
    text: str
    lines: Lines
    data: JSON = None
    mark: Mark | None = None
    metadata: Span | None = None
    refusals: tuple[Refusal, ...] = ()
    bom: bool = False

    @property
    def body(self) -> Span:
        """The Markdown after the front matter; empty for side files."""
        if self.form is not Form.FRONT_MATTER:
            return Span(len(self.text), len(self.text))
        if self.metadata is None:
            return Span(0, len(self.text))
        closing = _CLOSING.match(self.text, self.metadata.end)
        return Span(closing.end() if closing else self.metadata.end, len(self.text))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of an offset in `text`."""
        return self.lines.position(offset)

    def get(self, pointer: Pointer) -> JSON:
        """The value at `pointer`, or None where there is none."""
        value = self.data
        for step in pointer:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def span(self, pointer: Pointer, *, key: bool = False) -> Span:
        """Where the value at `pointer` stands, or with `key` its key; the nearest enclosing place
        where there is no such value."""
        mark: Any = self.mark
        if mark is None:
            return self.metadata or Span(0, 0)
        for depth, step in enumerate(pointer):
            child = mark.child(step) if isinstance(mark, Mark) else None
            if child is None:
                break
            if key and depth == len(pointer) - 1 and mark.keys is not None and isinstance(step, str):
                return self.extent(mark.keys[step])
            mark = child
        return self.extent(mark)

    def extent(self, mark: Any) -> Span:
        """Where a mark stands, of whichever kind it is."""
        if isinstance(mark, Mark):
            return Span(mark.start, mark.end)
        if isinstance(mark, Span):
            return mark
        from .yaml import extent

        return extent(mark, self.text, self.metadata.start if self.metadata is not None else 0)

    def source(self, pointer: Pointer) -> str:
        """The value at `pointer` as it was written, quotes included."""
        span = self.span(pointer)
        return self.text[span.start : span.end]


_CLOSING = re.compile(r"(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\n|$)")


def json_pointer(pointer: Pointer) -> str:
    """RFC 6901.

    >>> json_pointer(("taught_by", 0, "a/b"))
    '/taught_by/0/a~1b'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def form_of(path: str) -> Form:
    """How a file of this name is read: by its suffix, Markdown where it says nothing."""
    suffix = path.lower().rpartition(".")[2]
    if suffix in ("yaml", "yml"):
        return Form.YAML
    return Form.JSON if suffix == "json" else Form.FRONT_MATTER


def read(raw: bytes, path: str) -> Document:
    """Read a file's bytes; `path` is its name in messages and decides its form.

    A file longer than `MAX_FILE` is refused: callers need to read no more than `MAX_FILE + 1` bytes.
    """
    form = form_of(path)
    if len(raw) > MAX_FILE:
        return _refused(path, form, "", "too-large", f"the file is larger than {MAX_FILE:,} bytes")
    bom = raw.startswith(b"\xef\xbb\xbf")
    try:
        text = raw[3:].decode() if bom else raw.decode()
    except UnicodeDecodeError as error:
        return _not_utf8(path, form, raw[3:] if bom else raw, error)
    return read_text(text, path, bom=bom)


def read_text(text: str, path: str, *, bom: bool = False) -> Document:
    """As `read`, from text that is already decoded and has no byte order mark."""
    form = form_of(path)
    if form is Form.FRONT_MATTER:
        from . import front_matter

        found = front_matter.find(text)
        if isinstance(found, Refusal):
            return Document(path, form, text, Lines(text), refusals=(found,), bom=bom)
        if found is None:
            return Document(path, form, text, Lines(text), bom=bom)
        block = found
    else:
        block = Span(0, len(text))
    if block.end - block.start > MAX_METADATA:
        size = f"the metadata is larger than {MAX_METADATA:,} characters"
        return _refused(path, form, text, "too-large", size, block.start)
    if form is Form.JSON:
        from . import json as reader
    else:
        from . import yaml as reader  # type: ignore[no-redef]  # same shape: read(text, block)
    data, mark, refusals = reader.read(text, block)
    return Document(path, form, text, Lines(text), data, mark, block, tuple(refusals), bom)


def not_a_mapping(shape: str, span: Span) -> Refusal:
    """Metadata is a mapping, whatever it is written in."""
    return Refusal(
        "not-a-mapping",
        f"the metadata is {shape}, not a mapping of keys to values",
        "Write `key: value` pairs, such as `license: mit`.",
        span,
    )


def duplicate_key(key: str, span: Span, first: Span) -> Refusal:
    """A key of a mapping is unique, whatever it is written in."""
    message = f"the key `{key}` stands here a second time"
    return Refusal("duplicate-key", message, "Keep one of the two.", span, first)


_SIZE_HELP = "Metadata is for facts; move long text into the body of the card or into a file of its own."


def _refused(path: str, form: Form, text: str, rule: str, message: str, at: int = 0) -> Document:
    return Document(
        path, form, text, Lines(text), refusals=(Refusal(rule, message, _SIZE_HELP, Span(at, at)),)
    )


def _not_utf8(path: str, form: Form, raw: bytes, error: UnicodeDecodeError) -> Document:
    """Keeps what stands before the first bad byte, so that the finding has its line and column."""
    text = raw[: error.start].decode()
    refusal = Refusal(
        "not-utf8",
        f"byte 0x{raw[error.start]:02x} is not UTF-8",
        "Save the file as UTF-8; the Hub and YAML 1.2 read nothing else.",
        Span(len(text), len(text)),
    )
    return Document(path, form, text, Lines(text), refusals=(refusal,))

"""What the rules about a record's schema share: whose each schema error is, and what the schema says there.

`faults(card, slug)` gives a rule the errors that are its own. Every error is exactly one rule's; errors that
one mistake causes together (`access: 7` has the wrong type and is in no vocabulary) are one fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from .._named_tuple import NamedTuple
from ..card import Card, Record
from ..claims import Place
from ..document import JSON, Document, Form, Pointer
from ..schema import CURRENT, SchemaError, load_schema
from . import quoted

MALFORMED = "malformed-value"
MISSING = "missing-field"
NEWER = "newer-lineage-version"
OUT_OF_VOCABULARY = "value-not-in-vocabulary"
UNKNOWN_FIELD = "unknown-field"
UNKNOWN_VERSION = "unknown-lineage-version"
WRONG_TYPE = "wrong-type"
SLUGS = (MALFORMED, MISSING, NEWER, OUT_OF_VOCABULARY, UNKNOWN_FIELD, UNKNOWN_VERSION, WRONG_TYPE)

_OWNERS = {
    "additionalProperties": UNKNOWN_FIELD,
    "minProperties": MISSING,
    "not": MISSING,  # the schema's "at least one of"
    "required": MISSING,
    "type": WRONG_TYPE,
}
_VERSION = ("lineage_version",)
_TYPES: dict[str, type | tuple[type, ...]] = {
    "array": list,
    "boolean": bool,
    "null": type(None),
    "number": (int, float),
    "object": dict,
    "string": str,
}

Node = dict[str, Any]
"""A part of the schema."""


class Fault(NamedTuple):
    """A schema error, the value that it is about, and the parts of the schema that speak of that value,
    outermost first."""

    record: Record
    error: SchemaError
    place: Place
    value: JSON
    nodes: tuple[Node, ...]

    @property
    def pointer(self) -> Pointer:
        """The way to the value from the top of the record."""
        return self.error.pointer

    def says(self, keyword: str) -> JSON:
        """What the schema says under a keyword, the field itself before its type; None for nothing."""
        return next((node[keyword] for node in self.nodes if keyword in node), None)


def faults(card: Card, slug: str) -> Iterator[Fault]:
    """The faults that the rule `slug` speaks of, in the order of their pointers."""
    for record in card.records:
        if not record.errors:
            continue
        if record.is_of_another_major:
            if slug == UNKNOWN_VERSION:
                yield _fault(record, SchemaError(_VERSION, "const", CURRENT))
            continue
        last: Pointer | None = None
        for error in record.errors:
            if _owner(record, error) != slug or (slug == WRONG_TYPE and error.pointer == last):
                continue
            last = error.pointer
            yield _fault(record, error)


def _owner(record: Record, error: SchemaError) -> str:
    """The slug of the rule that speaks of an error."""
    if owner := _OWNERS.get(error.keyword):
        return owner
    if error.keyword not in ("anyOf", "const", "enum"):
        return MALFORMED
    if not is_of_type(_value(record.data, error.pointer), types_of(nodes_at(error.pointer))):
        return WRONG_TYPE
    if error.pointer == _VERSION:
        return NEWER if record.is_newer else UNKNOWN_VERSION
    return MALFORMED if error.keyword == "anyOf" else OUT_OF_VOCABULARY


def _fault(record: Record, error: SchemaError) -> Fault:
    value = _value(record.data, error.pointer)
    return Fault(record, error, record.place.of(*error.pointer), value, nodes_at(error.pointer))


def _value(data: JSON, pointer: Pointer) -> JSON:
    for step in pointer:
        data = data[step]
    return data


def nodes_at(pointer: Pointer) -> tuple[Node, ...]:
    """The parts of the schema that speak of the value at a pointer, outermost first; none for a field that
    the schema does not have."""
    return _nodes_at(tuple(0 if isinstance(step, int) else step for step in pointer))


@lru_cache(maxsize=512)
def _nodes_at(pointer: Pointer) -> tuple[Node, ...]:
    found = tuple(with_references(load_schema()))
    for step in pointer:
        below = (
            node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
            for node in found
        )
        found = tuple(part for node in below if isinstance(node, dict) for part in with_references(node))
    return found


def with_references(node: Node) -> Iterator[Node]:
    """A part of the schema and all that it refers to."""
    yield node
    if "$ref" in node:
        yield from with_references(load_schema()["$defs"][node["$ref"].rpartition("/")[2]])
    for part in node.get("allOf", ()):
        yield from with_references(part)


def types_of(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The JSON types that a value may have; none where the schema leaves that open."""
    for node in nodes:
        if "type" in node:
            return (node["type"],) if isinstance(node["type"], str) else tuple(node["type"])
        if "anyOf" in node:
            parts = (tuple(with_references(part)) for part in node["anyOf"])
            return tuple(name for part in parts for name in types_of(part))
    return ()


def is_of_type(value: JSON, types: tuple[str, ...]) -> bool:
    """Whether a value has one of these JSON types; a truth value is no number."""
    if isinstance(value, bool):
        return "boolean" in types
    return not types or any(isinstance(value, _TYPES[name]) for name in types)


def field_of(pointer: Pointer) -> str:
    """The name of the field that a value stands in, be it in a list or not; "" for the record itself."""
    return next((step for step in reversed(pointer) if isinstance(step, str)), "")


def called(pointer: Pointer) -> str:
    """What to call the value at a pointer in a sentence.

    >>> called(()), called(("model", "license", "id")), called(("taught_by", 0, "signal", 1))
    ('the record', '`license.id`', 'an entry of `signal`')
    """
    if not pointer:
        return "the record"
    name = field_called(pointer)
    return f"an entry of {name}" if isinstance(pointer[-1], int) else name


def field_called(pointer: Pointer) -> str:
    """The field that a value stands in, with the one around it where that says more."""
    *around, last = pointer
    if isinstance(last, int):
        return field_called(tuple(around))
    is_inside = around and isinstance(around[-1], str)
    return quoted(f"{around[-1]}.{last}" if is_inside else last)


def written(value: JSON, document: Document) -> str:
    """A value as one would write it into this document, on one line."""
    if document.form is Form.JSON:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(item, document)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(item, document) for item in value) + "]"
    if isinstance(value, str) and re.compile(_PLAIN).fullmatch(value) and value not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def pair(key: str, value: JSON, document: Document) -> str:
    """A key with its value, likewise."""
    name = json.dumps(key) if document.form is Form.JSON else key
    return f"{name}: {written(value, document)}"


def example_at(pointer: Pointer) -> JSON:
    """A right value for a pointer by the schema's examples; `...` where it has none."""
    found = _example_of(nodes_at(pointer))
    if found is None and pointer and isinstance(pointer[-1], int):
        found = (example_at(pointer[:-1]) or [None])[0]
    return "..." if found is None else found


def _example_of(nodes: tuple[Node, ...]) -> JSON:
    for node in nodes:
        if node.get("examples"):
            return node["examples"][0]
    for node in nodes:
        for name, part in node.get("properties", {}).items():
            return {name: _example_of(tuple(with_references(part)))}
    return None


def one_of(words: tuple[str, ...]) -> str:
    """What to write, where it must be one of these words.

    >>> one_of(("whole", "part", "unknown"))
    'Write `whole`, `part` or `unknown`.'
    """
    if len(words) > _MANY_WORDS:
        return "Write one of its words; `modelcard schema` lists them."
    *others, last = map(quoted, words)
    return f"Write {' or '.join(filter(None, (', '.join(others), last)))}."


def near(word: str, known: tuple[str, ...], count: int = 3) -> list[str]:
    """The known words that look most like `word`, best first."""
    from difflib import get_close_matches

    return get_close_matches(word.lower(), known, n=count, cutoff=0.7) if len(word) <= 40 else []


_MANY_WORDS = 15
_PLAIN = r"(?a)[A-Za-z][\w./-]*"
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))

"""The published JSON Schemas: a version is a directory under `schema/`, and a validator is compiled once.

`check` is the strict half of "read leniently, judge strictly": all errors at once, each with the pointer
of the value and what the schema wanted there, so that rules can say it in the words of a card's author.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from ._named_tuple import NamedTuple
from .document import JSON, Pointer
from .errors import UnknownName

CURRENT = "1.0"
NAMES = ("lineage", "modelcard", "policy")
MAX_ERRORS = 1000
"""In one record: nobody reads more, and a hostile one could have any number of them."""


class SchemaError(NamedTuple):
    """One disagreement with the schema.

    `pointer` leads to the offending value; for keyword `required` to the object that lacks `name`, for
    `additionalProperties` to the object that has `name` too many. `expected` is the keyword's own value.
    """

    pointer: Pointer
    keyword: str
    expected: JSON
    name: str = ""


@cache
def root() -> str:
    """The directory of the schemas: inside the wheel, or beside the package in a checkout."""
    package = os.path.dirname(__file__)
    inside = os.path.join(package, "_schema")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "schema")


def versions() -> tuple[str, ...]:
    """The published versions of the standard, oldest first."""
    names = os.listdir(root())
    found = [name for name in names if os.path.isfile(os.path.join(root(), name, "lineage.schema.json"))]
    return tuple(sorted(found, key=lambda name: [int(part) for part in name.split(".")]))


def schema_text(version: str = CURRENT, name: str = "lineage", *, draft_07: bool = False) -> str:
    """The published file as it stands. Raises `UnknownName` for what was never published."""
    if version not in versions():
        raise UnknownName(f"there is no schema version {version!r}", "`modelcard schema --list` names them.")
    if name not in NAMES:
        raise UnknownName(f"there is no schema {name!r}", f"There are: {', '.join(NAMES)}.")
    suffix = ".draft-07.schema.json" if draft_07 else ".schema.json"
    with open(os.path.join(root(), version, f"{name}{suffix}"), encoding="utf-8") as file:
        return file.read()


@cache
def load_schema(version: str = CURRENT, name: str = "lineage") -> dict[str, Any]:
    """The published schema as data; do not change it, it is shared."""
    data: dict[str, Any] = json.loads(schema_text(version, name))
    return data


@cache
def _errors_of(version: str, name: str) -> Callable[[JSON], Iterator[Any]]:
    schema = load_schema(version, name)
    try:
        import jsonschema_rs
    except ImportError:
        from jsonschema import Draft202012Validator

        return Draft202012Validator(schema).iter_errors
    return jsonschema_rs.validator_for(_without_annotations(schema)).iter_errors


def _without_annotations(node: Any) -> Any:
    """A schema without what it says to people, which a validator takes half of its time to copy."""
    if isinstance(node, list):
        return [_without_annotations(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {}
    for key, value in node.items():
        if key in _OF_NAMES:
            found[key] = {name: _without_annotations(below) for name, below in value.items()}
        elif key not in _ANNOTATIONS:
            found[key] = _without_annotations(value)
    return found


_ANNOTATIONS = frozenset(("$comment", "default", "description", "examples", "title"))
_OF_NAMES = frozenset(("$defs", "definitions", "patternProperties", "properties"))
"""Keywords whose keys are names, and no keywords."""


def check(record: JSON, version: str = CURRENT, name: str = "lineage") -> tuple[SchemaError, ...]:
    """The disagreements of `record` with the schema, at most `MAX_ERRORS`, in the order of their pointers."""
    found = dict.fromkeys(islice(_errors(record, version, name), MAX_ERRORS))
    return tuple(
        sorted(found, key=lambda item: [(isinstance(step, int), str(step)) for step in item.pointer])
    )


def _errors(record: JSON, version: str, name: str) -> Iterator[SchemaError]:
    schema = load_schema(version, name)
    for error in _errors_of(version, name)(record):
        path = getattr(error, "instance_path", None)
        if path is None:  # the pure Python validator
            path, schema_path = error.absolute_path, error.absolute_schema_path
        else:
            schema_path = error.schema_path
        node = _walk(schema, list(schema_path)[:-1])
        yield from _spell_out(tuple(path), str(list(schema_path)[-1]), node, record)


def _walk(schema: dict[str, Any], path: list[Any]) -> Any:
    """The part of `schema` at `path`, in which only jsonschema-rs names the steps over `$ref`."""
    node: Any = schema
    for step in path:
        node = _resolve(schema, node)
        if step != "$ref":
            node = node[int(step) if isinstance(node, list) else step]
    return _resolve(schema, node)


def _resolve(schema: dict[str, Any], node: Any) -> Any:
    if isinstance(node, dict) and "$ref" in node:
        return _walk(schema, node["$ref"].removeprefix("#/").split("/"))
    return node


def _spell_out(pointer: Pointer, keyword: str, node: dict[str, Any], record: JSON) -> Iterator[SchemaError]:
    """One error for each missing or surplus key, where validators differ in how they group them."""
    expected = node[keyword] if isinstance(node, dict) else node
    value = record
    for step in pointer:
        value = value[step]
    if keyword == "required":
        for name in expected:
            if name not in value:
                yield SchemaError(pointer, keyword, _frozen(expected), name)
    elif keyword == "additionalProperties":
        import re

        patterns = [re.compile(pattern) for pattern in node.get("patternProperties", ())]
        for name in value:
            if name not in node.get("properties", ()) and not any(p.search(name) for p in patterns):
                yield SchemaError(pointer, keyword, _frozen(sorted(node.get("properties", ()))), name)
    else:
        yield SchemaError(pointer, keyword, _frozen(expected))


def _frozen(value: JSON) -> JSON:
    """Lists of a schema as tuples, so that errors can be compared and put into sets."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return tuple((key, _frozen(item)) for key, item in value.items())
    return value

"""A local id is used and never said to stand for anything.

## What it does
Reports ids that begin with `#` and have no entry under `upstream` or `trained_on`, each where it is used
first.

## Why it matters
A local id is known in this record only. Without an entry the path from a teacher to the model ends there,
and what was between cannot be looked up anywhere. Mostly it is a misspelt one.

## How to fix
Describe it under `upstream.datasets` or `upstream.models`, or write the id under which it is published.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat}
taught_by: [{model: {id: acme/big}, signal: [outputs], through: ["#traces"]}]
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
taught_by: [{model: {id: acme/big}, signal: [outputs], through: ["#traces"]}]
upstream: {datasets: [{dataset: {id: "#traces"}, origin: [synthetic]}]}
```

## Source
SPEC.md, 5.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..document import JSON, Pointer
from ..finding import Kind, Severity
from . import Problem, Rule, quoted
from ._faults import near

RULE = Rule(Kind.STRUCTURE, Severity.ERROR, needs="record")

_LISTS = frozenset(("derived_from", "through", "trained_on"))
"""Fields that list ids."""
_ENDS = frozenset(("dataset", "source", "teacher"))
"""Fields of a permission that hold one."""
_MANY = 100


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    if not card.records:
        return
    known = card.claims.local
    ordered = tuple(sorted(known))
    for record in card.readable_records:
        document = record.place.document
        if document.metadata is None or document.text.find("#", *document.metadata) < 0:
            continue
        missing: dict[str, Pointer] = {}
        for pointer, identifier in _local_ids(record.data, ()):
            if identifier not in known and _is_use(pointer):
                missing.setdefault(identifier, pointer)
        for identifier, pointer in missing.items():
            help = "Say what it is under `upstream`, or write the id that it is published under."
            if len(ordered) < _MANY and (guess := near(identifier, ordered, 1)):
                help = f"Did you mean {quoted(guess[0])}?"
            message = f"{quoted(identifier)} has no entry under `upstream` or `trained_on`"
            yield Problem(record.place.of(*pointer), message, help)


def _local_ids(value: JSON, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    """Every text that begins with `#`, but for those in extensions."""
    if isinstance(value, str):
        if value.startswith("#"):
            yield pointer, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if pointer or not key.startswith("x-"):
                yield from _local_ids(item, (*pointer, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _local_ids(item, (*pointer, index))


def _is_use(pointer: Pointer) -> bool:
    """Whether an id stands here that must lead to an entry: not in prose, and not in the entry itself."""
    if len(pointer) < 3:
        return False
    *_, outer, last = pointer
    if last == "id":
        is_entry = pointer[0] in ("model", "upstream") and len(pointer) <= 5
        is_entry = is_entry or (pointer[0] == "trained_on" and len(pointer) == 4)
        return outer in ("model", "dataset") and not is_entry
    return outer in _LISTS or (last in _ENDS and "covers" in pointer)

"""A list and its disclosure level contradict each other.

## What it does
Reports an empty `derived_from`, `taught_by` or `trained_on` whose disclosure level is not `complete`, and a
level `complete` of a list that is not there.

## Why it matters
An empty list means "none", and "none" is believed only of somebody who says that it is all there is. A list
that is not there means "unknown", which cannot be complete.

## How to fix
For none, write `[]` and the level `complete`. For what is not known or not told, leave the list out and
give the level `unknown`, `partial` or `undisclosed`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat}
taught_by: []
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
taught_by: []
disclosure: {taught_by: complete}
```

## Source
SPEC.md, 4 (what silence means) and 4.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..readers import as_mapping
from ..readers.record import LISTS
from . import Problem, Rule, quoted
from ._faults import pair

RULE = Rule(Kind.STRUCTURE, Severity.WARNING, needs="record")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for record in card.readable_records:
        if not isinstance(record.data, dict):
            continue
        levels = as_mapping(record.data.get("disclosure"))
        for name in LISTS:
            level = levels.get(name)
            if record.data.get(name) == [] and level != "complete":
                said = f"is {quoted(level)}" if isinstance(level, str) else "does not say `complete`"
                message = f"`{name}` is empty, which means none, but `disclosure.{name}` {said}"
                help = "Write `complete` there if there is none; else leave the list out."
                yield Problem(record.place.of(name), message, help)
            elif level == "complete" and name not in record.data:
                message = f"`{name}` is said to be complete, and is not there"
                help = f"Write `{pair(name, [], record.place.document)}` if there is none; else list them."
                yield Problem(record.place.of("disclosure", name), message, help)

"""A YAML anchor stands inside the value that it names.

## What it does
Reports an alias (`*name`) inside the very value that its anchor (`&name`) names. Anchors that are used
beside what they name are fine.

## Why it matters
Such a value contains itself without end. JSON cannot hold it, and a reader that follows it never stops.

## How to fix
Write out what was meant.

## Example
```record
lineage_version: "1.0"
model: &m
  id: acme/chat
  name: *m
```
```record
lineage_version: "1.0"
model:
  id: &m acme/chat
  name: *m
```

## Source
YAML 1.2.2, section 3.2.2.2; SPEC.md, 10.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("recursive-anchor", card)

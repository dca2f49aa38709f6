"""The record is written for a later minor version of the standard.

## What it does
Notes that a record's `lineage_version` is a later minor of the version that is known here. Its new fields
are passed over and its new words are read as `unknown`, each with a note of its own.

## Why it matters
A minor version only adds. What is judged here is still right, but it may not be all: a fact that stands in
a new field is not seen.

## How to fix
Nothing is wrong. Update `modelcard-validator` to have all of the record read.

## Example
```record
lineage_version: "1.7"
model: {id: acme/chat}
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
```

## Source
SPEC.md, 3.3 and 9.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..schema import CURRENT
from . import Problem, Rule, quoted
from ._faults import NEWER, faults

RULE = Rule(Kind.STRUCTURE, Severity.NOTE, needs="record")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for fault in faults(card, NEWER):
        message = f"the record is of version {quoted(fault.value)}, and is read as one of `{CURRENT}`"
        yield Problem(fault.place, message, "Update modelcard-validator to have all of it read.")

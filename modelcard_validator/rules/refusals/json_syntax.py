"""The record is not JSON.

## What it does
Reports the first place where a `.lineage.json` side file breaks the grammar of JSON.

## Why it matters
Nothing in the record can be used. Readers that forgive (comments, a last comma, `NaN`) do not agree on what
they forgive, so a record that only some of them can read is none.

## How to fix
Do what the message says at the place that it names. A record written by hand is easier to keep as YAML,
which has comments.

## Example
```json
{"lineage_version": "1.0", "model": {"id": "acme/chat"},}
```
```json
{"lineage_version": "1.0", "model": {"id": "acme/chat"}}
```

## Source
RFC 8259.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("json-syntax", card)

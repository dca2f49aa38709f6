"""A model has more than one lineage record.

## What it does
Reports every record after the first: a `lineage` block in the front matter together with a side file, or
several side files in one directory.

## Why it matters
Two records differ sooner or later, and then everybody takes the one that they happen to read. No reader may
choose between them, so a model with two records has none.

## How to fix
Keep one: the block where the record is short, the side file where it is long or made by a tool. Records of
several models stand beside their models, in a directory each.

## Example
```files
==> README.md <==
---
lineage:
  lineage_version: "1.0"
  model: {id: acme/chat}
---
==> chat.lineage.yaml <==
lineage_version: "1.0"
model: {id: acme/chat}
```
```files
==> README.md <==
---
license: mit
---
==> chat.lineage.yaml <==
lineage_version: "1.0"
model: {id: acme/chat}
```

## Source
SPEC.md, 2.2.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule
from ._shared import listed

RULE = Rule(Kind.STRUCTURE, Severity.ERROR, needs="record")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    if len(card.records) < 2:
        return
    names = [os.path.basename(record.place.document.path) for record in card.records]
    for index, record in enumerate(card.records[1:], 1):
        others = [*names[:index], *names[index + 1 :]]
        held = "hold records" if len(others) > 1 else "holds a record"
        message = f"{listed(others, 'and')} {held} of this model too"
        yield Problem(record.place.as_key(), message, "Keep one of them, and remove the rest.")

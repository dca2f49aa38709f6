"""The metadata holds more than one YAML document.

## What it does
Reports the second document of a YAML side file or of a front matter: one that begins with `---` in the
middle.

## Why it matters
A card speaks of one model, and readers differ in which document they take: some the first, some the last,
some refuse the file.

## How to fix
Keep one document. Records of several models stand beside their models, one in each directory.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat}
---
lineage_version: "1.0"
model: {id: acme/chat-mini}
```
```record
---
lineage_version: "1.0"
model: {id: acme/chat}
```

## Source
SPEC.md, 2.3; YAML 1.2.2, section 9.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("several-documents", card)

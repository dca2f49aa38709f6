"""A key stands twice in the same mapping.

## What it does
Reports every second and later appearance of a key in one mapping of the metadata.

## Why it matters
Readers differ in which of the two they take: PyYAML, and with it huggingface_hub, silently keeps the last,
others keep the first or refuse the file. A licence or a base model that only half of the tools see is worse
than none, so the metadata is not read at all.

## How to fix
Keep one of the two. Where both values are meant, write a list under one key.

## Example
```yaml
license: mit
license: apache-2.0
```
```yaml
license: apache-2.0
```

## Source
YAML 1.2.2, section 3.2.1.3 (keys of a mapping are unique); RFC 8259, section 4.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("duplicate-key", card)

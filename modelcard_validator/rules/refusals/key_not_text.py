"""A key is a list or a mapping.

## What it does
Reports keys that are not text. Two opening braces make one: `{{ license }}` is, in YAML, a mapping whose
key is a mapping, and nearly always a template that nobody filled in.

## Why it matters
JSON has no such keys, most readers fail on them, and the values of an unfilled template are missing.

## How to fix
Fill the template in, or quote the value where the braces are meant.

## Example
```yaml
license: {{ license }}
```
```yaml
license: mit
```

## Source
YAML 1.2.2, section 3.2.1.1; RFC 8259, section 4 (the name of a member is a string).
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("key-not-text", card)

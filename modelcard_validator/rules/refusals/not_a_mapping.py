"""The metadata is no mapping of keys to values.

## What it does
Reports front matter, and side files, whose top is a list or a single value.

## Why it matters
Every key of the metadata is looked up by its name. Where there are no keys there is no metadata.

## How to fix
Write `key: value` pairs, with a space after the colon. A record in a list stands there without the `- `.

## Example
```yaml
license:mit
```
```yaml
license: mit
```

## Source
huggingface_hub, repocard.py ("repo card metadata block should be a dict"); SPEC.md, 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("not-a-mapping", card)

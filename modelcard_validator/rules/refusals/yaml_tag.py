"""A YAML tag stands in the metadata.

## What it does
Reports tags: words that begin with `!` before a value, such as `!!str`, `!secret` or `!!python/object`.

## Why it matters
A tag asks the reader to build something else than text, numbers, lists and mappings. Readers differ in what
they make of it, some run code, and JSON has nothing for it. Most tags in cards are none: a value begins
with `!`.

## How to fix
Remove the tag. Quote a value that begins with `!`, and instead of `!!str 1.10` write `"1.10"`.

## Example
```yaml
license: !!str mit
```
```yaml
license: mit
```

## Source
YAML 1.2.2, section 6.8.2; SPEC.md, 2.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("yaml-tag", card)

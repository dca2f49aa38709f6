"""The file or its metadata is too large.

## What it does
Reports files above 16 MiB, metadata above a million characters, and more than 50,000 values, counted as if
every alias were written out.

## Why it matters
Metadata is read by everybody who lists models. Above these bounds it is a mistake (a log, a base64 image)
or an attack: nine lines of YAML anchors can stand for a billion values.

## How to fix
Keep facts in the metadata; move long text into the body of the card, and long lists into files of their
own.

## Example
```yaml
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
```
```yaml
a: &a [x, x, x, x, x, x, x, x, x, x]
b: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
```

## Source
SPEC.md, 10.1. The largest front matter among a thousand published cards has 62,599 bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("too-large", card)

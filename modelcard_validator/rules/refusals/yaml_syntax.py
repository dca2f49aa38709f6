"""The metadata is not YAML.

## What it does
Reports the first place where the front matter or a YAML side file cannot be read, with the likely cause. A
parser often notices a mistake lines after it was made; where the cause can be told, the place is that of
the cause.

## Why it matters
Nothing in the metadata can be used: not by this tool, and not by the Hub, which refuses the card.

## How to fix
Do what the message says at the place that it names. Most often a value needs quotes, because it holds `: `
or begins with one of ``@ ` % * & ! | > [ {``.

## Example
```yaml
license: mit
description: Our model: the best one
```
```yaml
license: mit
description: "Our model: the best one"
```

## Source
YAML 1.2.2; chapters 5 to 9 are its grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("yaml-syntax", card)

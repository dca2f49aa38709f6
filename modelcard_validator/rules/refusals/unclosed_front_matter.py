"""The front matter is opened and never closed.

## What it does
Reports a README that begins with a line of three dashes and a `key:` line, but has no second line of
exactly three dashes where the Hub looks for it.

## Why it matters
The Hub finds metadata by a regular expression, and where it does not match there is no metadata: licence
and base model are shown as text at the top of the card, and no filter, no model tree and no tool sees them.

## How to fix
Put a line that holds only `---` after the last key. `----`, an indented `---` and `...` do not close it,
and a space after the first `---` keeps it from being opened.

## Example
```markdown
---
license: mit

# A model
```
```markdown
---
license: mit
---

# A model
```

## Source
huggingface_hub, repocard.py (`REGEX_YAML_BLOCK`, "exact same regex as in the Hub server").
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("unclosed-front-matter", card)

"""The file is not UTF-8.

## What it does
Reports the first byte that is not UTF-8. The rest of the file is not read.

## Why it matters
The Hub and YAML take Unicode only. Read in another encoding, names and licences turn into other names.

## How to fix
Save the file as UTF-8: in most editors under "Save with encoding", or with `iconv -f WINDOWS-1252 -t
UTF-8`.

## Example
```latin1
---
license: mit
model_creator: René
---
```
```markdown
---
license: mit
model_creator: René
---
```

## Source
SPEC.md, 2.3; RFC 8259, section 8.1; huggingface_hub reads cards as UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("not-utf8", card)

"""Several licences are listed, and not how they go together.

## What it does
Reports a `license` that lists two or more ids, where no record says whether all of them apply or one may be
chosen.

## Why it matters
The two readings are far apart: under all of them every duty of each holds, under a choice those of one. The
Hub has no way to say which, so every reader has to guess; the strict reading is that all apply.

## How to fix
Say it in a record with an SPDX expression: `AND` where all apply, `OR` where one may be chosen.

## Example
```yaml
license: [mit, apache-2.0]
```
```yaml
license: [mit, apache-2.0]
lineage:
  lineage_version: "1.0"
  model: {id: acme/chat, license: {id: MIT OR Apache-2.0}}
```

## Source
SPDX 3.0.1, Annex B; this standard, SPEC.md, 8.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from . import Problem, Rule
from ._licenses import is_native
from ._shared import listed

RULE = Rule(Kind.HYGIENE, Severity.NOTE)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None or not isinstance(native.data.get("license"), list):
        return
    ids = list(dict.fromkeys(license.id for license in card.claims.licenses if license.id))
    if len(ids) < 2 or not all(map(is_native, card.claims.licenses)):
        return
    yield Problem(
        Place(native, ("license",)),
        f"nothing says whether {listed(ids, 'and')} apply together, or one of them may be chosen",
        "Say it in a record: `AND` or `OR` between their SPDX ids, as `lineage.model.license.id`.",
    )

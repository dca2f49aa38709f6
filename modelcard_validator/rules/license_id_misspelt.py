"""A licence is written in a form that the Hub does not take.

## What it does
Reports a `license` that is one of the Hub's ids but for its case, its separators or its SPDX suffix, and
names the id that it should be.

## Why it matters
The Hub refuses a card whose licence is not exactly one of its ids, and filters by licence pass the model
over. People copy the form they know: `MIT`, `Apache 2.0`, `GPL-3.0-or-later`.

## How to fix
Write the id that the message names; `modelcard validate --fix` does so where there is just one. An exact
SPDX expression belongs into `lineage.model.license.id`.

## Example
```yaml
license: Apache-2.0
```
```yaml
license: apache-2.0
```

## Source
huggingface/hub-docs, docs/hub/repositories-licenses.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import edit, hub
from ..card import Card
from ..finding import Fix, Kind, Severity
from . import Problem, Rule, quoted

RULE = Rule(Kind.HYGIENE, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for license in card.claims.licenses:
        if license.source.reader != "huggingface" or not license.id or license.id in hub.LICENSES:
            continue
        right = hub.license_meant(license.id)
        if right is not None:
            place = license.source.place
            fix = Fix(f"write `{right}`", (edit.replace_value(place, right),))
            yield Problem(
                place, f"{quoted(license.id)} is no licence id of the Hub", f"Write `{right}`.", fix
            )

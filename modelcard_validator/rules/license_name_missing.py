"""The licence has a link and no name.

## What it does
Reports `license: other` with a `license_link` and no `license_name`.

## Why it matters
The Hub shows and filters by the name; without one the model's page says "other". A name also tells readers
whether they know the licence before they follow the link.

## How to fix
Add `license_name`: an id of your own in small letters, such as the one its authors use.

## Example
```yaml
license: other
license_link: https://example.com/community-license
```
```yaml
license: other
license_name: acme-community-license
license_link: https://example.com/community-license
```

## Source
huggingface/hub-docs, modelcard.md and docs/hub/repositories-licenses.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from . import Problem, Rule
from ._licenses import is_native

RULE = Rule(Kind.HYGIENE, Severity.NOTE)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for license in card.claims.licenses:
        if card.native is None or not is_native(license) or license.name or not (license.url or license.file):
            continue
        yield Problem(
            Place(card.native, ("license_link",)),
            "the licence has a link and no name, so that the Hub shows it as `other`",
            "Add `license_name`, an id of your own for it.",
        )

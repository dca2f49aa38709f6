"""A suppression in the card says no reason, or names no rule.

## What it does
Reports comments `modelcard: ignore[...]` without a reason after the bracket, which suppress nothing, and
those that name a rule that does not exist, or none.

## Why it matters
A finding that somebody decided to live with is only worth something to the next reader with the reason. A
suppression of a misspelt rule does nothing, and looks as if it did.

## How to fix
Say why, on the same line; take the rule's name from the finding.

## Example
```yaml
# modelcard: ignore[license-id-misspelt]
license: Apache-2.0
```
```yaml
# modelcard: ignore[license-id-misspelt] our mirror wants SPDX's spelling
license: Apache-2.0
```

## Source
docs/configuration.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import _folder, suppress
from ..card import Card
from ..claims import Place
from ..document import Document
from ..finding import Kind, Severity
from . import PACKAGE, Problem, Rule, quoted

RULE = Rule(Kind.HYGIENE, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for document in card.documents:
        for comment in suppress.comments(document):
            yield from _of_comment(document, comment)


def _of_comment(document: Document, comment: suppress.Comment) -> Iterator[Problem]:
    place = Place(document, span=comment.span)
    known = _folder.names(PACKAGE)
    for name in comment.rules:
        if name not in known and not name.startswith(suppress.OF_A_POLICY):
            help = _folder.did_you_mean(name, known) or "`modelcard rules` lists them."
            yield Problem(place, f"there is no rule {quoted(name)} to suppress", help)
    if not comment.rules:
        yield Problem(place, "this suppression names no rule", "Name it: `ignore[slug]`, as in the finding.")
    elif not comment.reason:
        yield Problem(
            place, "this suppression says no reason and suppresses nothing", "Say why, after the `]`."
        )

"""A list is partial or undisclosed, and nothing says why.

## What it does
Reports the levels `partial` and `undisclosed` of `disclosure` that have no sentence under
`disclosure.reason`.

## Why it matters
Who reads "undisclosed" cannot tell a trade secret from a list that nobody has written yet, and not whether
asking helps. To say what is not told is the honest part; the reason makes it of use.

## How to fix
Add a sentence for each such list under `disclosure.reason`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat}
disclosure: {trained_on: undisclosed}
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
disclosure: {trained_on: undisclosed, reason: {trained_on: The data was licensed under a secrecy clause.}}
```

## Source
SPEC.md, 6.10.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule
from ._faults import pair

RULE = Rule(Kind.STRUCTURE, Severity.WARNING, needs="record")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for disclosure in card.claims.disclosures:
        if disclosure.level not in ("partial", "undisclosed") or disclosure.reason is not None:
            continue
        place = disclosure.source.place
        reasons = place.document.get((*place.pointer[:-1], "reason"))
        if reasons is not None and not isinstance(reasons, dict):
            continue  # it has the wrong type, and that is said already
        example = pair("reason", {disclosure.list: "..."}, place.document)
        message = f"`{disclosure.list}` is `{disclosure.level}`, and nothing says why"
        yield Problem(place, message, f"Say it in a sentence: `{example}`.")

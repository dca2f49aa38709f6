"""A record about somebody else's model makes a statement without evidence.

## What it does
Reports a parent, teacher or dataset without `evidence` in a record that is `asserted_by: third-party`.

## Why it matters
A publisher speaks of its own model and answers for it. What others say of it is worth what it rests on, and
nobody can weigh a statement that cites nothing.

## How to fix
Add `evidence` with what can be looked at: the `url` of a paper, a card or a transcript, by whom and of what
date.

## Example
```record
lineage_version: "1.0"
asserted_by: third-party
model: {name: Chatty, provider: example-lab}
taught_by: [{model: {provider: openai}, signal: [unknown]}]
disclosure: {taught_by: partial, reason: {taught_by: not published}}
```
```record
lineage_version: "1.0"
asserted_by: third-party
model: {name: Chatty, provider: example-lab}
taught_by:
  - model: {provider: openai}
    signal: [unknown]
    evidence: [{kind: testimony, by: head of example-lab, date: 2026-04-30}]
disclosure: {taught_by: partial, reason: {taught_by: not published}}
```

## Source
SPEC.md, 5.1 and 7.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule
from ._shared import name_of

RULE = Rule(Kind.HYGIENE, Severity.WARNING, needs="record")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    claims = card.claims
    if "third-party" not in claims.asserted_by:
        return
    statements = chain(
        ((parent.model, parent.evidence) for parent in claims.parents),
        ((teacher.model, teacher.evidence) for teacher in claims.teachers),
        ((dataset.dataset, dataset.evidence) for dataset in claims.datasets),
    )
    for reference, evidence in statements:
        if reference.source.reader == "record" and not evidence:
            yield Problem(
                reference.place,
                f"what this third party says of {name_of(reference)} comes without evidence",
                "Add `evidence`: what can be looked at, by whom and of what date.",
            )

"""A teacher's outputs are for non-commercial use only, and this model is offered for more.

## What it does
Looks, for each teacher, for a licence that limits the use of outputs to non-commercial or research purposes,
and compares what this model is offered for, by its licence and its `scope`.

## Why it matters
The limit sits on the outputs themselves, so it comes along with the training data, into a model that has none
of the teacher's weights. Whoever takes that model by its licence will not see it.

## How to fix
Offer the model for non-commercial use, train on outputs that may be used commercially, or name the permission
under `lineage.permissions` (`lifts: [commercial-use]`).

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: apache-2.0}}
taught_by:
  - model: {id: mistralai/Ministral-8B-Instruct-2410}
    signal: [outputs]
    access: open-weights
    terms: {id: mistral-mrl-0.1}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: cc-by-nc-4.0}}
taught_by:
  - model: {id: mistralai/Ministral-8B-Instruct-2410}
    signal: [outputs]
    access: open-weights
    terms: {id: mistral-mrl-0.1}
```

## Source
The fact `outputs.train: non-commercial-only` in the catalogue (Mistral Research License, 3.2);
docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity, Verdict
from . import Problem, Rule, ruled
from ._outputs import COMMERCIAL, rulings
from ._shared import name_of

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="teachers")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for ruling in rulings(card, COMMERCIAL):
        offered = "is" if ruling.verdict is Verdict.VIOLATION else "may be"
        message = (
            f"the outputs of {name_of(ruling.edge.source)}, its teacher, may not be used commercially, and "
            f"this model {offered} offered for commercial use"
        )
        yield ruled(ruling, message, "Offer it for non-commercial use, or name the permission to do more.")

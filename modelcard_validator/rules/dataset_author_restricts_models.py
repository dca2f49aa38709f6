"""The authors of the data want it, or models trained on it, used for research only.

## What it does
Compares what the authors of well-known training sets say of their use, beside or instead of a licence, with
what this model is offered for. Such words bind less surely than a licence, so this asks for review.

## Why it matters
Words in a README are easily lost: the data is passed on under a permissive licence, and what its authors
asked of the models made from it is not. Stanford said of Alpaca that models trained on it should not be used
outside of research.

## How to fix
Read what the authors say, at the source that the finding names. Offer the model for non-commercial use, leave
the data out, or name a permission under `lineage.permissions` (`lifts: [commercial-use]`).

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: apache-2.0}}
trained_on:
  - {dataset: {id: tatsu-lab/alpaca}, license: {id: cc-by-nc-4.0}}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: cc-by-nc-4.0}}
trained_on:
  - {dataset: {id: tatsu-lab/alpaca}, license: {id: cc-by-nc-4.0}}
```

## Source
What is known of datasets, with its source; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import claimed
from . import Problem, Rule, ruled
from ._data import data, is_limited, restriction, said
from ._shared import name_of
from ._student import is_commercial

RULE = Rule(Kind.TERMS, Severity.WARNING, needs="datasets")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    sources = [edge for edge in data(card) if not edge.own]
    commercial = is_commercial(card) if sources else False
    for edge in sources if commercial is not False else ():
        statement = restriction(edge)
        if statement is None or (is_limited(edge) and not statement.of_models):
            continue  # noncommercial-data says it of the licence
        ruling = claimed(said(statement, edge), card.claims.permissions, "commercial-use")
        what = "models trained on it" if statement.of_models else "it"
        offered = "is" if commercial else "may be"
        message = (
            f"the authors of {name_of(edge.source)} want {what} used for research or non-commercially, and "
            f"this model {offered} offered for commercial use"
        )
        yield ruled(ruling, message, "Read what they say at the source; whether it binds is for a review.")

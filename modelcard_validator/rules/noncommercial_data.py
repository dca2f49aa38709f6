"""Data for non-commercial use trained a model that is offered for commercial use.

## What it does
Compares the licence of each training set, as declared or as known, with what this model is offered for. A
licence that leaves trained models alone is no problem; one that reaches them expressly is one; of most it is
unsettled, and then this asks for review.

## Why it matters
The data was given for non-commercial use. Whether training a commercial model is such use, and whether the
limit lives on in the weights, no text of the common licences says, and no court has settled.

## How to fix
Have it looked at before the model goes into a product: who trained it and why, and which exception of the law
it rests on. Offering the model for non-commercial use, or leaving the data out, ends the question.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: apache-2.0}}
trained_on:
  - {dataset: {id: example-lab/stories}, license: {id: cc-by-nc-4.0}}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: cc-by-nc-4.0}}
trained_on:
  - {dataset: {id: example-lab/stories}, license: {id: cc-by-nc-4.0}}
```

## Source
The facts `use.commercial`, `use.research_only` and `reaches_trained_models` in the catalogue;
docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, claimed, graded, over
from ..lineage import Flow
from ..terms.texts import Text
from . import Problem, Rule, ruled
from ._data import data, limit, restriction
from ._shared import name_of
from ._student import is_commercial

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="datasets")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    sources = list(data(card))
    commercial = is_commercial(card) if sources else False
    if commercial is False:
        return

    def test(text: Text, flow: Flow) -> Answer | None:
        return _limited(text, commercial) if flow is Flow.DATA else None

    for ruling in over(sources, test):
        said = restriction(ruling.edge)
        if said is not None and said.of_models:
            continue  # dataset-author-restricts-models says more
        ruling = claimed(ruling, card.claims.permissions, "commercial-use")
        offered = "is" if commercial else "may be"
        message = (
            f"{name_of(ruling.edge.source)} may not be used commercially, and this model, which was trained "
            f"on it, {offered} offered for commercial use"
        )
        yield ruled(
            ruling, message, "Whether the limit reaches a trained model is for a review, text by text."
        )


def _limited(text: Text, commercial: bool | None) -> Answer | None:
    fact = limit(text)
    reach = text.first("reaches_trained_models")
    if fact is None or (reach is not None and reach.value == "no"):
        return None
    if reach is None or reach.value != "yes" or not reach.is_stated:
        return graded(None, fact, "whether the terms of the data reach a model that was trained on it")
    return graded(commercial, fact, *([] if commercial else ["whether this model is offered commercially"]))

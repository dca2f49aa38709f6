"""A teacher's terms bar training any model on its outputs.

## What it does
Looks, for each teacher, for texts that bar training with outputs whatever model is trained: in the version
that was in force when the outputs were collected, for the channel they came through.

## Why it matters
Such a clause asks for no competition and knows no small print for research: a model that was trained on the
outputs was made against the terms, unless the provider allowed it.

## How to fix
Name the permission under `lineage.permissions`, with its evidence; correct access, terms or date where they
are not what happened; or train on the outputs of a teacher whose terms allow it.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
derived_from: []
taught_by:
  - model: {name: lfm-40b, provider: liquid}
    signal: [outputs]
    access: api
    terms: {id: liquid-ai, effective: 2024-09-23}
disclosure: {derived_from: complete}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
derived_from: []
taught_by:
  - model: {id: deepseek-ai/DeepSeek-R1}
    signal: [outputs]
    access: open-weights
    terms: {id: mit}
disclosure: {derived_from: complete}
```

## Source
The fact `outputs.train: no-model-training` in the catalogue; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule, ruled
from ._outputs import ANY, rulings
from ._shared import name_of

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="teachers")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for ruling in rulings(card, ANY):
        message = f"the terms of {name_of(ruling.edge.source)}, its teacher, bar training models on outputs"
        help = "Name the permission that allows it under `permissions`, or correct what is declared."
        yield ruled(ruling, message, help)

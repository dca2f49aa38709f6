"""The relation to the parents names no training, yet data is listed that trained the model.

## What it does
Reports a record in which every parent is `quantized` or `converted`, and `trained_on` holds data of a stage
in which weights learn. `converted` says that the weights are the same ones, which training data
contradicts. `quantized` may name the last of several steps, which is a note: the training is easily
overlooked.

## Why it matters
Whoever reads `quantized` or `converted` takes the model for its parent in another form: with the parent's
behaviour, evaluations and data. If it was trained in between, it is another model, and its data and
teachers count.

## How to fix
Give the trained model an entry under `upstream`, with an id of its own or a local one (`#trained`), its
data there, and derive this one from it. If nothing was trained with the data, say what it was for: `stage:
calibration`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B-MLX}
derived_from: [{model: {id: mistralai/Mistral-7B-v0.3}, relation: converted}]
trained_on: [{dataset: {id: acme/chats}, stage: sft}]
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B-MLX}
derived_from: [{model: {id: "#trained"}, relation: converted}]
upstream:
  models:
    - model: {id: "#trained"}
      derived_from: [{model: {id: mistralai/Mistral-7B-v0.3}, relation: finetune}]
      trained_on: [acme/chats]
```

## Source
SPEC.md, 6.1 and 6.8.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule, quoted

RULE = Rule(Kind.LINEAGE, Severity.WARNING)

_SAME_MODEL = frozenset(("converted", "quantized"))
_TRAINING = frozenset(
    ("pretraining", "continued-pretraining", "sft", "preference", "reward", "reinforcement")
)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    parents = [parent for parent in card.claims.parents if parent.source.reader == "record"]
    relations = {parent.relation for parent in parents}
    if not relations or not relations <= _SAME_MODEL:
        return
    for dataset in card.claims.datasets:
        if dataset.source.reader == "record" and dataset.stage in _TRAINING:
            trained = f"data of stage {quoted(dataset.stage)} trained this model"
            help = "Give the trained model an entry of its own under `upstream`, and derive this one from it."
            place = dataset.source.place.of("stage")
            if "converted" in relations:
                yield Problem(
                    place, f"{trained}, yet `converted` says that its weights are the parent's", help
                )
            else:
                message = f"{trained}, and `quantized` names only what was done last"
                yield Problem(place, message, help, severity=Severity.NOTE)

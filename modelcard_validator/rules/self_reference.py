"""A model is said to be made from itself, or to be its own successor.

## What it does
Reports a parent that is the very model the record is about: the same id, revision and file. An earlier
revision of the same model, or another file of its repository, is a parent like any other, and a model may
be taught by itself. Against the record's model it also checks `base_model` and `new_version` of the README,
where it is a warning.

## Why it matters
A lineage is followed from a model to its parents; one that leads back to where it began has no beginning,
and whatever is owed to the real parent is lost. It happens where a card is copied from the base model's, or
filled in by a script from the name of its own directory.

## How to fix
Name the model that the weights came from. Where that is an earlier state of the same repository, give its
`revision`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
derived_from:
  - {model: {id: acme/Chat-7B}, relation: finetune}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
derived_from:
  - {model: {id: acme/Chat-7B, revision: v1}, relation: finetune}
```

## Source
SPEC.md, 5.4 and 6.7; huggingface/hub-docs, docs/hub/model-cards.md (`base_model`, `new_version`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Reference, Strength
from ..finding import Kind, Severity
from . import Problem, Rule, quoted

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    models = [model for model in card.claims.models if model.id]
    if not models:
        return
    for parent in card.claims.parents:
        if parent.source.strength is Strength.DECLARED and _is_any_of(models, parent.model):
            native = parent.source.reader != "record"
            yield Problem(
                parent.model.place,
                f"{quoted(parent.model.id)} is this model itself, not one that it was made from",
                "Name the model whose weights these were; for an earlier state of this one, add `revision`.",
                severity=Severity.WARNING if native else None,
            )
    for successor in card.claims.successors:
        if _is_any_of(models, successor):
            yield Problem(
                successor.place,
                f"{quoted(successor.id)} is this model itself, not a newer version of it",
                "Name the model that replaces this one, or leave `new_version` out.",
                severity=Severity.WARNING,
            )


def _is_any_of(models: list[Reference], other: Reference) -> bool:
    return any(
        (model.id, model.revision, model.file) == (other.id, other.revision, other.file)
        and (model.digest == other.digest or not (model.digest and other.digest))
        for model in models
    )

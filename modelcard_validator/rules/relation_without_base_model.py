"""A relation is given, and no base model.

## What it does
Reports a `base_model_relation` on a card without `base_model`.

## Why it matters
The Hub has nothing to relate the model to and passes over the key, so that the model seems to be made from no
other.

## How to fix
Add `base_model` with the id of the model that the weights came from, or remove the relation.

## Example
```yaml
base_model_relation: finetune
```
```yaml
base_model: mistralai/Mistral-7B-v0.3
base_model_relation: finetune
```

## Source
huggingface/hub-docs, docs/hub/model-cards.md, "Specifying a base model".
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from . import Problem, Rule
from .misspelt_key import right_key

RULE = Rule(Kind.HYGIENE, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None or not native.data.get("base_model_relation"):
        return
    if native.data.get("base_model") or native.data.get("finetuned_from"):
        return
    if any(right_key(key) == "base_model" for key in native.data):
        return
    known = next((parent.model.id for parent in card.claims.parents if parent.model.id), None)
    help = "Add `base_model` with the id of the model that the weights came from, or remove the relation."
    yield Problem(
        Place(native, ("base_model_relation",), key=True),
        "`base_model_relation` without `base_model` relates the model to nothing",
        f"Add `base_model: {known}`." if known else help,
    )

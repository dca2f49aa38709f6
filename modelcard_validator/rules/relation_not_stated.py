"""The card does not say how the model was made from its base model.

## What it does
Reports a `base_model` without `base_model_relation`, once a card, where neither a record nor a tag
`base_model:<relation>:<id>` says how the weights came into this model.

## Why it matters
The Hub then infers the relation from the files and the number of base models, and may be wrong: two parts of
one model look like a merge. What a licence asks for differs between an adapter, a fine-tune and a copy in
another format.

## How to fix
Add `base_model_relation` with `adapter`, `finetune`, `merge` or `quantized`; a record has more words for it.

## Example
```yaml
base_model: mistralai/Mistral-7B-v0.3
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
from ..readers import as_list
from . import Problem, Rule

RULE = Rule(Kind.HYGIENE, Severity.NOTE)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None or not native.data.get("base_model") or native.data.get("base_model_relation"):
        return
    parents = card.claims.parents
    if not any(parent.model.id for parent in parents):
        return
    if any(parent.stated or parent.source.reader == "record" for parent in parents):
        return
    several = isinstance(native.data["base_model"], list) and len(native.data["base_model"]) > 1
    if native.data.get("tags") and ("merge" if several else "finetune") in as_list(native.data["tags"]):
        return  # what the Hub infers is then what the card says
    guess = "the Hub takes several for a merge" if several else "the Hub infers how this model was made"
    yield Problem(
        Place(native, ("base_model",)),
        f"`base_model` without `base_model_relation`: {guess}",
        "Add `base_model_relation`: adapter, finetune, merge or quantized; a record has more words.",
    )

"""A base model is not given by its id on the Hub.

## What it does
Reports entries of `base_model`, `finetuned_from` and `new_version` that cannot be ids of models on the Hub:
URLs, paths, free text, an id with a revision or a file after it.

## Why it matters
The Hub links models by id. Anything else leads nowhere: the model is missing from the tree of its base
model, and whoever wants to know its terms does not find them.

## How to fix
Write `owner/name`. `modelcard validate --fix` takes it from a URL of the Hub. A model that is not on the Hub
can be named in a record, under `lineage.derived_from`, by name or URL.

## Example
```yaml
base_model: https://huggingface.co/mistralai/Mistral-7B-v0.3
```
```yaml
base_model: mistralai/Mistral-7B-v0.3
```

## Source
huggingface/hub-docs, docs/hub/model-cards.md, "Specifying a base model".
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from ..readers.huggingface import items
from . import Problem, Rule

RULE = Rule(Kind.HYGIENE, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None:
        return
    for key in ("base_model", "finetuned_from", "new_version"):
        if key not in native.data:
            continue
        for text, place in items(native.data, key, Place(native)):
            if not hub.is_id(text):
                from ._ids import problem_of

                if problem := problem_of(text, place, "models"):
                    yield problem

"""A `base_model:` tag and the `base_model` key say different things.

## What it does
Reports tags `base_model:<id>` and `base_model:<relation>:<id>` whose model is not under `base_model`, or
whose relation is not that of `base_model_relation`, where those keys are there.

## Why it matters
Libraries write the tag when they save a model, and it stays when the key is edited, or when the card is
copied. Programs that read the one and those that read the other see different parents.

## How to fix
Correct the one that is out of date; the tag may go, as the Hub makes it from the keys.

## Example
```yaml
base_model: acme/chat
tags: ["base_model:adapter:mistralai/Mistral-7B-v0.3"]
```
```yaml
base_model: mistralai/Mistral-7B-v0.3
tags: ["base_model:adapter:mistralai/Mistral-7B-v0.3"]
```

## Source
huggingface/hub-docs, docs/inference-providers/register-as-a-provider.md; huggingface/peft, peft_model.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..card import Card
from ..claims import Place, Strength
from ..finding import Kind, Severity
from ..readers import as_text
from ..readers.huggingface import items
from . import Problem, Rule, quoted
from ._shared import listed

RULE = Rule(Kind.HYGIENE, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    tagged = [it for it in card.claims.parents if it.source.strength is Strength.MENTIONED]
    if native is None or not tagged or not native.data.get("base_model"):
        return
    stated = as_text(native.data.get("base_model_relation"))
    named = items(native.data, "base_model", Place(native))
    ids = dict.fromkeys(hub.id_of(text) for text, _ in named)
    bases = listed(list(ids), "and")
    for parent in tagged:
        tag = quoted(native.get(parent.source.place.pointer))
        if parent.model.id is not None and parent.model.id not in ids:
            message = f"the tag {tag} names another model than `base_model`, which is {bases}"
            yield Problem(parent.source.place, message, "Correct the one that is out of date.")
        elif parent.stated in hub.RELATIONS and stated in hub.RELATIONS and parent.stated != stated:
            message = (
                f"the tag {tag} says {quoted(parent.stated)}, and `base_model_relation` {quoted(stated)}"
            )
            yield Problem(parent.source.place, message, "Correct the one that is out of date.")

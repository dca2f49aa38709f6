"""A licence asks for a word at the beginning of the model's name, and it is not there.

## What it does
Looks for texts in the lineage that ask for a prefix of the model's name, for derivatives or for models that
learned from outputs, and compares the name that the card gives.

## Why it matters
The prefix is how downstream users learn whose terms travel with a model. Llama 3.1 and later ask for it from
every distributed model that their outputs improved, whatever its weights are.

## How to fix
Begin the name that the model is distributed under with the word, in `lineage.model.name` and in the id of its
repository.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-8B, license: {id: llama3.1}}
derived_from:
  - {model: {id: meta-llama/Llama-3.1-8B}, relation: finetune, license: {id: llama3.1}}
```
```record
lineage_version: "1.0"
model: {id: acme/Llama-Chat-8B, license: {id: llama3.1}}
derived_from:
  - {model: {id: meta-llama/Llama-3.1-8B}, relation: finetune, license: {id: llama3.1}}
```

## Source
The fact `duty.name_prefix` in the catalogue (Llama 3.1 Community License, 1.b.i); docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from ..judgement import Answer, brought_on, graded, over
from ..lineage import Flow
from ..terms.texts import Text
from . import Problem, Rule, quoted, ruled

RULE = Rule(Kind.DUTIES, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    name, place = _name(card)
    if name is None:
        return

    def test(text: Text, flow: Flow) -> Answer | None:
        return _owed(text, flow, name)

    for ruling in over(card.lineage.edges, test):
        prefix = str(ruling.fact.value)
        whose = f"as the terms of {quoted(ruling.edge.label)} ask"
        message = f"the name {quoted(name)} does not begin with {quoted(prefix)}, {whose}"
        yield ruled(ruling, message, f"Begin the name with {quoted(prefix)}.", place)


def _name(card: Card) -> tuple[str | None, Place | None]:
    """The name that the model is distributed under, and where it stands: its own, else that in its id."""
    for model in card.claims.models:
        if model.name:
            return model.name, model.source.place.of("name")
        if model.id and "://" not in model.id and "/" in model.id:
            return model.id.rpartition("/")[2], model.source.place.of("id")
    return None, None


def _owed(text: Text, flow: Flow, name: str) -> Answer | None:
    for fact in text.all("duty.name_prefix"):
        if isinstance(fact.value, str) and not name.lower().startswith(fact.value.lower()):
            return graded(brought_on(fact, text, flow), fact)
    return None

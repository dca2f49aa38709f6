"""A licence asks for a word at the beginning of the model's name, and it is not there.

## What it does
Looks for texts in the lineage that ask for a prefix of the model's name, for derivatives or for models that
learned from outputs, and compares the name that the card gives. Case, spaces and marks do not count:
`Llama-3-Chat` begins with "Llama 3". A model that is declared to stay internal owes no prefix. Whether
putting weights into another form makes a model in this sense, the texts do not say: conversions and
quantizations are for review, unless they keep the name that the licensor gave.

## Why it matters
The prefix is how downstream users learn whose terms travel with a model. Llama 3.1 and later ask for it
from every distributed model that their outputs improved, whatever its weights are.

## How to fix
Begin the name that the model is distributed under with the word, in `lineage.model.name` and in the id of
its repository.

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
from ..judgement import Ruling, gravest
from . import Problem, Rule, quoted, ruled
from ._names import asked, begins, owed
from ._shared import names_of
from ._weights import is_unchanged, licensors_own

RULE = Rule(Kind.DUTIES, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    name, place = _name(card)
    if name is None:
        return
    found: dict[str, list[Ruling]] = {}
    for prefix, edge in asked(card):
        ruling = None if begins(name, prefix) else owed(card, prefix, edge)
        if ruling is not None and not _keeps_name(card, ruling, name):
            found.setdefault(prefix, []).append(ruling)
    for prefix, rulings in found.items():  # one finding each, however many sources ask for the same word
        worst = gravest(rulings)
        whose = names_of(ruling.edge.source for ruling in rulings)
        message = f"the name {quoted(name)} does not begin with {quoted(prefix)}, as the terms of {whose} ask"
        yield ruled(worst, message, f"Begin the name with {quoted(prefix)}.", place)


def _name(card: Card) -> tuple[str | None, Place | None]:
    """The name that the model is distributed under, and where it stands: its own, else that in its id."""
    for model in card.claims.models:
        if model.name:
            return model.name, model.source.place.of("name")
        if model.id and "://" not in model.id and "/" in model.id:
            return model.id.rpartition("/")[2], model.source.place.of("id")
    return None, None


def _keeps_name(card: Card, ruling: Ruling, name: str) -> bool:
    """Whether the licensor's own model was put into another form, and kept the licensor's name for it."""
    own = bool(is_unchanged(card, ruling.edge)) and licensors_own(ruling)
    return own and begins(name, ruling.edge.label.rpartition("/")[2])

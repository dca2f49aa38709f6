"""The source's licence does not hold where this model's publisher is.

## What it does
Compares where the publisher says to be established (`model.publisher.territory`) with the places that the
licences of the weights leave out: the European Union for the multimodal models of Llama 3.2 and 4, the EU,
the United Kingdom and South Korea for Hunyuan 3D.

## Why it matters
A licence that is not granted at a place allows nothing there, whatever else is done right.

## How to fix
Have it looked at: what counts is in one text where a company has its principal place of business, in
another where the model is used. A permission goes under `lineage.permissions`, lifting `territory`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Llama-Seeing, publisher: {id: acme, territory: [FR]}}
derived_from:
  - {model: {id: meta-llama/Llama-4-Scout-17B-16E}, relation: finetune, license: {id: llama4}}
```
```record
lineage_version: "1.0"
model: {id: acme/Llama-Seeing, publisher: {id: acme, territory: [CA]}}
derived_from:
  - {model: {id: meta-llama/Llama-4-Scout-17B-16E}, relation: finetune, license: {id: llama4}}
```

## Source
The fact `limit.territory` in the catalogue (Llama 4 Acceptable Use Policy); docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, claimed, graded, over
from ..lineage import MODEL_FLOWS, Flow
from ..terms import known
from ..terms.texts import Text
from . import Problem, Rule, ruled
from ._shared import listed, names_of
from ._weights import by_text
from .teacher_outputs_barred_territory import _excluded

RULE = Rule(Kind.TERMS, Severity.WARNING, needs="parents")

_TEXT_ONLY = ("llama-3.2", "llama-3.3")
"""Keys of what is known to be no multimodal model, though its licence speaks of those as well."""


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    places = {code.upper() for scope in card.claims.scopes for code in scope.territory}

    def test(text: Text, flow: Flow) -> Answer | None:
        return _left_out(text, flow, places)

    edges = [edge for edge in card.lineage.sources if not _is_of_text_only(edge.label)] if places else []
    rulings = (claimed(ruling, card.claims.permissions, "territory") for ruling in over(edges, test))
    for ruling, references in by_text(rulings):
        where = listed(sorted(places & _excluded(ruling.fact.value)), "and")
        name = f"the {ruling.text.title} of {names_of(references)}"
        message = f"{name} does not hold in {where}, where the publisher is"
        yield ruled(
            ruling, message, "Where and how the model is made and used is what counts: have it looked at."
        )


def _left_out(text: Text, flow: Flow, places: set[str]) -> Answer | None:
    """For review at most: where somebody is established is not yet what the texts ask for."""
    if flow not in MODEL_FLOWS or text.kind != "model-license":
        return None
    for fact in text.all("limit.territory"):
        if isinstance(fact.value, dict) and places & _excluded(fact.value):
            flips = ["whether the publisher's main place of business, or the use, is there"]
            if condition := fact.more.get("condition"):
                flips.insert(0, f"whether this holds: {condition}")
            return graded(None, fact, *flips)
    return None


def _is_of_text_only(label: str) -> bool:
    found = known.model(label)
    names = (known.model(key) for key in _TEXT_ONLY)
    return (found is not None and found.key in _TEXT_ONLY) or any(one and one.name == label for one in names)

"""The weights came for non-commercial use only, and are passed on for commercial use.

## What it does
Compares the licence of each model whose weights are in this one with the licence that this model is offered
under: where the former bars commercial use and the latter allows it, the card grants what was not received.

## Why it matters
Whoever takes the model by its licence will use it in a product, and the holder of the weights below never
allowed that. A quantization, a merge or a fine-tune does not wash a restriction off.

## How to fix
Offer the model under the terms of its source, alone or beside your own (`MIT AND LicenseRef-...`), or start
from weights that may be used commercially. A permission that you have goes under `lineage.permissions`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat-GGUF, license: {id: apache-2.0}}
derived_from:
  - {model: {id: example-lab/chat}, relation: quantized, license: {id: cc-by-nc-4.0}}
```
```record
lineage_version: "1.0"
model: {id: acme/chat-GGUF, license: {id: cc-by-nc-4.0}}
derived_from:
  - {model: {id: example-lab/chat}, relation: quantized, license: {id: cc-by-nc-4.0}}
```

## Source
The fact `use.commercial` of both texts in the catalogue; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, carries, claimed, graded, over, says
from ..lineage import MODEL_FLOWS, Flow
from ..terms.resolve import Offer
from ..terms.texts import Text
from . import Problem, Rule, quoted, ruled
from ._shared import names_of
from ._weights import by_text, offered

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="parents")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = card.lineage.sources
    for own in card.lineage.offers if edges else ():
        restricted = says(own, "use.commercial", "no")

        def test(text: Text, flow: Flow, own: Offer = own) -> Answer | None:
            return _barred(text, flow, own)

        rulings = [claimed(ruling, card.claims.permissions, "commercial-use") for ruling in over(edges, test)]
        for ruling, references in by_text(rulings):
            name = quoted(offered(own))
            ours = f"{name} allows it" if restricted is False else f"it is not known whether {name} allows it"
            message = f"{names_of(references)} may not be used commercially, and {ours}"
            help = "Offer it under the terms of its source, or show the permission that allows more."
            yield ruled(ruling, message, help)


def _barred(text: Text, flow: Flow, own: Offer) -> Answer | None:
    fact = text.first("use.commercial")
    if fact is None or fact.value != "no" or flow not in MODEL_FLOWS or carries(own, text):
        return None
    restricted = says(own, "use.commercial", "no")
    flips = [] if restricted is False else ["whether the licence of this model allows commercial use"]
    if _leaves_the_adaptation_free(text):
        flips.append("whether the licence of an adaptation may allow what that of the source does not")
    if restricted is True:
        return None
    return graded(None if flips else True, fact, *flips)


def _leaves_the_adaptation_free(text: Text) -> bool:
    """Whether an adaptation may carry a licence of its own. Creative Commons' licences without ShareAlike let
    it, and bind those who get it as to what is still the source's (BY-NC 4.0, 2(a)(5) and 3(a)(4))."""
    return text.provider == "Creative Commons" and text.value("derivative_terms") == "any-with-conditions"

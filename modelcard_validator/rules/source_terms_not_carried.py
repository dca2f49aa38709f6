"""The source's terms travel with its weights, and this model's licence does not name them.

## What it does
Looks for licences in the lineage of the weights that let a derivative have terms of its own but have to be
handed on themselves, as Llama's do, and compares the licence that this model is offered under.

## Why it matters
Who reads `apache-2.0` on a fine-tune of Llama does not learn of the limits that came with the weights: a
number of users above which the licence ends, uses that are barred, a place where it does not hold. They
bind all the same.

## How to fix
Declare both: `Apache-2.0 AND LicenseRef-llama3.1` in the record, or on the Hub the source's licence, with
your own for what you added in the text of the card. A copy that goes with the model belongs under
`attribution.license_copies`; then this is a note.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Llama-Chat-8B, license: {id: apache-2.0}}
derived_from:
  - {model: {id: meta-llama/Llama-3.1-8B}, relation: finetune, license: {id: llama3.1}}
```
```record
lineage_version: "1.0"
model: {id: acme/Llama-Chat-8B, license: {id: Apache-2.0 AND LicenseRef-llama3.1}}
derived_from:
  - {model: {id: meta-llama/Llama-3.1-8B}, relation: finetune, license: {id: llama3.1}}
```

## Source
The fact `derivative_terms` in the catalogue (Llama 3.1 Community License, 1.b.i); docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, claimed, graded, over
from ..lineage import MODEL_FLOWS, Flow
from ..terms.resolve import Offer
from ..terms.texts import Text
from . import Problem, Rule, quoted, ruled
from ._shared import names_of
from ._weights import binds_users, by_text, instead, is_internal, offered, shares_alike

RULE = Rule(Kind.TERMS, Severity.WARNING, needs="parents")

_TRAVEL = frozenset(("own-terms-plus-pass-through", "no-less-restrictive", "same-license"))


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = () if is_internal(card) else card.lineage.sources
    for own in card.lineage.offers if edges else ():

        def test(text: Text, flow: Flow, own: Offer = own) -> Answer | None:
            return _dropped(text, flow, own)

        rulings = [claimed(ruling, card.claims.permissions, "relicensing") for ruling in over(edges, test)]
        for ruling, references in by_text(rulings):
            name = quoted(offered(own))
            lacks = f"{name} does not name it" if own.is_understood else f"it is not known what {name} holds"
            message = (
                f"the {ruling.text.title} travels with the weights of {names_of(references)}, and {lacks}"
            )
            problem = ruled(ruling, message, "Declare the terms of the source beside your own.")
            copied = any(one.license_copies for one in card.claims.attributions)
            yield problem._replace(severity=Severity.NOTE) if copied else problem


def _dropped(text: Text, flow: Flow, own: Offer) -> Answer | None:
    """For review at most: own terms are allowed, and a copy of the others may lie beside the weights."""
    fact = text.first("derivative_terms") if flow in MODEL_FLOWS else None
    if fact is None or fact.value not in _TRAVEL or shares_alike(text) or binds_users(text):
        return None
    other = instead(own, text)
    if other is None or other.version or other.names:
        return None
    return graded(
        None, fact, "whether the text is handed on in another way, such as a file beside the weights"
    )

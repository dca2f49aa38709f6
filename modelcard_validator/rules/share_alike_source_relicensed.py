"""The weights came under a share-alike licence, and are passed on under another one.

## What it does
Looks for licences in the lineage of the weights that let a derivative be offered under the same licence
only, and compares the licence that this model is offered under. A later version of a CC licence and
licences that the text itself names as compatible are no problem. A model that is only offered as a
service is for review, unless the text speaks of services, as the AGPL does.

## Why it matters
Whoever took the source under its licence may pass on what became of it under that licence or not at all.
MIT on a fine-tune of GPL weights grants what was not received.

## How to fix
Offer the model under the licence of its source, or start from other weights. A permission for other terms
goes under `lineage.permissions`, lifting `relicensing`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: mit}}
derived_from:
  - {model: {id: example-lab/chat-base}, relation: finetune, license: {id: gpl-3.0}}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: gpl-3.0}}
derived_from:
  - {model: {id: example-lab/chat-base}, relation: finetune, license: {id: gpl-3.0}}
```

## Source
The facts `duty.share_alike` and `derivative_terms` in the catalogue; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, Ruling, claimed, graded, over
from ..lineage import MODEL_FLOWS, Flow
from ..terms.resolve import Offer
from ..terms.texts import Text
from . import Problem, Rule, quoted, ruled
from ._shared import names_of
from ._weights import by_text, instead, is_internal, is_version, may_become, offered, shares_alike

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="parents")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = () if is_internal(card) else card.lineage.sources
    served = {scope.distribution for scope in card.claims.scopes if scope.distribution} == {"service"}
    for own in card.lineage.offers if edges else ():

        def test(text: Text, flow: Flow, own: Offer = own) -> Answer | None:
            return _asked(text, flow, own, served)

        rulings = [
            claimed(ruling, card.claims.permissions, "relicensing")
            for ruling in over(edges, test, "duty.share_alike")
        ]
        rulings = [ruling for ruling in rulings if not _is_later(ruling, own)]
        for ruling, references in by_text(rulings):
            message = (
                f"what is made of {names_of(references)} is to be offered under the {ruling.text.title}, "
                f"and this model is offered under {quoted(offered(own))}"
            )
            yield ruled(ruling, message, "Offer it under the licence of its source.")


def _is_later(ruling: Ruling, own: Offer) -> bool:
    """Whether the source came under its version `or-later`, and this model is offered under a later one."""
    names = [one.name for one in ruling.edge.offer.candidates if ruling.text in one.texts]
    return all(name.lower().endswith(("-or-later", "+")) for name in names) and all(
        any(is_version(one, ruling.text) and one.short_id > ruling.text.short_id for one in candidates.texts)
        for part in own.alternatives
        for candidates in part
    )


def _asked(text: Text, flow: Flow, own: Offer, served: bool) -> Answer | None:
    fact = shares_alike(text) if flow in MODEL_FLOWS else None
    other = instead(own, text) if fact is not None else None
    if fact is None or other is None:
        return None
    if all(
        any(may_become(text, one) for candidates in part for one in candidates.texts)
        for part in own.alternatives
    ):
        return None
    flips = []
    if other.unknown:
        flips.append("what this model's own terms say")
    if other.version:
        flips.append("whether the source came under that version too")
    if text.value("derivative_terms") != "same-license":
        flips.append("whether weights are the part of a work that the text wants shared alike")
    if served and "service" not in fact.triggers:
        flips.append("whether a service passes the model on in the sense of the text")
    if flow is Flow.ADAPTER:
        flips.append("whether an adapter without the weights is made of them in the sense of the text")
    return graded(None if flips else True, fact, *flips)

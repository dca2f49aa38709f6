"""The source's restrictions on use have to be passed on, and this model's licence has none.

## What it does
Looks for licences in the lineage of the weights by which the restrictions on use have to be an enforceable
term of whatever a derivative is offered under, such as the RAIL licences, Gemma's terms and DeepSeek's
first licence, and compares the licence that this model is offered under.

## Why it matters
MIT and Apache-2.0 allow every use. Whoever takes the model under them is bound to no restriction, and it
was for the one who passed it on to bind them.

## How to fix
Offer the model under the licence of its source, alone or beside your own (`Apache-2.0 AND
LicenseRef-gemma`).

## Example
```record
lineage_version: "1.0"
model: {id: acme/pictures-xl, license: {id: mit}}
derived_from:
  - {model: {id: example-lab/pictures}, relation: finetune, license: {id: creativeml-openrail-m}}
```
```record
lineage_version: "1.0"
model: {id: acme/pictures-xl, license: {id: creativeml-openrail-m}}
derived_from:
  - {model: {id: example-lab/pictures}, relation: finetune, license: {id: creativeml-openrail-m}}
```

## Source
The facts `duty.pass_use_restrictions` and `limit.field_of_use` in the catalogue; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, brought_on, graded, over
from ..lineage import MODEL_FLOWS, Flow
from ..terms.resolve import Offer
from ..terms.texts import Text
from . import Problem, Rule, quoted, ruled
from ._shared import names_of
from ._weights import binds_users, by_text, instead, is_internal, offered, restricts_use

RULE = Rule(Kind.DUTIES, Severity.ERROR, needs="parents")

_SAME_RESTRICTIONS = (
    frozenset(("creativeml-openrail-m", "openrail++-m", "stability-sdxl-1.0")),
    frozenset(("bigcode-openrail-m", "wizardcoder-weights-license")),
)
"""Texts whose lists of restricted uses are the same word for word."""


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = () if is_internal(card) else card.lineage.sources
    for own in card.lineage.offers if edges else ():

        def test(text: Text, flow: Flow, own: Offer = own) -> Answer | None:
            return _dropped(text, flow, own)

        for ruling, references in by_text(over(edges, test, "duty.pass_use_restrictions")):
            message = (
                f"the terms of {names_of(references)} want their restrictions on use passed on as an "
                f"enforceable term, and {quoted(offered(own))} {_lacks(own)}"
            )
            help = "Offer it under the terms of its source, alone or beside your own licence."
            yield ruled(ruling, message, help)


def _dropped(text: Text, flow: Flow, own: Offer) -> Answer | None:
    fact = binds_users(text) if flow in MODEL_FLOWS else None
    other = instead(own, text) if fact is not None else None
    if fact is None or other is None or _has_the_same(own, text):
        return None
    flips = []
    if other.unknown:
        flips.append("whether this model's own terms hold the same restrictions")
    elif restricts_use(own):
        flips.append("whether the restrictions of this model's own terms cover those of the source")
    if flow is Flow.ADAPTER:
        flips.append("whether an adapter without the weights is a derivative of them")
    return graded(None if flips else brought_on(fact, text, flow), fact, *flips)


def _lacks(own: Offer) -> str:
    if not own.is_understood:
        return "is not known to hold them"
    return "has others" if restricts_use(own) else "has none"


def _has_the_same(own: Offer, text: Text) -> bool:
    same = next((group for group in _SAME_RESTRICTIONS if text.short_id in group), frozenset())
    return bool(own.alternatives) and all(
        any(one.short_id in same for candidates in part for one in candidates.texts)
        for part in own.alternatives
    )

"""The source's licence lets nobody pass on a derivative, and this model is one.

## What it does
Looks for licences in the lineage of the weights that allow copies but no derivatives to be passed on, such
as the NoDerivatives licences of Creative Commons, where this model was trained further, merged, pruned or
edited. It is a violation where `scope.distribution` says that others get the model. Putting weights into
another form, and an adapter without the weights, are for review; what stays internal is allowed.

## Why it matters
NoDerivatives licences let you adapt the work for yourself. To publish what came of it takes a permission.

## How to fix
Keep the model internal, or ask for a permission and name it under `lineage.permissions` (lifting
`derivation` or `redistribution`).

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, scope: {distribution: open-weights}}
derived_from:
  - {model: {id: example-lab/chat}, relation: finetune, license: {id: cc-by-nd-4.0}}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, scope: {distribution: internal}}
derived_from:
  - {model: {id: example-lab/chat}, relation: finetune, license: {id: cc-by-nd-4.0}}
```

## Source
The facts `redistribute.derivative` and `derive` in the catalogue (CC BY-ND 4.0, 2(a)(1)(B));
docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity, Verdict
from ..judgement import Answer, Ruling, claimed, graded, over
from ..lineage import MODEL_FLOWS, Flow
from ..terms.texts import Text
from . import Problem, Rule, ruled
from ._shared import names_of
from ._weights import by_text, is_internal, is_passed_on, is_unchanged

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="parents")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = () if is_internal(card) else card.lineage.sources
    rulings = (
        (_permitted(card, ruling) for ruling in over(edges, _barred, "redistribute.derivative"))
        if edges
        else ()
    )
    for ruling, references in by_text(rulings):
        message = f"the terms of {names_of(references)} let nobody pass on a model that is made from it"
        help = "Keep the model to yourself, or name the permission that allows it under `permissions`."
        yield ruled(ruling, message, help)


def _barred(text: Text, flow: Flow) -> Answer | None:
    fact = text.first("redistribute.derivative") if flow in MODEL_FLOWS else None
    if fact is None or fact.value != "no":
        return None
    if flow is Flow.ADAPTER:
        return graded(None, fact, "whether an adapter without the weights is a derivative of them")
    return graded(True, fact)


def _permitted(card: Card, ruling: Ruling) -> Ruling:
    flips = []
    if not is_passed_on(card):
        flips.append("whether others get this model (`scope.distribution`)")
    unchanged = is_unchanged(card, ruling.edge)
    if unchanged is None:
        flips.append(f"how {ruling.edge.trail[1]} came into this model (`relation`)")
    elif unchanged:
        flips.append("whether a conversion or quantization is a derivative in the sense of the text")
    if flips:
        verdict = min(ruling.verdict, Verdict.NEEDS_REVIEW)
        ruling = ruling._replace(verdict=verdict, flips=(*ruling.flips, *flips))
    for kind in ("derivation", "redistribution"):
        ruling = claimed(ruling, card.claims.permissions, kind)
    return ruling

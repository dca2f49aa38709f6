"""Share-alike data trained a model that is offered under other terms.

## What it does
Looks for training sets whose licence asks that what is made of them is shared under the same terms, where it
is unsettled or expressly so that this reaches a trained model, and compares the terms that this model is
offered under. Texts that leave trained models alone, such as CDLA-Sharing and C-UDA, are no problem.

## Why it matters
CC BY-SA binds "adapted material", and whether a model is that is unsettled. If it is, the model can only be
offered under the same licence.

## How to fix
Nothing may be wrong: have it looked at. Offering the model under the licence of the data ends the question.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: mit}}
trained_on:
  - {dataset: {id: example-lab/encyclopaedia}, license: {id: cc-by-sa-4.0}}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: mit}}
trained_on:
  - {dataset: {id: example-lab/encyclopaedia}, license: {id: cdla-sharing-1.0}}
```

## Source
The facts `duty.share_alike` and `reaches_trained_models` in the catalogue; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, carries, claimed, graded, gravest, over
from ..lineage import Flow
from ..terms.resolve import Offer
from ..terms.texts import Text
from . import Problem, Rule, quoted, ruled
from ._data import data
from ._shared import names_of

RULE = Rule(Kind.DUTIES, Severity.WARNING, needs="datasets")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    sources = list(data(card))
    for own in card.lineage.offers if sources else ():

        def test(text: Text, flow: Flow, own: Offer = own) -> Answer | None:
            return _asked(text, own) if flow is Flow.DATA else None

        found = [
            claimed(ruling, card.claims.permissions, "relicensing")
            for ruling in over(sources, test, "duty.share_alike")
        ]
        if found:  # one finding for all of them: it is one question
            data_sets = names_of(ruling.edge.source for ruling in found)
            name = own.label
            message = (
                f"the terms of {data_sets} ask that what is made of the data is shared alike, and this model "
                f"is offered under {quoted(name)}"
            )
            help = "Whether that reaches a trained model is for a review, text by text."
            # Of most such data it is unsettled everywhere; who cannot settle it learns nothing from a review.
            settled = [one for one in found if one.text.value("reaches_trained_models") == "yes"]
            problem = ruled(gravest(settled or found), message, help)
            yield problem if settled else problem._replace(severity=Severity.NOTE)


def _asked(text: Text, own: Offer) -> Answer | None:
    """For review at most: what expressly reaches models asks for other terms than the data's."""
    if text.value("reaches_trained_models") not in ("unsettled", "yes") or _is_alike(own, text):
        return None
    for fact in text.all("duty.share_alike"):
        if fact.value == "yes" and fact.is_stated and "derivative" in fact.triggers:
            return graded(
                None, fact, "whether a model that was trained on the data is made of it in that sense"
            )
    return None


def _is_alike(own: Offer, text: Text) -> bool:
    """Whether the model is offered under that text, or under another version, as CC's licences allow."""
    stem = text.short_id.rpartition("-")[0]
    others = (one.short_id for candidates in own.candidates for one in candidates.texts)
    return carries(own, text) or (stem.endswith("-sa") and any(one.startswith(stem) for one in others))

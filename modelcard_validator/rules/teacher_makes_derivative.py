"""A teacher's licence takes the student for a derivative, and is not passed on.

## What it does
Looks, for each teacher, for a licence that counts as its derivative a model that was trained on its outputs:
some any such model, most one that is meant to perform like the teacher (`purpose: imitate`, or `logits` and
`hidden-states` as the signal). Where derivatives must carry on the licence or its restrictions on use, it
compares the licence that this model is offered under. A model that is declared to stay internal passes
nothing on.

## Why it matters
None of the teacher's weights are in the model, and still its licence follows: Gemma's, DeepSeek's first and
the RAIL licences ask that whoever gets a derivative is bound by the same restrictions, and MIT or Apache-2.0
bind nobody to them.

## How to fix
Offer the model under terms that hold the restrictions, beside your own licence (`Apache-2.0 AND
LicenseRef-gemma`), or say what the teacher was used for where it was not to be imitated.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: apache-2.0}}
taught_by:
  - model: {id: google/gemma-2-27b-it}
    signal: [outputs]
    purpose: imitate
    access: open-weights
    terms: {id: gemma, effective: 2024-04-01}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: gemma}}
taught_by:
  - model: {id: google/gemma-2-27b-it}
    signal: [outputs]
    purpose: imitate
    access: open-weights
    terms: {id: gemma, effective: 2024-04-01}
```

## Source
The facts `distillation.derivative`, `duty.pass_use_restrictions` and `duty.share_alike` in the catalogue
(Gemma Terms of Use, 1.1(e) and 3.1); docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, carries, claimed, graded, is_derivative, over
from ..lineage import TEACHING, Flow
from ..terms.resolve import Offer
from ..terms.texts import Fact, Text
from . import Problem, Rule, quoted, ruled
from ._outputs import teachers
from ._shared import name_of
from ._weights import is_internal, restricts_use

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="teachers")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    sources = [] if is_internal(card) else list(teachers(card))
    for own in card.lineage.offers if sources else ():

        def test(text: Text, flow: Flow, own: Offer = own) -> Answer | None:
            return _dropped(text, flow, own)

        for ruling in over(sources, test, "duty.share_alike", "duty.pass_use_restrictions"):
            if ruling.fact.name == "duty.share_alike":
                ruling = claimed(ruling, card.claims.permissions, "relicensing")
            teacher, name = name_of(ruling.edge.source), own.label
            message = (
                f"by the terms of {teacher} a model taught by it may be a derivative that passes them on, "
                f"and {quoted(name)} does not"
            )
            yield ruled(
                ruling, message, "Offer it under terms that hold the teacher's, beside your own licence."
            )


def _dropped(text: Text, flow: Flow, own: Offer) -> Answer | None:
    """A duty of derivatives that the own terms do not carry on, so far as each of these is sure."""
    derivative = is_derivative(text, flow) if flow in TEACHING else False
    fact = _passed_on(text) if derivative is not False else None
    if fact is None or carries(own, text):
        return None
    flips = []
    if derivative is None or flow is Flow.JUDGEMENT:  # the texts speak of what is learned from outputs
        flips.append("whether it was meant to perform like its teacher (`purpose`)")
    if not own.is_understood or (fact.name != "duty.share_alike" and restricts_use(own)):
        flips.append("whether this model's own terms hold the same restrictions")
    return graded(None if flips else True, fact, *flips)


def _passed_on(text: Text) -> Fact | None:
    """What binds those who get a derivative: the text itself, or its restrictions on use."""
    duties = (*text.all("duty.share_alike"), *text.all("duty.pass_use_restrictions"))
    binding = [fact for fact in duties if fact.value in ("yes", "enforceable-provision", "by-reference")]
    derivative = [fact for fact in binding if "derivative" in fact.triggers]
    return max(derivative, key=lambda fact: fact.is_stated, default=None)

"""What the terms of teachers say of training on outputs: one answer for each teacher, and the rule that gives
it is that of the clause which decides.

Where the texts that may govern bar different things, rules of their own would each speak of the same teacher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..card import Card
from ..competition import competes
from ..finding import Verdict
from ..judgement import Answer, Ruling, claimed, graded, gravest, over
from ..lineage import TEACHING, Edge, Flow
from ..terms import texts
from ..terms.texts import Fact, Text
from ._student import is_commercial, is_language_model, is_of_family

ANY, OTHER, COMPETING, COMMERCIAL = (
    "no-model-training",
    "no-other-llm-training",
    "no-competing-models",
    "non-commercial-only",
)
_LIFTED_BY = {ANY: "output-use", OTHER: "output-use", COMPETING: "output-use", COMMERCIAL: "commercial-use"}

_NARROWED = r"\bonly\b|not (?:named|defined|mentioned)|can be read|through the incorporated"
"""Where the catalogue's words for a clause narrow what its value says, nothing is sure about it."""


def rulings(card: Card, value: str) -> Iterator[Ruling]:
    """What bars the outputs of this card's teachers by a clause of that value, where somebody who made the
    model got them."""
    found = [edge for edge in teachers(card) if not edge.third_party and _may_say(edge, value)]
    same: dict[object, list[Ruling]] = {}
    for ruling in weighed(card, found):
        if ruling.fact.value == value:
            same.setdefault((ruling.edge.label.lower(), ruling.text.short_id), []).append(ruling)
    return map(gravest, same.values())


def teachers(card: Card) -> Iterator[Edge]:
    """The edges by which a signal came into the model."""
    return (edge for edge in card.lineage.edges if edge.flows & TEACHING)


def weighed(card: Card, edges: list[Edge]) -> Iterator[Ruling]:
    """What any clause on outputs makes of edges, with the permissions that the card claims."""

    def test(text: Text, flow: Flow) -> Answer | None:
        fact = clause(text.id)
        if fact is None or flow not in TEACHING:
            return None
        answer = _answer(card, text, fact)
        return _of_judgement(answer) if answer is not None and flow is Flow.JUDGEMENT else answer

    for ruling in over(edges, test) if edges else ():
        yield claimed(ruling, card.claims.permissions, _LIFTED_BY[ruling.fact.value])


@cache
def clause(id: str) -> Fact | None:
    """What the text of that id says against training on outputs."""
    text = texts.text(id)
    fact = text.first("outputs.train") if text is not None else None
    return fact if fact is not None and fact.value in _LIFTED_BY else None


def _may_say(edge: Edge, value: str) -> bool:
    return any(
        (fact := clause(text.id)) is not None and fact.value == value
        for candidates in edge.offer.candidates
        for text in candidates.texts
    )


def _answer(card: Card, text: Text, fact: Fact) -> Answer | None:
    if fact.value == COMPETING:
        competing = competes(card.claims.scopes, text, fact, strict=card.strict)
        flip = (
            f"a declaration under `scope.competes_with` on whether this model competes with {text.provider}"
        )
        return graded(competing, fact, *([] if competing and card.strict else [flip]))
    if fact.value == COMMERCIAL:
        commercial = is_commercial(card)
        return graded(
            commercial, fact, *([] if commercial else ["whether this model is offered commercially"])
        )
    is_ours = is_of_family(card, text) if text.kind == "model-license" else False
    if is_ours:
        return None  # the clause is against *other* models
    flips = [] if is_ours is False else ["what weights this model was made from"]
    if fact.value == OTHER:
        language = is_language_model(card)
        if language is False:
            return None
        if language is None:
            flips.append("whether this model is a large language model")
        return graded(None if flips else True, fact, *flips)
    if limits := _limits(text, fact):
        flips.append(limits)
    return graded(None if flips else True, fact, *flips)


def _limits(text: Text, fact: Fact) -> str | None:
    """What keeps a clause against training any model from being sure of this one."""
    if condition := fact.more.get("condition"):
        return f"whether this holds: {condition}"
    if text.kind == "use-policy":
        return "whether the terms that were agreed to take this policy in"
    if re.search(_NARROWED, str(fact.more.get("scope", ""))):
        return f"whether it is within what the clause bars: {fact.more['scope']}"
    return None


def _of_judgement(answer: Answer) -> Answer:
    """The texts speak of using outputs; whether choices, scores and labels are outputs they leave open."""
    flip = "whether preferences, scores or choices count as outputs"
    return answer._replace(verdict=min(answer.verdict, Verdict.NEEDS_REVIEW), flips=(flip, *answer.flips))

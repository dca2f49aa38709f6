"""The words that texts want at the beginning of a model's name."""

from __future__ import annotations

import re

from ..card import Card
from ..finding import Verdict
from ..judgement import Answer, Ruling, brought_on, graded, on
from ..lineage import Edge, Flow
from ..terms.texts import Text
from ._weights import is_internal, is_unchanged

_MARKS = re.compile(r"[\W_]+")
_NONE = frozenset(("no", "silent"))


def begins(name: str, prefix: str) -> bool:
    """Whether a name begins with the words, as the id of a repository can write them.

    >>> begins("Llama-3-Chat", "Llama 3"), begins("Llama-Chat", "Llama 3")
    (True, False)
    """
    return _MARKS.sub("", name.lower()).startswith(_MARKS.sub("", prefix.lower()))


def asked(card: Card) -> list[tuple[str, Edge]]:
    """Each word that a text in the lineage asks for, and by which edge. A model that stays internal owes
    none."""
    if is_internal(card):
        return []
    return [(prefix, edge) for edge in card.lineage.foreign for prefix in _asked(edge)]


def owed(card: Card, prefix: str, edge: Edge) -> Ruling | None:
    """Whether a word that is asked for is owed by this edge, and by what."""
    ruling = on(edge, lambda text, flow: _owed(text, flow, prefix))
    return None if ruling is None else _capped(card, ruling)


def _asked(edge: Edge) -> dict[str, None]:
    return {
        fact.value: None
        for candidates in edge.offer.candidates
        for text in candidates.texts
        for fact in text.all("duty.name_prefix")
        if isinstance(fact.value, str) and fact.value not in _NONE
    }


def _owed(text: Text, flow: Flow, prefix: str) -> Answer | None:
    for fact in text.all("duty.name_prefix"):
        if fact.value == prefix:
            sure = brought_on(fact, text, flow)
            if sure and flow is Flow.JUDGEMENT:
                return graded(
                    None, fact, "whether preferences, scores or choices count as outputs or results"
                )
            return graded(sure, fact, *([_OPEN[flow is Flow.DATA]] if sure is None else []))
    return None


_OPEN = {
    False: "whether it was meant to perform like its teacher (`purpose`)",
    True: "whether the terms of the data reach a model that was trained on it",
}


def _capped(card: Card, ruling: Ruling) -> Ruling:
    """The texts speak of creating, training and improving a model: whether another form is one, they leave
    open."""
    unchanged = is_unchanged(card, ruling.edge)
    if unchanged is False:
        return ruling
    flip = "whether a conversion or quantization is a model that was made with the source"
    if unchanged is None:
        flip = f"how {ruling.edge.trail[1]} came into this model (`relation`)"
    return ruling._replace(verdict=min(ruling.verdict, Verdict.NEEDS_REVIEW), flips=(*ruling.flips, flip))

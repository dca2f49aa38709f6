"""The data that trained a model, and what its authors say of models, for the rules about their terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .._named_tuple import NamedTuple
from ..card import Card
from ..finding import Verdict
from ..judgement import Ruling
from ..lineage import Edge, Flow
from ..terms import known
from ..terms.texts import Fact, Text

_RESTRICTS = (
    r"(?i)\b(?:only|solely|restricted|strictly|cannot|not be used)\b"
    r".*(?:research|academic|commercial|production)"
    r"|(?:research|commercial|educational)\b.*\bonly\b"
)
_FREES = r"(?i)for commercial or|and non-commercial use|any purpose|some (?:portions )?non-|recommended"
_OF_MODELS = r"(?i)models? trained on|train a model"


class Statement(NamedTuple):
    """What an author says of the use of their data, in our words, and where."""

    words: str
    source: str
    of_models: bool
    """Whether it speaks of models that were trained on the data, and not of the data alone."""


def data(card: Card) -> Iterator[Edge]:
    """The edges of this model's own training data; from data for calibration no weight learns."""
    return (
        edge
        for edge in card.lineage.edges
        if Flow.DATA in edge.flows and len(edge.trail) == 2 and edge.stage != "calibration"
    )


def restriction(edge: Edge) -> Statement | None:
    """What the authors are known to say against commercial or other than research use, that on models first.
    What is only recalled is not held against anybody."""
    found = known.dataset(edge.source.id) if edge.source.id else None
    statements = [
        Statement(words, source, bool(re.search(_OF_MODELS, words)))
        for words, confidence, source in (found.author_terms if found is not None else ())
        if confidence == "stated" and re.search(_RESTRICTS, words) and not re.search(_FREES, words)
    ]
    return max(statements, key=lambda one: one.of_models, default=None)


def said(statement: Statement, edge: Edge) -> Ruling:
    """What an author says as something to rest on: no text of the catalogue, and so for review at most."""
    title = f"what the authors of {edge.label} say ({statement.source})"
    text = Text(
        id=edge.label,
        title=title,
        kind="statement",
        provider=edge.label.partition("/")[0],
        read="excerpt",
    )
    fact = Fact("use.commercial", "no", "stated", None, statement.words)
    flip = "whether the authors' words bind those who train on the data, and reach this model"
    return Ruling(Verdict.NEEDS_REVIEW, edge, text, fact, (flip,))


def limit(text: Text) -> Fact | None:
    """The fact by which data may be used for non-commercial or research purposes only."""
    for name, value in (("use.commercial", "no"), ("use.research_only", "yes")):
        fact = text.first(name)
        if fact is not None and fact.value == value:
            return fact
    return None


def is_limited(edge: Edge) -> bool:
    """Whether all the texts that may govern the data limit its use so; not where none is known."""
    found = [text for candidates in edge.offer.candidates for text in candidates.texts]
    return bool(found) and all(limit(text) is not None for text in found)

"""An edge of a lineage: one way by which something of another model, or of data, came into this one."""

from __future__ import annotations

from enum import Enum

from .._named_tuple import NamedTuple
from ..claims import Claims, Place, Reference, Source, Strength
from ..terms.resolve import Offer, Period


class Flow(Enum):
    """What crosses an edge, and so which clauses can speak of it (docs/verdicts.md)."""

    WEIGHTS = "weights"
    """The source's weights are in this model."""
    ADAPTER = "adapter"
    """This model is used with the source's weights, and need not hold them."""
    IMITATION = "imitation"
    """The source's outputs, logits or hidden states, to make this model perform like it."""
    OUTPUTS = "outputs"
    """The source's outputs as training data."""
    JUDGEMENT = "judgement"
    """The source's preferences, rewards or choices."""
    DATA = "data"
    """A dataset."""


MODEL_FLOWS = frozenset((Flow.WEIGHTS, Flow.ADAPTER))
TEACHING = frozenset((Flow.IMITATION, Flow.OUTPUTS, Flow.JUDGEMENT))


class Statement(NamedTuple):
    """A fact that a judgement rests on, as a sentence, and where it stands (None: known from elsewhere)."""

    text: str
    strength: str
    place: Place | None = None


class Edge(NamedTuple):
    """One way from a source to this model.

    `flows` is what may have crossed it, more than one where the card leaves it open; or, where they are
    `joint`, what crossed it, all of them. `certain` says whether the edge and its terms are declared, so that
    a violation can rest on them. `third_party` says that whoever made this model need not be party to the
    terms, having got the signal from somebody else's data. `trail` leads from this model to the source, both
    included.
    """

    flows: frozenset[Flow]
    source: Reference
    place: Place
    trail: tuple[str, ...]
    offer: Offer
    when: Period
    certain: bool
    facts: tuple[Statement, ...]
    third_party: bool = False
    own: bool = False
    access: str | None = None
    stage: str | None = None
    joint: bool = False

    @property
    def label(self) -> str:
        """The source's name in a sentence."""
        return self.source.label

    @property
    def is_mentioned(self) -> bool:
        """Whether no more than a tag, prose or a name speaks for it."""
        return self.facts[0].strength == "mentioned"


def own_name(claims: Claims) -> str:
    """What the trail begins with."""
    return next((name for model in claims.models if (name := model.id or model.name)), "this model")


def publisher(claims: Claims) -> str | None:
    """The account that this model is published under, in small letters; None where the card does not say."""
    for model in claims.models:
        owner, slash, _ = (model.id or "").partition("/")
        if slash and "://" not in (model.id or ""):
            return owner.lower()
    return None


def is_own(claims: Claims, source_id: str | None) -> bool:
    """Whether a model or dataset is published by the account that publishes this model."""
    owner, slash, _ = (source_id or "").partition("/")
    return bool(slash) and owner.lower() == publisher(claims)


def word_for(source: Source) -> str:
    """How sure a claim makes a fact."""
    return "declared" if source.strength is Strength.DECLARED else "mentioned"

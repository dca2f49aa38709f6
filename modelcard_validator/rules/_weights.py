"""The models whose weights are in this one, and the terms that it is itself offered under."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .._named_tuple import NamedTuple
from ..card import Card
from ..claims import Reference
from ..judgement import Ruling, carries, gravest
from ..lineage import Edge
from ..terms import known
from ..terms.compiler import provider_key
from ..terms.resolve import Offer
from ..terms.texts import Fact, Text

UNCHANGED = frozenset(("converted", "quantized"))
"""Relations that put the weights into another form and train nothing: whether that makes a model in the
sense of a licence, its text mostly does not say."""

_PASSED_ON = frozenset(("open-weights", "gated-weights", "product"))

_VERSION = r"-?\d[\d.]*(?:-.*)?$"

_COMPATIBLE = {
    "gpl": frozenset(("agpl",)),
    "agpl": frozenset(("gpl",)),
    "lgpl": frozenset(("gpl", "agpl")),
    "mpl": frozenset(("gpl", "lgpl", "agpl")),
    "eupl": frozenset(("gpl", "agpl", "lgpl", "mpl", "epl", "osl", "cc-by-sa")),
    "epl": frozenset(("gpl",)),
    "cc-by-sa": frozenset(("gpl",)),
    "fair-ai-public": frozenset(("agpl",)),
}
"""Families of share-alike texts that name others, or lists of others, under which a derivative may go out.
To which versions that applies is not told apart: it only makes an answer milder."""


def is_unchanged(card: Card, edge: Edge) -> bool | None:
    """Whether all that was done here to the weights is to put them into another form; None where the card
    does not say what was done."""
    relations = {parent.relation for parent in card.claims.parents if parent.model.label == edge.trail[1]}
    if relations == {"unknown"}:
        return None
    return bool(relations) and relations <= UNCHANGED | {"unknown"}


def licensors_own(ruling: Ruling) -> bool:
    """Whether the source is published by whom its terms are from, and so under a name of their choice."""
    found = known.model(ruling.edge.source.id or ruling.edge.label)
    return found is not None and provider_key(found.provider) == provider_key(ruling.text.provider)


def is_internal(card: Card) -> bool:
    """Whether the model is declared to reach nobody else, so that no duty of those who distribute arises."""
    ways = {scope.distribution for scope in card.claims.scopes if scope.distribution}
    return ways == {"internal"}


def is_passed_on(card: Card) -> bool:
    """Whether others are declared to get the weights."""
    return any(scope.distribution in _PASSED_ON for scope in card.claims.scopes)


def offered(offer: Offer) -> str:
    """The names of an offer as an expression."""
    joined = dict.fromkeys(" AND ".join(one.name for one in part) for part in offer.alternatives)
    return " OR ".join(joined)


class Other(NamedTuple):
    """What else the model is offered under, seen from one text: in another version; under terms of which some
    are not known, or a list that may be a choice; and whether that list `names` the text."""

    version: bool
    unknown: bool
    names: bool


def instead(own: Offer, text: Text) -> Other | None:
    """What the model is offered under in place of a text; None where it is offered under that text."""
    if carries(own, text):
        return None
    others = [one for candidates in own.candidates for one in candidates.texts]
    version = any(is_version(one, text) and one.short_id != text.short_id for one in others)
    lists = ({one.short_id for one in candidates.texts} for candidates in own.candidates)
    names = any(text.short_id in listed and len(listed) > 1 for listed in lists)
    return Other(version, names or not own.is_understood, names)


def family(text: Text) -> str:
    """The short id without the version.

    >>> [re.sub(_VERSION, "", id) for id in ("llama3.1", "cc-by-nc-sa-4.0", "gpl-3.0", "apache-2.0")]
    ['llama', 'cc-by-nc-sa', 'gpl', 'apache']
    """
    return re.sub(_VERSION, "", text.short_id)


def is_version(one: Text, other: Text) -> bool:
    """Whether two texts are versions of one."""
    return one.provider == other.provider and one.kind == other.kind and family(one) == family(other)


def shares_alike(text: Text) -> Fact | None:
    """The fact by which derivatives may be offered under the text only."""
    found = [fact for fact in text.all("duty.share_alike") if fact.value == "yes"]
    return max(
        (fact for fact in found if "derivative" in fact.triggers), key=lambda one: one.is_stated, default=None
    )


def binds_users(text: Text) -> Fact | None:
    """The fact by which restrictions on use have to be a term of what a derivative is offered under."""
    found = [fact for fact in text.all("duty.pass_use_restrictions") if fact.value == "enforceable-provision"]
    return max(
        (fact for fact in found if "derivative" in fact.triggers), key=lambda one: one.is_stated, default=None
    )


def restricts_use(own: Offer) -> bool:
    """Whether it has restrictions on use whichever of its alternatives is chosen."""
    return all(
        any(
            text.value("limit.field_of_use") in ("listed", "incorporated-policy")
            for candidates in part
            for text in candidates.texts
        )
        for part in own.alternatives
    )


def may_become(text: Text, other: Text) -> bool:
    """Whether a share-alike text names the other one, or leads to it, as terms for a derivative."""
    later = is_version(text, other) and family(text).endswith("-sa") and text.short_id < other.short_id
    return later or family(other) in _COMPATIBLE.get(family(text), ())


def by_text(rulings: Iterable[Ruling]) -> list[tuple[Ruling, list[Reference]]]:
    """Rulings on sources under the same text and of the same weight, as one with all of their sources: it is
    one question however long the lineage."""
    found: dict[object, list[Ruling]] = {}
    for ruling in rulings:
        found.setdefault(ruling.text.short_id, []).append(ruling)
    return [(gravest(same), [one.edge.source for one in same]) for same in found.values()]

"""From claims to edges: by which ways something of another model, or of data, came into this one.

An edge knows how it came (`Flow`), under which texts (`Offer`), when, and how surely each of these is
known. Sources of sources are edges too, with the trail that leads to them: through `upstream` of the record,
and through what is known of well-known models and datasets. Pure: all is in the card and the catalogue.
"""

from __future__ import annotations

from ..claims import Claims
from ..terms import known, resolve
from ..terms.resolve import Offer
from .edge import MODEL_FLOWS, TEACHING, Edge, Flow, Statement

__all__ = ("MODEL_FLOWS", "TEACHING", "Edge", "Flow", "Lineage", "Statement", "edges", "offers", "texts_of")

MAX_EDGES = 2000


class Lineage:
    """What follows from a card's claims, each part found when a rule first asks for it."""

    __slots__ = ("_claims", "_edges", "_foreign", "_offers", "_sources")

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._edges: tuple[Edge, ...] | None = None
        self._foreign: tuple[Edge, ...] | None = None
        self._sources: tuple[Edge, ...] | None = None
        self._offers: tuple[Offer, ...] | None = None

    @property
    def edges(self) -> tuple[Edge, ...]:
        """See `edges`."""
        if self._edges is None:
            self._edges = edges(self._claims)
        return self._edges

    @property
    def foreign(self) -> tuple[Edge, ...]:
        """Those whose terms are somebody else's, and more than a guess."""
        if self._foreign is None:
            from .standing import is_foreign

            self._foreign = tuple(edge for edge in self.edges if is_foreign(edge))
        return self._foreign

    @property
    def sources(self) -> tuple[Edge, ...]:
        """Those of `foreign` by which weights came, or may have come, into this model."""
        if self._sources is None:
            self._sources = tuple(edge for edge in self.foreign if edge.flows & MODEL_FLOWS)
        return self._sources

    @property
    def offers(self) -> tuple[Offer, ...]:
        """See `offers`."""
        if self._offers is None:
            self._offers = offers(self._claims)
        return self._offers


def edges(claims: Claims) -> tuple[Edge, ...]:
    """The edges of a card's claims, nearest first, in the order in which they are declared."""
    if not (claims.parents or claims.teachers or claims.datasets):
        return ()
    from .data import from_datasets
    from .teachers import from_teachers
    from .weights import from_parents

    weights = list(from_parents(claims)) if claims.parents else []
    found = [*weights, *from_teachers(claims, weights), *from_datasets(claims)]
    if "third-party" in claims.asserted_by:  # another's word about a model decides nothing
        found = [edge._replace(certain=False) for edge in found]
    del found[MAX_EDGES:]
    if len({edge.trail for edge in found}) < len(found):
        found = _each_once(found)
    return _without_mentions_of_the_same(found)


def _each_once(found: list[Edge]) -> list[Edge]:
    unique: dict[object, Edge] = {}
    for edge in found:
        way = (edge.flows, edge.joint, edge.trail, edge.third_party, edge.own)
        key = (*way, edge.offer.key, edge.when, edge.access, edge.stage)
        if key not in unique or (edge.certain and not unique[key].certain):
            unique[key] = edge
    return list(unique.values())


def _without_mentions_of_the_same(found: list[Edge]) -> tuple[Edge, ...]:
    """A teacher that prose speaks of, and whose outputs are known to fill the data that the card declares,
    is one teacher and not two."""
    mentioned = [edge for edge in found if edge.facts[0].strength == "mentioned" and edge.flows & TEACHING]
    if not mentioned:
        return tuple(found)
    behind = {_identity(edge) for edge in found if edge.flows & TEACHING and not edge.is_mentioned}
    return tuple(
        edge
        for edge in found
        if not (edge.is_mentioned and edge.flows & TEACHING and _identity(edge) in behind)
    )


def _identity(edge: Edge) -> str:
    name = edge.source.id or edge.source.name or ""
    model = known.model(name)
    return model.key if model is not None else name.lower()


def offers(claims: Claims) -> tuple[Offer, ...]:
    """What the model is offered under, by the Hub's keys and by the record, once where they agree. What one
    of them leaves open and the other one says is said."""
    declared = {license[1:] for license in claims.licenses}  # all but where it stands
    if len(declared) == 1:  # as on most cards
        return tuple(resolve.licensed(license) for license in claims.licenses[:1] if license.id)
    found: list[Offer] = []
    for reader in dict.fromkeys(license.source.reader for license in claims.licenses):
        parts = [resolve.licensed(one) for one in claims.licenses if one.source.reader == reader and one.id]
        if len(parts) > 1 and reader != "record":  # all of a list or one of it: SPEC.md, 8.1
            found.append(resolve.one_of(", ".join(part.label for part in parts), parts))
        elif parts:
            found.append(resolve.together(parts))
    if len(found) < 2:
        return tuple(found)
    told = [offer for offer in found if all(one.texts for one in offer.candidates)] or found
    return tuple({texts_of(offer): offer for offer in reversed(told)}.values())[::-1]


def texts_of(offer: Offer) -> object:
    """What tells offers apart, however their names are written."""
    return frozenset(
        frozenset((tuple(text.id for text in one.texts), one.name if not one.texts else "") for one in part)
        for part in offer.alternatives
    )

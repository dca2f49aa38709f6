"""Edges by which weights came: the parents that are declared, and theirs, as far as anybody says."""

from __future__ import annotations

from collections.abc import Iterator

from ..claims import Claims, License, Parent, Reference, Strength, UpstreamModel
from ..terms import known
from ..terms.compiler import provider_key
from ..terms.resolve import Period
from .edge import MODEL_FLOWS, Edge, Flow, Statement, is_own, own_name, word_for
from .granted import known_license, license_of

MAX_DEPTH = 8
"""Generations that are followed through what is known of models and datasets."""


def from_parents(claims: Claims) -> Iterator[Edge]:
    """The edges of each parent, nearest first."""
    recorded = {
        parent.model.id.lower()
        for parent in claims.parents
        if parent.source.reader == "record" and parent.model.id
    }
    for parent in claims.parents:
        native = parent.source.reader != "record"
        if native and parent.model.id and parent.model.id.lower() in recorded:
            continue  # the record says the same and more
        edge = _parent_edge(claims, parent, (own_name(claims),))
        yield edge
        yield from _above(claims, edge, parent.model.id, 1)


def _parent_edge(claims: Claims, parent: Parent, trail: tuple[str, ...]) -> Edge:
    declared = parent.source.strength is Strength.DECLARED
    flows = {
        "adapter": frozenset((Flow.ADAPTER,)),
        "unknown": MODEL_FLOWS,
        "other": MODEL_FLOWS,
    }.get(parent.relation, frozenset((Flow.WEIGHTS,)))
    when = Period(parent.obtained, parent.obtained)
    stated = parent.license or _license_upstream(claims, parent.model)
    offer, fact, sure = license_of(stated, parent.model, when)
    how = "" if parent.relation in ("unknown", "other") else f" ({parent.relation})"
    place = parent.model.source.place
    statement = Statement(f"made from {parent.model.label}{how}", word_for(parent.source), place)
    return Edge(
        flows=flows,
        source=parent.model,
        place=place,
        trail=(*trail, parent.model.label),
        offer=offer,
        when=when,
        certain=declared and sure,
        facts=(statement, *fact),
        own=is_own(claims, parent.model.id),
    )


def _above(claims: Claims, below: Edge, id: str | None, depth: int) -> Iterator[Edge]:
    """The weight parents of a parent, as the record's upstream or else what is known of it says."""
    upstream = [entry for entry in claims.upstream_models if id and entry.model.id == id and entry.parents]
    if depth > MAX_DEPTH:
        return
    if upstream:
        for entry in upstream:
            yield from _upstream(claims, below, entry, depth)
    elif id and (model := known.model(id)) is not None:
        yield from _known_above(claims, below, model, depth)


def _known_above(claims: Claims, below: Edge, model: known.KnownModel, depth: int) -> Iterator[Edge]:
    """Of a family with several parents, each is that of some of its members, and nobody knows of which."""
    sure = model.lineage == "stated"
    for key in model.parents if len(model.parents) == 1 else ():
        parent = known.model(key)
        if parent is None or parent.name in below.trail:
            continue
        reference = Reference(below.source.source, name=parent.name, provider=parent.provider)
        offer, fact, licensed = known_license(parent, Period())
        statement = Statement(f"{below.label} was made from {parent.name}", model.lineage or "recalled")
        edge = Edge(
            flows=below.flows,
            source=reference,
            place=below.place,
            trail=(*below.trail, parent.name),
            offer=offer,
            when=Period(),
            certain=below.certain and sure and licensed,
            facts=(*below.facts[:1], statement, *fact),
            own=provider_key(parent.provider) == provider_key(model.provider),  # released anew by its owner
        )
        yield edge
        yield from _above(claims, edge, key, depth + 1)


def _upstream(claims: Claims, below: Edge, model: UpstreamModel, depth: int) -> Iterator[Edge]:
    for parent in model.parents:
        if parent.model.label in below.trail:
            continue
        edge = _parent_edge(claims, parent, below.trail)
        edge = edge._replace(certain=edge.certain and below.certain, facts=(*below.facts[:1], *edge.facts))
        yield edge
        yield from _above(claims, edge, parent.model.id, depth + 1)


def _license_upstream(claims: Claims, model: Reference) -> License | None:
    """The licence of a model that the record gives an entry further up."""
    return next(
        (one.license for one in claims.upstream_models if model.id and one.model.id == model.id), None
    )

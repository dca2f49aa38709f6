"""Edges by which data came, and what is in that data: outputs of models, and other data."""

from __future__ import annotations

from collections.abc import Iterator

from ..claims import Claims, Dataset, Reference, Strength
from ..terms import known, resolve
from ..terms.resolve import Offer, Period
from .edge import Edge, Flow, Statement, is_own, own_name, word_for
from .granted import UNKNOWN, Terms, is_given, offer_of
from .teachers import flows_of, known_terms

MAX_DEPTH = 8
"""Generations of datasets that are followed."""

_DATA = frozenset((Flow.DATA,))
_TOLD = frozenset(("stated", "secondary"))
"""What is only recalled of a dataset asks nobody a question."""


def from_datasets(claims: Claims) -> Iterator[Edge]:
    """The edges of each dataset that trained this model, and of what is in it."""
    recorded = {
        dataset.dataset.id.lower()
        for dataset in claims.datasets
        if dataset.source.reader == "record" and dataset.dataset.id
    }
    for dataset in claims.datasets:
        native = dataset.source.reader != "record"
        if native and dataset.dataset.id and dataset.dataset.id.lower() in recorded:
            continue  # the record says the same and more
        edge = _edge(claims, dataset)
        yield edge
        yield from _behind(claims, edge, dataset, 1)


def _edge(claims: Claims, dataset: Dataset) -> Edge:
    reference = dataset.dataset
    offer, facts, sure = _terms(dataset)
    fact = Statement(f"trained on {reference.label}", word_for(dataset.source), reference.source.place)
    return Edge(
        flows=_DATA,
        source=reference,
        place=reference.source.place,
        trail=(own_name(claims), reference.label),
        offer=offer,
        when=Period(),
        certain=sure and dataset.source.strength is Strength.DECLARED,
        facts=(fact, *facts),
        own=is_own(claims, reference.id) or dataset.basis == "own",
        stage=dataset.stage,
    )


def _terms(dataset: Dataset) -> Terms:
    license, reference = dataset.license, dataset.dataset
    if license is not None and is_given(license):
        text = f"{reference.label} is under {license.id or license.name or license.url}"
        fact = Statement(text, word_for(license.source), license.source.place)
        return resolve.licensed(license), (fact,), True
    return _known_terms(known.dataset(reference.id) if reference.id else None)


def _known_terms(found: known.KnownDataset | None) -> Terms:
    if found is None or not found.license:
        return UNKNOWN
    source = f" ({found.source})" if found.source else ""
    fact = Statement(f"{found.id} is under {found.license}{source}", found.confidence or "recalled")
    return offer_of(found.license, Period()), (fact,), found.confidence == "stated"


def _behind(claims: Claims, below: Edge, dataset: Dataset | None, depth: int) -> Iterator[Edge]:
    """What is in a dataset: as the record says of it, else as it is known of well-known ones."""
    found = known.dataset(below.source.id) if below.source.id else None
    if depth > MAX_DEPTH:
        return
    if found is not None:
        yield from _taught(claims, below, found)
    if dataset is not None and dataset.derived_from:
        yield from _declared_behind(claims, below, dataset, depth)
    elif found is not None and found.derived_confidence in _TOLD:
        yield from _known_behind(claims, below, found, depth)


def _taught(claims: Claims, below: Edge, found: known.KnownDataset) -> Iterator[Edge]:
    """The models whose signal a well-known dataset holds, but for those that the record has as teachers by
    way of it, or without saying by which way."""
    declared = {
        (teacher.model.id or teacher.model.name or "").lower()
        for teacher in claims.teachers
        if teacher.source.reader == "record" and (not teacher.through or below.source.id in teacher.through)
    }
    for row in found.teachers:
        name = row.model.partition("/")[2] or row.model
        if row.confidence not in _TOLD or {row.model.lower(), name.lower()} & declared:
            continue
        reference = Reference(below.source.source, id=row.model, provider=row.provider)
        signal = row.signal if row.signal in ("outputs", "preferences", "logits") else "outputs"
        offer, facts, sure = known_terms(row, reference)
        source = f" ({row.source})" if row.source else ""
        fact = Statement(f"{found.id} holds {signal} of {name}{source}", row.confidence)
        yield Edge(
            flows=flows_of((signal,), None),
            source=reference,
            place=below.place,
            trail=(*below.trail, row.model),
            offer=offer,
            when=row.period,
            certain=below.certain and sure and row.confidence == "stated",
            facts=(*below.facts[:1], fact, *facts),
            third_party=not below.own,
            access=row.channel,
            stage=below.stage,
        )


def _declared_behind(claims: Claims, below: Edge, dataset: Dataset, depth: int) -> Iterator[Edge]:
    for id in dataset.derived_from:
        if id in below.trail:
            continue
        entry = next((one for one in claims.upstream_datasets if one.dataset.id == id), None)
        reference = entry.dataset if entry is not None else Reference(dataset.source, id=id)
        offer, facts, sure = _terms(entry or Dataset(dataset.source, reference))
        fact = Statement(f"{below.label} was made from {id}", word_for(dataset.source), dataset.source.place)
        edge = _above(below, reference, offer, (fact, *facts), certain=sure)
        yield edge
        yield from _behind(claims, edge, entry, depth + 1)


def _known_behind(claims: Claims, below: Edge, found: known.KnownDataset, depth: int) -> Iterator[Edge]:
    for parent in found.derived_from:
        behind = known.dataset(parent)
        if behind is None or behind.id in below.trail:
            continue
        offer, facts, sure = _known_terms(behind)
        told = found.derived_confidence or "recalled"
        fact = Statement(f"{found.id} was made from {behind.id}", told)
        reference = Reference(below.source.source, id=behind.id)
        edge = _above(below, reference, offer, (fact, *facts), certain=sure and told == "stated")
        yield edge
        yield from _behind(claims, edge, None, depth + 1)


def _above(
    below: Edge, reference: Reference, offer: Offer, facts: tuple[Statement, ...], *, certain: bool
) -> Edge:
    return Edge(
        flows=_DATA,
        source=reference,
        place=below.place,
        trail=(*below.trail, reference.label),
        offer=offer,
        when=Period(),
        certain=below.certain and certain,
        facts=(*below.facts[:1], *facts),
        stage=below.stage,
    )

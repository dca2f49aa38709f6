"""Edges by which a teacher's signal came, as the card declares or mentions it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..claims import Claims, Reference, Strength, Teacher
from ..terms import known, resolve
from ..terms.resolve import Offer, Period
from .edge import TEACHING, Edge, Flow, Statement, is_own, own_name, word_for
from .granted import UNKNOWN, Terms, is_given, known_license, license_of

_SERVICES = frozenset(("api", "enterprise", "consumer-app", "cloud", "router"))
_IMITATED = frozenset(("logits", "hidden-states"))
_JUDGED = frozenset(("preferences", "rewards", "filtering"))


def from_teachers(claims: Claims, weights: Iterable[Edge]) -> Iterator[Edge]:
    """One edge for each teacher of this model, and of each ancestor that the record describes."""
    for teacher in claims.teachers:
        yield _edge(claims, teacher)
    if claims.upstream_models:
        yield from _of_ancestors(claims, weights)


def flows_of(signal: tuple[str, ...], purpose: str | None) -> frozenset[Flow]:
    """What crosses from a teacher, by its signal and what it was used for.

    Outputs are imitation only where the purpose says so: that a student should perform like its teacher is
    an intent, and most texts that reach so far ask for it. An unknown signal may be any of them.
    """
    found: set[Flow] = set()
    for word in signal:
        if word in _IMITATED:
            found.add(Flow.IMITATION)
        elif word in _JUDGED:
            found.add(Flow.JUDGEMENT)
        elif word == "outputs":
            found.add(Flow.IMITATION if purpose == "imitate" else Flow.OUTPUTS)
    return frozenset(found) or TEACHING


def _edge(claims: Claims, teacher: Teacher) -> Edge:
    model = teacher.model
    when = Period(*teacher.collected) if teacher.collected else Period()
    place = model.source.place
    signal = " and ".join(teacher.signal) or "an unknown signal"
    fact = Statement(f"taught by {signal} of {model.label}", word_for(teacher.source), place)
    offer, facts, sure = _terms(teacher, when)
    flows = flows_of(teacher.signal, teacher.purpose)
    return Edge(
        flows=flows,
        source=model,
        place=place,
        trail=(own_name(claims), *reversed(teacher.through), model.label),
        offer=offer,
        when=when,
        certain=sure and teacher.source.strength is Strength.DECLARED,
        facts=(fact, *facts),
        third_party=teacher.access == "third-party" or _comes_from_others(claims, teacher),
        own=teacher.access == "own" or is_own(claims, model.id),
        access=teacher.access,
        stage=teacher.stage,
        joint=flows is not TEACHING,  # an unknown signal is one of them, nobody knows which
    )


def _of_ancestors(claims: Claims, weights: Iterable[Edge]) -> Iterator[Edge]:
    """Whoever made an ancestor agreed to its teachers' terms; this model's publisher need not have."""
    ways: dict[str, Edge] = {}
    for edge in sorted(weights, key=lambda edge: (edge.is_mentioned, len(edge.trail), edge.trail)):
        ways.setdefault(edge.trail[-1], edge)
    listed = {(teacher.model.label, step) for teacher in claims.teachers for step in teacher.through}
    for ancestor in claims.upstream_models:
        way = ways.get(ancestor.model.label)
        for teacher in ancestor.teachers if way is not None else ():
            if way is None or (teacher.model.label, ancestor.model.label) in listed:
                continue  # the record has it among this model's own, by way of the ancestor
            edge = _edge(claims, teacher)
            taught = edge.facts[0]._replace(text=f"{ancestor.model.label} was {edge.facts[0].text}")
            yield edge._replace(
                trail=(*way.trail, *edge.trail[1:]),
                certain=edge.certain and not way.is_mentioned,
                facts=(*way.facts[:1], taught, *edge.facts[1:]),
                third_party=edge.third_party or not _is_ours(claims, ancestor.model.id),
            )


def _comes_from_others(claims: Claims, teacher: Teacher) -> bool:
    """Whether the signal passed through data that is somebody else's: then its terms bound that somebody."""
    return not all(_is_ours(claims, step) for step in teacher.through)


def _is_ours(claims: Claims, id: str | None) -> bool:
    return is_own(claims, id) or (id or "").startswith("#")


def _terms(teacher: Teacher, when: Period) -> Terms:
    model, access = teacher.model, teacher.access
    if is_given(teacher.terms):
        return license_of(teacher.terms, model, when)
    found = known.model(model.id or model.name or "")
    provider = model.provider or (found.provider if found is not None and found.hosted else None)
    # A cloud sells under terms of its own; a router hands those of the provider on (SPEC.md, 6.5).
    seller = teacher.vendor if teacher.vendor and access != "router" else provider
    if access in _SERVICES and seller:
        fact = Statement(f"got by {access} from {seller}", word_for(teacher.source), teacher.source.place)
        return _service(seller, access, when), (fact,), True
    is_named = model.id is not None or teacher.source.strength is Strength.MENTIONED
    if access == "open-weights" or (is_named and found is not None and not found.hosted):
        return license_of(None, model, when)
    return (_any_service(provider, when), (), False) if provider else UNKNOWN


def known_terms(row: known.KnownTeacher, model: Reference) -> Terms:
    """The terms of a model whose signal is known to be in a dataset, for whoever collected it."""
    found = known.model(row.model)
    if found is not None and not found.hosted and row.channel not in _SERVICES:
        return known_license(found, row.period)
    provider = model.provider or (found.provider if found is not None else None)
    if provider is None:
        return UNKNOWN
    if row.channel not in _SERVICES:
        return _any_service(provider, row.period), (), False
    fact = Statement(f"got by {row.channel} from {provider}", row.confidence)
    return _service(provider, row.channel or "api", row.period), (fact,), row.confidence == "stated"


def _service(provider: str, access: str | None, when: Period) -> Offer:
    return resolve.service(provider, "api" if access in (None, "router") else access, when)


def _any_service(provider: str, when: Period) -> Offer:
    """The terms of a provider, by whatever way its outputs were got."""
    offers = [resolve.service(provider, channel, when) for channel in ("api", "consumer-app", "enterprise")]
    known = [offer for offer in offers if all(one.texts for one in offer.candidates)]
    return resolve.one_of(f"the terms of {provider}", known)

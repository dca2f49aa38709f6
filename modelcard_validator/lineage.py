"""From claims to edges: by which ways something of another model, or of data, came into this one.

An edge knows how it came (`Flow`), under which texts (`Offer`), when, and how surely each of these is
known. Sources of sources are edges too, with the trail that leads to them: through `upstream` of the record,
and through what is known of well-known models and datasets. Pure: all is in the card and the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache

from ._named_tuple import NamedTuple
from .claims import (
    Claims,
    Dataset,
    License,
    Parent,
    Place,
    Reference,
    Source,
    Strength,
    Teacher,
    UpstreamModel,
)
from .terms import known, resolve
from .terms.compiler import provider_key
from .terms.resolve import Offer, Period

MAX_DEPTH = 8
"""Generations that are followed through what is known of models and datasets."""
MAX_EDGES = 2000


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

    `flows` is what may have crossed it, more than one where the card leaves it open. `certain` says whether
    the edge and its terms are declared, so that a violation can rest on them. `third_party` says that
    whoever made this model need not be party to the terms, having got the signal from somebody else's data.
    `trail` leads from this model to the source, both included.
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

    @property
    def label(self) -> str:
        """The source's name in a sentence."""
        return self.source.label


class Lineage:
    """What follows from a card's claims, found when a rule first asks for it."""

    __slots__ = ("_claims", "_edges", "_offers")

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._edges: tuple[Edge, ...] | None = None
        self._offers: tuple[Offer, ...] | None = None

    @property
    def edges(self) -> tuple[Edge, ...]:
        """See `edges`."""
        if self._edges is None:
            self._edges = edges(self._claims)
        return self._edges

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the model itself is offered under, as declared: by the Hub's keys (a list of licences holds
        together) and by the record, each."""
        if self._offers is None:
            self._offers = tuple(_own_offers(self._claims))
        return self._offers


def _own_offers(claims: Claims) -> Iterator[Offer]:
    for reader in dict.fromkeys(license.source.reader for license in claims.licenses):
        parts = [resolve.licensed(one) for one in claims.licenses if one.source.reader == reader and one.id]
        if parts:
            yield resolve.together(parts)


def edges(claims: Claims) -> tuple[Edge, ...]:
    """The edges of a card's claims, nearest first, in the order in which they are declared."""
    found = [*_parents(claims), *_teachers(claims), *_datasets(claims)]
    if "third-party" in claims.asserted_by:  # another's word about a model decides nothing
        found = [edge._replace(certain=False) for edge in found]
    unique: dict[object, Edge] = {}
    for edge in found[:MAX_EDGES]:
        key = (edge.label.lower(), edge.flows, edge.offer.key)
        if key not in unique or (edge.certain and not unique[key].certain):
            unique[key] = edge
    return tuple(unique.values())


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


def _is_own(claims: Claims, source_id: str | None) -> bool:
    owner, slash, _ = (source_id or "").partition("/")
    return bool(slash) and owner.lower() == publisher(claims)


# Weights


def _parents(claims: Claims) -> Iterator[Edge]:
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
    offer, fact, sure = _license_of(stated, parent.model, when)
    how = "" if parent.relation in ("unknown", "other") else f" ({parent.relation})"
    place = parent.model.source.place
    statement = Statement(f"made from {parent.model.label}{how}", _word(parent.source), place)
    return Edge(
        flows=flows,
        source=parent.model,
        place=place,
        trail=(*trail, parent.model.label),
        offer=offer,
        when=when,
        certain=declared and sure,
        facts=(statement, *fact),
        own=_is_own(claims, parent.model.id),
    )


def _above(claims: Claims, below: Edge, id: str | None, depth: int) -> Iterator[Edge]:
    """The weight parents of a parent, as the record's upstream or else what is known of it says."""
    upstream = [entry for entry in claims.upstream_models if id and entry.model.id == id]
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
        offer, fact, licensed = _known_license(parent, Period())
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


def _license_of(
    declared: License | None, model: Reference, when: Period
) -> tuple[Offer, tuple[Statement, ...], bool]:
    """The terms of a source: those that the card declares, else those that are known of it."""
    if declared is not None and (declared.id or declared.name or declared.url):
        label = declared.id or declared.name or declared.url
        fact = Statement(f"{model.label} is under {label}", _word(declared.source), declared.source.place)
        return resolve.licensed(declared, when), (fact,), True
    found = known.model(model.id or model.name or "")
    if found is None or found.hosted:
        return Offer(), (), False
    return _known_license(found, when)


def _known_license(model: known.KnownModel, when: Period) -> tuple[Offer, tuple[Statement, ...], bool]:
    """What is known of a model's licence. Of a family with several, each is that of some members or of some
    time: without a date that picks one, nothing is known of this member."""
    rows = [row for row in model.licenses if row.id or row.name]
    if len(rows) > 1:
        rows = [row for row in rows if when.end and _was_offered(row, when.end)]
    if len(rows) != 1:
        return Offer(), (), False
    name = rows[0].id or rows[0].name or ""
    where = f" ({', '.join(model.source[:2])})" if model.source else ""
    fact = Statement(f"{model.name} is under {name}{where}", model.confidence or "recalled")
    return _offer(name, when), (fact,), model.confidence == "stated"


def _was_offered(row: known.KnownLicense, on: str) -> bool:
    """Whether a licence that has a window was offered on a day; one without may be another member's."""
    if row.start is None and row.end is None:
        return False
    return (row.start is None or row.start[: len(on)] <= on) and (row.end is None or on <= row.end[: len(on)])


@cache
def _offer(id: str, when: Period) -> Offer:
    """What a licence id offers, apart from any card."""
    return resolve.licensed(License(_NOWHERE, id=id), when)


# Teachers


_SERVICES = frozenset(("api", "enterprise", "consumer-app", "cloud", "router"))
_IMITATED = frozenset(("logits", "hidden-states"))
_JUDGED = frozenset(("preferences", "rewards", "filtering"))


def _teachers(claims: Claims) -> Iterator[Edge]:
    for teacher in claims.teachers:
        yield _teacher_edge(claims, teacher)


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


def _teacher_edge(claims: Claims, teacher: Teacher) -> Edge:
    model = teacher.model
    when = Period(*teacher.collected) if teacher.collected else Period()
    access = teacher.access
    own = access == "own" or _is_own(claims, model.id)
    place = model.source.place
    signal = " and ".join(teacher.signal) or "an unknown signal"
    fact = Statement(f"taught by {signal} of {model.label}", _word(teacher.source), place)
    offer, facts, sure = _teacher_terms(teacher, when)
    return Edge(
        flows=flows_of(teacher.signal, teacher.purpose),
        source=model,
        place=place,
        trail=(own_name(claims), *reversed(teacher.through), model.label),
        offer=offer,
        when=when,
        certain=sure and teacher.source.strength is Strength.DECLARED,
        facts=(fact, *facts),
        third_party=access == "third-party" or _comes_from_others(claims, teacher),
        own=own,
        access=access,
        stage=teacher.stage,
    )


def _comes_from_others(claims: Claims, teacher: Teacher) -> bool:
    """Whether the signal passed through data that is somebody else's: then its terms bound that somebody."""
    return any(not step.startswith("#") and not _is_own(claims, step) for step in teacher.through)


def _teacher_terms(teacher: Teacher, when: Period) -> tuple[Offer, tuple[Statement, ...], bool]:
    model, access = teacher.model, teacher.access
    if teacher.terms is not None and (teacher.terms.id or teacher.terms.name or teacher.terms.url):
        return _license_of(teacher.terms, model, when)
    provider = model.provider or _provider(model)
    if access in _SERVICES and provider:
        channel = "api" if access == "router" else access or "api"
        fact = Statement(f"got by {access} from {provider}", _word(teacher.source), teacher.source.place)
        return resolve.service(provider, channel, when), (fact,), True
    found = known.model(model.id or model.name or "")
    is_named = model.id is not None or teacher.source.strength is Strength.MENTIONED
    if access == "open-weights" or (is_named and found is not None and not found.hosted):
        return _license_of(None, model, when)
    if provider:
        offers = [
            resolve.service(provider, channel, when) for channel in ("api", "consumer-app", "enterprise")
        ]
        return resolve.one_of(f"the terms of {provider}", offers), (), False
    return Offer(), (), False


def _provider(model: Reference) -> str | None:
    found = known.model(model.id or model.name or "")
    return found.provider if found is not None and found.hosted else None


# Data


def _datasets(claims: Claims) -> Iterator[Edge]:
    declared = {
        (teacher.model.id or teacher.model.name or "").lower()
        for teacher in claims.teachers
        if teacher.source.reader == "record"
    }
    recorded = {
        dataset.dataset.id.lower()
        for dataset in claims.datasets
        if dataset.source.reader == "record" and dataset.dataset.id
    }
    for dataset in claims.datasets:
        native = dataset.source.reader != "record"
        if native and dataset.dataset.id and dataset.dataset.id.lower() in recorded:
            continue
        edge = _dataset_edge(claims, dataset)
        yield edge
        yield from _behind(claims, edge, dataset.dataset.id, declared, 1)


def _dataset_edge(claims: Claims, dataset: Dataset) -> Edge:
    reference = dataset.dataset
    place = reference.source.place
    fact = Statement(f"trained on {reference.label}", _word(dataset.source), place)
    license = dataset.license
    facts: tuple[Statement, ...] = ()
    offer, sure = Offer(), False
    if license is not None and (license.id or license.name or license.url):
        label = license.id or license.name or license.url
        offer, sure = resolve.licensed(license), True
        facts = (
            Statement(f"{reference.label} is under {label}", _word(license.source), license.source.place),
        )
    elif reference.id and (found := known.dataset(reference.id)) is not None and found.license:
        offer, sure = _offer(found.license, Period()), found.confidence == "stated"
        source = f" ({found.source})" if found.source else ""
        facts = (Statement(f"{found.id} is under {found.license}{source}", found.confidence or "recalled"),)
    return Edge(
        flows=frozenset((Flow.DATA,)),
        source=reference,
        place=place,
        trail=(own_name(claims), reference.label),
        offer=offer,
        when=Period(),
        certain=sure and dataset.source.strength is Strength.DECLARED,
        facts=(fact, *facts),
        own=_is_own(claims, reference.id) or dataset.basis == "own",
        stage=dataset.stage,
    )


_TOLD = frozenset(("stated", "secondary"))
"""What is only recalled of a dataset asks nobody a question."""


def _behind(claims: Claims, below: Edge, id: str | None, declared: set[str], depth: int) -> Iterator[Edge]:
    """The teachers whose outputs a well-known dataset holds, and the datasets that it was made from."""
    found = known.dataset(id) if id else None
    if found is None or depth > MAX_DEPTH:
        return
    for row in found.teachers:
        name = row.model.partition("/")[2] or row.model
        if row.confidence not in _TOLD or {row.model.lower(), name.lower()} & declared:
            continue
        reference = Reference(below.source.source, id=row.model, provider=row.provider)
        signal = row.signal if row.signal in ("outputs", "preferences", "logits") else "outputs"
        teacher = Teacher(below.source.source, reference, (signal,), row.channel)
        offer, facts, sure = _teacher_terms(teacher, Period())
        source = f" ({row.source})" if row.source else ""
        fact = Statement(f"{found.id} holds {signal} of {name}{source}", row.confidence)
        yield Edge(
            flows=flows_of((signal,), None),
            source=reference,
            place=below.place,
            trail=(*below.trail, row.model),
            offer=offer,
            when=Period(),
            certain=below.certain and sure and row.confidence == "stated",
            facts=(*below.facts[:1], fact, *facts),
            third_party=not below.own,
            access=row.channel,
            stage=below.stage,
        )
    for parent in found.derived_from if found.derived_confidence in _TOLD else ():
        behind = known.dataset(parent)
        if behind is None or behind.id in below.trail:
            continue
        sure = found.derived_confidence == "stated"
        reference = Reference(below.source.source, id=behind.id)
        fact = Statement(f"{found.id} was made from {behind.id}", found.derived_confidence or "recalled")
        offer = _offer(behind.license, Period()) if behind.license else Offer()
        edge = Edge(
            flows=frozenset((Flow.DATA,)),
            source=reference,
            place=below.place,
            trail=(*below.trail, behind.id),
            offer=offer,
            when=Period(),
            certain=below.certain and sure and behind.confidence == "stated",
            facts=(*below.facts[:1], fact),
            stage=below.stage,
        )
        yield edge
        yield from _behind(claims, edge, behind.id, declared, depth + 1)


def _word(source: Source) -> str:
    return "declared" if source.strength is Strength.DECLARED else "mentioned"


def _nowhere() -> Source:
    """The source of a licence that no card declares, but that is known of a model."""
    from .document import read_text

    return Source("known", Place(read_text("", "known.yaml")))


_NOWHERE = _nowhere()

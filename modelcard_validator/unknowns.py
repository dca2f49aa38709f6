"""What a card leaves open that bears on its lineage or its terms, as questions that a person can answer.

An unknown is no finding, and by itself it changes no verdict. What several entries leave open is asked once
for all of them, so that a card has a dozen questions at most, however long its lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from ._named_tuple import NamedTuple
from .card import Card
from .claims import Claims, Dataset, License, Parent, Place, Strength, Teacher
from .document import json_pointer
from .rules import quoted
from .rules._shared import listed, names_of

UNTRAINED = frozenset(("converted", "edited", "merge", "quantized"))
"""Relations by which weights come into a model without training."""

NO_LICENSE_NEEDED = frozenset(("consent", "fair-use", "own", "public-domain", "text-and-data-mining"))
"""Rights to data that no licence gives."""


class Unknown(NamedTuple):
    """One open question, and the JSON Pointer of where its answer goes: in the record where there is one,
    else in the native keys or in the record that could be. `place` is that place, or what encloses it."""

    pointer: str
    question: str
    place: Place


def unknowns(card: Card) -> tuple[Unknown, ...]:
    """The open questions of a card, in the order of a record; none of a card that is not to be read."""
    if any(document.data is None and document.refusals for document in card.documents):
        return ()
    if len(card.readable_records) < len(card.records):
        return ()  # what they answer is not to be read
    home = _home(card)
    found = (
        *_license(card.claims, home),
        *_sources(card.claims, home),
        *_teachers(card.claims, home),
        *_data(card.claims, home),
        *_completeness(card.claims, home),
    )
    asked = {(json_pointer(place.pointer), question): place for question, place in found}
    return tuple(Unknown(pointer, question, place) for (pointer, question), place in asked.items())


def learned_nothing(parents: Iterable[Parent]) -> bool:
    """Whether the model is declared to have come into being without training, as a quantization does."""
    relations = {parent.relation for parent in parents if parent.relation != "unknown"}
    return bool(relations) and relations <= UNTRAINED


def license_is_open(dataset: Dataset) -> bool:
    """Whether a dataset of a record needs a licence, and has none that anybody could read."""
    if dataset.basis in NO_LICENSE_NEEDED or dataset.stage == "calibration":
        return False
    if "public-domain" in dataset.origin:
        return False
    license = dataset.license
    if license is None:
        return not dataset.source.place.says("license")
    return (license.id or "unknown").lower() in ("other", "unknown") and not _can_be_read(license)


class _Home(NamedTuple):
    """Where answers go: into a record, or into native keys and a record that there is not yet."""

    at: Place
    is_record: bool

    def of(self, path: str, native: str | None = None) -> Place:
        """The place of `path` in the record, or where there is none of the `native` key."""
        if self.is_record:
            return self.at.of(*path.split("/"))
        return self.at.of(native) if native is not None else self.at.of("lineage", *path.split("/"))

    def is_silent(self, path: str, native: str | None = None) -> bool:
        """Whether nothing is written there; in a record an empty list is something."""
        if self.is_record or native is None:
            place = self.of(path)
            return place.document.get(place.pointer) is None
        return not self.at.says(native)

    def has(self, claim: Parent | Teacher | Dataset) -> bool:
        """Whether the claim is made here, and not in the native keys beside a record."""
        return (claim.source.reader == "record") is self.is_record


_Question: TypeAlias = tuple[str, Place]


def _home(card: Card) -> _Home:
    if card.records:
        return _Home(card.records[0].place, True)
    return _Home(Place(card.native or card.documents[0]), False)


def _license(claims: Claims, home: _Home) -> Iterator[_Question]:
    known = [license for license in claims.licenses if (license.id or "").lower() != "unknown"]
    if not known:
        if claims.licenses or home.is_silent("model/license", "license"):
            yield "Under which licence is it offered?", home.of("model/license", "license")
    elif all((license.id or "").lower() == "other" and not _can_be_read(license) for license in known):
        yield "Which licence is `other`?", home.of("model/license/name", "license_name")


def _can_be_read(license: License) -> bool:
    return bool(license.name or license.url or license.file)


def _sources(claims: Claims, home: _Home) -> Iterator[_Question]:
    yield from _rest(claims, home, "derived_from", "Which {}models' weights are in it?", claims.parents)
    if not claims.parents and _is_undeclared(claims, home, "derived_from", "base_model"):
        question = "From which model's weights was it made, or was it trained from scratch?"
        yield question, home.of("derived_from", "base_model")
    related = {parent.model.id for parent in claims.parents if parent.relation != "unknown"} - {None}
    vague = [
        parent
        for parent in claims.parents
        if home.has(parent) and parent.relation == "unknown" and parent.model.id not in related
    ]
    if vague:
        names = names_of(parent.model for parent in vague)
        place = _below(vague, "relation") if home.is_record else home.at.of("base_model_relation")
        yield f"How did the weights of {names} come into it: fine-tuned, adapted, merged, quantized?", place


def _teachers(claims: Claims, home: _Home) -> Iterator[_Question]:
    declared = [it for it in claims.teachers if it.source.strength is Strength.DECLARED]
    yield from _rest(claims, home, "taught_by", "Which {}models taught it?", tuple(declared))
    if not declared and _is_undeclared(claims, home, "taught_by"):
        question = "Did the outputs, logits or preferences of other models train it, and of which?"
        yield question, home.of("taught_by")
    teachers = [teacher for teacher in claims.teachers if home.has(teacher)]
    for key, is_open, question in _TEACHING:
        if found := [teacher for teacher in teachers if is_open(teacher)]:
            place = _below(found, key) if home.is_record else home.of("taught_by")
            yield question.format(names_of(teacher.model for teacher in found)), place


_TEACHING: tuple[tuple[str, Callable[[Teacher], bool], str], ...] = (
    (
        "model",
        lambda teacher: not (teacher.model.id or teacher.model.name),
        "What is the name of {}?",
    ),
    (
        "signal",
        lambda teacher: set(teacher.signal) <= {"unknown"},
        "What did {} teach it by: outputs, logits, hidden states, preferences, rewards?",
    ),
    (
        "access",
        lambda teacher: teacher.access in (None, "unknown"),
        "How was the signal of {} got: from open weights, an API, a public dataset?",
    ),
    (
        "extent",
        lambda teacher: teacher.extent == "unknown",
        "How much of its stage did {} teach: the whole, or a part?",
    ),
)
"""What a teacher's entry may leave open: the key, whether it does, and the question."""


def _data(claims: Claims, home: _Home) -> Iterator[_Question]:
    yield from _rest(claims, home, "trained_on", "On which {}data was it trained?", claims.datasets)
    if not claims.datasets and _is_undeclared(claims, home, "trained_on", "datasets"):
        yield "On which data was it trained?", home.of("trained_on", "datasets")
    if home.is_record and (found := [it for it in claims.datasets if home.has(it) and license_is_open(it)]):
        names = names_of(dataset.dataset for dataset in found)
        yield f"Under which licence did {names} come?", _below(found, "license")


def _completeness(claims: Claims, home: _Home) -> Iterator[_Question]:
    """Lists that a record gives without a word on whether that is all."""
    said = {disclosure.list for disclosure in claims.disclosures}
    given = [
        name
        for name in ("derived_from", "taught_by", "trained_on")
        if home.is_record and name not in said and not home.is_silent(name)
    ]
    if given:
        yield f"{'Is' if len(given) == 1 else 'Are'} {listed(given, 'and')} complete?", home.of("disclosure")


def _is_undeclared(claims: Claims, home: _Home, name: str, native: str | None = None) -> bool:
    """Whether a list that this model should have is left out, and not said to be incomplete (for that there
    is `_rest`)."""
    return (
        home.is_silent(name, native)
        and not learned_nothing(claims.parents)
        and not any(said.list == name and said.level != "complete" for said in claims.disclosures)
    )


def _rest(
    claims: Claims, home: _Home, name: str, question: str, given: tuple[object, ...]
) -> Iterator[_Question]:
    """What is missing from a list that is said not to be complete, with the reason for it."""
    for said in claims.disclosures:
        if said.list == name and said.level != "complete":
            level = f'{said.level}: "{quoted(said.reason, 200)[1:-1]}"' if said.reason else said.level
            yield f"{question.format('other ' if given else '')} ({level})", home.of(name)


def _below(entries: Sequence[Parent | Teacher | Dataset], key: str) -> Place:
    """The key of the one entry that lacks it, or the list that several entries stand in."""
    first = entries[0].source.place
    return first.of(key) if len(entries) == 1 else Place(first.document, first.pointer[:-1])

"""What a card leaves open that bears on its lineage or its terms, as questions that a person can answer.

An unknown is no finding, and by itself it changes no verdict. What several entries leave open is asked once
for all of them, so that a card has a dozen questions at most, however long its lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .card import Card
from .claims import Claims, Dataset, Parent, Place
from .document import json_pointer
from .rules import quoted

UNTRAINED = frozenset(("converted", "edited", "merge", "quantized"))
"""Relations by which weights come into a model without training."""

NO_LICENSE_NEEDED = frozenset(("consent", "fair-use", "own", "public-domain", "text-and-data-mining"))
"""Rights to data that no licence gives."""

_MODELS = "Which {other}models' weights are in it?"
_TEACHERS = "Which {other}models taught it?"
_DATA = "On which {other}data was it trained?"


class Unknown(NamedTuple):
    """One open question, and the JSON Pointer of where its answer goes: in the record where there is one,
    else in the native keys or in the record that could be. `place` is that place, or what encloses it."""

    pointer: str
    question: str
    place: Place


def unknowns(card: Card) -> tuple[Unknown, ...]:
    """The open questions of a card, in the order of a record; none of a card that cannot be read."""
    if any(document.data is None and document.refusals for document in card.documents):
        return ()
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
    if (
        dataset.basis in NO_LICENSE_NEEDED
        or dataset.stage == "calibration"
        or "public-domain" in dataset.origin
    ):
        return False
    license = dataset.license
    if license is None:
        return not dataset.source.place.says("license")
    if license.id in (None, "other", "unknown"):
        return not (license.name or license.url or license.file)
    return False


class _Home(NamedTuple):
    """Where answers go: into a record, or into native keys and a record that there is not yet."""

    at: Place
    is_record: bool

    def of(self, path: str, native: str | None = None) -> Place:
        """The place of `path` in the record, or where there is none of the `native` key."""
        if native is not None and not self.is_record:
            return self.at.of(native)
        return self.at.of(*(() if self.is_record else ("lineage",)), *path.split("/"))

    def is_silent(self, path: str, native: str | None = None) -> bool:
        """Whether nothing at all is written there: an empty list says something."""
        place = self.of(path, native)
        return place.document.get(place.pointer) is None


_Question = tuple[str, Place]


def _home(card: Card) -> _Home:
    if card.records:
        return _Home(card.records[0].place, True)
    return _Home(Place(card.native or card.documents[0]), False)


def _license(claims: Claims, home: _Home) -> Iterator[_Question]:
    known = [license for license in claims.licenses if license.id != "unknown"]
    if not known:
        if claims.licenses or home.is_silent("model/license", "license"):
            yield "Under which licence is it offered?", home.of("model/license", "license")
    elif all(license.id == "other" and not (license.name or license.url or license.file) for license in known):
        yield "Which licence is `other`?", home.of("model/license/name", "license_name")


def _sources(claims: Claims, home: _Home) -> Iterator[_Question]:
    yield from _rest(claims, home, "derived_from", _MODELS, claims.parents)
    if not claims.parents and _is_undeclared(claims, home, "derived_from", "base_model"):
        question = "From which model's weights was it made, or was it trained from scratch?"
        yield question, home.of("derived_from", "base_model")
    related = {parent.model.id for parent in claims.parents if parent.relation != "unknown"}
    vague = [
        parent
        for parent in claims.parents
        if (parent.source.reader == "record") is home.is_record
        and parent.relation == "unknown"
        and (parent.model.id is None or parent.model.id not in related)
    ]
    if vague:
        names = _names(parent.model.label for parent in vague)
        question = f"How was it made from {names}: by fine-tuning, as an adapter, by merging, by quantizing?"
        places = [parent.source.place for parent in vague]
        yield question, _below(places, "relation") if home.is_record else home.at.of("base_model_relation")


def _teachers(claims: Claims, home: _Home) -> Iterator[_Question]:
    yield from _rest(claims, home, "taught_by", _TEACHERS, claims.teachers)
    if not claims.teachers and not learned_nothing(claims.parents):
        if _is_undeclared(claims, home, "taught_by"):
            question = "Did the outputs, logits or preferences of other models train it, and of which?"
            yield question, home.of("taught_by")
    nameless, mute, unreached, vague = [], [], [], []
    for teacher in claims.teachers:
        if not (teacher.model.id or teacher.model.name):
            nameless.append(teacher)
        if set(teacher.signal) <= {"unknown"}:
            mute.append(teacher)
        if teacher.access in (None, "unknown"):
            unreached.append(teacher)
        if teacher.extent == "unknown":
            vague.append(teacher)
    for teachers, field, question in (
        (nameless, "model", "Which model is {}?"),
        (mute, "signal", "What of {} trained it: outputs, logits, hidden states, preferences, rewards?"),
        (unreached, "access", "How was {} used: as open weights, by an API, through a public dataset?"),
        (vague, "extent", "Was {} the only teacher of its stage, or one of several?"),
    ):
        if teachers:
            names = _names(teacher.model.label for teacher in teachers)
            places = [teacher.source.place for teacher in teachers]
            yield question.format(names), _below(places, field) if home.is_record else home.of("taught_by")


def _data(claims: Claims, home: _Home) -> Iterator[_Question]:
    yield from _rest(claims, home, "trained_on", _DATA, claims.datasets)
    if not claims.datasets and not learned_nothing(claims.parents):
        if _is_undeclared(claims, home, "trained_on", "datasets"):
            yield "On which data was it trained?", home.of("trained_on", "datasets")
    unlicensed = [
        dataset
        for dataset in claims.datasets
        if dataset.source.reader == "record" and license_is_open(dataset)
    ]
    if unlicensed:
        names = _names(dataset.dataset.label for dataset in unlicensed)
        places = [dataset.source.place for dataset in unlicensed]
        yield f"Under which licence was {names} obtained?", _below(places, "license")


def _completeness(claims: Claims, home: _Home) -> Iterator[_Question]:
    """Lists that a record gives without a word on whether that is all."""
    said = {disclosure.list for disclosure in claims.disclosures}
    silent = [
        name
        for name in ("derived_from", "taught_by", "trained_on")
        if home.is_record and name not in said and not home.is_silent(name)
    ]
    if silent:
        names = _names(silent)
        yield f"Does {names} hold all there is?", home.of("disclosure")


def _is_undeclared(claims: Claims, home: _Home, name: str, native: str | None = None) -> bool:
    """Whether a list is neither given nor spoken of in the disclosure."""
    return home.is_silent(name, native) and not any(said.list == name for said in claims.disclosures)


def _rest(
    claims: Claims, home: _Home, name: str, question: str, listed: tuple[object, ...]
) -> Iterator[_Question]:
    """What is missing from a list that is said not to be complete, with the reason that is given."""
    for said in claims.disclosures:
        if said.list == name and said.level != "complete":
            reason = f"{quoted(said.level)}: {quoted(said.reason, 200)}" if said.reason else quoted(said.level)
            yield f"{question.format(other='other ' if listed else '')} ({reason})", home.of(name)


def _names(labels: Iterable[str]) -> str:
    """Up to three of them, and how many more there are."""
    names = [quoted(label) for label in dict.fromkeys(labels)]
    if len(names) > 3:
        return f"{names[0]}, {names[1]} or {len(names) - 2} others"
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _below(entries: list[Place], field: str) -> Place:
    """The field of the one entry that lacks it, or the list that several entries stand in."""
    first = entries[0]
    return first.of(field) if len(entries) == 1 else Place(first.document, first.pointer[:-1])

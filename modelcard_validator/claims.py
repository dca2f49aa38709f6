"""What a card says, whoever wrote it down and wherever: one set of typed claims.

Readers turn documents into claims; rules read claims. Every claim knows its `Source`: the reader that
found it, the place where it stands and how strong it is. Nothing is judged here, and nothing is dropped:
a value outside of a vocabulary is kept as it was written, and its typed half says `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from ._named_tuple import NamedTuple
from .document import Document, Pointer, Span


class Strength(IntEnum):
    """How much a lineage fact rests on, weakest first (docs/verdicts.md)."""

    MENTIONED = 0
    """Said in a tag, in prose or by a name: never enough for a violation."""
    DECLARED = 1
    """A value of the record or of the Hub's metadata."""


class Place(NamedTuple):
    """Somewhere in a document: a value, a key, or a bare `span` of its text."""

    document: Document
    pointer: Pointer = ()
    key: bool = False
    span: Span | None = None

    def of(self, *steps: str | int) -> Place:
        """The place of a value below this one."""
        return Place(self.document, (*self.pointer, *steps))

    def as_key(self) -> Place:
        """The place of this value's key."""
        return Place(self.document, self.pointer, key=True)

    def says(self, key: str) -> bool:
        """Whether the value here is a mapping with something under `key`, of whatever shape; a bare span has
        no keys."""
        if self.span is not None:
            return False
        value = self.document.get(self.pointer)
        return isinstance(value, dict) and value.get(key) not in (None, "", [], {})


class Source(NamedTuple):
    """Where a claim comes from. `reader` is the module of `readers/` that made it."""

    reader: str
    place: Place
    strength: Strength = Strength.DECLARED


class Reference(NamedTuple):
    """A model or a dataset as somebody named it; what was not said is None."""

    source: Source
    id: str | None = None
    name: str | None = None
    provider: str | None = None
    revision: str | None = None
    file: str | None = None
    digest: str | None = None

    @property
    def label(self) -> str:
        """What to call it in a sentence."""
        return (
            self.id or self.name or (f"a model of {self.provider}" if self.provider else "an unnamed model")
        )

    @property
    def place(self) -> Place:
        """Where that which `label` says is written."""
        at = self.source.place
        return next((at.of(key) for key in ("id", "name", "provider") if at.says(key)), at)


class License(NamedTuple):
    """A licence or terms as declared. `id` is as written: a Hub id, an SPDX expression or neither."""

    source: Source
    id: str | None = None
    name: str | None = None
    url: str | None = None
    file: str | None = None
    effective: str | None = None


class Parent(NamedTuple):
    """A model whose weights are in this one. `relation` is of the standard's vocabulary, or `unknown`;
    `stated` is the word that was written for it, if any."""

    source: Source
    model: Reference
    relation: str = "unknown"
    stated: str | None = None
    license: License | None = None
    weight: float | None = None
    part: str | None = None
    obtained: str | None = None
    evidence: bool = False
    """Whether anything is given for it to rest on; so in teachers and datasets."""


class Teacher(NamedTuple):
    """A model whose signal trained this one."""

    source: Source
    model: Reference
    signal: tuple[str, ...] = ()
    access: str | None = None
    terms: License | None = None
    collected: tuple[str | None, str | None] | None = None
    through: tuple[str, ...] = ()
    extent: str | None = None
    evidence: bool = False
    purpose: str | None = None
    stage: str | None = None
    vendor: str | None = None


class Judge(NamedTuple):
    """A model that only evaluated this one: no teacher."""

    source: Source
    model: Reference


class Dataset(NamedTuple):
    """Data that trained this model."""

    source: Source
    dataset: Reference
    license: License | None = None
    stage: str | None = None
    origin: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    basis: str | None = None
    """By what right it was acquired, in the standard's vocabulary."""
    evidence: bool = False
    obtained: str | None = None


class UpstreamModel(NamedTuple):
    """What a record says of a model further up: its licence, its own parents and its data."""

    source: Source
    model: Reference
    license: License | None = None
    parents: tuple[Parent, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    trained_on: tuple[str, ...] = ()


class Scope(NamedTuple):
    """What the model is for and how it reaches others; None where the card does not say."""

    source: Source
    general_purpose: bool | None = None
    distribution: str | None = None
    commercial: bool | None = None
    competes_with: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    """Where its publisher is established, as ISO 3166-1 alpha-2 codes."""
    produces: tuple[str, ...] = ()
    """What comes out of it, in the standard's kinds of data."""


class Attribution(NamedTuple):
    """What the publisher does to meet duties: strings shown, a notice file, copies of licences."""

    source: Source
    display: tuple[str, ...] = ()
    notice: str | None = None
    license_copies: tuple[str, ...] = ()


class Permission(NamedTuple):
    """What lifts a prohibition of some text, as the card claims it: from whom, for which edges (labels of
    teachers or sources, and the data they came through), and which kinds of clause."""

    source: Source
    grantor: str | None = None
    covers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lifts: tuple[str, ...] = ()
    evidence: bool = False


class Disclosure(NamedTuple):
    """How complete one of the lists `derived_from`, `taught_by`, `trained_on` is, and why."""

    source: Source
    list: str
    level: str
    reason: str | None = None


class Recipe(NamedTuple):
    """How the training or merging can be repeated: a method by its usual name, a file of settings."""

    source: Source
    method: str | None = None
    file: str | None = None


class Claims(NamedTuple):
    """Everything that one or more documents claim of one model; `together` puts sets together."""

    models: tuple[Reference, ...] = ()
    licenses: tuple[License, ...] = ()
    parents: tuple[Parent, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    judges: tuple[Judge, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    successors: tuple[Reference, ...] = ()
    local: frozenset[str] = frozenset()
    """Ids beginning with `#` that the record gives an entry."""
    recipes: tuple[Recipe, ...] = ()
    asserted_by: frozenset[str] = frozenset()
    """Who makes the records: `publisher` or `third-party`; empty where none says so."""
    upstream_models: tuple[UpstreamModel, ...] = ()
    upstream_datasets: tuple[Dataset, ...] = ()
    scopes: tuple[Scope, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    permissions: tuple[Permission, ...] = ()


def together(sets: Iterable[Claims]) -> Claims:
    """All claims of several sets, in their order."""
    given = [claims for claims in sets if any(claims)]
    if len(given) < 2:
        return given[0] if given else Claims()
    return Claims(*map(_joined, zip(*given, strict=True)))


def _joined(parts: tuple[Any, ...]) -> Any:
    first, *others = parts
    for other in others:
        if other:
            first = first | other if isinstance(first, frozenset) else first + other
    return first

"""What a card says, whoever wrote it down and wherever: one set of typed claims.

Readers turn documents into claims; rules read claims. Every claim knows its `Source`: the reader that
found it, the place where it stands and how strong it is. Nothing is judged here, and nothing is dropped:
a value outside of a vocabulary is kept as it was written, and its typed half says `unknown`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import IntEnum

from .document import Document, Pointer, Span


class Strength(IntEnum):
    """How much a lineage fact rests on, weakest first (DESIGN of the verdicts: see docs/verdicts.md)."""

    MENTIONED = 0
    """Said in a tag, in prose or by a name: never enough for a violation."""
    DECLARED = 1
    """A value of the record or of the Hub's metadata."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in a document: a value, a key, or a bare `span` of its text."""

    document: Document = field(repr=False)
    pointer: Pointer = ()
    key: bool = False
    span: Span | None = None

    def of(self, *steps: str | int) -> Place:
        """The place of a value below this one."""
        return Place(self.document, (*self.pointer, *steps))

    def as_key(self) -> Place:
        """The place of this value's key."""
        return Place(self.document, self.pointer, key=True)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from. `reader` is the module of `readers/` that made it."""

    reader: str
    place: Place
    strength: Strength = Strength.DECLARED


@dataclass(frozen=True, slots=True)
class Reference:
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


@dataclass(frozen=True, slots=True)
class License:
    """A licence or terms as declared. `id` is as written: a Hub id, an SPDX expression or neither."""

    source: Source
    id: str | None = None
    name: str | None = None
    url: str | None = None
    file: str | None = None
    effective: str | None = None


@dataclass(frozen=True, slots=True)
class Parent:
    """A model whose weights are in this one. `relation` is of the standard's vocabulary, or `unknown`;
    `stated` is the word that was written for it, if any."""

    source: Source
    model: Reference
    relation: str = "unknown"
    stated: str | None = None
    license: License | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Teacher:
    """A model whose signal trained this one."""

    source: Source
    model: Reference
    signal: tuple[str, ...] = ()
    access: str | None = None
    terms: License | None = None
    collected: tuple[str | None, str | None] | None = None
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """A model that only evaluated this one: no teacher."""

    source: Source
    model: Reference


@dataclass(frozen=True, slots=True)
class Dataset:
    """Data that trained this model."""

    source: Source
    dataset: Reference
    license: License | None = None
    stage: str | None = None
    origin: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How complete one of the lists `derived_from`, `taught_by`, `trained_on` is, and why."""

    source: Source
    list: str
    level: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything that one or more documents claim of one model; `+` puts two sets together."""

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

    def __add__(self, other: Claims) -> Claims:
        merged = {item.name: getattr(self, item.name) for item in fields(self)}
        for item in fields(self):
            mine, theirs = merged[item.name], getattr(other, item.name)
            merged[item.name] = mine | theirs if isinstance(mine, frozenset) else mine + theirs
        return Claims(**merged)

"""What is known of well-known models and datasets, by the id that a card names.

A fact counts as declared only where its confidence is `stated`: taken from the publisher's own card, licence
file or paper. Everything else is a hint, and stops at needs-review.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from itertools import accumulate
from typing import Any

from .._named_tuple import NamedTuple
from . import store
from .resolve import Period


class KnownLicense(NamedTuple):
    """A licence that a model or dataset carries, and in which window."""

    id: str | None
    name: str | None
    start: str | None
    end: str | None


class KnownTeacher(NamedTuple):
    """Whose outputs taught a model or fill a dataset."""

    model: str
    provider: str | None
    signal: str
    channel: str | None
    confidence: str
    source: str | None
    period: Period = Period()  # a value, not a state


class KnownModel(NamedTuple):
    """A model or family. `confidence` is that of the licence, `lineage` that of parents and teachers."""

    key: str
    name: str
    provider: str
    hosted: bool
    licenses: tuple[KnownLicense, ...]
    parents: tuple[str, ...]
    teachers: tuple[KnownTeacher, ...]
    confidence: str | None
    lineage: str | None
    source: tuple[str, ...]


class KnownDataset(NamedTuple):
    """A dataset. `author_terms` are what its author says of models trained on it, beside the licence."""

    id: str
    license: str | None
    confidence: str | None
    source: str | None
    origin: tuple[str, ...]
    teachers: tuple[KnownTeacher, ...]
    derived_from: tuple[str, ...]
    derived_confidence: str | None
    author_terms: tuple[tuple[str, str, str], ...]


@cache
def model(id: str) -> KnownModel | None:
    """What is known of the model with this Hub id or hosted name; an exact id before a pattern, the longest
    pattern before a shorter one."""
    key = _model_key(id.lower())
    data = store.default().get("models", key) if key else None
    if data is None:
        return None
    confidence = data.get("confidence", {})
    recalled = bool(data.get("partly_recalled"))
    return KnownModel(
        key=data["key"],
        name=data["name"],
        provider=data["provider"],
        hosted=data["hosted"],
        licenses=tuple(
            KnownLicense(row.get("id"), row.get("name"), row.get("from"), row.get("until"))
            for row in data.get("license") or ()
        ),
        parents=tuple(row["id"] for row in data.get("parents", ())),
        teachers=tuple(_teacher(row, confidence.get("lineage")) for row in data.get("teachers", ())),
        confidence=_capped(confidence.get("license_or_terms"), recalled),
        lineage=_capped(confidence.get("lineage"), recalled),
        source=tuple(data.get("source", ())),
    )


@cache
def dataset(id: str) -> KnownDataset | None:
    """What is known of the dataset with this Hub id or one of its other names."""
    key = store.default().get("dataset-names", id.lower())
    data = store.default().get("datasets", key) if key else None
    if data is None:
        return None
    return KnownDataset(
        id=data["id"],
        license=data.get("license"),
        confidence=data.get("license_confidence"),
        source=data.get("license_source"),
        origin=tuple(data.get("origin") or ()),
        teachers=tuple(_teacher(row, None) for row in data.get("generated_by") or ()),
        derived_from=tuple(data.get("derived_from") or ()),
        derived_confidence=data.get("derived_from_confidence"),
        author_terms=tuple(
            (row["text"], row["confidence"], row["source"]) for row in data.get("author_terms") or ()
        ),
    )


def _capped(confidence: str | None, recalled: bool) -> str | None:
    """A group that holds recalled members is not stated of any one of them."""
    return "secondary" if recalled and confidence == "stated" else confidence


def _teacher(row: dict[str, Any], confidence: str | None) -> KnownTeacher:
    return KnownTeacher(
        model=row.get("model") or row.get("id") or "",
        provider=row.get("provider"),
        signal=row.get("signal") or "outputs",
        channel=row.get("channel"),
        confidence=row.get("confidence") or confidence or "recalled",
        source=row.get("source"),
        period=_period(row.get("period")),
    )


def _period(written: str | None) -> Period:
    """`2023`, `2023-04..2023-08`, `2023-06..07`, `until 2023-04`, `2023-04 or earlier`.

    >>> _period("2023-06..07"), _period("until 2023-04")
    (Period(start='2023-06', end='2023-07'), Period(start=None, end='2023-04'))
    """
    if not written:
        return Period()
    if written.startswith("until ") or written.endswith(" or earlier"):
        return Period(None, written.removeprefix("until ").removesuffix(" or earlier"))
    start, _, end = written.partition("..")
    return Period(start, f"{start[:5]}{end}" if len(end) == 2 else end or start)


class Alias(NamedTuple):
    """A name that stands for a model in prose: whose, how it is best written, and whether tokens of size or
    variant may follow it (`family`) or it is also a plain word or a company (`ambiguous`)."""

    key: str
    name: str
    hosted: bool
    family: bool = False
    ambiguous: bool = False


ALIAS_PART = re.compile(r"[^\W_]+(?:\.\d+)*\+*")


def alias_parts(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
    """The words that names of models consist of; those of an alias, joined in small letters, are its key."""
    return ALIAS_PART.finditer(text, start, end)


def aliases() -> dict[str, list[Any]]:
    """The fields of an `Alias` by the joined parts of the name."""
    return store.default().get("prose", "aliases") or {}


@cache
def alias_beginnings() -> frozenset[str]:
    """Whatever a name in prose may begin with, part for part: other words are passed over, and no name is
    sought for longer than there can be one."""
    return frozenset((store.default().get("prose", "beginnings") or "").split())


def _model_key(id: str) -> str | None:
    exact = store.default().get("model-names", id)
    if exact:
        return str(exact)
    owner = id.partition("/")[0]
    for pattern, key, excluded in store.default().get("model-patterns", owner) or ():
        if _fits(id, pattern) and not any(_fits(id, other) for other in excluded):
            return str(key)
    return None


def _fits(id: str, pattern: str) -> bool:
    """Whether an id is of a pattern, of which nearly all have their only star at the end."""
    beginning, star, rest = pattern.partition("*")
    if not id.startswith(beginning):
        return False
    return fnmatchcase(id, pattern) if rest or not star or "[" in beginning or "?" in beginning else True


def compiled(folder: str) -> dict[str, dict[str, Any]]:
    """The sections of the store that come from known/*.yaml."""
    from .compiler import load

    models = load(os.path.join(folder, "models.yaml"))["models"]
    datasets = load(os.path.join(folder, "datasets.yaml"))["datasets"]
    return {
        "models": {item["key"]: item for item in models},
        "model-names": dict(_model_names(models)),
        "model-patterns": _model_patterns(models),
        "prose": {"aliases": (names := dict(_aliases(models))), "beginnings": _beginnings(names)},
        "datasets": {item["id"]: item for item in datasets},
        "dataset-names": {
            name.lower(): item["id"]
            for item in datasets
            for name in (*(item.get("aliases") or ()), item["id"])
        },
    }


def _model_names(models: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for item in models:
        names = (item["key"], *item.get("patterns", ()), *(item.get("aliases", ()) if item["hosted"] else ()))
        yield from ((name.lower(), item["key"]) for name in names if "*" not in name)


_MAKES_DATA = frozenset(
    ("airoboros", "alpaca", "gpt4all", "llava", "mistral-openorca", "openhermes", "orca-1")
)
"""Families whose name in prose is as a rule that of a tool or of data."""


def _aliases(models: list[dict[str, Any]]) -> Iterator[tuple[str, tuple[str | bool, ...]]]:
    """The surest meaning of a name last, so that it is the one that stays. Of names that are also plain
    words only those of a family that a provider offers without saying the version."""
    for field in ("ambiguous_aliases", "family_aliases", "aliases"):
        for item in models:
            key, ambiguous = item["key"], field == "ambiguous_aliases"
            if key in _MAKES_DATA or (ambiguous and not key.endswith("-unspecified")):
                continue
            for name in item.get(field) or ():
                joined = "".join(part[0] for part in alias_parts(name.lower()))
                yield joined, (key, name, item["hosted"], field == "family_aliases", ambiguous)


def _beginnings(names: dict[str, tuple[str | bool, ...]]) -> str:
    found: set[str] = set()
    for _, name, *_ in names.values():
        found |= set(accumulate(part[0] for part in alias_parts(str(name).lower())))
    return " ".join(sorted(found))


def _model_patterns(models: list[dict[str, Any]]) -> dict[str, list[tuple[str, str, list[str]]]]:
    """By owner, the longest literal prefix first."""
    found: dict[str, list[tuple[str, str, list[str]]]] = {}
    for item in models:
        excluded = [pattern.lower() for pattern in item.get("exclude_patterns") or ()]
        for pattern in item.get("patterns", ()):
            if "*" in pattern:
                row = (pattern.lower(), item["key"], excluded)
                found.setdefault(pattern.lower().partition("/")[0], []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (-len(row[0].partition("*")[0]), row[0]))
    return found

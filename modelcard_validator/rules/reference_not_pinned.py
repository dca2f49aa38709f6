"""A model or a dataset is named without the revision that was used.

## What it does
Reports a parent, a teacher that was run from its open weights, or a dataset in a record that is named by
the id of a repository and has neither a commit nor a digest; also one whose `revision` is a branch or tag.
It says nothing of native keys, which cannot pin, of local ids (`#...`), of the publisher's own teachers and
data, and of a record that somebody else makes.

## Why it matters
A repository changes: 01-ai/Yi-34B was given another licence in May 2024, and weights are replaced under the
same name. Terms are those of the revision that was used, and nobody can look them up later without it.

## How to fix
Add `revision` with the 40 hex digits of the commit, as `git rev-parse HEAD` prints it in a clone of the
repository; for one file, its `digest` does as well.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
derived_from:
  - {model: {id: mistralai/Mistral-7B-v0.3}, relation: finetune}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
derived_from:
  - model: {id: mistralai/Mistral-7B-v0.3, revision: "d8cadc02ac76bd617a919d50b092e59d2d110aff"}
    relation: finetune
```

## Source
SPEC.md, 5.4.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..card import Card
from ..claims import Claims, Reference
from ..finding import Kind, Severity
from . import Problem, Rule, quoted

RULE = Rule(Kind.HYGIENE, Severity.NOTE, needs="record")

_HEX = frozenset("0123456789abcdefABCDEF")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    if not card.records or "third-party" in card.claims.asserted_by:
        return
    help = "Add `revision` with the 40 hex digits of the commit that was used, or a `digest`."
    for reference in _others(card.claims):
        if not is_loose(reference):
            continue
        if reference.revision is None:
            if not reference.source.place.says("revision"):
                yield Problem(reference.place, f"{quoted(reference.label)} is not pinned to a revision", help)
        else:
            message = (
                f"{quoted(reference.revision)} is a branch or tag of {quoted(reference.label)}: it may move"
            )
            yield Problem(reference.source.place.of("revision"), message, help)


def is_loose(reference: Reference) -> bool:
    """Whether it names a repository, and neither a commit nor a digest says in which state."""
    if reference.digest or not _is_in_a_repository(reference):
        return False
    return reference.revision is None or not _is_commit(reference.revision)


def _others(claims: Claims) -> Iterator[Reference]:
    """What a record is made of that other people may change."""
    for parent in claims.parents:
        if parent.source.reader == "record":
            yield parent.model
    for teacher in claims.teachers:
        if teacher.source.reader == "record" and teacher.access == "open-weights":
            yield teacher.model
    for dataset in claims.datasets:
        if dataset.source.reader == "record" and dataset.basis != "own":
            yield dataset.dataset


def _is_in_a_repository(reference: Reference) -> bool:
    """Whether the id is one of a repository, and does not say the revision itself as `pkg:...@4f0c1e7`."""
    if reference.id is None or reference.id.startswith("#"):
        return False
    if reference.id.startswith("pkg:"):
        return "@" not in reference.id
    return hub.is_id(reference.id) or hub.repo_of_url(reference.id) is not None


def _is_commit(revision: str) -> bool:
    """A whole commit or the beginning of one, as git abbreviates them."""
    return len(revision) >= 7 and _HEX.issuperset(revision)

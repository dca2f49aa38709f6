"""A teacher's path ends at something that the model was neither made from nor trained on.

## What it does
Reports a teacher whose `through` ends in an id that is no dataset of `trained_on`, no parent and no teacher
of this model, in a record that says `trained_on` is complete.

## Why it matters
`through` says how a teacher's signal came to this model: its last step is what this model learned from
itself. If that is nowhere else in the record, either a dataset is missing from a list that is called
complete, or the teacher does not belong here.

## How to fix
Add the dataset to `trained_on`, or lead the path on to the one that it became.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by: [{model: {id: Qwen/Qwen2.5-72B}, signal: [outputs], through: [acme/raw]}]
trained_on: [{dataset: {id: acme/clean}, license: {id: mit}}]
disclosure: {trained_on: complete}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by: [{model: {id: Qwen/Qwen2.5-72B}, signal: [outputs], through: [acme/raw, acme/clean]}]
trained_on: [{dataset: {id: acme/clean}, license: {id: mit}}]
disclosure: {trained_on: complete}
```

## Source
SPEC.md, 6.3 and 6.4.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule, quoted
from ._shared import is_readable, name_of

RULE = Rule(Kind.HYGIENE, Severity.WARNING, needs="record")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    claims = card.claims
    if not any(said.list == "trained_on" and said.level == "complete" for said in claims.disclosures):
        return
    if any(dataset.dataset.id is None for dataset in claims.datasets):
        return  # a path names ids only, and may end at one that stands here by its name
    if not is_readable(card, "derived_from", "taught_by", "trained_on"):
        return
    ends = {dataset.dataset.id for dataset in claims.datasets}
    ends.update(parent.model.id for parent in claims.parents)
    ends.update(teacher.model.id for teacher in claims.teachers)
    for teacher in claims.teachers:
        if teacher.through and teacher.through[-1] not in ends:
            last = teacher.through[-1]
            yield Problem(
                teacher.source.place.of("through"),
                f"the path of {name_of(teacher.model)} ends at {quoted(last)}, which is not in `trained_on`",
                f"Add {quoted(last)} to `trained_on`, or lead the path on to what it became.",
            )

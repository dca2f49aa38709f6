"""A teacher stands twice in the record.

## What it does
Reports a second entry of `taught_by` for one model at one revision that differs from the first in its
signals or its evidence only, and a teacher under `upstream` that stands under `taught_by` with that path
already.

## Why it matters
An entry is one way by which a teacher's signal came. What stands in two entries is counted twice, and a
permission or a correction reaches one of them.

## How to fix
Put the signals, the evidence and the notes into one entry. Entries that differ in path, access, terms or
dates are right as they are.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat}
taught_by:
  - {model: {id: acme/big}, signal: [outputs], access: own}
  - {model: {id: acme/big}, signal: [logits], access: own}
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
taught_by:
  - {model: {id: acme/big}, signal: [outputs, logits], access: own}
```

## Source
SPEC.md, 6.3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..card import Card
from ..claims import Reference, Teacher
from ..document import JSON, Pointer
from ..finding import Kind, Severity
from ..readers import as_list, as_mapping, as_text, record
from . import Problem, Rule, quoted
from ._shared import name_of

RULE = Rule(Kind.STRUCTURE, Severity.WARNING, needs="record")

_OF_ONE_WAY = ("through", "access", "vendor", "terms", "collected", "stage", "purpose", "extent")
"""What an entry can say only once, so that another way needs another entry."""


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    if not card.claims.teachers:
        return
    teachers = [
        teacher
        for teacher in card.claims.teachers
        if teacher.source.reader == record.READER and (teacher.model.id or teacher.model.name)
    ]
    models = Counter(_identity(teacher.model) for teacher in teachers)
    first: dict[str, Teacher] = {}
    for teacher in teachers:
        if models[_identity(teacher.model)] == 1:
            continue
        other = first.setdefault(_way(teacher), teacher)
        if other is not teacher:
            help = f"Put its signals and evidence into its first entry, on line {_line(other)}."
            yield Problem(teacher.model.place, f"{name_of(teacher.model)} is listed a second time", help)
    yield from _again_upstream(card, teachers)


def _way(teacher: Teacher) -> str:
    """What two entries have in common that speak of one way of one teacher."""
    place = teacher.source.place
    entry = as_mapping(place.document.get(place.pointer))
    return repr((place.document.path, _identity(teacher.model), [entry.get(key) for key in _OF_ONE_WAY]))


def _identity(model: Reference) -> tuple[str | None, ...]:
    return (model.id, model.name, model.provider, model.revision, model.file)


def _line(teacher: Teacher) -> int:
    place = teacher.source.place
    return place.document.position(place.document.span(place.pointer).start)[0]


def _again_upstream(card: Card, teachers: list[Teacher]) -> Iterator[Problem]:
    """For teachers of an ancestor that the record lists itself, with the ancestor on their path."""
    paths = {
        (teacher.model.id or teacher.model.name, step) for teacher in teachers for step in teacher.through
    }
    if not paths:
        return
    for lineage in card.readable_records:
        for pointer, ancestor, teacher in _upstream(lineage.data):
            if (teacher, ancestor) in paths:
                message = f"{quoted(teacher)} stands under `taught_by` already, by way of {quoted(ancestor)}"
                yield Problem(lineage.place.of(*pointer), message, "Remove it here.")


def _upstream(data: JSON) -> Iterator[tuple[Pointer, str | None, str | None]]:
    """Each teacher of each model under `upstream`: where it stands, the model's id, its own."""
    upstream = as_mapping(as_mapping(data).get("upstream"))
    for index, entry in enumerate(as_list(upstream.get("models"))):
        ancestor = as_text(as_mapping(as_mapping(entry).get("model")).get("id"))
        for number, teacher in enumerate(as_list(as_mapping(entry).get("taught_by"))):
            model = as_mapping(as_mapping(teacher).get("model"))
            name = as_text(model.get("id")) or as_text(model.get("name"))
            yield ("upstream", "models", index, "taught_by", number), ancestor, name

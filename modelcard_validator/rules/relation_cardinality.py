"""A relation has more or fewer sources than it can have.

## What it does
Reports a merge with one source, and a model that is a quantization, a conversion or an adapter of several
sources (unless they became different parts of it). On the Hub's own keys it reports `base_model_relation:
merge` with a single `base_model`. Where the sources are said to be partly disclosed, a merge may have one.

## Why it matters
Every source brings its licence. A merge of which one source is listed passes on the duties of that one, and
looks complete.

## How to fix
List the other sources; an adapter that was merged into its base is one. A model that was merged with itself
may stay as it is. Of several quantizations, each has a record of its own.

## Example
```record
lineage_version: "1.0"
model: {id: acme/blend}
derived_from: [{model: {id: acme/base}, relation: merge}]
```
```record
lineage_version: "1.0"
model: {id: acme/blend}
derived_from: [{model: {id: acme/base}, relation: merge}, {model: {id: acme/lora}, relation: merge}]
```

## Source
SPEC.md, 6.1 and 6.2; huggingface/hub-docs, docs/hub/model-cards.md (`base_model_relation`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card, Record
from ..claims import Parent, Place, Strength
from ..finding import Kind, Severity
from ..readers import huggingface
from . import Problem, Rule
from ._shared import name_of

RULE = Rule(Kind.STRUCTURE, Severity.WARNING)

_OF_ONE = {"adapter": "an adapter", "converted": "a conversion", "quantized": "a quantization"}


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    parents = card.claims.parents
    if not any(parent.relation == "merge" or parent.relation in _OF_ONE for parent in parents):
        return
    declared = [parent for parent in parents if parent.source.reader == huggingface.READER]
    if len(declared) == len(parents):
        yield from _native(declared)
    for record in card.readable_records:
        of_record = [parent for parent in parents if _is_of(parent, record)]
        yield from _merge_of_one(of_record, card, record)
        yield from _several(of_record)


def _is_of(parent: Parent, record: Record) -> bool:
    place = parent.source.place
    return place.document is record.place.document and parent.source.reader != huggingface.READER


def _native(parents: list[Parent]) -> Iterator[Problem]:
    stated = [parent for parent in parents if parent.source.strength is Strength.DECLARED]
    if len({parent.model.label for parent in parents}) != 1 or not stated:
        return
    parent = stated[0]
    if parent.relation == "merge" and parent.stated is not None and parent.model.id is not None:
        place = Place(parent.source.place.document, ("base_model_relation",))
        yield _one(parent, place, "base_model")


def _merge_of_one(parents: list[Parent], card: Card, record: Record) -> Iterator[Problem]:
    merged = [parent for parent in parents if parent.relation == "merge"]
    if len(merged) != 1:
        return
    for disclosure in card.claims.disclosures:
        is_ours = disclosure.source.place.document is record.place.document
        if is_ours and disclosure.list == "derived_from" and disclosure.level != "complete":
            return
    yield _one(merged[0], merged[0].source.place.of("relation"), "derived_from")


def _one(parent: Parent, place: Place, field: str) -> Problem:
    message = f"a merge has two or more sources, and `{field}` lists {name_of(parent.model)} alone"
    help = "List the others, a merged adapter among them; if it was merged with itself, leave it as it is."
    return Problem(place, message, help)


def _several(parents: list[Parent]) -> Iterator[Problem]:
    """For the second source of what can have one; parts of a model are counted apart."""
    first: dict[tuple[str, str | None], Parent] = {}
    reported: set[str] = set()
    for parent in parents:
        relation = parent.relation
        if relation not in _OF_ONE or relation in reported:
            continue
        other = first.setdefault((relation, parent.part), parent)
        if other is parent or other.model.label == parent.model.label:
            continue
        reported.add(relation)
        what = _OF_ONE[relation]
        message = f"{what} has one source, and {name_of(parent.model)} stands beside {name_of(other.model)}"
        help = "Give each result a record of its own; if one model holds both, name the `part` of each."
        if relation == "adapter":
            help = "Keep the base that it was trained on; that it fits others is no lineage."
        yield Problem(parent.source.place.of("relation"), message, help)

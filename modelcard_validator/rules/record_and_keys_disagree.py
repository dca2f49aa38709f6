"""The record and the Hub's keys say different things of one model.

## What it does
Compares a record with the native keys of the same card: the licence, the base models, the relation and the
datasets. It is no difference that one side is silent, that the Hub's words are coarser, that a mere component
is not under `base_model`, or that what the Hub's key names stands further up in the record's lineage.

## Why it matters
People and programs that read the one are told something else than those that read the other. Both are judged,
and the worse judgement stands.

## How to fix
Correct the one that is wrong. Where several licences apply, the Hub takes a list, or `other` with a name.

## Example
```yaml
license: mit
lineage:
  lineage_version: "1.0"
  model: {id: acme/chat, license: {id: MIT AND LicenseRef-llama3.3}}
```
```yaml
license: [mit, llama3.3]
lineage:
  lineage_version: "1.0"
  model: {id: acme/chat, license: {id: MIT AND LicenseRef-llama3.3}}
```

## Source
This standard, SPEC.md, 8.2 and 8.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from .._named_tuple import NamedTuple
from ..card import Card
from ..claims import Place
from ..document import JSON, Document
from ..finding import Kind, Severity
from ..readers import as_list, as_mapping, as_text
from ..readers.huggingface import items
from . import Problem, Rule, quoted
from ._licenses import MAX_LICENSES, is_native
from ._shared import listed

RULE = Rule(Kind.LINEAGE, Severity.WARNING, needs="record")
_HELP = "Correct the one that is wrong; until then both are judged."


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None or not card.records:
        return
    yield from _licenses(card, native)
    for record in card.readable_records:
        data = as_mapping(record.data)
        if "base_model" in native.data:
            if _are_the_same(native.data["base_model"], data.get("derived_from"), "model"):
                yield from _relation(native, _entries(data, "derived_from", "model", "relation") or [])
            else:
                yield from _base_models(native, data)
        stated = native.data.get("datasets")
        if stated is not None and not _are_the_same(stated, data.get("trained_on"), "dataset"):
            yield from _datasets(native, data)


def _are_the_same(keys: JSON, entries: JSON, what: str) -> bool:
    """Whether the ids are the same, word for word, as on most cards."""
    return isinstance(entries, list) and as_list(keys) == [
        as_mapping(as_mapping(entry).get(what)).get("id") for entry in entries
    ]


def _licenses(card: Card, native: Document) -> Iterator[Problem]:
    keys = [license.id for license in card.claims.licenses if is_native(license) and license.id]
    stated = [license.id for license in card.claims.licenses if not is_native(license) and license.id]
    if not keys or not stated or len(keys) > MAX_LICENSES:
        return
    for expression in stated:
        if keys == [expression]:
            continue
        from ._agreement import licenses_agree

        if not licenses_agree(keys, expression):
            message = f"`license` is {listed(keys, 'and')}, and the record says {quoted(expression)}"
            yield Problem(Place(native, ("license",)), message, _HELP)


class _Entry(NamedTuple):
    """A source or a dataset in a record: its Hub id, None for one that has none; and how it came in."""

    id: str | None
    how: str | None


def _base_models(native: Document, data: dict[str, JSON]) -> Iterator[Problem]:
    keys = _native(native, "base_model")
    entries = _entries(data, "derived_from", "model", "relation")
    if not keys or entries is None:
        return
    ids = {entry.id for entry in entries}
    if ids != keys.keys():
        yield from _other_base_models(native, data, keys, entries)
    yield from _relation(native, [entry for entry in entries if entry.id in keys])


def _other_base_models(
    native: Document, data: dict[str, JSON], keys: dict[str, Place], entries: list[_Entry]
) -> Iterator[Problem]:
    ids = {entry.id for entry in entries}
    upstream = as_list(as_mapping(data.get("upstream")).get("models"))
    above = {
        _id(model, "model"): {_id(it, "model") for it in _list(model, "derived_from")} for model in upstream
    }
    known = ids.union(above, *above.values())
    teachers = {_id(teacher, "model") for teacher in as_list(data.get("taught_by"))}
    strangers = [] if None in ids else [(id, place) for id, place in keys.items() if id not in known]
    for id, place in strangers:
        said = f"has {listed(sorted(filter(None, ids)), 'and')}" if ids else "says there is none"
        if id in teachers:
            said = "has it as a teacher only"
        yield Problem(place, f"{quoted(id)} is a base model here, and the record {said}", _HELP)
    missing = [
        entry.id
        for entry in entries
        if entry.id is not None
        and entry.how != "component"
        and hub.is_id(entry.id)
        and entry.id not in keys
        and not above.get(entry.id, set()) & keys.keys()
    ]
    if missing and not strangers:
        message = f"`base_model` leaves out {listed(missing, 'and')}, which the record has as a source"
        yield Problem(Place(native, ("base_model",)), message, _HELP)


def _relation(native: Document, entries: list[_Entry]) -> Iterator[Problem]:
    """The Hub has one relation for all base models: it agrees if it agrees with one of them."""
    stated = as_text(native.data.get("base_model_relation"))
    relation = hub.relation_meant(stated) if stated else None
    covered = hub.COVERS.get(relation or "", frozenset()) | {None, "other", "unknown"}
    if stated is None or relation not in hub.COVERS or any(entry.how in covered for entry in entries):
        return
    if said := list(dict.fromkeys(entry.how for entry in entries if entry.how)):
        message = f"`base_model_relation` is {quoted(stated)}, and the record says {listed(said, 'and')}"
        yield Problem(Place(native, ("base_model_relation",)), message, _HELP)


def _datasets(native: Document, data: dict[str, JSON]) -> Iterator[Problem]:
    keys = _native(native, "datasets")
    entries = _entries(data, "trained_on", "dataset", "stage")
    if not keys or entries is None:
        return
    ids = {entry.id for entry in entries}
    if ids == keys.keys():
        return
    known = ids | _data_further_up(data)
    strangers = [] if None in ids else [(id, place) for id, place in keys.items() if id not in known]
    for id, place in strangers:
        yield Problem(place, f"{quoted(id)} is under `datasets`, and nowhere in the record", _HELP)
    missing = [
        entry.id
        for entry in entries
        if entry.id is not None
        and hub.is_id(entry.id)
        and entry.id not in keys
        and entry.how != "calibration"  # it trains nothing
    ]
    if missing and not strangers:
        message = f"`datasets` leaves out {listed(missing, 'and')}, which the record has as training data"
        yield Problem(Place(native, ("datasets",)), message, _HELP)


def _data_further_up(data: dict[str, JSON]) -> set[str]:
    """Ids of datasets that the record has beside those of `trained_on`."""
    upstream = as_mapping(data.get("upstream"))
    found = [item for it in as_list(data.get("trained_on")) for item in _list(it, "derived_from")]
    found += [item for it in as_list(data.get("taught_by")) for item in _list(it, "through")]
    found += [item for it in as_list(upstream.get("models")) for item in _list(it, "trained_on")]
    for it in as_list(upstream.get("datasets")):
        found += [as_mapping(as_mapping(it).get("dataset")).get("id"), *_list(it, "derived_from")]
    return {hub.id_of(item) for item in found if isinstance(item, str)}


def _native(native: Document, key: str) -> dict[str, Place]:
    """The ids under a native key, each with its place."""
    if key not in native.data:
        return {}
    found = {hub.id_of(text): place for text, place in items(native.data, key, Place(native))}
    return {id: place for id, place in found.items() if hub.is_id(id)}


def _entries(data: dict[str, JSON], key: str, what: str, how: str) -> list[_Entry] | None:
    """The entries of one of the record's lists; None where it is silent (SPEC.md, section 4)."""
    entries = data.get(key)
    complete = as_mapping(data.get("disclosure")).get(key) == "complete"
    if not isinstance(entries, list) or not (entries or complete):
        return None
    return [_Entry(_id(entry, what), as_text(as_mapping(entry).get(how))) for entry in entries]


def _id(entry: JSON, what: str) -> str | None:
    id = as_text(as_mapping(as_mapping(entry).get(what)).get("id"))
    return hub.id_of(id) if id is not None else None


def _list(entry: JSON, key: str) -> list[JSON]:
    return as_list(as_mapping(entry).get(key))

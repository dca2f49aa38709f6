"""A record's `id` is no id of anything.

## What it does
Reports the `id` of a model or dataset in a record, and ids in `through` and `derived_from`, that are neither
a Hub id (`owner/name`), nor a package URL (`pkg:`), nor a web address, nor local to the record (`#name`).

## Why it matters
An id is what a lineage is followed by. A path or a title under `id` looks like one and leads nowhere, and two
records that mean the same model do not meet.

## How to fix
Write the id, or move what it says to `name`: a model or dataset need not have an id. One that only this
record knows gets an id that begins with `#`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat}
derived_from:
  - {model: {id: ./checkpoints/base}, relation: finetune}
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
derived_from:
  - {model: {name: Acme base model}, relation: finetune}
```

## Source
This standard, SPEC.md, 5.2 and 5.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..card import Card
from ..claims import Place
from ..document import JSON, Pointer
from ..finding import Kind, Severity
from ..readers import as_mapping
from . import Problem, Rule, quoted

RULE = Rule(Kind.STRUCTURE, Severity.WARNING, needs="record")
_LISTS_OF_IDS = frozenset(("through", "derived_from", "trained_on"))
_HAVE_IDS = frozenset(("model", "dataset"))


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for record in card.readable_records:
        if _all_lead_somewhere(record.data):
            continue
        refused = {error.pointer for error in record.errors}  # what malformed-value speaks of
        for text, pointer in _ids(as_mapping(record.data)):
            if pointer not in refused and not _leads_somewhere(text):
                yield _problem(text, record.place.of(*pointer))


def _all_lead_somewhere(data: JSON) -> bool:
    """Whether every id does, of which nearly all records consist; without the way to any."""
    todo: list[tuple[str, JSON]] = [("", data)]
    while todo:
        key, value = todo.pop()
        if isinstance(value, list):
            if key in _LISTS_OF_IDS and not all(_leads_somewhere(i) for i in value if isinstance(i, str)):
                return False
            todo += [(key, item) for item in value if isinstance(item, (list, dict))]
        elif isinstance(value, dict):
            id = value.get("id") if key in _HAVE_IDS else None
            if isinstance(id, str) and not _leads_somewhere(id):
                return False
            todo += [item for item in value.items() if isinstance(item[1], (list, dict))]
    return True


def _ids(data: JSON) -> Iterator[tuple[str, Pointer]]:
    """Every id in a record, whichever list it stands in, with the way to it."""
    todo: list[tuple[JSON, Pointer]] = [(data, ())]
    while todo:
        value, pointer = todo.pop()
        if isinstance(value, list):
            todo += [
                (item, (*pointer, index))
                for index, item in enumerate(value)
                if isinstance(item, (list, dict))
            ]
            if pointer[-1] in _LISTS_OF_IDS:
                ids = ((index, item) for index, item in enumerate(value) if isinstance(item, str))
                yield from ((item, (*pointer, index)) for index, item in ids)
        else:
            if pointer and pointer[-1] in _HAVE_IDS and isinstance(id := value.get("id"), str):
                yield id, (*pointer, "id")
            todo += [
                (below, (*pointer, key))
                for key, below in value.items()
                if isinstance(below, (list, dict)) and not key.startswith("x-")
            ]


def _leads_somewhere(id: str) -> bool:
    return hub.is_id(id) or id.startswith(("#", "pkg:", "https://", "http://"))


def _problem(text: str, place: Place) -> Problem:
    from .. import edit, placeholder
    from ..finding import Fix

    message = f"{quoted(text)} is neither a Hub id, nor a package URL, nor a web address"
    help = "Write the id, or say it under `name`; an id that only this record knows begins with `#`."
    repo = hub.repo_of_url(text)
    if repo is None or repo.revision or repo.file or placeholder.is_placeholder(text):
        return Problem(place, message, help)
    fix = Fix(f"write `{repo.id}`", (edit.replace_value(place, repo.id),))
    return Problem(place, message, f"Write `{repo.id}`.", fix)

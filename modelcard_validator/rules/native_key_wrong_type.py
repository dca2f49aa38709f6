"""A key of the Hub holds a value of the wrong kind.

## What it does
Reports keys of the Hub whose value is not what the Hub takes: a number where it wants text, a list where it
wants one value, a mapping where it wants ids. Empty keys are fine, and so is everything under keys that the
Hub does not check. Keys for access requests (`extra_gated_...`) are not looked at.

## Why it matters
The Hub refuses such a card, or passes over the key. A number is not what was written: `1.10` is `1.1`.

## How to fix
Write text or a list of texts; quote what looks like a number (`modelcard validate --fix` does so). What does
not fit under a key of the Hub, such as the details of a dataset, can go into a record.

## Example
```yaml
tags: [chat, 2024]
datasets:
- {name: Acme chats}
```
```yaml
tags: [chat, "2024"]
datasets: [acme/chats]
```

## Source
huggingface/hub-docs, modelcard.md; huggingface_hub, `ModelCardData`.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..card import Card
from ..claims import Place
from ..document import JSON
from ..finding import Kind, Severity
from . import Problem, Rule

RULE = Rule(Kind.HYGIENE, Severity.WARNING)

_LISTS_OF_MAPPINGS = frozenset(("base_model_sources", "dataset_sources", "model-index"))
_IN_A_RECORD = {
    "license": "lineage.model.license",
    "base_model": "lineage.derived_from",
    "datasets": "lineage.trained_on",
}


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None:
        return
    for key, value in native.data.items():
        if value is None:
            continue
        if key in hub.TEXTS_KEYS and isinstance(value, list):
            for index, item in enumerate(value):
                if item is not None and not isinstance(item, str):
                    yield from _not_text(key, item, Place(native, (key, index)))
        elif key in hub.TEXT_KEYS or key in hub.TEXTS_KEYS:
            if not isinstance(value, str):
                yield from _not_text(key, value, Place(native, (key,)))
        elif key in _LISTS_OF_MAPPINGS:
            if not _is_list_of_mappings(value):
                help = "Begin each entry with a `-`, and give it keys of its own."
                yield Problem(Place(native, (key,)), f"`{key}` takes a list of mappings", help)
        elif key == "widget" and not isinstance(value, list):
            yield Problem(Place(native, (key,)), "`widget` takes a list", "Begin each entry with a `-`.")


def _is_list_of_mappings(value: JSON) -> bool:
    return isinstance(value, list) and all(item is None or isinstance(item, dict) for item in value)


def _not_text(key: str, value: JSON, place: Place) -> Iterator[Problem]:
    from .. import edit, placeholder  # few cards come here
    from ..finding import Fix

    if placeholder.is_placeholder_at(place):
        return
    if isinstance(value, bool):
        yield Problem(place, f"`{key}` takes text, and this is read as a truth value", "Write it in words.")
    elif isinstance(value, (int, float)):
        fix = Fix("quote it", (edit.quote_value(place),))
        yield Problem(place, f"`{key}` takes text, and this is read as the number {value}", "Quote it.", fix)
    elif isinstance(value, list):
        yield Problem(place, f"`{key}` takes one text here, and this is a list", "Write one value.")
    else:
        help = "Write text."
        if key in _IN_A_RECORD:
            help = f"Write the Hub's id here, and the rest into a record: `{_IN_A_RECORD[key]}`."
        yield Problem(place, f"`{key}` takes text, and this is a mapping", help)

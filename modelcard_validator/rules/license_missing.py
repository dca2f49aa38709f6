"""The metadata states no licence.

## What it does
Reports metadata without a `license`, or with an empty one, where no record states the licence either.

## Why it matters
Without a licence nobody is allowed to use the model, whatever its author had in mind: silence reserves all
rights. One that only the text of the card states is seen by people, not by the Hub's filters or any other
program. It is no error: a card need not state it.

## How to fix
Write the Hub's id of the licence, `other` with a name and a link where it has none, or `unknown`. Where the
model is made from others, look at what their licences ask for before choosing.

## Example
```yaml
base_model: mistralai/Mistral-7B-v0.3
```
```yaml
license: apache-2.0
base_model: mistralai/Mistral-7B-v0.3
```

## Source
huggingface/hub-docs, docs/hub/repositories-licenses.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from . import Problem, Rule
from ._shared import opening
from .misspelt_key import right_key

RULE = Rule(Kind.HYGIENE, Severity.WARNING)
_HELP = "Write `license:` and the licence's id on the Hub, or `other` with `license_name` and `license_link`."


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None or not native.data or card.claims.licenses:
        return
    if any(record.is_of_another_major or record.place.of("model").says("license") for record in card.records):
        return  # not to be read, or in a shape that is another rule's concern
    if any(right_key(key) == "license" for key in native.data):
        return
    if "license" in native.data:
        if not native.data["license"]:
            yield Problem(Place(native, ("license",), key=True), "`license` is empty", _HELP)
        return
    named = next((key for key in ("license_name", "license_link") if native.data.get(key)), None)
    if named is None:
        yield Problem(opening(native), "the metadata has no `license`", _HELP)
    else:
        place = Place(native, (named,), key=True)
        yield Problem(
            place, f"`{named}` is read beside `license: other` only", "Write `license: other` above it."
        )

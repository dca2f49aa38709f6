"""A key is written in a way that the Hub does not read.

## What it does
Reports a key that is one of the Hub's for licence and lineage (`license`, `license_name`, `license_link`,
`base_model`, `base_model_relation`, `datasets`, `new_version`) or `lineage`, but for its spelling: British
`licence`, a space or a hyphen for `_`, capitals, a plural, one wrong letter.

## Why it matters
The Hub passes over keys that it does not know, without a word: the card looks complete, and the model has no
licence or no base model. Some tools write such keys themselves: trainers of TRL write `licence: license`.

## How to fix
Write the key that the message names; `modelcard validate --fix` does so where that key is not there yet.

## Example
```yaml
licence: apache-2.0
base model: mistralai/Mistral-7B-v0.3
```
```yaml
license: apache-2.0
base_model: mistralai/Mistral-7B-v0.3
```

## Source
huggingface/hub-docs, modelcard.md; huggingface/trl, trl/trainer/utils.py (`licence="license"`).
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import edit, hub
from ..card import Card
from ..claims import Place
from ..document import JSON
from ..finding import Fix, Kind, Severity
from ..spelling import one_slip
from . import Problem, Rule, quoted

RULE = Rule(Kind.HYGIENE, Severity.WARNING)

_MEANT = (
    *("license", "license_name", "license_link", "base_model", "base_model_relation"),
    *("datasets", "new_version", "lineage"),
)
_OTHER_NAMES = {
    "basemodel": "base_model",
    "basemodels": "base_model",
    "base_model_relationship": "base_model_relation",
    "dataset": "datasets",
    "licences": "license",
    "liscence": "license",
    "lisence": "license",
}
_LONGEST = 25
_BEGINNINGS = ("b", "d", "l", "n")


def right_key(key: str) -> str | None:
    """The key that is meant by one that the Hub does not read, where there is one.

    >>> right_key("-license"), right_key("Base Model"), right_key("base_modle"), right_key("license_details")
    ('license', 'base_model', 'base_model', None)
    """
    if key in hub.KEYS or len(key) > _LONGEST:
        return None
    form = "_".join(key.lower().replace("-", " ").replace("_", " ").split())
    if not form.startswith(_BEGINNINGS):
        return None
    if form in _MEANT:
        return form
    return _OTHER_NAMES.get(form) or next((right for right in _MEANT if one_slip(form, right)), None)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None:
        return
    meant = [(key, right) for key in native.data if (right := right_key(key)) is not None]
    rights = [right for _, right in meant]
    for key, right in meant:
        value = native.data[key]
        place = Place(native, (key,), key=True)
        if key == "licence" and value == "license":
            help = "Write `license:` and the licence's id on the Hub; look at the base model's first."
            if right in native.data:
                help = "Remove this line; the licence stands under `license`."
            message = "`licence: license` is what trainers of TRL write: it names no licence"
            yield Problem(place, message, help)
        elif right in native.data:
            message = f"{quoted(key)} is not read: the key is `{right}`, which is there too"
            yield Problem(place, message, f"Keep `{right}` and remove this one.")
        else:
            fix = None
            if _fits(value) and rights.count(right) == 1:
                fix = Fix(f"write `{right}`", (edit.rename_key(place, right),))
            help = f"Write `{right}`." if _fits(value) else f"Write `{right}`, and under it what it takes."
            yield Problem(place, f"{quoted(key)} is not read: the key is `{right}`", help, fix)


def _fits(value: JSON) -> bool:
    """Whether a value may stand under the right key: a text, or a list of them."""
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(item, str) for item in value)
    )

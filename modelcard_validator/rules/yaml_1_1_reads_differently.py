"""A word is read as a truth value or a number by readers of YAML 1.1.

## What it does
Reports values of the Hub's keys that are text by YAML 1.2, and something else by YAML 1.1: `no`, `yes`, `on`
and `off` are truth values there, `16:9` and `1_000` are numbers.

## Why it matters
PyYAML, and with it huggingface_hub, reads YAML 1.1. A card for Norwegian (`language: no`) is one for the
language "false" to it, and is written back as `false` by the next tool that edits the card.

## How to fix
Put the value in quotes; `modelcard validate --fix` does so.

## Example
```yaml
language: no
```
```yaml
language: "no"
```

## Source
YAML 1.1, type repository (bool, int); YAML 1.2.2, section 10.3.2; PyYAML, `SafeLoader`.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from ..readers import as_list
from . import Problem, Rule, quoted

RULE = Rule(Kind.HYGIENE, Severity.NOTE)

_WORDS = frozenset(word for base in ("yes", "no", "on", "off") for word in (base, base.title(), base.upper()))
_NUMBER_START = frozenset("+-0123456789")
_TAGS = {
    "tag:yaml.org,2002:bool": "a truth value",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
}
_KEYS = hub.TEXT_KEYS | hub.TEXTS_KEYS


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None:
        return
    for key, value in native.data.items():
        if key in _KEYS:
            for index, item in enumerate(as_list(value)):
                if isinstance(item, str) and item and (item in _WORDS or item[0] in _NUMBER_START):
                    at = Place(native, (key, index) if isinstance(value, list) else (key,))
                    yield from _read_differently(item, at)


def _read_differently(text: str, place: Place) -> Iterator[Problem]:
    import yaml

    from .. import edit
    from ..finding import Fix

    if place.document.source(place.pointer) != text:  # it is in quotes
        return
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], ())
    tag = next((tag for tag, pattern in resolvers if pattern.match(text)), "")
    if tag in _TAGS:
        message = f"{quoted(text)} without quotes is {_TAGS[tag]} to PyYAML and huggingface_hub"
        yield Problem(place, message, "Quote it.", Fix("quote it", (edit.quote_value(place),)))

"""A family of licences is named where one licence is meant.

## What it does
Reports `cc`, `gpl`, `lgpl`, `bsd`, `gfdl` and `openrail`: ids that the Hub takes, and that stand for several
licences. On the Hub it is silent where a record names the licence itself.

## Why it matters
The licences of a family differ in what they permit: `cc` may forbid commercial use or changes, or nothing at
all. No text can be read for a family, so nothing that follows from the licence can be told.

## How to fix
Write the id of the licence, version included. The Hub has none for the versions of the GFDL: write
`license: other` with `license_name: gfdl-1.3`, and its SPDX id into a record.

## Example
```yaml
license: cc
```
```yaml
license: cc-by-sa-4.0
```

## Source
huggingface/hub-docs, docs/hub/repositories-licenses.md (names these ids families).
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule
from ._licenses import is_native, licenses, place_of_id
from ._shared import listed

RULE = Rule(Kind.TERMS, Severity.WARNING)

_MEMBERS = {
    "bsd": ("bsd-2-clause", "bsd-3-clause", "bsd-3-clause-clear"),
    "gpl": ("gpl-2.0", "gpl-3.0"),
    "lgpl": ("lgpl-2.1", "lgpl-3.0"),
    "openrail": ("bigscience-openrail-m", "creativeml-openrail-m", "bigcode-openrail-m", "openrail++"),
}
_HELP = {
    "cc": "Write which one, with its version: `cc0-1.0`, `cc-by-4.0`, `cc-by-nc-sa-4.0`, ...",
    "gfdl": "The Hub has no id for its versions; give the SPDX id in a record, such as `GFDL-1.3-only`.",
}


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for license in licenses(card):
        family = (license.id or "").lower()
        if family not in hub.FAMILIES or (is_native(license) and _is_told_exactly(card)):
            continue
        help = f"Write which one: {listed(_MEMBERS[family])}." if family in _MEMBERS else _HELP[family]
        message = f"`{family}` is a family of licences that differ in what they permit, not a licence"
        yield Problem(place_of_id(license), message, help)


def _is_told_exactly(card: Card) -> bool:
    """Whether a record names the model's licence itself."""
    return any(
        not is_native(license) and (license.id or "unknown").lower() not in hub.FAMILIES | {"unknown"}
        for license in card.claims.licenses
    )

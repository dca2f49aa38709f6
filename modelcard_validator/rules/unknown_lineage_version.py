"""The record is written for a version of the standard that is not known here.

## What it does
Reports a `lineage_version` that is neither a published version nor a later minor of one. Where it is of
another major version, nothing else of the record is checked: its fields may mean something else there.

## Why it matters
The version says how the rest is to be read. A reader must not read a record of a major version that it does
not know.

## How to fix
Write `"1.0"`, in quotes; or take a validator that knows the version.

## Example
```record
lineage_version: "v1"
model: {id: acme/chat}
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
```

## Source
SPEC.md, 3.3 and 9.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import edit
from ..card import Card
from ..finding import Fix, Kind, Severity
from ..schema import CURRENT
from . import Problem, Rule, quoted
from ._faults import UNKNOWN_VERSION, faults

RULE = Rule(Kind.STRUCTURE, Severity.ERROR, needs="record")

_SPELT_OTHERWISE = r"\s*[vV]?1(\.0)*\s*"


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for fault in faults(card, UNKNOWN_VERSION):
        message = f"{quoted(fault.value)} is no version of the standard that is known here"
        if fault.record.is_of_another_major:
            message += "; the rest of the record is not checked"
            help = f'Take a validator that knows it, or write the record for `"{CURRENT}"`.'
            yield Problem(fault.place, message, help)
            continue
        fix = None
        if re.compile(_SPELT_OTHERWISE).fullmatch(fault.value):
            fix = Fix(f"write `{CURRENT}`", (edit.replace_value(fault.place, CURRENT),))
        yield Problem(fault.place, message, f'Write `"{CURRENT}"`.', fix)

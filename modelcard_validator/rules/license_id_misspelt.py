"""A licence is written in a form that is not read as one.

## What it does
Reports a `license` that is one of the Hub's ids but for its case, its separators, its long name or a letter,
one that only SPDX knows, and a name of one's own beside a `license_link`; and says what it should be. In a
record, where ids of SPDX and of the Hub are read in any case, it reports what is neither.

## Why it matters
The Hub refuses a card whose licence is not exactly one of its ids, and filters by licence pass the model
over. People copy the form they know: `MIT`, `Apache 2.0`, `GPL-3.0-or-later`.

## How to fix
Write the id that the message names; `modelcard validate --fix` does so where there is just one and nothing
is lost by it. The Hub cannot say "or later" or "one of these two": an exact SPDX expression belongs into
`lineage.model.license.id`. Mind that `bsl-1.0` is the Boost Software License, not the Business Source one.

## Example
```yaml
license: Apache-2.0
```
```yaml
license: apache-2.0
```

## Source
huggingface/hub-docs, docs/hub/repositories-licenses.md; SPDX License List; SPDX 3.0.1, Annex B.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from .. import hub
from ..card import Card
from ..claims import License
from ..finding import Kind, Severity
from . import Problem, Rule, quoted
from ._licenses import MAX_LICENSES, is_native, licenses, place_of_id

RULE = Rule(Kind.HYGIENE, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    terms = islice((it.terms for it in card.claims.teachers if it.terms is not None), MAX_LICENSES)
    for license in chain(licenses(card), terms):
        if license.id is not None and license.id not in hub.LICENSES:
            yield from _misspelt(card, license, license.id)


def _misspelt(card: Card, license: License, written: str) -> Iterator[Problem]:
    from .. import edit, license_names, placeholder  # few cards come here
    from ..finding import Fix

    place, native = place_of_id(license), is_native(license)
    if placeholder.is_placeholder(written) or (not native and license_names.is_known(written)):
        return
    message = f"{quoted(written)} is no licence id of the Hub"
    if not native:
        message = f"{quoted(written)} is neither an SPDX expression nor a licence id of the Hub"
    if right := license_names.hub_id(written):
        fix = Fix(f"write `{right}`", (edit.replace_value(place, right),))
        yield Problem(place, message, f"Write `{right}`.", fix)
    elif help := _on_the_hub(card, written) if native else _in_a_record(written):
        yield Problem(place, message, help)


def _on_the_hub(card: Card, written: str) -> str | None:
    """What to write instead, where it is not for a program to decide; None where nobody knows it."""
    from .. import license_names, spdx

    if right := license_names.coarser(written):
        exact = license_names.spdx_id(written)
        exact = f"`{exact}`" if exact else quoted(written)
        return f"Write `{right}`; it does not say which versions, so put {exact} into a record as well."
    if license_names.is_known(written):
        expression = spdx.parse(written)
        if isinstance(expression, spdx.Compound):
            ids = [license_names.meant(term.license) for term in spdx.terms(expression)]
            ours = f"[{', '.join(ids)}]" if hub.LICENSES.issuperset(ids) else "other"
            return f"Write `license: {ours}`, and the expression into a record (`model.license.id`)."
        return f"Write `license: other` with `license_name: {written.lower()}` and a link to the text."
    if right := license_names.slip_of(written):
        return f"Did you mean `{right}`?"
    if card.native is not None and card.native.data.get("license_link"):
        return f"Write `license: other`, and {quoted(written)} as `license_name`."
    return None


def _in_a_record(written: str) -> str | None:
    from .. import license_names

    if exact := license_names.spdx_id(written):
        return f"Write the SPDX id, `{exact}`."
    right = license_names.slip_of(written)
    return f"Did you mean `{right}`?" if right else None

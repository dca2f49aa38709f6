"""A licence is named that nobody can look up.

## What it does
Reports a licence that is neither an id of the Hub, nor an SPDX id or expression, nor another spelling of one,
and whose text is not given either. `LicenseRef-...` ids are SPDX's own way to name such a licence in a record
and are not reported.

## Why it matters
Nobody can say what it permits: not the reader of the card, and no program. The Hub refuses the card as well.

## How to fix
On the Hub, write `license: other` with a `license_name` and a `license_link` to the text. In a record, give
the text under `url` or `file` of the licence, with a `LicenseRef-...` as its id. Where a version is all that
lacks (`cc-by-sa`), write the one that is meant.

## Example
```yaml
license: acme-open
```
```yaml
license: other
license_name: acme-open
license_link: LICENSE
```

## Source
huggingface/hub-docs, docs/hub/repositories-licenses.md; SPDX License List; SPDX 3.0.1, Annex B.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..card import Card
from ..claims import License
from ..finding import Kind, Severity
from ..terms import texts
from . import Problem, Rule, quoted
from ._licenses import is_native, licenses, place_of_id
from ._shared import listed

RULE = Rule(Kind.TERMS, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for license in licenses(card):
        if license.id is None or license.id in hub.LICENSES or license.url or license.file:
            continue
        if is_native(license) and card.native is not None and card.native.data.get("license_link"):
            continue
        yield from _not_known(license, license.id)


def _not_known(license: License, written: str) -> Iterator[Problem]:
    from .. import license_names, placeholder  # few cards come here

    if placeholder.is_placeholder(written) or license_names.is_understood(written) or texts.named(written):
        return
    strangers = license_names.strangers(written) or (written,)
    verb = "is no licence id" if len(strangers) == 1 else "are no licence ids"
    message = f"{listed(strangers, 'and')} {verb} of the Hub or of SPDX: the terms cannot be looked up"
    if strangers != (written,):
        message = f"in {quoted(written)}, {message}"
    yield Problem(place_of_id(license), message, _help(license, written))


def _help(license: License, written: str) -> str:
    from .. import license_names

    words = written.lower()
    if words.startswith("bsl") or "business source" in words:
        return "The Business Source License is `other`, with a name and a link; `bsl-1.0` is the Boost one."
    found = license_names.candidates(written)
    if len(found) == 1:
        return f"Write `{found[0]}`, if that is the one."
    if found:
        return f"Write which one: {listed(found)}."
    if is_native(license):
        granted = "Write `cc0-1.0` if that is what was granted, else" if "public domain" in words else "Write"
        return f"{granted} `license: other`, a short id of your own as `license_name`, and a `license_link`."
    return "Give its text under `url` or `file`, and a `LicenseRef-...` as its id."

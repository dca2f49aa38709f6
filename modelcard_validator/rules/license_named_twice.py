"""`license` and `license_name` name two licences.

## What it does
Reports a `license_name` beside a `license` that is not `other`, unless it is a spelling of that licence.

## Why it matters
One of the two is out of date, often since the model was licensed anew, or the name is that of further terms.
The Hub shows `license` and not the name; a reader of the file sees both.

## How to fix
Remove `license_name` where `license` holds. Where the named licence holds, write `license: other`. Where both
apply, say so in a record: `AND` between their SPDX ids.

## Example
```yaml
license: mit
license_name: acme-research-license
license_link: LICENSE
```
```yaml
license: other
license_name: acme-research-license
license_link: LICENSE
```

## Source
huggingface/hub-docs, modelcard.md ("If license = other ..., specify an id for it here").
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from ..readers import as_text
from . import Problem, Rule, quoted

RULE = Rule(Kind.TERMS, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None or not native.data.get("license_name"):
        return
    license, name = as_text(native.data.get("license")), as_text(native.data["license_name"])
    if license is None or name is None or license.lower() in ("other", "unknown"):
        return
    from .. import license_names, placeholder  # few cards come here

    if placeholder.is_placeholder(name) or license_names.meant(name) == license_names.meant(license):
        return
    yield Problem(
        Place(native, ("license_name",)),
        f"`license` is {quoted(license)} and `license_name` {quoted(name)}: two licences",
        "Remove the name if `license` holds; else write `license: other`.",
    )

"""The licence is `other`, and the metadata does not say which.

## What it does
Reports `license: other` with neither `license_name` nor `license_link`, and in a record a licence `other` of
the model or of a source with none of `name`, `url` and `file`. On the Hub it is silent where a record names
the licence.

## Why it matters
`other` says that there are terms and that they are none of the common ones. Whoever wants to use the model
has to find them first, and nothing that follows from them can be told.

## How to fix
Add the name of the licence and where its text is: a URL, or the file of the repository that holds it.

## Example
```yaml
license: other
```
```yaml
license: other
license_name: acme-community-license
license_link: LICENSE
```

## Source
huggingface/hub-docs, docs/hub/repositories-licenses.md ("please add the license's text ... and set a name").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..card import Card
from ..claims import License
from ..finding import Kind, Severity
from . import Problem, Rule
from ._licenses import is_native, place_of_id

RULE = Rule(Kind.TERMS, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    sources = (parent.license for parent in card.claims.parents if parent.license is not None)
    for license in chain(card.claims.licenses, sources):
        if not _says_nothing(license):
            continue
        where = "metadata" if is_native(license) else "record"
        if where == "record":
            help = "Give its `name`, and its text as `url` or `file`."
        elif any(not is_native(other) and not _says_nothing(other) for other in card.claims.licenses):
            continue
        else:
            help = "Add `license_name`, and `license_link` with a URL or a file of the repository."
        message = f"the licence is `other`, and the {where} does not say which"
        yield Problem(place_of_id(license), message, help)


def _says_nothing(license: License) -> bool:
    return (license.id or "").lower() == "other" and not (license.name or license.url or license.file)

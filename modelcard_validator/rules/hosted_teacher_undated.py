"""A teacher that is a service is named without a date.

## What it does
Reports a teacher that was used as a service (`access` is `api`, `enterprise`, `consumer-app`, `cloud` or
`router`, or it has a name and a provider and no id) if nothing says which version or when: no snapshot in
its name, no `revision`, no `collected`, no `terms`.

## Why it matters
Terms of service are changed in place, and what they say of training on outputs changed several times with
most providers. The day on which the outputs were collected chooses the version that binds; the name of a
moving model does not.

## How to fix
Add `collected` with `from` and `to`, as far as is known: a month or a year is better than nothing. Where
the terms themselves are known, name them under `terms`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - {model: {name: gpt-4o, provider: openai}, signal: [outputs], access: api}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - model: {name: gpt-4o, provider: openai}
    signal: [outputs]
    access: api
    collected: {from: 2025-02, to: 2025-03}
```

## Source
SPEC.md, 6.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..card import Card
from ..claims import Reference, Teacher
from ..finding import Kind, Severity
from . import Problem, Rule
from ._shared import name_of

RULE = Rule(Kind.HYGIENE, Severity.WARNING, needs="record")

_AS_A_SERVICE = frozenset(("api", "enterprise", "consumer-app", "cloud", "router"))

_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
# As providers write them: gpt-4o-2024-08-06, claude-3-opus-20240229, command-r-08-2024, mistral-large-2411,
# gpt-4-0613, gemini-2.5-pro-preview-05-06, gemini-1.5-pro-002.
_SNAPSHOT = (
    f"(?<![0-9])(?:20[0-9]{{2}}-?{_MONTH}(?:-?{_DAY})?|{_MONTH}-20[0-9]{{2}}|2[0-9]{_MONTH}(?:{_DAY})?"
    f"|{_MONTH}-?{_DAY}|00[1-9])(?![0-9])"
)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for teacher in card.claims.teachers:
        if teacher.source.reader == "record" and _is_a_service(teacher) and not _is_dated(teacher):
            message = f"{name_of(teacher.model)} was used as a service, and nothing says when"
            help = "Add `collected` with `from` and `to`: that date chooses which version of its terms binds."
            yield Problem(teacher.model.place, message, help)


def _is_a_service(teacher: Teacher) -> bool:
    if teacher.access is None:
        return bool(teacher.model.name and teacher.model.provider and not teacher.model.id)
    return teacher.access in _AS_A_SERVICE


def _is_dated(teacher: Teacher) -> bool:
    at = teacher.source.place
    return at.says("collected") or at.says("terms") or _is_a_snapshot(teacher.model)


def _is_a_snapshot(model: Reference) -> bool:
    names = filter(None, (model.id, model.name))
    return model.revision is not None or any(re.search(_SNAPSHOT, name) for name in names)

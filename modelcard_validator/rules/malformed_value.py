"""A value of the record does not have the form that it should.

## What it does
Reports dates, digests, ids, web addresses, paths and country codes that are not written as the standard
writes them, dates that are in no calendar, paths that leave the repository, empty texts, numbers below
their bound, and words that stand twice in one list.

## Why it matters
Dates choose the version of the terms that bind, digests bind the record to weights, ids lead to other
cards. Written in a form of one's own, they are not understood, or are understood as something else.

## How to fix
Write the value as the message says; `modelcard validate --fix` does so where there is just one way.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat, released: 2026/02/01}
```
```record
lineage_version: "1.0"
model: {id: acme/chat, released: 2026-02-01}
```

## Source
SPEC.md, 2.5, 5.3 and 5.7; the keywords `pattern`, `minLength`, `minimum` and `uniqueItems` of
lineage.schema.json.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .. import edit
from .._named_tuple import NamedTuple
from ..card import Card, Record
from ..document import JSON, Pointer
from ..finding import Edit, Fix, Kind, Severity
from . import Problem, Rule, quoted
from ._faults import (
    MALFORMED,
    Fault,
    called,
    example_at,
    faults,
    field_called,
    field_of,
    nodes_at,
    pair,
    written,
)

RULE = Rule(Kind.STRUCTURE, Severity.ERROR, needs="record")

_LOOSE_DATE = r"(?a)\s*([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ].*)?\s*"
_LOOSE_MONTH = r"(?a)\s*([0-9]{4})[-/.]([0-9]{1,2})\s*"
_PARTIAL_DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_DIGEST = r"[0-9a-f]{64}"
_HOST = r"(?a)[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?"
_SUSPECT = ("..", "-29", "-30", "-31")
"""What stands in each text that no pattern can refuse: paths that go up, and last days of short months."""
_UP = r"(?:^|/)\.\.(?:/|$)"


class _Form(NamedTuple):
    """What a value is not, what to do, and the same value in its right form, if there is one."""

    message: str
    help: str
    right: str | None = None


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for fault in faults(card, MALFORMED):
        if fault.value == "":
            yield Problem(fault.place, f"{called(fault.pointer)} is empty", _instead_of_nothing(fault))
        elif fault.error.keyword == "uniqueItems":
            yield _repeated(fault)
        elif fault.error.keyword == "minimum":
            message = f"{quoted(fault.value)} is less than {fault.error.expected}"
            help = f"Write a number from {fault.error.expected} on, or leave the key out."
            yield Problem(fault.place, message, help)
        else:
            found = _FORMS.get(_form_name(fault), _other)(fault)
            fix = None
            if found.right is not None:
                fix = Fix(f"write {quoted(found.right)}", (edit.replace_value(fault.place, found.right),))
            yield Problem(fault.place, found.message, found.help, fix)
    for record in card.readable_records:
        text, span = record.place.document.text, record.place.document.metadata
        if span is not None and any(text.find(part, *span) >= 0 for part in _SUSPECT):
            yield from _beyond_the_schema(record)


def _form_name(fault: Fault) -> str:
    """The title of the part of the schema that asks for this form, or the field where it has none."""
    node = next((node for node in fault.nodes if fault.error.keyword in node), {})
    title: str = node.get("title", field_of(fault.pointer))
    return title


def _instead_of_nothing(fault: Fault) -> str:
    step = fault.pointer[-1]
    if isinstance(step, int):
        return "Write it, or remove the entry."
    if any(step in node.get("required", ()) for node in nodes_at(fault.pointer[:-1])):
        return f"Write it, as in `{pair(step, example_at(fault.pointer), fault.place.document)}`."
    return "Leave the key out: what is absent is unknown."


def _repeated(fault: Fault) -> Problem:
    items: list[JSON] = fault.value
    index = next(index for index, item in enumerate(items) if item in items[:index])
    document, place = fault.place.document, fault.place.of(index)
    start, end = document.span(fault.place.of(index - 1).pointer).end, document.span(place.pointer).end
    fix = None
    if "#" not in document.text[start:end]:  # no comment goes with it
        fix = Fix("remove the second one", (Edit(document.path, start, end, ""),))
    message = f"{quoted(items[index])} stands twice in {field_called(fault.pointer)}"
    return Problem(place, message, "Keep one of the two.", fix)


def _date(fault: Fault) -> _Form:
    value: str = fault.value
    right = None
    if match := re.compile(_LOOSE_DATE).fullmatch(value):
        right = f"{match[1]}-{match[3]:0>2}-{match[4]:0>2}"
    elif match := re.compile(_LOOSE_MONTH).fullmatch(value):
        right = f"{match[1]}-{match[2]:0>2}"
    if right is not None and not re.fullmatch(_PARTIAL_DATE, right):
        right = None
    help = f"Write `{right}`." if right else "Write as much as is known: `2026-02-01`, `2026-02` or `2026`."
    return _Form(f"{quoted(value)} is no date", help, right)


def _id(fault: Fault) -> _Form:
    value: str = fault.value
    message = f"{quoted(value)} is no id: it holds white space"
    if re.search(r"\s", value.strip()) is None and value.strip():
        return _Form(message, f"Write {quoted(value.strip())}.", value.strip())
    return _Form(message, "Write `owner/name`, a package URL or an https URL; a name goes under `name`.")


def _digest(fault: Fault) -> _Form:
    value: str = fault.value
    form = value.strip().lower().removeprefix("sha256:")
    if re.compile(_DIGEST).fullmatch(form):
        return _Form(f"{quoted(value)} is not 64 hex digits in small letters", f"Write {quoted(form)}.", form)
    message = f"{quoted(value)} is no SHA-256 digest: it has {len(value)} characters"
    if len(value) == 64:
        message = f"{quoted(value)} is no SHA-256 digest: not all of it are hex digits"
    return _Form(message, "Write all 64 hex digits, in small letters.")


def _web_address(fault: Fault) -> _Form:
    value: str = fault.value
    help = "Write all of it, from `https://` on and without white space."
    if re.compile(_HOST).fullmatch(value):
        help = f"Write {quoted('https://' + value)}."
    return _Form(f"{quoted(value)} is no web address", help)


def _path(fault: Fault) -> _Form:
    relative = fault.value.lstrip("/\\")
    help = "Write it from the directory of the record on"
    help += f", as in {quoted(relative)}." if relative else "."
    return _Form(f"{quoted(fault.value)} is no path inside the repository", help)


def _country(fault: Fault) -> _Form:
    value: str = fault.value
    right = value.strip().upper()
    help = "Write the two letters of ISO 3166-1, as in `DE`."
    if re.fullmatch(r"[A-Z]{2}", right):
        return _Form(f"{quoted(value)} is not in capital letters", f"Write `{right}`.", right)
    return _Form(f"{quoted(value)} is no country code", help)


def _other(fault: Fault) -> _Form:
    example = written(example_at(fault.pointer), fault.place.document)
    message = f"{quoted(fault.value)} is not in the form of {field_called(fault.pointer)}"
    return _Form(message, f"Write it as in `{example}`.")


_FORMS: dict[str, Callable[[Fault], _Form]] = {
    "Country": _country,
    "File path": _path,
    "Id": _id,
    "Partial date": _date,
    "Web address": _web_address,
    "sha256": _digest,
}


def _beyond_the_schema(record: Record) -> Iterator[Problem]:
    """Days that are in no calendar, and paths that leave the repository."""
    for pointer, value in _texts(record.data):
        if not any(part in value for part in _SUSPECT):
            continue
        titles = {node.get("title") for node in nodes_at(pointer)}
        place = record.place.of(*pointer)
        if "Partial date" in titles and _is_no_day(value):
            yield Problem(
                place, f"{quoted(value)} is in no calendar", "Write the day that is meant, or the month."
            )
        elif "File path" in titles and re.search(_UP, value):
            help = "Put the file into the repository, and write its path from the directory of the record on."
            yield Problem(place, f"{quoted(value)} leads out of the repository", help)


def _texts(value: JSON, pointer: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, (dict, list)):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*pointer, step))


def _is_no_day(value: str) -> bool:
    if not re.fullmatch(_PARTIAL_DATE, value) or len(value) < 10:
        return False
    from datetime import date

    try:
        date.fromisoformat(value)
    except ValueError:
        return True
    return False

"""The record has a field that the standard does not have.

## What it does
Reports keys of a record that the schema does not know where they stand, and names the key that was probably
meant. In a record of a later minor version they are passed over with a note, but for those that are one slip
away from a key that is known.

## Why it matters
A declaration under a misspelt key is not read by anybody, and nobody sees that it is missing: `taught_bi`
declares no teacher. So a record has exactly the keys of its version, and extensions have a form of their
own.

## How to fix
Write the key that the message names; `modelcard validate --fix` does so where there is just one. What the
standard has no field for goes under a key that begins with `x-`, at the top of the record.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat, licence: {id: MIT}}
```
```record
lineage_version: "1.0"
model: {id: acme/chat, license: {id: MIT}}
x-acme: {ticket: 7}
```

## Source
SPEC.md, 3.4 and 9.4; the keyword `additionalProperties` of lineage.schema.json.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from .. import edit
from ..card import Card
from ..finding import Fix, Kind, Severity
from ..schema import CURRENT
from ..spelling import one_slip
from . import Problem, Rule, quoted
from ._faults import (
    UNKNOWN_FIELD,
    Fault,
    Node,
    called,
    example_at,
    faults,
    near,
    nodes_at,
    pair,
    with_references,
)
from ._shared import listed

RULE = Rule(Kind.STRUCTURE, Severity.ERROR, needs="record")

_MAX_GUESSES = 100
"""Guessing is what costs here, and a record with more strangers than that was not written by hand."""

_MEANT = {
    "base_model": ("derived_from",),
    "base_models": ("derived_from",),
    "commit": ("revision",),
    "datasets": ("trained_on",),
    "distilled_from": ("taught_by",),
    "finetuned_from": ("derived_from",),
    "license": ("terms",),
    "parents": ("derived_from",),
    "sha": ("revision",),
    "sha256": ("digest",),
    "teacher": ("taught_by", "model"),
    "teachers": ("taught_by",),
    "terms": ("license",),
    "training_data": ("trained_on",),
    "version": ("lineage_version", "revision"),
}
"""Other tools' and the Hub's words for fields of ours, which the first of these that may stand here says."""


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    found = faults(card, UNKNOWN_FIELD)
    guessed = [(fault, _guess(fault)) for fault in islice(found, _MAX_GUESSES)]
    if not guessed:
        return
    rivals = Counter((fault.pointer, guess) for fault, guess in guessed)
    for fault, guess in chain(guessed, ((fault, None) for fault in found)):
        name = fault.error.name
        place = fault.place.of(name).as_key()
        message = f"{quoted(name)} is no field of {called(fault.pointer)}"
        if fault.record.is_newer and guess is None:
            message += f" in version {CURRENT}, and is passed over"
            help = "Nothing to do, if it is a field of the record's own version."
            yield Problem(place, message, help, severity=Severity.NOTE)
            continue
        fix = None
        if guess is not None and guess not in fault.value and rivals[fault.pointer, guess] == 1:
            fix = Fix(f"rename the key to `{guess}`", (edit.rename_key(place, guess),))
        yield Problem(place, message, _help(fault, guess), fix)


def _guess(fault: Fault) -> str | None:
    """The one key that was meant, if it is clear which; what a later version may have is not taken for it."""
    guess = _nearest(fault)
    return None if fault.record.is_newer and not _is_slip(fault.error.name, guess) else guess


def _nearest(fault: Fault) -> str | None:
    name, known = fault.error.name, _known(fault)
    if not fault.pointer and name[:2] in ("x_", "X_", "X-", "x.") and len(name) > 2:
        return f"x-{name[2:]}"
    found = near(name, tuple(field for field in known if field not in fault.value))
    return found[0] if len(found) == 1 or (found and found[0].replace("_", "") == _squeezed(name)) else None


def _is_slip(name: str, guess: str | None) -> bool:
    """Whether a key is so near to the one that was meant that no later version will have it beside that: a
    plural may be a field of its own."""
    if guess is None or guess.startswith("x-"):
        return guess is not None
    is_plural = name == f"{guess}s"
    return not is_plural and (_squeezed(name) == _squeezed(guess) or one_slip(name.lower(), guess))


def _squeezed(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


def _known(fault: Fault) -> tuple[str, ...]:
    expected: tuple[str, ...] = fault.error.expected
    return expected


def _help(fault: Fault, guess: str | None) -> str:
    name, known = fault.error.name, _known(fault)
    if guess is not None and guess.startswith("x-"):
        return f"Write {quoted(guess)}: the names of extensions begin with `x-`."
    if not fault.record.place.pointer and not fault.pointer and name == "lineage":
        return "A side file holds the record itself: remove this line, and the indentation of those below."
    if fault.pointer and name.startswith("x-"):
        return "Extensions stand at the top of the record, and only there."
    if elsewhere := _elsewhere(fault):
        return elsewhere
    for meant in _MEANT.get(name.lower(), ()):
        if meant in known:
            example = pair(meant, example_at((*fault.pointer, meant)), fault.place.document)
            return f"The standard calls that `{meant}`, as in `{example}`."
    if guess is not None:
        return f"Did you mean `{guess}`?"
    if found := near(name, known):
        return f"Did you mean {listed(found)}?"
    if not fault.pointer:
        return f"Remove it, or write {quoted('x-' + name)}: the names of extensions begin with `x-`."
    if "note" in known:
        return "Remove it, or say it in words under `note`."
    return "Remove it; extensions stand at the top of the record, under a key that begins with `x-`."


def _elsewhere(fault: Fault) -> str | None:
    """Where a field of this name stands, if that is one level further in or out."""
    name = fault.error.name.replace("licence", "license")
    for node in fault.nodes:
        for field, part in node.get("properties", {}).items():
            for below in with_references(part):
                if name in below.get("properties", {}):
                    return f"It belongs inside `{field}`."
                if any(name in item.get("properties", {}) for item in _items(below)):
                    return f"It belongs to an entry of `{field}`."
    if fault.pointer:
        outside = fault.pointer[:-1]
        if any(name in node.get("properties", {}) for node in nodes_at(outside)):
            inside = quoted(fault.pointer[-1])
            return f"It belongs to {called(outside)}, beside {inside} and not inside it."
    return None


def _items(node: Node) -> Iterator[Node]:
    if isinstance(node.get("items"), dict):
        yield from with_references(node["items"])

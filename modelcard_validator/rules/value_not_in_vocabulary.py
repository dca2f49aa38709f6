"""A value is none of the words that its field may hold.

## What it does
Reports values outside of the vocabulary of their field (`relation`, `signal`, `access`, a disclosure level
and so on) and names the nearest words. In a record of a later minor version such a word is read as
`unknown`, with a note.

## Why it matters
The words decide how duties travel: what a licence asks of a fine-tune it may not ask of a quantization. A
reader takes a word that it does not know as `unknown`, so that the declaration is lost.

## How to fix
Write one of the words. Where none fits, nearly every vocabulary has `other`; say in a `note` what it is.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat}
derived_from: [{model: {id: acme/base}, relation: Fine-Tune}]
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
derived_from: [{model: {id: acme/base}, relation: finetune}]
```

## Source
SPEC.md, 3.3 and 4.4; the keyword `enum` of lineage.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import edit, hub
from ..card import Card
from ..finding import Fix, Kind, Severity
from ..schema import CURRENT
from . import Problem, Rule, quoted
from ._faults import OUT_OF_VOCABULARY, Fault, faults, field_called, field_of, near
from ._shared import listed

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)

_SHORT = 5
_NEGATIONS = ("in", "im", "un", "non", "not", "no")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for fault in faults(card, OUT_OF_VOCABULARY):
        message = f"{quoted(fault.value)} is no value of {field_called(fault.pointer)}"
        if fault.record.is_newer:
            message += f" in version {CURRENT}, and is read as `unknown`"
            help = "Nothing to do, if it is a value of the record's own version."
            yield Problem(fault.place, message, help, severity=Severity.NOTE)
        elif right := _spelt_otherwise(fault):
            fix = Fix(f"write `{right}`", (edit.replace_value(fault.place, right),))
            yield Problem(fault.place, message, f"Write `{right}`.", fix)
        else:
            yield Problem(fault.place, message, _help(fault))


def _words(fault: Fault) -> tuple[str, ...]:
    words: tuple[str, ...] = fault.error.expected
    return words


def _squeezed(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())


def _spelt_otherwise(fault: Fault) -> str | None:
    """The word that differs from the value in nothing but case and separators."""
    form = _squeezed(fault.value)
    return next((word for word in _words(fault) if _squeezed(word) == form), None)


def _help(fault: Fault) -> str:
    words = _words(fault)
    if field_of(fault.pointer) == "relation":
        meant = hub.relation_meant(fault.value)
        if meant == "taught_by":
            return "Distillation is no relation: list that model under `taught_by`."
        if meant in words:
            return f"Did you mean `{meant}`?"
    found = near(fault.value, words)
    found = [word for word in found if fault.value.lower().removesuffix(word) not in _NEGATIONS]
    if len(words) <= _SHORT:
        return f"Write {listed(words)}."
    asked = f"Did you mean {listed(found)}? " if found else ""
    rest = ", `other` with a `note` among them" if "other" in words and not found else ""
    return f"{asked}`modelcard schema` lists its values{rest}."

"""A value is none of the words that its field may hold.

## What it does
Reports values outside of the vocabulary of their field (`relation`, `signal`, `access`, a disclosure level
and so on) and names the nearest words. In a record of a later minor version such a word is read as
`unknown`, with a note.

## Why it matters
The words decide how duties travel: what a licence asks of a fine-tune it may not ask of a quantization. A
reader takes a word that it does not know as `unknown`, so that the declaration is lost.

## How to fix
Write one of the words. Where none fits, nearly every vocabulary has `other`; say what it is in the `note`
that most entries may have.

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
from ._faults import OUT_OF_VOCABULARY, Fault, faults, field_called, field_of, near, nodes_at, one_of
from ._shared import listed

RULE = Rule(Kind.STRUCTURE, Severity.ERROR, needs="record")

_SHORT = 5
_MEANT = {
    "awq": ("quantized",),
    "dpo": ("preference", "preferences"),
    "finetune": ("finetune", "sft"),
    "finetuning": ("finetune", "sft"),
    "gguf": ("quantized",),
    "gptq": ("quantized",),
    "grpo": ("reinforcement", "rewards"),
    "labels": ("outputs",),
    "lora": ("adapter",),
    "ppo": ("reinforcement", "rewards"),
    "pretrain": ("pretraining",),
    "qlora": ("adapter",),
    "rl": ("reinforcement", "rewards"),
    "rlhf": ("preference", "preferences"),
    "softlabels": ("logits",),
}
"""Usual words for what one of ours says, which is the first of these that the field may hold."""
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
    if meant := next((word for word in _MEANT.get(_squeezed(fault.value), ()) if word in words), None):
        return f"Did you mean `{meant}`?"
    found = near(fault.value, words)
    found = [word for word in found if fault.value.lower().removesuffix(word) not in _NEGATIONS]
    if found and len(words) > _SHORT:
        others = tuple(word for word in words if word not in found)
        return f"Did you mean {listed(found)}? Else w{one_of(others)[1:]}"
    is_noted = "other" in words and _may_have_a_note(fault)
    return one_of(words) + (" Say what `other` is in a `note`." if is_noted else "")


def _may_have_a_note(fault: Fault) -> bool:
    """Whether the mapping that the field stands in may have a `note` beside it."""
    pointer = fault.pointer
    while pointer and isinstance(pointer[-1], int):
        pointer = pointer[:-1]
    return any("note" in node.get("properties", {}) for node in nodes_at(pointer[:-1]))

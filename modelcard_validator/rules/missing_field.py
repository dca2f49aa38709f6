"""The record lacks a field that must be there.

## What it does
Reports mappings of a record without a field that the standard asks for: `lineage_version` and `model` in a
record, `model` in each entry of `derived_from` and `taught_by`, at least one of `id`, `name` and `provider`
in a model, and mappings that are empty.

## Why it matters
An edge to a model that is not named leads nowhere. What is not known has words of its own: leave the field
out where it may be left out, or write `unknown`.

## How to fix
Add the field. A model of which only its maker is known is `{provider: openai}`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/chat}
derived_from: [{relation: finetune}]
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
derived_from: [{model: {id: acme/base}, relation: finetune}]
```

## Source
SPEC.md, 5.2; the keywords `required`, `not` and `minProperties` of lineage.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from . import Problem, Rule, quoted
from ._faults import MISSING, Fault, called, example_at, faults, pair, written

RULE = Rule(Kind.STRUCTURE, Severity.ERROR, needs="record")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for fault in faults(card, MISSING):
        name = called(fault.pointer)
        document = fault.place.document
        if fault.error.keyword == "required":
            lacking = fault.error.name
            example = pair(lacking, example_at((*fault.pointer, lacking)), document)
            message, help = f"{name} has no {quoted(lacking)}", f"Write it, as in `{example}`."
        elif fault.error.keyword == "minProperties":
            example = written(example_at(fault.pointer), document)
            message = f"{name} is empty"
            help = f"Fill it in, as in `{example}`, or leave it out: what is absent is unknown."
        else:
            names = _one_of(fault)
            example = written({names[0]: example_at((*fault.pointer, names[0]))}, document)
            message = f"{name} has neither {' nor '.join(quoted(field) for field in names)}"
            help = f"Write one of them, as in `{example}`."
        yield Problem(_place(fault), message, help)


def _one_of(fault: Fault) -> list[str]:
    """The fields of which the schema asks for at least one: those that it does not say are not enough."""
    rule = next(node for node in fault.nodes if "not" in node)
    others = rule["not"]["propertyNames"]["enum"]
    return [field for field in rule["properties"] if field not in others]


def _place(fault: Fault) -> Place:
    """The key of the mapping, where it has one: the mapping itself may go on for pages."""
    step = fault.place.pointer[-1:]
    return fault.place.as_key() if step and isinstance(step[0], str) else fault.place

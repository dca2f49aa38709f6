"""Two texts each want their own word at the beginning of the model's name.

## What it does
Looks for texts in the lineage that ask for different words at the beginning of the name. Words of which one
begins with the other, such as "Llama" and "Llama 3", can both be first.

## Why it matters
Only one word can stand at the beginning. No name meets both texts.

## How to fix
Leave one of the sources out, or agree with one of the licensors on another way to name it.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Llama-EXAONE-Chat}
derived_from:
  - {model: {id: LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct}, relation: finetune, license: {id: exaone-1.1-nc}}
taught_by:
  - model: {id: meta-llama/Llama-3.1-70B-Instruct}
    signal: [outputs]
    access: open-weights
    terms: {id: llama3.1}
```
```record
lineage_version: "1.0"
model: {id: acme/Llama-3-Chat}
derived_from:
  - {model: {id: meta-llama/Meta-Llama-3-8B}, relation: finetune, license: {id: llama3}}
taught_by:
  - model: {id: meta-llama/Llama-3.1-70B-Instruct}
    signal: [outputs]
    access: open-weights
    terms: {id: llama3.1}
```

## Source
The fact `duty.name_prefix` in the catalogue; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Ruling, gravest
from . import Problem, Rule, quoted, ruled
from ._names import asked, begins, owed
from ._shared import name_of

RULE = Rule(Kind.DUTIES, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    wanted = asked(card)
    if len({prefix for prefix, _ in wanted}) < 2:
        return
    owing: dict[str, list[Ruling]] = {}
    for prefix, edge in wanted:
        ruling = owed(card, prefix, edge)
        if ruling is not None:
            owing.setdefault(prefix, []).append(ruling)
    found = {prefix: gravest(owing[prefix]) for prefix in sorted(owing)}
    for (one, first), (other, second) in combinations(found.items(), 2):
        if begins(one, other) or begins(other, one):
            continue
        weaker, beside = sorted((first, second), key=lambda ruling: ruling.verdict)
        both = weaker.edge._replace(facts=(*weaker.edge.facts, *beside.edge.facts))
        message = (
            f"the terms of {name_of(first.edge.source)} want {quoted(one)} at the beginning of the name, "
            f"and those of {name_of(second.edge.source)} want {quoted(other)}"
        )
        help = "Only one can be first: agree with one of the licensors on another way."
        yield ruled(weaker._replace(edge=both), message, help)

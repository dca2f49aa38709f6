"""Data of somebody else holds outputs of a teacher whose terms limit training on them.

## What it does
Looks, behind the data that trained this model, for teachers whose terms bar training on their outputs: those
that a record declares, and those known of well-known datasets. One finding for each dataset.

## Why it matters
The terms bind whoever collected the outputs. Whether they bind those who train on the published data is open:
some texts speak to users only, some bar passing outputs on, and the licence of the data cannot give what its
author did not have. Nobody who reads only the dataset's licence will see the question.

## How to fix
Nothing may be wrong. Have it looked at before the model goes into a product, and declare under `taught_by`
what you know: the teacher, `access: third-party`, and the data it came `through`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - model: {name: gpt-4-0613, provider: openai}
    signal: [outputs]
    access: third-party
    through: [example-lab/dialogues]
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - model: {id: deepseek-ai/DeepSeek-R1}
    signal: [outputs]
    access: third-party
    terms: {id: mit}
    through: [example-lab/dialogues]
```

## Source
The fact `outputs.train` in the catalogue, and what is known of datasets; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Ruling
from ..lineage import Edge
from ..terms.compiler import provider_key
from . import Problem, Rule, quoted, ruled
from ._outputs import teachers, weighed
from ._shared import names_of

RULE = Rule(Kind.TERMS, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    found: dict[str, list[Ruling]] = {}
    for ruling in weighed(card, [edge for edge in teachers(card) if _is_of_others(edge)]):
        found.setdefault(ruling.edge.trail[1].lower(), []).append(ruling)
    for rulings in found.values():
        # what the card itself names, or somebody states, comes before what is only recalled of the data
        told = [one for one in rulings if not _is_recalled(one.edge)] or rulings
        ruling = max(told, key=lambda one: (one.edge.certain, one.fact.is_stated))
        names = names_of(one.edge.source for one in told)
        through = ruling.edge.trail[1:-1]
        way = quoted(through[0]) if through else "somebody else"
        message = f"outputs of {names} came through {way}, and terms there limit training on them"
        yield ruled(ruling, message, "Whether those terms bind who trains on published data is for a review.")


def _is_of_others(edge: Edge) -> bool:
    """Whether somebody else collected the signal; a provider may publish what its own models say."""
    owner, slash, _ = edge.trail[-2].partition("/")
    provider = provider_key(edge.source.provider or "")
    return edge.third_party and not (slash and provider and provider_key(owner) == provider)


def _is_recalled(edge: Edge) -> bool:
    return any(fact.strength == "recalled" for fact in edge.facts)

"""A teacher's terms bar training models that compete with its provider's.

## What it does
Looks, for each teacher, for texts that bar models that compete with their provider: in the version that was
in force when the outputs were collected, for the channel they came through. The texts leave "compete"
undefined, so this asks for review; only the publisher's own declaration under `scope.competes_with` decides
it, and the policy `strict`, which takes a general-purpose model that others get or use as one that competes.
A model that the text excepts, as some do with classifiers that nobody else uses, is no problem.

## Why it matters
Most providers of models have such a clause, and many open models learned from their outputs. Whoever releases
or builds on one should know that the question is open, and which words it turns on.

## How to fix
Say under `scope.competes_with` which providers the model competes with, an empty list for none. A permission
of the provider goes under `lineage.permissions`, with its evidence.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - model: {name: gpt-4o-2024-08-06, provider: openai}
    signal: [outputs]
    access: api
    collected: {from: 2026-01-12, to: 2026-01-30}
```
```record
lineage_version: "1.0"
model: {id: acme/triage, scope: {distribution: internal, modality: {output: [label]}}}
taught_by:
  - model: {name: gpt-4o-2024-08-06, provider: openai}
    signal: [outputs]
    access: api
    terms: {id: openai-services-agreement, effective: 2026-01-01}
    collected: {from: 2026-01-12, to: 2026-01-30}
```

## Source
The fact `outputs.train: no-competing-models` in the catalogue; SPEC.md, 5.6; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..competition import excepts_classifiers, is_passed_on, sorts
from ..finding import Kind, Severity, Verdict
from ..judgement import Ruling
from . import Problem, Rule, ruled
from ._outputs import COMPETING, rulings
from ._shared import name_of

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="teachers")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for ruling in rulings(card, COMPETING):
        teacher, provider = name_of(ruling.edge.source), ruling.text.provider
        message = f"the terms of {teacher}, its teacher, bar models that compete with {provider}"
        if ruling.verdict is Verdict.VIOLATION:
            message += f", as {_who_says_so(card)} to"
        yield ruled(ruling, message, _help(card, ruling))


def _who_says_so(card: Card) -> str:
    declared = any(scope.competes_with for scope in card.claims.scopes)
    return "this one is declared" if declared or not card.strict else "the policy takes this one"


def _help(card: Card, ruling: Ruling) -> str:
    if excepts_classifiers(ruling.fact) and any(sorts(s) and is_passed_on(s) for s in card.claims.scopes):
        return "The exception for classifiers and embeddings asks that nobody else gets or uses the model."
    if ruling.verdict is Verdict.VIOLATION:
        return "Name the permission that allows it under `permissions`."
    return "Say under `scope.competes_with` whether it does; the text does not define the word."

"""A teacher's licence bars improving other language models with its outputs.

## What it does
Looks, for each teacher, for a licence that bars improving other large language models with its outputs, as
those of Llama 2, Llama 3.0, DBRX and the first Qwen do, and compares what this model is and whose weights it
has: the clauses except models of the same family.

## Why it matters
The weights are open, but their outputs may not teach a language model of another family, whatever that one is
offered under. Llama 3.1 and later dropped the clause, so the version decides.

## How to fix
Correct the teacher's version or licence where it is not what happened, say under `scope` that the model is no
language model, or name the permission under `lineage.permissions`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, scope: {general_purpose: true, modality: {output: [text]}}}
derived_from:
  - {model: {id: mistralai/Mistral-7B-v0.3}, relation: finetune, license: {id: apache-2.0}}
taught_by:
  - model: {id: meta-llama/Meta-Llama-3-70B-Instruct}
    signal: [outputs]
    access: open-weights
    terms: {id: llama3}
```
```record
lineage_version: "1.0"
model: {id: acme/Llama-3-Chat-8B, scope: {general_purpose: true, modality: {output: [text]}}}
derived_from:
  - {model: {id: meta-llama/Meta-Llama-3-8B}, relation: finetune, license: {id: llama3}}
taught_by:
  - model: {id: meta-llama/Meta-Llama-3-70B-Instruct}
    signal: [outputs]
    access: open-weights
    terms: {id: llama3}
```

## Source
The fact `outputs.train: no-other-llm-training` in the catalogue (Llama 3 Community License, 1.b.v);
docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule, ruled
from ._outputs import OTHER, rulings
from ._shared import name_of

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="teachers")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for ruling in rulings(card, OTHER):
        teacher = name_of(ruling.edge.source)
        message = f"the licence of {teacher}, its teacher, bars improving other language models with it"
        help = "Say under `scope` and `derived_from` what this model is and whose weights it has."
        yield ruled(ruling, message, help)

"""A merge says neither its weights nor its recipe.

## What it does
Reports a record that merges two or more models, in which no parent has a `weight` and
`reproducibility.recipe` is left out. An adapter merged into its base (`part: adapter`) needs none.

## Why it matters
How much of which parent is in a merge cannot be read off its weights. The tools that merge need a recipe
anyway, and without it nobody can repeat the merge, or leave out a parent whose terms turn out not to fit.

## How to fix
Keep the tool's settings beside the model and name them in `reproducibility.recipe`, with the method; or
give each parent its `weight`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Blend-7B}
derived_from:
  - {model: {id: acme/German-7B}, relation: merge}
  - {model: {id: acme/Code-7B}, relation: merge}
```
```record
lineage_version: "1.0"
model: {id: acme/Blend-7B}
derived_from:
  - {model: {id: acme/German-7B}, relation: merge}
  - {model: {id: acme/Code-7B}, relation: merge}
reproducibility: {recipe: {method: slerp, file: mergekit_config.yml}}
```

## Source
SPEC.md, 6.2; arcee-ai/mergekit, README.md (the recipe is written into the merged model as
`mergekit_config.yml`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule
from ._shared import is_readable, names_of

RULE = Rule(Kind.HYGIENE, Severity.NOTE)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    merged = [
        parent
        for parent in card.claims.parents
        if parent.relation == "merge" and parent.source.reader == "record"
    ]
    if len(merged) < 2 or card.claims.recipes or "third-party" in card.claims.asserted_by:
        return
    if not is_readable(card, "reproducibility"):
        return
    if any(parent.part == "adapter" or parent.source.place.says("weight") for parent in merged):
        return
    yield Problem(
        merged[0].source.place.of("relation"),
        f"the merge of {names_of(parent.model for parent in merged)} has neither weights nor a recipe",
        "Name the merging tool's settings in `reproducibility.recipe`, or give each parent its `weight`.",
    )

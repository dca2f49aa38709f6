"""The card says that a model taught this one, and names no teacher.

## What it does
Reports a tag (`distillation`, `rlaif`, ...) or a recipe's method that says that another model's signal
trained this one, on a card that declares no teacher and does not say that its teachers are undisclosed.

## Why it matters
A tag says that there was a teacher, not which one, and so under whose terms its outputs were used. The Hub
has no key for it: `base_model` is for weights, and lists the teacher as an ancestor that it is not.

## How to fix
Add a `lineage` block with `taught_by`. What may not be said is said so: `disclosure: {taught_by:
undisclosed}` with a reason.

## Example
```yaml
license: mit
base_model: acme/Chat-7B
tags: [distillation]
```
```yaml
license: mit
base_model: acme/Chat-7B
tags: [distillation]
lineage:
  lineage_version: "1.0"
  model: {id: acme/Chat-7B-R1}
  taught_by: [{model: {id: deepseek-ai/DeepSeek-R1}, signal: [outputs], access: open-weights}]
```

## Source
SPEC.md, 8.1 (a tag declares no teacher); Lee et al., arXiv:2309.00267, for what RLAIF is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from ..readers import huggingface
from . import Problem, Rule, quoted
from ._shared import is_readable

RULE = Rule(Kind.HYGIENE, Severity.NOTE)

_TAUGHT = frozenset(
    (
        "distillation",
        "distilled",
        "knowledge-distillation",
        "knowledge distillation",
        "model-distillation",
        "rlaif",
    )
)


_MODEL_TAG = r"(?i)(?:chat)?gpt[-_ ]?[0-9.]*|claude[-_ ]?[0-9.]*|gemini[-_ ]?[0-9.]*"
"""Tags by which people name a hosted teacher."""


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    if card.claims.teachers or any(
        said.list == "taught_by" and said.level != "complete" for said in card.claims.disclosures
    ):
        return
    words = list(_words(card))
    for word, place in words:
        if word.lower() in _TAUGHT and is_readable(card, "taught_by"):
            tag = next((other for other, _ in words if re.fullmatch(_MODEL_TAG, other)), None)
            hint = f"The tag {quoted(tag)} declares no teacher: name" if tag else "Name"
            yield Problem(
                place,
                f"{quoted(word)} says that another model taught this one, and no `taught_by` names it",
                f"{hint} it under `taught_by` in a `lineage` block, or say there that it is undisclosed.",
            )
            return  # several words for it are one gap


def _words(card: Card) -> Iterator[tuple[str, Place]]:
    """Tags and methods, each with its place."""
    for recipe in card.claims.recipes:
        if recipe.method:
            yield recipe.method, recipe.source.place.of("method")
    if card.native is not None:
        yield from huggingface.items(card.native.data, "tags", Place(card.native))

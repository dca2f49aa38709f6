"""A teacher is named, but not what of it trained the model.

## What it does
Reports a teacher of a record without `signal`. `[unknown]` is an answer: then somebody asked.

## Why it matters
Texts treat the signals differently. Some forbid training on outputs and say nothing of preferences; some
reach only models that were meant to imitate; logits and hidden states can only be had with the weights,
under their licence. Without the signal every clause may or may not apply.

## How to fix
Write what reached the model: `outputs`, `logits`, `hidden-states`, `preferences`, `rewards` or `filtering`,
several where they hold, and `unknown` where it cannot be found out.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - {model: {id: deepseek-ai/DeepSeek-R1}, access: open-weights}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - {model: {id: deepseek-ai/DeepSeek-R1}, signal: [outputs], access: open-weights}
```

## Source
SPEC.md, 3.2 and 4; lineage.schema.json, `Signal`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from . import Problem, Rule
from ._shared import name_of

RULE = Rule(Kind.HYGIENE, Severity.WARNING, needs="record")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for teacher in card.claims.teachers:
        if teacher.source.reader == "record" and not teacher.source.place.says("signal"):
            yield Problem(
                teacher.model.place,
                f"nothing says what of {name_of(teacher.model)} trained this model",
                "Add `signal`: outputs, logits, hidden-states, preferences, rewards, filtering or unknown.",
            )

"""`base_model_relation` is a word that the Hub does not know.

## What it does
Reports a `base_model_relation` other than `adapter`, `finetune`, `merge` and `quantized`: another spelling of
one of them, a finer word of this standard, a distillation, or anything else.

## Why it matters
The Hub does not understand it and infers a relation of its own. A distillation is none of the four: the model
that was distilled is a teacher. Its weights are not in this model, and its terms reach it by another way.

## How to fix
Write the Hub's word; `modelcard validate --fix` does so for another spelling. For a distillation, keep under
`base_model` the model whose weights this one began with, and name the teacher in a record:

    lineage:
      lineage_version: "1.0"
      model: {id: acme/student}
      taught_by: [{model: {id: acme/teacher}, signal: [outputs]}]

## Example
```yaml
base_model: deepseek-ai/DeepSeek-R1
base_model_relation: distillation
```
```yaml
base_model: Qwen/Qwen2.5-7B
base_model_relation: finetune
lineage:
  lineage_version: "1.0"
  model: {id: acme/student}
  taught_by: [{model: {id: deepseek-ai/DeepSeek-R1}, signal: [outputs], access: open-weights}]
```

## Source
huggingface/hub-docs, docs/hub/model-cards.md; this standard, SPEC.md, 6.1 and 8.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import edit, hub
from ..card import Card
from ..claims import Place
from ..finding import Fix, Kind, Severity
from ..placeholder import is_placeholder
from ..readers import as_text
from . import Problem, Rule, quoted
from ._shared import listed

RULE = Rule(Kind.HYGIENE, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None or "base_model_relation" not in native.data:
        return
    word = as_text(native.data["base_model_relation"])
    if word is None or word in hub.RELATIONS or is_placeholder(word):
        return
    place = Place(native, ("base_model_relation",))
    right = hub.relation_meant(word)
    if right == "taught_by":
        yield Problem(
            place, f"{quoted(word)} is no relation of the Hub: a teacher is no base model", _taught(card)
        )
    elif right is not None:
        fix = Fix(f"write `{right}`", (edit.replace_value(place, right),))
        yield Problem(place, f"{quoted(word)} is no relation of the Hub", f"Write `{right}`.", fix)
    else:
        near = sorted(relation for relation, finer in hub.COVERS.items() if word in finer)
        help = f"Write {listed(sorted(hub.RELATIONS))}."
        if near:
            help = f"Write {listed(near)}, and {quoted(word)} as `relation` in `lineage.derived_from`."
        yield Problem(place, f"{quoted(word)} is no relation of the Hub", help)


def _taught(card: Card) -> str:
    """How to say it, with the teacher's id where there is one."""
    taught = card.claims.teachers
    if any(teacher.source.reader == "record" for teacher in taught):
        return "The record names the teachers: keep under `base_model` what this model's weights began with."
    id = next((teacher.model.id for teacher in taught if teacher.model.id), "...")
    return f"Say it in a record: `lineage: {{taught_by: [{{model: {{id: {id}}}, signal: [outputs]}}]}}`."

"""The card neither names training data nor says that it is undisclosed.

## What it does
Reports a card without `datasets` and, where it has a record, without `trained_on` and a word about it in
`disclosure`. It says nothing of a quantization, a conversion or a merge, which learn nothing new.

## Why it matters
Data has terms of its own, is what people ask for first, and is often the only trace of a teacher: a dataset
that a model wrote. A list that is left out cannot be told from one that was forgotten.

## How to fix
List the datasets under `datasets`. What has no id on the Hub, or may not be named, goes into a `lineage`
block: `trained_on` with a name, or `disclosure: {trained_on: undisclosed}` with a reason.

## Example
```yaml
license: mit
base_model: mistralai/Mistral-7B-v0.3
```
```yaml
license: mit
base_model: mistralai/Mistral-7B-v0.3
datasets: [HuggingFaceH4/ultrachat_200k]
```

## Source
huggingface/hub-docs, docs/hub/model-cards.md, "Specifying a dataset"; Mitchell et al., "Model Cards for
Model Reporting", section 4.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..card import Card
from ..document import JSON, Document
from ..finding import Kind, Severity
from ..unknowns import learned_nothing
from . import Problem, Rule
from ._shared import opening

RULE = Rule(Kind.HYGIENE, Severity.NOTE)

_UNTRAINED = frozenset(
    [
        "awq",
        "exl2",
        "exl3",
        "frankenmoe",
        "ggml",
        "gguf",
        "gptq",
        "lazymergekit",
        "merge",
        "merged",
        "mergekit",
        "mlx",
        "quantized",
    ]
)
"""Tags and libraries of models that are mostly another model in another form."""

# Given to `re` as it is: only cards that would be reported come to it. Not "converted for", which is said of
# a format, and no part of a word: Sergey, convergence.
_IN_PROSE = (
    r"(?i)\b(?:franken)?merg(?:e[ds]?|er|ing)\b|\b(?:block|ties|qmerge)_?merge|mergekit|slerp|quanti[sz]"
    r"|\b(?:gguf|gptq|awq)\b|converted (?:from|by)|models? and loras used|glued together"
    r"|parts from the following models"
)
"""The words by which a model says that it is another one in another form."""
_FIRST_WORDS = 2500


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    claims = card.claims
    if claims.datasets or any(said.list == "trained_on" for said in claims.disclosures):
        return
    keys = card.native.data if card.native else {}
    if (
        learned_nothing(claims.parents)
        or _is_repackaged(keys)
        or any("dataset" in key.lower() for key in keys)
    ):
        return
    if len(card.readable_records) < len(card.records):
        return  # what the others say is not to be read
    if any(isinstance(record.data, dict) and "trained_on" in record.data for record in card.records):
        return
    if card.records:
        place = card.records[0].place
    elif card.native:
        place = opening(card.native)
    else:
        return
    if card.native and _speaks_of_repackaging(card.native):
        return
    yield Problem(
        place,
        "the metadata neither names training data nor says that it is undisclosed",
        "List it under `datasets`; where nothing was trained, say what it was made from, in `base_model` "
        "(a list for a merge) and `base_model_relation`.",
    )


def _is_repackaged(keys: dict[str, JSON]) -> bool:
    """Whether native keys make it likely that nothing was trained."""
    tags, base = keys.get("tags"), keys.get("base_model")
    words = {str(tag).lower() for tag in tags} if isinstance(tags, list) else set()
    words.add(str(keys.get("library_name")).lower())
    several = isinstance(base, list) and len(base) > 1
    return several or "quantized_by" in keys or not _UNTRAINED.isdisjoint(words)


def _speaks_of_repackaging(document: Document) -> bool:
    """Whether the text may begin by calling the model a merge or a quantization: rather silent than wrong."""
    start = document.metadata.end if document.metadata else 0
    return re.search(_IN_PROSE, document.text[start : start + _FIRST_WORDS]) is not None

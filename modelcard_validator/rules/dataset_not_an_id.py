"""A dataset is not given by its id on the Hub.

## What it does
Reports entries of `datasets` that cannot be ids of datasets on the Hub: URLs, paths, free text.

## Why it matters
The Hub links datasets by id, and shows on a dataset's page which models were trained on it. A description
links to nothing, and whoever wants to know the data's terms does not find them.

## How to fix
Write `owner/name`. `modelcard validate --fix` takes it from a URL of the Hub. Data that is not on the Hub can
be named in a record, under `lineage.trained_on`, by name or URL.

## Example
```yaml
datasets: [Dutch part of the OSCAR corpus]
```
```yaml
datasets: [oscar-corpus/oscar]
```

## Source
huggingface/hub-docs, docs/hub/model-cards.md, "Specifying a dataset".
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..card import Card
from ..claims import Place
from ..finding import Kind, Severity
from ..readers.huggingface import items
from . import Problem, Rule

RULE = Rule(Kind.HYGIENE, Severity.WARNING)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    native = card.native
    if native is None or "datasets" not in native.data:
        return
    for text, place in items(native.data, "datasets", Place(native)):
        if not hub.is_id(text):
            from ._ids import problem_of

            if problem := problem_of(text, place, "datasets"):
                yield problem

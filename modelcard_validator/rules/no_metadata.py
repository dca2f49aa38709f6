"""The README has no metadata.

## What it does
Reports a README that has no metadata block (the front matter between two lines of `---`), or one that holds
no key.

## Why it matters
What the text says of licence, base model and data no program can read: the Hub shows no licence, lists the
model under no base model, and nobody can check its terms. The text may say it all the same, so this is only
a note.

## How to fix
Begin the README with a block as in the example.

## Example
```markdown
# Acme chat

Fine-tuned from Mistral 7B, Apache 2.0.
```
```markdown
---
license: apache-2.0
base_model: mistralai/Mistral-7B-v0.3
---
# Acme chat
```

## Source
huggingface/hub-docs, docs/hub/model-cards.md, "Model card metadata".
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Place
from ..document import Form, Span
from ..finding import Kind, Severity
from . import Problem, Rule
from ._shared import opening
from .front_matter_not_first import misplaced

RULE = Rule(Kind.HYGIENE, Severity.NOTE)
_HELP = "Begin the README with a block that holds at least `license` and, where there is one, `base_model`."


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for document in card.documents:
        if document.form is not Form.FRONT_MATTER or document.refusals:
            continue
        if document.metadata is not None:
            if not document.data:
                yield Problem(opening(document), "the metadata block holds no key", _HELP)
        elif misplaced(document) is None:
            first = Span(0, len(document.lines.line(1)))
            yield Problem(Place(document, span=first), "the README has no metadata block", _HELP)

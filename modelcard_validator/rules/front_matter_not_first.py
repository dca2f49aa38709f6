"""Metadata stands where the Hub does not look for it.

## What it does
Reports a README whose metadata does not begin with its first line: a comment, a heading or text stands
before the `---` block, or the `---` that opens it is missing. A `---` alone is a horizontal rule and no
concern of this rule: the block must hold keys of the Hub, and nothing but keys and values.

## Why it matters
The Hub reads metadata at the top of the file and nowhere else. Below other text it is shown as text, and the
model has no licence, no base model and no tags.

## How to fix
Move the block to the top of the file. `modelcard validate --fix` does so where only a comment stands before
it, and writes the opening `---` where that is all that lacks.

## Example
```markdown
<!-- Made by our release script -->
---
license: mit
---
# Acme chat
```
```markdown
---
license: mit
---
<!-- Made by our release script -->
# Acme chat
```

## Source
huggingface_hub, repocard.py, `REGEX_YAML_BLOCK` ("exact same regex as in the Hub server").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from .. import edit
from ..card import Card
from ..claims import Place
from ..document import MAX_METADATA, Document, Form, Span, read_text
from ..finding import Edit, Fix, Kind, Severity
from . import Problem, Rule

RULE = Rule(Kind.HYGIENE, Severity.WARNING)

# Given to `re` as they are: hardly any card comes to where they are used.
_DASHES = r"(?m)^---[ \t]*(?:\r?\n|\Z)"
_FENCE = r"(?m)^ {0,3}(?:```|~~~)"
_TELLING_KEY = r"(?m)^(?:license|base_model|datasets|tags|pipeline_tag|library_name|model-index):"
# Keys, what is below them, and comments; no empty line at either end, as around a horizontal rule.
_YAML_LINES = r"(?!\s)(?:(?:[\w-]++:(?:[ \t].*+)?|[ \t].*+|- .*+|#.*+|)(?:\r?\n|\Z))++(?<!\n\n)(?<!\n\r\n)"
_COMMENTS = r"(?s)(?:\s++|<!--(?:(?!-->).)*+-->)*+"
_MAX_RULES = 100  # horizontal rules that are looked at


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for document in card.documents:
        block = misplaced(document)
        if block is None:
            continue
        if document.text.startswith("---", block.start):
            message = "the metadata stands below other text, so that the Hub does not see it"
            help = "Move it to the top: its `---` must be the first line of the file."
            fix = _move(document, block)
        else:
            message = "no `---` opens the metadata, so that the Hub does not see it"
            help = "Make `---` the first line of the file."
            line_break = "\r\n" if "\r\n" in document.text[block.start : block.end] else "\n"
            fix = Fix("write the opening `---`", (Edit(document.path, 0, 0, f"---{line_break}"),))
        line = Span(block.start, document.text.index("\n", block.start))
        yield Problem(Place(document, span=line), message, help, fix if _is_readable(document, fix) else None)


def _is_readable(document: Document, fix: Fix | None) -> bool:
    """Whether the metadata can be read once it is where it belongs."""
    if fix is None:
        return False
    moved = read_text(edit.apply(document.text, fix.edits), document.path)
    return moved.metadata is not None and not moved.refusals


def misplaced(document: Document) -> Span | None:
    """The metadata, dashes included, that the Hub does not see; None where there is none."""
    if document.form is not Form.FRONT_MATTER or document.metadata is not None or document.refusals:
        return None
    text = document.text[:MAX_METADATA]
    if "---" not in text or re.search(_TELLING_KEY, text) is None:
        return None
    dashes = list(islice(re.finditer(_DASHES, text), _MAX_RULES))
    start = len(text) - len(text.lstrip())
    if dashes and _is_metadata(text[start : dashes[0].start()]):
        return Span(start, dashes[0].end())
    for opening, closing in pairwise(dashes):
        if _is_metadata(text[opening.end() : closing.start()]) and _is_shown(text[: opening.start()]):
            return Span(opening.start(), closing.end())
    return None


def _is_metadata(text: str) -> bool:
    return re.search(_TELLING_KEY, text) is not None and re.fullmatch(_YAML_LINES, text) is not None


def _is_shown(before: str) -> bool:
    """Whether what follows this text is neither code nor a comment: there it may be an example."""
    return len(re.findall(_FENCE, before)) % 2 == 0 and before.rfind("<!--") <= before.rfind("-->")


def _move(document: Document, block: Span) -> Fix | None:
    """Put the block before the comment above it; what else may stand there is for people to judge."""
    text, path = document.text, document.path
    if re.fullmatch(_COMMENTS, text[: block.start]) is None:
        return None
    moved = text[block.start : block.end]
    return Fix("move it to the top", (Edit(path, 0, 0, moved), Edit(path, block.start, block.end, "")))

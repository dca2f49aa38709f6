"""A template was not filled in.

## What it does
Reports values of the metadata that a template left behind: `{{ license }}`, `{license}`, `<org>/<model>`,
`your-username/...`, `[More Information Needed]`, `TODO`. In the text of the card `[More Information Needed]`
is reported once, as a note that counts the places.

## Why it matters
The placeholder is read as if it were the fact: as a licence that nobody knows, or as a base model that does
not exist. In the text it is no more than a gap, but one that readers see.

## How to fix
Write the fact, or remove the line: a key that is left out is read as "not said".

## Example
```yaml
license: "llama{{ version }}"
base_model: <org>/<model>
```
```yaml
license: llama3.1
base_model: meta-llama/Llama-3.1-8B
```

## Source
huggingface_hub, templates/modelcard_template.md; huggingface/hub-docs, modelcard.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import placeholder
from ..card import Card
from ..claims import Place
from ..document import JSON, Document, Form, Span
from ..finding import Kind, Severity
from . import Problem, Rule, quoted

RULE = Rule(Kind.HYGIENE, Severity.WARNING)
_HELP = "Write the fact, or remove the line."
_KEYS = (
    *("license", "license_name", "license_link", "base_model", "base_model_relation", "finetuned_from"),
    *("datasets", "new_version", "language", "library_name", "pipeline_tag", "tags", "metrics", "thumbnail"),
)
"""Keys whose values are ids and names; a prompt or a widget may hold braces on purpose."""


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    suspects = [document for document in card.documents if placeholder.may_hold_one(document)]
    native = card.native
    if native in suspects and native is not None:
        for key in _KEYS:
            if key in native.data:
                yield from _in_value(native.data[key], Place(native, (key,)))
    for record in card.readable_records:
        if record.place.document in suspects:
            yield from _in_value(record.data, record.place)
    for document in card.documents:
        if document.form is Form.FRONT_MATTER and placeholder.NEEDED in document.text:
            yield from _in_body(document)


def _in_value(value: JSON, place: Place) -> Iterator[Problem]:
    todo = [(value, place)]
    while todo:
        value, place = todo.pop()
        if placeholder.is_placeholder_at(place):
            written = place.document.source(place.pointer)
            yield Problem(place, f"{quoted(written)} is a placeholder, and says nothing", _HELP)
        elif isinstance(value, list):
            todo += [(item, place.of(index)) for index, item in enumerate(value)]
        elif isinstance(value, dict):
            todo += [(item, place.of(key)) for key, item in value.items() if not key.startswith("x-")]


def _in_body(document: Document) -> Iterator[Problem]:
    first = document.text.find(placeholder.NEEDED, document.body.start)
    if first < 0:
        return
    count = document.text.count(placeholder.NEEDED, first)
    times = "once" if count == 1 else f"{count} times"
    yield Problem(
        Place(document, span=Span(first, first + len(placeholder.NEEDED))),
        f"the text says `{placeholder.NEEDED}` {times}, here first",
        "Write what is known, or remove the section.",
        severity=Severity.NOTE,
    )

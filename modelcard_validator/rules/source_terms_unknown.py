"""Weights or a teacher's signal came under declared terms that nobody can look up here.

## What it does
Looks for models whose weights are in this one, or that taught it, and whose terms the card declares by a
name, link or id that the catalogue has no text for, or by a service and a time of which it has none. A
source whose terms the card does not declare is no finding: it is among the unknowns.

## Why it matters
Terms that are known to be there, and not what they say, can neither be met nor be taken as met. They may
bar what was done with the weights, or ask for something.

## How to fix
Correct the id where it is misspelt, use the id, name or link of a published text, or read the terms and add
them to a catalogue of your own (`--catalog`).

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
derived_from:
  - {model: {id: example-lab/chat-base}, relation: finetune, license: {id: other, name: example-lab-terms}}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
derived_from:
  - {model: {id: example-lab/chat-base}, relation: finetune, license: {id: mit}}
```

## Source
docs/verdicts.md: what is declared and not known is for review.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..lineage import MODEL_FLOWS, TEACHING, Edge
from ..terms.resolve import UNSAID, Candidates
from . import Problem, Rule, quoted
from ._shared import names_of

RULE = Rule(Kind.TERMS, Severity.WARNING)

_ASKED = MODEL_FLOWS | TEACHING
"""What came by weights or from a teacher. Most licences of data bind nobody who only trains on it."""


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    found: dict[str, list[Edge]] = {}
    for edge in card.lineage.foreign:
        is_asked = edge.certain and edge.facts[-1].strength == "declared" and not edge.third_party
        name = _unread(edge) if is_asked and edge.flows & _ASKED else None
        if name is not None:
            found.setdefault(name, []).append(edge)
    for name, edges in found.items():
        came = names_of(edge.source for edge in edges)
        message = f"what {quoted(name)} says, under which {came} came, is not known here"
        help = "Use the id or link of a published text, or add the text to a catalogue of your own."
        yield Problem(edges[0].place, message, help)


def _unread(edge: Edge) -> str | None:
    """The first of the names of a source's terms that leads to no text, where no alternative is readable."""
    if any(all(map(_is_read, part)) for part in edge.offer.alternatives):
        return None
    missing = (one.name for one in edge.offer.candidates if not _is_read(one))
    return next((name for name in missing if name.lower() not in UNSAID), None)


def _is_read(candidates: Candidates) -> bool:
    return any(text.facts for text in candidates.texts)

"""Training data is offered under more permissive terms than data that it was made from.

## What it does
Follows what is known of well-known training sets to the sets that they were made from: where one of these may
not be used commercially and the set itself may, it asks for review. One finding for each training set.

## Why it matters
Whoever collected the data could not give what they did not have. Its licence is the only one that the model's
publisher saw, and it may not be the one that counts.

## How to fix
Nothing may be wrong: a part may have been left out, or permission given. Have it looked at, and declare under
`trained_on` what you know: the set that was used, and its `derived_from`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: apache-2.0}}
trained_on:
  - {dataset: {id: "#mixture"}, license: {id: cc-by-4.0}, derived_from: [example-lab/letters]}
upstream:
  datasets: [{dataset: {id: example-lab/letters}, license: {id: cc-by-nc-4.0}}]
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: apache-2.0}}
trained_on:
  - {dataset: {id: "#mixture"}, license: {id: cc-by-4.0}, derived_from: [example-lab/letters]}
upstream:
  datasets: [{dataset: {id: example-lab/letters}, license: {id: cc-by-4.0}}]
```

## Source
What is known of datasets, with its source, and the fact `use.commercial` in the catalogue; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, Ruling, graded, gravest, over
from ..lineage import Edge, Flow
from ..terms.texts import Text
from . import Problem, Rule, quoted, ruled
from ._data import data, is_limited, limit, restriction
from ._shared import names_of
from ._student import is_commercial

RULE = Rule(Kind.TERMS, Severity.WARNING, needs="datasets")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    behind = [edge for edge in card.lineage.edges if Flow.DATA in edge.flows and _is_told(edge)]
    if not behind or is_commercial(card) is False:
        return
    limited = {edge.trail[1] for edge in data(card) if is_limited(edge) or restriction(edge)}
    found: dict[str, list[Ruling]] = {}
    for ruling in over(behind, _limited):
        found.setdefault(ruling.edge.trail[1], []).append(ruling)
    for name, rulings in found.items():
        if name in limited:
            continue  # noncommercial-data or dataset-author-restricts-models says it of the set itself
        sources = names_of(ruling.edge.source for ruling in rulings)
        message = f"{quoted(name)} holds data of {sources} that may not be used commercially"
        yield ruled(gravest(rulings), message, "Whether its own licence can allow more is for a review.")


def _is_told(edge: Edge) -> bool:
    """Whether it is data behind data, and somebody says so: what is only recalled is held against nobody."""
    return len(edge.trail) > 2 and not any(fact.strength == "recalled" for fact in edge.facts)


def _limited(text: Text, flow: Flow) -> Answer | None:
    fact = limit(text)
    if fact is None or flow is not Flow.DATA or text.value("reaches_trained_models") == "no":
        return None
    return graded(None, fact, "whether the part that was used came from there, and under which terms")

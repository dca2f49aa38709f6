"""Two models whose weights are in this one came under terms that cannot be met together.

## What it does
Looks at the licences of models that are merged, or otherwise all in this one, for two of which one wants
the whole offered under itself alone, and the other under itself too, or for non-commercial use only where
the first allows no such limit.

## Why it matters
There are then no terms under which the model could be offered: whichever are chosen, one of its sources was
passed on as its licence does not allow.

## How to fix
Leave one of the sources out, or ask its holder for other terms and name the permission under
`lineage.permissions`, lifting `relicensing`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Mixed-7B}
derived_from:
  - {model: {id: example-lab/one}, relation: merge, license: {id: gpl-3.0}}
  - {model: {id: sample-works/two}, relation: merge, license: {id: cc-by-nc-4.0}}
```
```record
lineage_version: "1.0"
model: {id: acme/Mixed-7B}
derived_from:
  - {model: {id: example-lab/one}, relation: merge, license: {id: gpl-3.0}}
  - {model: {id: sample-works/two}, relation: merge, license: {id: cc-by-4.0}}
```

## Source
The facts `derivative_terms`, `duty.share_alike` and `use.commercial` in the catalogue; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Ruling, claimed, graded, on
from ..lineage import MODEL_FLOWS, Edge, Flow
from ..terms.texts import Fact, Text
from . import Problem, Rule, ruled
from ._shared import names_of
from ._weights import is_internal, is_passed_on, is_version, may_become, shares_alike

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="parents")

_Source: TypeAlias = "tuple[Edge, Text]"


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = () if is_internal(card) else card.lineage.sources
    found: dict[str, _Source] = {}
    for edge in edges if len(edges) > 1 else ():
        text = _only(edge)
        if text is not None and not (text.short_id in found and found[text.short_id][0].certain):
            found[text.short_id] = edge, text
    said: set[frozenset[str]] = set()
    for strict in [source for source in found.values() if _wants_itself(source[1])]:
        for other in found.values():
            pair = frozenset((strict[1].short_id, other[1].short_id))
            ruling = _conflict(card, strict, other) if pair not in said else None
            if ruling is not None:
                said.add(pair)
                message = (
                    f"the terms of {names_of((strict[0].source, other[0].source))} cannot be met together: "
                    f"the {strict[1].title} wants the whole offered under itself, "
                    f"and the {other[1].title} {_wants(other)}"
                )
                yield ruled(ruling, message, "Leave one of them out, or name the permission for other terms.")


def _only(edge: Edge) -> Text | None:
    """The text that governs a source, where it is one, in whatever version of one date or another."""
    if len(edge.offer.alternatives) != 1 or len(edge.offer.candidates) != 1:
        return None
    found = {text.short_id: text for text in edge.offer.candidates[0].texts}
    return next(iter(found.values())) if len(found) == 1 else None


def _conflict(card: Card, strict: _Source, other: _Source) -> Ruling | None:
    """The ruling on the first of two sources; a violation where both are certain, and the clauses stated."""
    (edge, text), (beside, second) = strict, other
    fact = _wants_itself(text)
    limit = _limit(text, second)
    if fact is None or limit is None or is_version(text, second):
        return None
    if may_become(text, second) or may_become(second, text):
        return None
    flips = []
    if not (beside.certain and limit.is_stated) or _is_open(text, second):
        flips.append(f"whether the {text.title} and the {second.title} allow being combined")
    if any(one.flows != frozenset((Flow.WEIGHTS,)) for one in (edge, beside)):
        flips.append("whether the weights of both are in this model")
    if not is_passed_on(card):
        flips.append("whether others get this model (`scope.distribution`)")
    answer = graded(None if flips else True, fact, *flips)
    both = edge._replace(facts=(*edge.facts, *beside.facts))
    ruling = on(both, lambda _, flow: answer if flow in MODEL_FLOWS else None)
    return None if ruling is None else claimed(ruling, card.claims.permissions, "relicensing")


def _wants_itself(text: Text) -> Fact | None:
    """The fact by which the whole has to be offered under the text and no other."""
    return shares_alike(text) if text.value("derivative_terms") == "same-license" else None


def _limit(text: Text, other: Text) -> Fact | None:
    """What the other text wants that the first cannot have beside it."""
    commercial = other.first("use.commercial")
    if commercial is not None and commercial.value == "no" and text.value("use.commercial") == "yes":
        return commercial
    return _wants_itself(other)


def _is_open(text: Text, other: Text) -> bool:
    """Two share-alike texts of free software or open content: some of them name others, with conditions."""
    return all(one.value("use.commercial") != "no" for one in (text, other))


def _wants(other: _Source) -> str:
    return "bars commercial use" if other[1].value("use.commercial") == "no" else "wants the same for itself"

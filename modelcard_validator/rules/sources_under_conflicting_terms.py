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
from ..finding import Kind, Severity, Verdict
from ..judgement import Ruling, claimed, graded, on
from ..lineage import MODEL_FLOWS, Edge, Flow
from ..terms.texts import Fact, Text
from . import Problem, Rule, ruled
from ._shared import names_of
from ._weights import is_internal, is_passed_on, is_version, may_become, shares_alike

RULE = Rule(Kind.TERMS, Severity.ERROR, needs="parents")

_WEIGHTS = frozenset((Flow.WEIGHTS,))
_Source: TypeAlias = "tuple[Edge, Text]"


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = () if is_internal(card) else card.lineage.sources
    found: dict[str, list[_Source]] = {}
    for edge in edges if len(edges) > 1 else ():
        for text in _all(edge):
            found.setdefault(text.short_id, []).append((edge, text))
    said: set[frozenset[str]] = set()
    for id in sorted(id for id in found if _wants_itself(found[id][0][1])):
        first = sorted(found[id], key=lambda one: _order(card, one))[:2]
        for beside in sorted(found):
            pair = frozenset((id, beside))
            if len(pair) < 2 or pair in said:
                continue
            second = sorted(found[beside], key=_by_itself)[:2]
            conflicts = [
                (ruling, strict, other)
                for strict in first
                for other in second
                if strict[0] is not other[0] and (ruling := _conflict(card, strict, other)) is not None
            ]
            if conflicts:
                said.add(pair)
                ruling, strict, other = max(conflicts, key=lambda one: one[0].verdict)
                message = (
                    f"the terms of {names_of((strict[0].source, other[0].source))} cannot be met together: "
                    f"the {strict[1].title} wants the whole offered under itself, "
                    f"and the {other[1].title} {_wants(other)}"
                )
                yield ruled(ruling, message, "Leave one of them out, or name the permission for other terms.")


def _all(edge: Edge) -> Iterator[Text]:
    """The texts that govern a source together, each in whatever version of one date or another; none where
    there is a choice, or it is not known which."""
    for candidates in edge.offer.candidates if len(edge.offer.alternatives) == 1 else ():
        found = {text.short_id: text for text in candidates.texts}
        if len(found) == 1:
            yield from found.values()


def _by_itself(source: _Source) -> tuple[object, ...]:
    """The order of sources under one text: what a violation could rest on comes first, then the nearest."""
    edge = source[0]
    return (not edge.certain, edge.flows != _WEIGHTS, len(edge.trail), edge.trail, source[1].id)


def _order(card: Card, source: _Source) -> tuple[object, ...]:
    """The same for what wants the whole under itself, and which a permission may lift that from."""
    edge, text = source
    fact = _wants_itself(text)
    lifted = fact is not None and card.claims.permissions and _permitted(card, edge, text, fact)
    return (bool(lifted), *_by_itself(source))


def _permitted(card: Card, edge: Edge, text: Text, fact: Fact) -> bool:
    ruling = Ruling(Verdict.VIOLATION, edge, text, fact, ())
    return claimed(ruling, card.claims.permissions, "relicensing").permission is not None


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
    if any(one.flows != _WEIGHTS for one in (edge, beside)):
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

"""A teacher's outputs may not be used where this model's publisher is established.

## What it does
Looks, for each teacher, for a licence that bars the use of its outputs in some places, and compares where the
publisher says it is established.

## Why it matters
Such a licence grants nothing there. The Hunyuan licences leave out the European Union, the United Kingdom and
South Korea, and say so of outputs as well.

## How to fix
Where the outputs were made and used is what counts: if that was elsewhere, keep a note of it. Otherwise use
another teacher, or name the permission under `lineage.permissions` (`lifts: [territory]`).

## Example
```record
lineage_version: "1.0"
model: {id: acme/Shape-1B, publisher: {name: Acme, territory: [DE]}}
taught_by:
  - model: {id: tencent/Hunyuan3D-2}
    signal: [outputs]
    access: open-weights
    terms: {id: tencent-hunyuan-3d-2.0}
```
```record
lineage_version: "1.0"
model: {id: acme/Shape-1B, publisher: {name: Acme, territory: [US]}}
taught_by:
  - model: {id: tencent/Hunyuan3D-2}
    signal: [outputs]
    access: open-weights
    terms: {id: tencent-hunyuan-3d-2.0}
```

## Source
The fact `limit.territory` in the catalogue (Tencent Hunyuan 3D 2.0 Community License, 5.c); docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, claimed, graded, over
from ..lineage import TEACHING, Flow
from ..terms.texts import Text
from . import Problem, Rule, ruled
from ._outputs import teachers
from ._shared import listed, name_of

RULE = Rule(Kind.TERMS, Severity.WARNING, needs="teachers")

_EU = frozenset(
    (
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
    )
) | frozenset(("LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"))
_PLACES = {"EU": _EU, "EEA": _EU | frozenset(("IS", "LI", "NO")), "UK": frozenset(("GB",))}
"""What the catalogue's names for places stand for, where they are no country codes."""


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    places = {code.upper() for scope in card.claims.scopes for code in scope.territory}

    def test(text: Text, flow: Flow) -> Answer | None:
        return _barred(text, flow, places)

    for ruling in over(teachers(card), test) if places else ():
        ruling = claimed(ruling, card.claims.permissions, "territory")
        where = listed(sorted(places & _excluded(ruling.fact.value)), "and")
        message = (
            f"the outputs of {name_of(ruling.edge.source)} may not be used in {where}, where the publisher is"
        )
        yield ruled(ruling, message, "Where they were made and used is what counts: have that looked at.")


def _barred(text: Text, flow: Flow, places: set[str]) -> Answer | None:
    """For review at most: where somebody is established does not say where they used something."""
    for fact in text.all("limit.territory") if flow in TEACHING else ():
        is_of_outputs = isinstance(fact.value, dict) and "output" in str(fact.value.get("of", ""))
        if is_of_outputs and places & _excluded(fact.value):
            return graded(None, fact, "where the outputs were made and used")
    return None


def _excluded(limit: dict[str, list[str]]) -> frozenset[str]:
    names = limit.get("excluded", ())
    return frozenset().union(*(_PLACES.get(name, frozenset((name,))) for name in names))

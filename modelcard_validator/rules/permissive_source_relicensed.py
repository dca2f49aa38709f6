"""The source came under a permissive licence, and its notices have to stay under the new one.

## What it does
Notes a model whose weights are made from one under a permissive licence, such as Apache-2.0, and that is
offered under another one. That is allowed; the source's licence wants its notices, and mostly a copy of
itself, to go along. Nothing is said where the record names a notice file or copies of licences.

## Why it matters
Notices are easily lost on the way from Apache-2.0 to MIT, and they are all that a permissive licence asks
for.

## How to fix
Add the source's licence and notices to the repository (`modelcard notice` prints them), and name the files
under `attribution`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: mit}}
derived_from:
  - {model: {id: mistralai/Mistral-7B-v0.3}, relation: finetune, license: {id: apache-2.0}}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B, license: {id: mit}}
derived_from:
  - {model: {id: mistralai/Mistral-7B-v0.3}, relation: finetune, license: {id: apache-2.0}}
attribution: {license_copies: [LICENSE-Mistral]}
```

## Source
The facts `duty.license_copy` and `duty.notice` in the catalogue (Apache-2.0, 4(a), (c)); docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, graded, over
from ..lineage import MODEL_FLOWS, Flow
from ..terms.resolve import Offer
from ..terms.texts import Text
from . import Problem, Rule, quoted, ruled
from ._shared import names_of
from ._weights import by_text, instead, is_internal, offered

RULE = Rule(Kind.DUTIES, Severity.NOTE, needs="parents")

_PERMISSIVE = frozenset(("any", "any-with-conditions"))
_STAY = ("duty.license_copy", "duty.notice")


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = () if is_internal(card) else card.lineage.sources
    if not edges or any(one.notice or one.license_copies for one in card.claims.attributions):
        return
    for own in card.lineage.offers:

        def test(text: Text, flow: Flow, own: Offer = own) -> Answer | None:
            return _kept(text, flow, own)

        for ruling, references in by_text(over(edges, test)):
            came = f"{names_of(references)} came under the {ruling.text.title}"
            message = f"{came}, whose notices have to stay with a model under {quoted(offered(own))}"
            help = "Keep the source's licence and notices, and name the files under `attribution`."
            yield ruled(ruling, message, help)._replace(severity=Severity.NOTE)


def _kept(text: Text, flow: Flow, own: Offer) -> Answer | None:
    if flow not in MODEL_FLOWS or text.value("derivative_terms") not in _PERMISSIVE:
        return None
    if text.value("use.commercial") == "no" or text.value("redistribute.derivative") == "no":
        return None
    other = instead(own, text)
    if other is None or other.unknown or other.version:
        return None
    facts = (fact for name in _STAY for fact in text.all(name))
    fact = next((fact for fact in facts if fact.value not in ("no", "silent") and fact.is_stated), None)
    return None if fact is None else graded(None, fact)

"""The model is offered under another version of its source's licence.

## What it does
Compares the licence of each model whose weights are in this one with the licence that this model is offered
under, where both are versions of one text: `llama3` for a fine-tune of Llama 3.1.

## Why it matters
Versions differ. Llama 3.0 bars training other models on outputs, asks for "Llama 3" at the beginning of the
name and for "Built with Meta Llama 3"; from 3.1 on outputs may train, and the words are others. Who is told
the wrong version keeps the wrong promises.

## How to fix
Declare the version that the source came under. Where its publisher offered it under both, declare the one
that you took.

## Example
```yaml
license: llama3
base_model: meta-llama/Llama-3.1-8B
```
```yaml
license: llama3.1
base_model: meta-llama/Llama-3.1-8B
```

## Source
Texts of one family in the catalogue; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Answer, graded, over
from ..lineage import MODEL_FLOWS, Flow
from ..terms.resolve import Offer
from ..terms.texts import Fact, Text
from . import Problem, Rule, quoted, ruled
from ._shared import names_of
from ._weights import by_text, instead, is_internal, is_version, offered, shares_alike

RULE = Rule(Kind.TERMS, Severity.WARNING, needs="parents")

_TELLING = ("duty.name_prefix", "duty.display", "outputs.train", "limit.territory")
"""Facts in which a difference between versions matters, the most telling first."""


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = () if is_internal(card) else card.lineage.sources
    for own in card.lineage.offers if edges else ():

        def test(text: Text, flow: Flow, own: Offer = own) -> Answer | None:
            return _other_version(text, flow, own)

        for ruling, references in by_text(over(edges, test)):
            message = (
                f"{names_of(references)} came under the {ruling.text.title}, and {quoted(offered(own))} is "
                "another version of it"
            )
            yield ruled(ruling, message, "Declare the version that the source came under.")


def _other_version(text: Text, flow: Flow, own: Offer) -> Answer | None:
    """For review at most: the source may have come under that version too."""
    if flow not in MODEL_FLOWS or shares_alike(text):
        return None
    other = instead(own, text)
    if other is None or not other.version:
        return None
    fact = _telling(text, own)
    if fact is None:
        return None
    return graded(None, fact, "whether the source was offered under that version as well")


def _telling(text: Text, own: Offer) -> Fact | None:
    """What the text says otherwise than the version that is declared."""
    declared = [one for found in own.candidates for one in found.texts if is_version(one, text)]
    for name in _TELLING:
        fact = text.first(name)
        if fact is not None and any(one.value(name) != fact.value for one in declared):
            return fact
    return None

"""Data of somebody else holds outputs of a teacher whose terms limit training on them.

## What it does
Looks, behind the data that trained this model, for teachers whose terms bar training on their outputs: those
that a record declares, of this model or of one further up, and those known of well-known datasets. One
finding for each provider and kind of clause.

## Why it matters
The terms bind whoever collected the outputs. Whether they bind those who train on the published data is open:
some texts speak to users only, some bar passing outputs on, and the licence of the data cannot give what its
author did not have. Nobody who reads only the dataset's licence will see the question.

## How to fix
Nothing may be wrong. Have it looked at before the model goes into a product, and declare under `taught_by`
what you know: the teacher, `access: third-party`, and the data it came `through`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - model: {name: gpt-4-0613, provider: openai}
    signal: [outputs]
    access: third-party
    through: [example-lab/dialogues]
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - model: {id: deepseek-ai/DeepSeek-R1}
    signal: [outputs]
    access: third-party
    terms: {id: mit}
    through: [example-lab/dialogues]
```

## Source
The fact `outputs.train` in the catalogue, and what is known of datasets; docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..judgement import Ruling, gravest
from ..lineage import Edge, Flow
from ..terms.compiler import provider_key
from . import Problem, Rule, ruled
from ._outputs import ANY, COMMERCIAL, COMPETING, OTHER, teachers, weighed
from ._shared import listed, names_of

RULE = Rule(Kind.TERMS, Severity.WARNING, needs="teachers")

_BARS = {
    ANY: "bar training models on them",
    OTHER: "bar improving other language models with them",
    COMPETING: "bar using them for models that compete with it",
    COMMERCIAL: "allow no commercial use of them",
}


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    found: dict[tuple[str, str], list[Ruling]] = {}
    for ruling in weighed(card, [edge for edge in teachers(card) if _is_of_others(edge)]):
        found.setdefault((provider_key(ruling.text.provider), ruling.fact.value), []).append(ruling)
    for rulings in found.values():  # one question each, however many sets hold outputs of one provider
        # what the card itself names, or somebody states, comes before what is only recalled of the data
        told = [one for one in rulings if not _is_recalled(one.edge)] or rulings
        surest = max((one.edge.certain, one.fact.is_stated) for one in told)
        ruling = gravest(one for one in told if (one.edge.certain, one.fact.is_stated) == surest)
        ways = list(dict.fromkeys(one.edge.trail[-2] for one in told if len(one.edge.trail) > 2))
        way = listed(ways, "and") if ways else "somebody else"
        only_judged = all(one.edge.flows == {Flow.JUDGEMENT} for one in told)
        message = (
            f"{'preferences' if only_judged else 'outputs'} of {names_of(one.edge.source for one in told)} "
            f"came through {way}, and the terms of {ruling.text.provider} {_BARS[ruling.fact.value]}"
        )
        yield ruled(ruling, message, "Whether those terms bind who trains on published data is for a review.")


def _is_of_others(edge: Edge) -> bool:
    """Whether somebody else collected the signal; a provider may publish what its own models say."""
    owner, slash, _ = edge.trail[-2].partition("/")
    provider = provider_key(edge.source.provider or "")
    return edge.third_party and not (slash and provider and provider_key(owner) == provider)


def _is_recalled(edge: Edge) -> bool:
    return any(fact.strength == "recalled" for fact in edge.facts)

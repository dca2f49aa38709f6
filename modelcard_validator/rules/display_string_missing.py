"""A text in the lineage asks for words to be shown, and the card does not show them.

## What it does
Looks for texts that ask whoever distributes the model to display certain words, such as "Built with Llama",
and for these words in `attribution.display` of the record and in the README. The words may stand on a
website or in a product, where nobody sees them from here: it is a note, and for review where the record
lists what is displayed, and these words are not among it. Under the policy `strict` the card itself has to
show what the terms of its weights ask for. Words that are owed only above a number of users are left out.

## Why it matters
The words are how users learn what the model is made of. They differ between versions: "Built with Meta
Llama 3" for Llama 3.0, "Built with Llama" from 3.1 on.

## How to fix
Write the words in the README, or wherever the text allows, and list them under `attribution.display`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Llama-3-Chat-8B, license: {id: llama3}}
derived_from:
  - {model: {id: meta-llama/Meta-Llama-3-8B}, relation: finetune, license: {id: llama3}}
attribution: {display: [Built with Llama]}
```
```record
lineage_version: "1.0"
model: {id: acme/Llama-3-Chat-8B, license: {id: llama3}}
derived_from:
  - {model: {id: meta-llama/Meta-Llama-3-8B}, relation: finetune, license: {id: llama3}}
attribution: {display: [Built with Meta Llama 3]}
```

## Source
The fact `duty.display` in the catalogue (Llama 3.1 Community License, 1.b.i); docs/verdicts.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..document import Form
from ..finding import Kind, Severity
from ..judgement import Answer, Ruling, brought_on, graded, gravest, over
from ..lineage import MODEL_FLOWS, Flow
from ..terms.texts import Fact, Text
from . import Problem, Rule, quoted, ruled
from ._shared import names_of
from ._weights import is_internal

RULE = Rule(Kind.DUTIES, Severity.WARNING)

_WORDLESS = frozenset(("yes", "no", "silent"))


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    edges = card.lineage.foreign
    if not edges or is_internal(card):
        return
    found: dict[str, list[Ruling]] = {}
    for ruling in over(edges, _asked_strictly if card.strict else _asked, "duty.display"):
        found.setdefault(_words(ruling.fact), []).append(ruling)
    declared = [words for one in card.claims.attributions for words in one.display]
    for words, rulings in found.items():
        if _is_shown(card, (words, *rulings[0].fact.more.get("alternatives", ()))):
            continue
        worst = gravest(rulings)
        whose = names_of(ruling.edge.source for ruling in rulings)
        instead = f", which shows {quoted(declared[0])}" if declared else ""
        message = f"the terms of {whose} ask to display {quoted(words)}: it is not in this card{instead}"
        help = "Display the words, and list them under `attribution.display`; they may also stand elsewhere."
        severity = Severity.WARNING if declared else Severity.NOTE
        yield ruled(worst, message, help)._replace(severity=worst.severity if card.strict else severity)


def _asked(text: Text, flow: Flow) -> Answer | None:
    limit = text.value("limit.threshold")
    if isinstance(limit, dict) and limit.get("effect") == "display-duty":
        return None
    for fact in text.all("duty.display"):
        if isinstance(fact.value, str) and fact.value not in _WORDLESS and "condition" not in fact.more:
            brought = brought_on(fact, text, flow)
            return graded(brought and None, fact, "whether the words are shown elsewhere, as on a website")
    return None


def _asked_strictly(text: Text, flow: Flow) -> Answer | None:
    """Under the policy `strict` a card shows the words that its weights ask for itself."""
    answer = _asked(text, flow)
    if answer is None or flow not in MODEL_FLOWS:
        return answer
    return graded(brought_on(answer.fact, text, flow), answer.fact)


def _words(fact: Fact) -> str:
    """What is to be shown, without the place that a text leaves for the model's name."""
    return str(fact.value).rpartition("]")[2].strip()


def _is_shown(card: Card, wordings: tuple[str, ...]) -> bool:
    """Whether one of the wordings is in a README or among what the record says is displayed."""
    texts = [document.text for document in card.documents if document.form is Form.FRONT_MATTER]
    texts += (words for one in card.claims.attributions for words in one.display)
    if any(wordings[0] in text for text in texts):
        return True
    shown = "\n".join(map(_plain, texts))
    return any(_plain(words) in shown for words in wordings)


def _plain(words: str) -> str:
    """Without case, line breaks and the marks of Markdown."""
    return " ".join(words.lower().replace("*", "").replace("_", " ").split())

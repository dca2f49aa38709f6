"""The rule that the policy `strict` adds: what a card leaves open is for review.

The rest of `strict` is in the rules that ask for `Card.strict`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..finding import Kind, Severity
from ..rules import LoadedRule, Problem
from ..suppress import OF_A_POLICY
from ..unknowns import unknowns

_DOCUMENTATION = """A question that bears on lineage or terms is open.

## What it does
Reports each open question about a card, which without the policy `strict` is listed and changes no verdict.

## Why it matters
Whoever asks for this policy wants to have looked at what a card leaves out before it is relied on.

## How to fix
Answer the question in the card, or set the finding aside with a reason.

## Source
docs/policies.md."""


def _check(card: Card) -> Iterator[Problem]:
    help = "Answer it in the card, or set this finding aside with a reason."
    for unknown in unknowns(card):
        yield Problem(unknown.place, f"open under the policy `strict`: {unknown.question}", help)


OPEN_QUESTION = LoadedRule(
    f"{OF_A_POLICY}open-question", Kind.POLICY, Severity.WARNING, _check, _DOCUMENTATION
)

"""A run's result: the cards that were judged, with which tool. What formats print."""

from __future__ import annotations

from collections import Counter

from ._named_tuple import NamedTuple
from .engine import CardReport
from .finding import Severity, Verdict
from .rules import LoadedRule


class Report(NamedTuple):
    """All cards of one run, in the order in which they were found, and the rules that ran."""

    cards: tuple[CardReport, ...]
    rules: tuple[LoadedRule, ...]
    version: str

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of any card."""
        return max((card.verdict for card in self.cards), default=Verdict.OK)

    @property
    def verdicts(self) -> Counter[Verdict]:
        """How many cards got which verdict."""
        return Counter(card.verdict for card in self.cards)

    @property
    def severities(self) -> Counter[Severity]:
        """How many findings have which severity."""
        return Counter(finding.severity for card in self.cards for finding in card.findings)

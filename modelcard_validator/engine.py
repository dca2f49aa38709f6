"""Judging: a card and the rules to its findings, sorted. Pure: the same input gives the same output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from ._named_tuple import NamedTuple
from .card import Card
from .claims import Place
from .document import json_pointer
from .finding import Basis, Fact, Finding, Location, Proof, Verdict, worst
from .judgement import Ruling
from .lineage import Edge
from .rules import LoadedRule, Problem, has, load
from .suppress import Suppressions, suppressor_of
from .terms.texts import Fact as Clause
from .terms.texts import Text


class Suppressed(NamedTuple):
    """A finding that somebody decided to live with, and why."""

    finding: Finding
    reason: str
    by: str


class CardReport(NamedTuple):
    """All that is said of one card."""

    card: Card
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst of its findings; `invalid` for a card that could not be read, whatever was set aside."""
        unread = any(document.data is None and document.refusals for document in self.card.documents)
        return Verdict.INVALID if unread else worst(self.findings)


_NONE = Suppressions()
MAX_PROBLEMS = 100
"""Of one rule in one card: nobody reads more, and a hostile card could cause any number of them."""


def judge(card: Card, rules: Iterable[LoadedRule], suppressions: Suppressions = _NONE) -> CardReport:
    """Run `rules` over `card`; a finding that a suppression covers is kept apart, with its reason.

    Rules that say why the card could not be read run in any case, and nothing sets their findings aside.
    """
    return judge_all((card,), rules, suppressions)[0]


def judge_all(
    cards: Iterable[Card], rules: Iterable[LoadedRule], suppressions: Suppressions = _NONE
) -> list[CardReport]:
    """As `judge`, of several cards. Each rule goes over all of them before the next one does: its code stays
    in the processor's cache, which saves a third of the time."""
    rules = tuple(rules)
    works = [(card, has(card), dict[Finding, None]()) for card in cards]
    for rule in rules:
        check, needs = rule.check, rule.needs
        for card, there, found in works:
            if needs not in there:
                continue
            problems = check(card)
            for first in problems:  # most rules have nothing to say of most cards, and cost no more than this
                found |= dict.fromkeys(_findings(rule, first, problems))
                break  # `_findings` took the others
    ran = {rule.slug for rule in rules}
    return [_report(card, found, ran, suppressions) for card, _, found in works]


def _report(card: Card, found: dict[Finding, None], ran: set[str], suppressions: Suppressions) -> CardReport:
    refusing = refusing_rules(card)
    for rule in map(load, sorted(refusing - ran)):
        problems = rule.check(card)
        for first in problems:
            found |= dict.fromkeys(_findings(rule, first, problems))
            break
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    covers = suppressor_of(card, suppressions)
    for finding in sorted(found, key=_order):
        suppression = None if finding.rule in refusing else covers(finding)
        if suppression is None:
            kept.append(finding)
        else:
            suppressed.append(Suppressed(finding, suppression.reason, suppression.by))
    return CardReport(card, tuple(kept), tuple(suppressed))


def refusing_rules(card: Card) -> frozenset[str]:
    """The slugs of the rules that say why documents of this card could not be read."""
    return frozenset(refusal.rule for document in card.documents for refusal in document.refusals)


def locate(place: Place) -> Location:
    """Symbolic place to lines and columns."""
    document = place.document
    span = place.span or document.span(place.pointer, key=place.key)
    line, column = document.position(span.start)
    end_line, end_column = document.position(max(span.end, span.start))
    pointer = None if place.span is not None else json_pointer(place.pointer)
    return Location(document.path, line, column, end_line, end_column, pointer)


def _findings(rule: LoadedRule, first: Problem, rest: Iterator[Problem]) -> Iterator[Finding]:
    problems = [first, *islice(rest, MAX_PROBLEMS)]
    if len(problems) > MAX_PROBLEMS:
        last = problems[MAX_PROBLEMS - 1]
        more = f"{last.help} There are more like this; only the first {MAX_PROBLEMS} are shown."
        problems[MAX_PROBLEMS - 1 :] = [last._replace(help=more)]
    return (_concrete(rule, problem) for problem in problems)


def _concrete(rule: LoadedRule, problem: Problem) -> Finding:
    return Finding(
        rule=rule.slug,
        kind=rule.kind,
        severity=problem.severity or rule.severity,
        message=problem.message,
        help=problem.help,
        location=locate(problem.place),
        fix=problem.fix,
        proof=_proof(problem.ruling) if problem.ruling else None,
    )


def _proof(ruling: Ruling) -> Proof:
    edge = ruling.edge
    facts = (Fact(one.text, one.strength, locate(one.place) if one.place else None) for one in edge.facts)
    basis = basis_of(edge, ruling.text, ruling.fact)
    return Proof(edge.trail, tuple(facts), basis, ruling.flips, ruling.permission)


def basis_of(edge: Edge, text: Text, clause: Clause) -> Basis:
    """The clause that something rests on, with the text it is of and the date for which that was chosen."""
    return Basis(
        terms=text.id,
        title=text.title,
        effective=text.effective,
        on=edge.when.end or edge.when.start,
        clause=clause.clause,
        says=clause.says,
        url=text.url,
        sha256=text.sha256,
        confidence=clause.confidence,
    )


def _order(finding: Finding) -> tuple[str, int, int, int, str, str]:
    """By place, the graver first where two stand at the same one."""
    at = finding.location
    return (at.file, at.line, at.column, -finding.severity, finding.rule, finding.message)

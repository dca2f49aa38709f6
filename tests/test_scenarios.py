"""Whole cards, each with the verdict that the texts ask for, and beside it the card that differs in one fact.

`tests/scenarios/<verdict>-<stem>--<fact>` holds a card. Cards of one stem tell one story and differ in the
fact; `expected.txt` says what is found of lineage, terms and duties, a finding a line: how it weighs, which
rule, where, which clause of which text, the way to a source that is further off, and a claimed permission.
`UPDATE_GOLDENS=1` writes them anew.
"""

from __future__ import annotations

import difflib
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from modelcard_validator.discover import load
from modelcard_validator.engine import CardReport, judge
from modelcard_validator.finding import Finding, Kind, Severity
from modelcard_validator.rules import all_rules

SCENARIOS = Path(__file__).parent / "scenarios"
CASES = sorted(path.name for path in SCENARIOS.iterdir() if path.is_dir())
WEIGHED = (Kind.LINEAGE, Kind.TERMS, Kind.DUTIES)
HEADLINE = "llama-3-and-gpt-4-and-noncommercial-data"


def stem_of(case: str) -> str:
    return case.partition("-")[2].partition("--")[0]


STORIES: dict[str, list[str]] = defaultdict(list)
for _case in CASES:
    STORIES[stem_of(_case)].append(_case)


def report_of(case: str) -> CardReport:
    [card] = load([case], pytest.fail)
    return judge(card, all_rules())


def found(report: CardReport) -> list[Finding]:
    return [finding for finding in report.findings if finding.kind in WEIGHED]


def shown(report: CardReport) -> str:
    return "".join(f"{line}\n" for line in (report.verdict, *map(line_of, found(report))))


def line_of(finding: Finding) -> str:
    weight = "note" if finding.severity is Severity.NOTE else finding.verdict
    columns = [weight, finding.rule, f"{Path(finding.location.file).name}:{finding.location.line}"]
    if proof := finding.proof:
        clause = proof.basis.clause or "no clause"
        columns.append(f"{proof.basis.terms}, {clause}")
        if len(proof.trail) > 2:
            columns.append(" → ".join(proof.trail))
        if proof.permission:
            columns.append(proof.permission)
    return "  ".join(map(str, columns))


def expected(case: str) -> str:
    return (SCENARIOS / case / "expected.txt").read_text(encoding="utf-8")


def card(case: str) -> list[str]:
    [path] = (path for path in (SCENARIOS / case).iterdir() if path.name != "expected.txt")
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", CASES)
def test_scenario(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SCENARIOS)
    report = report_of(case)
    result = shown(report)
    if os.environ.get("UPDATE_GOLDENS"):
        (SCENARIOS / case / "expected.txt").write_text(result, encoding="utf-8")
    assert str(report.verdict).removeprefix("needs-") == case.partition("-")[0], result
    assert result == expected(case)


@pytest.mark.parametrize("case", [case for case in CASES if stem_of(case) != HEADLINE])
def test_one_fact_makes_the_difference(case: str) -> None:
    others = [other for other in STORIES[stem_of(case)] if _outcome(other) != _outcome(case)]
    assert min(_changed_lines(case, other) for other in others) <= 3


def _outcome(case: str) -> str:
    """What is found, wherever it stands."""
    return re.sub(r"(\.\w+):\d+", r"\1", expected(case))


def _changed_lines(one: str, other: str) -> int:
    changes = [line[0] for line in difflib.ndiff(card(one), card(other))]
    return max(changes.count("-"), changes.count("+"))


def test_every_rule_on_terms_and_duties_has_its_scenario() -> None:
    rules = {rule.slug for rule in all_rules() if rule.kind in (Kind.TERMS, Kind.DUTIES)}
    told = {line.split("  ")[1] for case in CASES for line in expected(case).splitlines()[1:]}
    assert rules <= told


SEPARATE = {
    "name-prefix-missing": ("llama3@2024-04-18", "meta-llama/Meta-Llama-3-8B"),
    "source-terms-not-carried": ("llama3@2024-04-18", "meta-llama/Meta-Llama-3-8B"),
    "teacher-bars-competing-models": ("openai-tou@2023-03-14", "gpt-4-0613"),
    "noncommercial-data": ("cc-by-nc-4.0", "HuggingFaceH4/no_robots"),
}
"""What Llama 3 weights, GPT-4 outputs and CC BY-NC data have against Apache-2.0: rule, text, source."""


def test_each_conflict_is_told_apart_with_its_clause_and_trail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SCENARIOS)
    report = report_of(f"violation-{HEADLINE}--record")
    conflicts = {one.rule: one.proof for one in found(report) if one.severity > Severity.NOTE}
    assert conflicts.keys() == SEPARATE.keys()
    for rule, (text, source) in SEPARATE.items():
        proof = conflicts[rule]
        assert proof is not None
        assert (proof.basis.terms, proof.trail[0], proof.trail[-1]) == (text, "northwind/Meridian-8B", source)
        assert proof.basis.clause
        assert proof.facts[0].location
    teacher = conflicts["teacher-bars-competing-models"]
    assert teacher is not None
    assert teacher.trail[1:-1] == ("northwind/gpt4-dialogues",)


def test_keys_and_prose_alone_tell_the_same_but_for_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SCENARIOS)
    report = report_of(f"review-{HEADLINE}--native-keys-and-prose")
    conflicts = {one.rule for one in found(report) if one.severity > Severity.NOTE}
    assert conflicts == SEPARATE.keys() - {"name-prefix-missing"}  # no key of the Hub holds the name


def test_the_card_put_right_has_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SCENARIOS)
    assert found(report_of(f"ok-{HEADLINE}--put-right")) == []

"""Each rule against its own folder of cases: the name of a case says what the rule must say of it.

`tests/rules/<slug>/<outcome>-<why>` is a card (`.md`, `.lineage.yaml`, `.lineage.json`) or a directory that
holds one. The outcome is what the rule makes of the card: `invalid`, `violation` or `review`; `warning` or
`note` for a finding that leaves the verdict ok; `ok` for silence. Beside each case that is not ok stands what
the user sees, as `<case>.txt`; `UPDATE_GOLDENS=1` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from modelcard_validator.card import Card, card_of
from modelcard_validator.discover import load, read_file
from modelcard_validator.engine import judge
from modelcard_validator.finding import Finding, Verdict, worst
from modelcard_validator.formats import text
from modelcard_validator.report import Report
from modelcard_validator.rules import load as load_rule

RULES = Path(__file__).parent / "rules"
CASES = sorted(path for path in RULES.glob("*/*") if path.suffix != ".txt" and not path.name.startswith("."))


def outcome_of(findings: list[Finding]) -> str:
    """The word that a case of this outcome begins with."""
    if not findings:
        return "ok"
    verdict = worst(findings)
    if verdict is Verdict.OK:
        return str(max(finding.severity for finding in findings))
    return str(verdict).removeprefix("needs-")


def cards_of(case: Path) -> list[Card]:
    """The card of a case: a file alone, as the side files of one directory are otherwise one card."""
    if case.is_file():
        return [card_of((read_file(case.name),))]
    unreadable: list[Exception] = []
    cards = list(load([case.name], unreadable.append))
    assert not unreadable
    return cards


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.parent)
    rule = load_rule(case.parent.name)
    reports = tuple(judge(card, (rule,)) for card in cards_of(case))
    findings = [finding for report in reports for finding in report.findings]
    outcome = case.name.partition("-")[0]
    assert outcome_of(findings) == outcome, [finding.message for finding in findings]
    golden = case.with_name(case.name.split(".")[0] + ".txt")
    shown = text.render(Report(reports, (rule,), "0"))
    if outcome == "ok":
        assert not golden.exists()
    elif os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(shown)
    else:
        assert shown == golden.read_text()

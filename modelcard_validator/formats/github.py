"""Annotations on a pull request: GitHub's workflow commands (docs.github.com, "Workflow commands").

GitHub shows ten errors, ten warnings and ten notices of a step and drops the others, so the gravest are
printed and the rest are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from ..finding import Finding, Severity, Verdict
from ..report import Report
from ..terminal import escape

SHOWN = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, *, color: bool = False) -> str:
    """One command for each finding that is shown, then how many are not; nothing where there is none."""
    findings = [finding for card in report.cards for finding in card.findings]
    findings.sort(key=lambda finding: finding.gravity, reverse=True)
    return "".join(line + "\n" for line in _lines(findings))


def _lines(findings: list[Finding]) -> Iterator[str]:
    counts: Counter[Severity] = Counter()
    for finding in findings:
        counts[finding.severity] += 1
        if counts[finding.severity] <= SHOWN:
            yield _command(finding)
    if hidden := sum(max(0, count - SHOWN) for count in counts.values()):
        more = "1 more finding is" if hidden == 1 else f"{hidden} more findings are"
        yield f"{more} not shown: GitHub takes {SHOWN} of each kind. The format text has them all."


def _command(finding: Finding) -> str:
    at = finding.location
    file = PurePath(at.file).as_posix()
    properties: dict[str, object] = {"file": file, "line": at.line, "endLine": at.end_line}
    # The runner drops both columns where the lines differ (ActionCommandManager.ValidateLinesAndColumns).
    if at.line == at.end_line:
        properties |= {"col": at.column, "endColumn": at.end_column}
    verdict = "" if finding.verdict is Verdict.OK else f" ({finding.verdict})"
    properties["title"] = f"{finding.rule}{verdict}"
    settings = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    # The log of a job shows the message alone, hence the place in it.
    place = escape(f"{file}:{at.line}:{at.column}")
    message = f"{place}: {escape(finding.message)}\nhelp: {escape(finding.help)}"
    return f"::{_COMMANDS[finding.severity]} {settings}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A value between commas: the runner undoes this, and `escape` what it would not."""
    return escape(_data(text).replace(":", "%3A").replace(",", "%2C"))

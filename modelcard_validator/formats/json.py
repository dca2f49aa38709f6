"""Version 1 of the machine-readable report: docs/output.md says what each field holds and promises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from ..duties import Duty, duties
from ..engine import CardReport, basis_of
from ..finding import Basis, Fact, Finding, Location, Verdict
from ..report import Report
from ..terminal import escape
from ..terms import texts

VERSION = 1
TOOL = "modelcard-validator"
Object: TypeAlias = dict[str, Any]

_UNSAFE = re.compile(r"[^\n -~]")


def render(report: Report, *, color: bool = False) -> str:
    """The whole report as one JSON object."""
    verdicts = report.verdicts
    return dumps(
        {
            "version": VERSION,
            "tool": {"name": TOOL, "version": report.version, "catalog": texts.version()},
            "cards": [_card(card) for card in report.cards],
            "summary": {
                "cards": len(report.cards),
                "violation": verdicts[Verdict.VIOLATION],
                "needs-review": verdicts[Verdict.NEEDS_REVIEW],
                "ok": verdicts[Verdict.OK],
                "invalid": verdicts[Verdict.INVALID],
            },
        }
    )


def dumps(value: Object) -> str:
    """JSON in UTF-8 that is also safe to print: what `terminal.escape` writes out is a `\\u` escape here.

    Half a surrogate pair, which a file name that is not UTF-8 brings along, has no place in UTF-8 and
    breaks strict parsers; it becomes the six characters that spell it.
    """
    return _UNSAFE.sub(_written_out, json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _written_out(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return f"\\\\u{ord(character):04x}"
    if character == "\x7f":
        return "\\u007f"
    return character if escape(character) == character else json.dumps(character)[1:-1]


def _card(report: CardReport) -> Object:
    return {
        "file": report.card.path,
        "model": report.card.name,
        "verdict": str(report.verdict),
        "duties": [_duty(duty) for duty in duties(report.card.lineage.edges)],
        "unknowns": list(_unknowns(report)),
        "findings": [_finding(finding) for finding in report.findings],
        "suppressed": [
            {**_finding(finding), "reason": escape(reason), "by": escape(by)}
            for finding, reason, by in report.suppressed
        ],
    }


def _duty(duty: Duty) -> Object:
    condition = duty.fact.more.get("condition")
    return {
        "kind": duty.kind.replace("_", "-"),
        "text": escape(duty.what),
        "certain": duty.certain,
        "condition": escape(str(condition)) if condition else None,
        "trail": list(duty.edge.trail),
        "basis": _basis(basis_of(duty.edge, duty.text, duty.fact)),
    }


def _unknowns(report: CardReport) -> Iterator[Object]:
    from ..unknowns import unknowns

    for unknown in unknowns(report.card):
        yield {"pointer": unknown.pointer, "question": escape(unknown.question)}


def _finding(finding: Finding) -> Object:
    proof = finding.proof
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "verdict": str(finding.verdict),
        "message": escape(finding.message),
        "help": escape(finding.help),
        "location": _location(finding.location),
        "trail": list(proof.trail) if proof else [],
        "facts": [_fact(fact) for fact in proof.facts] if proof else [],
        "basis": _basis(proof.basis) if proof else None,
        "flips": [escape(flip) for flip in proof.flips] if proof else [],
        "permission": proof.permission if proof else None,
        "fixable": finding.fix is not None,
        "fingerprint": finding.fingerprint,
    }


def _fact(fact: Fact) -> Object:
    return {
        "statement": escape(fact.statement),
        "strength": fact.strength,
        "location": _location(fact.location) if fact.location else None,
    }


def _basis(basis: Basis) -> Object:
    return {
        "terms": basis.terms,
        "effective": basis.effective,
        "on": basis.on,
        "clause": basis.clause,
        "url": basis.url,
        "sha256": basis.sha256,
        "confidence": basis.confidence,
    }


def _location(at: Location) -> Object:
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "pointer": at.pointer,
    }

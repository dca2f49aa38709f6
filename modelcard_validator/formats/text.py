"""For people at a terminal: errors and warnings with the line and a caret, notes on one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from ..document import Document
from ..engine import CardReport
from ..finding import Finding, Kind, Severity, Verdict
from ..report import Report
from ..terminal import escape, width
from ..unknowns import unknowns

_WIDTH = 110
_RESET = "\x1b[0m"
# Two of them: a severity and a verdict of one number are one key of a dictionary.
_SEVERITY_COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[1;36m"}
_VERDICT_COLORS = {
    Verdict.INVALID: "\x1b[1;31m",
    Verdict.VIOLATION: "\x1b[1;31m",
    Verdict.NEEDS_REVIEW: "\x1b[1;33m",
    Verdict.OK: "\x1b[1;32m",
}
_DIM = "\x1b[2m"
Paint: TypeAlias = Callable[[str, str], str]


def render(report: Report, *, color: bool = False) -> str:
    """Every finding, then a line for each card with its verdict, then a sum."""
    paint = _painted if color else _plain
    blocks: list[str] = []
    for card in report.cards:
        notes = [finding for finding in card.findings if finding.severity is Severity.NOTE]
        for finding in card.findings:
            if finding.severity is not Severity.NOTE:
                blocks.append("\n".join(_block(finding, card, paint)) + "\n")
        if notes:
            blocks.append("".join(_note(finding, paint) + "\n" for finding in notes))
    lines = [_verdict_line(card, paint) for card in report.cards]
    if len(report.cards) == 1:  # of many, nobody answers questions
        lines += [f"  open: {escape(unknown.question)}" for unknown in unknowns(report.cards[0].card)]
    if len(report.cards) != 1:
        lines.append(_sum(report))
    return "\n".join(blocks) + ("\n" if blocks else "") + "".join(line + "\n" for line in lines)


def _painted(text: str, color: str) -> str:
    return f"{color}{text}{_RESET}"


def _plain(text: str, color: str) -> str:
    return text


def _block(finding: Finding, card: CardReport, paint: Paint) -> Iterator[str]:
    at = finding.location
    head = paint(f"{finding.severity}[{finding.rule}]", _SEVERITY_COLORS[finding.severity])
    yield f"{head}: {escape(finding.message)}"
    gutter = len(str(at.line))
    bar = paint("|", _DIM)
    yield f"{' ' * gutter}{paint('-->', _DIM)} {escape(at.file)}:{at.line}:{at.column}"
    document = _document(card, at.file)
    source, caret = _excerpt(document.lines.line(at.line), at.column, _end_column(finding, document))
    if source:
        yield f"{' ' * gutter} {bar}"
        yield f"{paint(str(at.line), _DIM)} {bar} {source}"
        yield f"{' ' * gutter} {bar} {paint(caret, _SEVERITY_COLORS[finding.severity])}"
    equals = paint("=", _DIM)
    for name, line in _proof(finding):
        yield f"{' ' * gutter} {equals} {name + ':':<6}{escape(line)}"
    fixable = " (`--fix` does it)" if finding.fix else ""
    yield f"{' ' * gutter} {equals} {'help:':<6}{escape(finding.help)}{fixable}"
    if finding.kind is not Kind.POLICY:  # its text says why
        yield f"{' ' * gutter} {equals} {'why:':<6}modelcard explain {finding.rule}"


def _proof(finding: Finding) -> Iterator[tuple[str, str]]:
    """What a judgement rests on, a line each: text and clause, way, facts, and what would change it."""
    proof = finding.proof
    if proof is None:
        return
    basis = proof.basis
    since = f", in force {basis.effective}" if basis.effective else ""
    clause = f", {basis.clause}" if basis.clause else ""
    sure = "" if basis.confidence == "stated" else f" ({basis.confidence})"
    yield "text", f"{basis.title}{since}{clause}{sure}: {basis.says or basis.terms}"
    if len(proof.trail) > 2:
        yield "way", " → ".join(proof.trail)
    for fact in proof.facts:
        at = f" ({fact.location.file}:{fact.location.line})" if fact.location else ""
        yield "fact", f"{fact.statement}{at}{'' if fact.strength == 'declared' else f' [{fact.strength}]'}"
    if proof.permission:
        yield "note", proof.permission
    for flip in proof.flips:
        yield "open", flip


def _note(finding: Finding, paint: Paint) -> str:
    at = finding.location
    head = paint(f"note[{finding.rule}]", _SEVERITY_COLORS[Severity.NOTE])
    return f"{head}: {escape(at.file)}:{at.line}:{at.column}: {escape(finding.message)}"


def _document(card: CardReport, path: str) -> Document:
    return next(document for document in card.card.documents if document.path == path)


def _end_column(finding: Finding, document: Document) -> int:
    """Where the caret line ends: at the end of the value, or of the first of its lines."""
    at = finding.location
    if at.end_line == at.line:
        return at.end_column
    return len(document.lines.line(at.line)) + 1


def _excerpt(line: str, column: int, end_column: int) -> tuple[str, str]:
    """The line around a range, cut to a width and safe to print, and carets under the range."""
    line = line.replace("\t", " ")
    start, end = column - 1, max(end_column - 1, column)
    first = max(0, start - _WIDTH // 3) if len(line) > _WIDTH else 0
    last = first + _WIDTH
    before = ("…" if first else "") + escape(line[first:start])
    marked = escape(line[start : min(end, last)])
    after = escape(line[min(end, last) : last]) + ("…" if len(line) > last else "")
    return (before + marked + after).rstrip(), " " * width(before) + "^" * max(width(marked), 1)


def _verdict_line(card: CardReport, paint: Paint) -> str:
    counts = [
        f"{count} {severity}{'s' * (count > 1)}"
        for severity in reversed(Severity)
        if (count := sum(finding.severity is severity for finding in card.findings))
    ]
    if card.suppressed:
        counts.append(f"{len(card.suppressed)} suppressed")
    verdict = paint(str(card.verdict), _VERDICT_COLORS[card.verdict])
    return f"{escape(card.card.path)}: {verdict}" + (f" ({', '.join(counts)})" if counts else "")


def _sum(report: Report) -> str:
    verdicts = [
        f"{report.verdicts[verdict]} {verdict}" for verdict in reversed(Verdict) if report.verdicts[verdict]
    ]
    fixable = sum(finding.fix is not None for card in report.cards for finding in card.findings)
    cards = f"{len(report.cards)} card{'s' * (len(report.cards) != 1)}"
    more = f"; {fixable} fixable with `--fix`" if fixable else ""
    return f"{cards}: {', '.join(verdicts) or 'nothing to check'}{more}"

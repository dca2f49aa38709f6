"""`--fix`: make every edit that has one right answer, and nothing else.

Edits are tried on the text in memory, read back and judged again before anything is written: a fix that
made a card unreadable is never written.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable

from . import edit
from .card import Card, card_of
from .document import Document, read_text
from .engine import CardReport
from .finding import Edit

MAX_ROUNDS = 5
"""One fix may uncover another (a renamed key, then its value); no chain is longer."""


def fix(report: CardReport, judge: Callable[[Card], CardReport]) -> tuple[CardReport, tuple[Document, ...]]:
    """The report after all fixes, and the documents whose text they changed. Writes nothing."""
    before = {document.path: document.text for document in report.card.documents}
    for _ in range(MAX_ROUNDS):
        edits = _edits(report)
        fixed = tuple(_fixed(document, edits) for document in report.card.documents)
        if all(new is old for new, old in zip(fixed, report.card.documents, strict=True)):
            break
        report = judge(card_of(fixed))
    changed = tuple(document for document in report.card.documents if document.text != before[document.path])
    return report, changed


def _edits(report: CardReport) -> list[Edit]:
    """The edits of this round in order: those of a fix all or none, of two that meet only the first."""
    edits: list[Edit] = []
    for finding in report.findings:
        if finding.fix and not any(_meets(edits, one) for one in finding.fix.edits):
            for one in finding.fix.edits:
                insort(edits, one)
    return edits


def _meets(edits: list[Edit], new: Edit) -> bool:
    """Whether an edit touches another one than itself; `edits` are in order and do not touch."""
    at = bisect_left(edits, new)
    return any(
        one.file == new.file and one.start <= new.end and new.start <= one.end and one != new
        for one in edits[max(at - 1, 0) : at + 1]
    )


def _fixed(document: Document, edits: list[Edit]) -> Document:
    """The document with its edits, or itself where there are none or they do harm."""
    mine = [one for one in edits if one.file == document.path]
    if not mine:
        return document
    fixed = read_text(edit.apply(document.text, mine), document.path, bom=document.bom)
    return document if len(fixed.refusals) > len(document.refusals) else fixed

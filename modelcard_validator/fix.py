"""`--fix`: make every edit that has one right answer, and nothing else.

Edits are tried on the text in memory, read back and judged again before anything is written: a fix that
made a card unreadable is never written.
"""

from __future__ import annotations

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
        fixed = tuple(_fixed(document, report) for document in report.card.documents)
        if all(new is old for new, old in zip(fixed, report.card.documents, strict=True)):
            break
        report = judge(card_of(fixed))
    changed = tuple(document for document in report.card.documents if document.text != before[document.path])
    return report, changed


def _fixed(document: Document, report: CardReport) -> Document:
    """The document with the fixes of this round, or itself where there are none or they do harm."""
    edits: list[Edit] = []
    for finding in report.findings:
        wanted = finding.fix.edits if finding.fix else ()
        if any(one.file == document.path for one in wanted) and not _overlaps(wanted, edits):
            edits += wanted
    if not edits:
        return document
    text = edit.apply(document.text, edits)
    fixed = read_text(text, document.path, bom=document.bom)
    return document if len(fixed.refusals) > len(document.refusals) else fixed


def _overlaps(wanted: tuple[Edit, ...], edits: list[Edit]) -> bool:
    return any(
        one.start <= other.end and other.start <= one.end and one != other
        for one in wanted
        for other in edits
    )

"""Findings that somebody decided to live with: comments in the card, ignores in the configuration, and
the baseline. Each has a reason; one without is no suppression but a finding of its own.

In a card: `# modelcard: ignore[slug] reason` in the metadata, `<!-- modelcard: ignore[slug] reason -->` in
the text. It covers its own line or, where it stands alone, the next line that is not a comment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from typing import NamedTuple

from .card import Card
from .document import Document, Mark, Span
from .finding import Finding


class Suppression(NamedTuple):
    """Covers findings of `rule` in files that match the glob `file` (absolute, or `*` for all of them);
    or the one finding with `fingerprint`. `by` says where it was written down."""

    by: str
    reason: str
    rule: str | None = None
    fingerprint: str | None = None
    file: str = "*"

    def covers(self, finding: Finding) -> bool:
        if self.fingerprint is not None:
            return finding.fingerprint == self.fingerprint
        if finding.rule != self.rule:
            return False
        return self.file == "*" or fnmatch(os.path.abspath(finding.location.file), self.file)


class Comment(NamedTuple):
    """A suppression written in a card, whether or not it says why."""

    span: Span
    line: int
    rules: tuple[str, ...]
    reason: str


# Given to `re` as they are: hardly any card has such a comment, and compiling costs more than the rest.
_YAML_COMMENT = r"(?m)(?:^|(?<=\s))#[ \t]*modelcard:[ \t]*ignore\[([^\]\r\n]*)\]([^\r\n]*)"
_HTML_COMMENT = r"(?s)<!--\s*modelcard:\s*ignore\[([^\]\r\n]*)\](.*?)-->"
_COMMENT_LINE = r"\s*(?:#|<!--|$)"
_MARKER = "modelcard:"


def comments(document: Document) -> Iterator[Comment]:
    """The suppressions written in a document, in order."""
    if _MARKER not in document.text or document.metadata is None:
        return
    block, body = document.metadata, document.body
    for match in re.compile(_YAML_COMMENT).finditer(document.text, block.start, block.end):
        if not _inside_scalar(document.mark, match.start()):
            yield _comment(document, match)
    for match in re.compile(_HTML_COMMENT).finditer(document.text, body.start, body.end):
        yield _comment(document, match)


def suppressor_of(card: Card, others: Iterable[Suppression]) -> Callable[[Finding], Suppression | None]:
    """A function that says which suppression covers a finding of this card, if any."""
    inline = [
        (document.path, comment)
        for document in card.documents
        for comment in comments(document)
        if comment.reason
    ]
    known = tuple(others)

    def covers(finding: Finding) -> Suppression | None:
        at = finding.location
        for path, comment in inline:
            if path == at.file and comment.line == at.line and finding.rule in comment.rules:
                return Suppression("comment", comment.reason, finding.rule, file=path)
        return next((suppression for suppression in known if suppression.covers(finding)), None)

    return covers


def _comment(document: Document, match: re.Match[str]) -> Comment:
    line, column = document.position(match.start())
    if not document.lines.line(line)[: column - 1].strip():
        line = _next_line(document, document.position(match.end())[0])
    rules = tuple(word.strip() for word in match[1].split(",") if word.strip())
    return Comment(Span(match.start(), match.end()), line, rules, match[2].strip(" \t\r\n:-"))


def _next_line(document: Document, line: int) -> int:
    """The next line that says something, or the last."""
    last = document.position(len(document.text))[0]
    line += 1
    while line < last and re.match(_COMMENT_LINE, document.lines.line(line)):
        line += 1
    return line


def _inside_scalar(mark: Mark | None, offset: int) -> bool:
    """Whether an offset is part of a value: a `#` there begins no comment."""
    todo = [mark] if mark is not None else []
    while todo:
        here = todo.pop()
        children = here.items or (list(here.values.values()) if here.values else None)
        if children:
            todo += children
        elif here.start <= offset < here.end:
            return True
    return False

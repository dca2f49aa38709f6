"""Findings that somebody decided to live with: comments in the card, ignores in the configuration, and
the baseline. Each has a reason; one without is no suppression but a finding of its own.

In a card: `# modelcard: ignore[slug] reason` in the metadata, `<!-- modelcard: ignore[slug] reason -->` in
the text. It covers its own line and, where it stands alone, the next line that is not a comment; above the
first key also what is said of the metadata as a whole, at the dashes that open it.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatch

from ._named_tuple import NamedTuple
from .card import Card
from .document import Document, Mark, Span
from .finding import Finding

OF_A_POLICY = "policy/"
"""What the names of rules begin with that a policy adds: which there are depends on the run."""


class Suppression(NamedTuple):
    """Covers findings of `rule` in files that match the glob `file` (absolute, or `*` for all of them);
    or the one finding with `fingerprint`, its file named as seen from `directory`. `by` says where it was
    written down."""

    by: str
    reason: str
    rule: str | None = None
    fingerprint: str | None = None
    file: str = "*"
    directory: str = ""


class Suppressions:
    """All that hold for a run, arranged so that a finding is looked up and not searched for."""

    def __init__(self, given: Iterable[Suppression] = ()) -> None:
        self._of_finding: dict[str, dict[str, Suppression]] = {}  # by directory, then by fingerprint
        self._of_rule: dict[str, list[Suppression]] = {}
        for one in given:
            if one.fingerprint is not None:
                self._of_finding.setdefault(one.directory, {}).setdefault(one.fingerprint, one)
            elif one.rule is not None:
                self._of_rule.setdefault(one.rule, []).append(one)

    def covering(self, finding: Finding) -> Suppression | None:
        """The one that covers this finding, if any: of its rule first, then of it alone."""
        path = finding.location.file
        for one in self._of_rule.get(finding.rule, ()):
            if one.file == "*" or fnmatch(os.path.abspath(path), one.file):
                return one
        for directory, known in self._of_finding.items():
            if found := known.get(finding.fingerprint_as(seen_from(directory, path))):
                return found
        return None


class Comment(NamedTuple):
    """A suppression written in a card, whether or not it says why."""

    span: Span
    lines: tuple[int, ...]
    rules: tuple[str, ...]
    reason: str


# Given to `re` as they are: hardly any card has such a comment, and compiling costs more than the rest.
# The first group takes part where nothing else stands before the comment on its line.
_YAML_COMMENT = r"(?m)(?:(^[ \t]*)|(?<=\s))#[ \t]*modelcard:[ \t]*ignore\[([^\[\]\r\n]*)\]([^\r\n]*)"
_HTML_COMMENT = r"(?ms)(^[ \t]*)?<!--\s*modelcard:\s*ignore\[([^\[\]\r\n]*)\](.*?)-->"
_COMMENT_LINE = r"\s*(?:#|<!--|$)"
_MARKER = "modelcard:"
MAX_COMMENTS = 1000
"""Of one document; those that follow say nothing."""


def comments(document: Document) -> Iterator[Comment]:
    """The suppressions written in a document, in order."""
    if _MARKER not in document.text:
        return
    text, block, body = document.text, document.metadata, document.body
    found: list[re.Match[str]] = []
    if block is not None:
        scalars = _scalars(document)
        matches = re.compile(_YAML_COMMENT).finditer(text, block.start, block.end)
        found += (match for match in matches if not _within(scalars, _start(match)))
    # Up to the last `-->`: beginnings without an end would each be followed to the end of the text.
    last = max(text.rfind("-->", body.start, body.end) + 3, body.start)
    found += re.compile(_HTML_COMMENT).finditer(text, body.start, last)
    opening = document.position(block.start)[0] - 1 if block is not None else 0
    below = 0
    for match in found[:MAX_COMMENTS]:
        start = _start(match)
        lines = [document.position(start)[0]]
        if match[1] is not None:
            if lines[0] >= below:  # else it is one of several above the same line
                below = _next_line(document, document.position(match.end())[0])
            lines.append(below)
            if document.mark is not None and start < document.extent(document.mark).start:
                lines.append(opening)
        rules = tuple(word.strip() for word in match[2].split(",") if word.strip())
        reason = match[3].strip(" \t\r\n:-")
        yield Comment(Span(start, match.end()), tuple(lines), rules, reason)


def seen_from(directory: str, path: str) -> str:
    """What `path` is called in `directory`, with slashes, however it was spelt."""
    path = os.path.abspath(path)
    with suppress(ValueError):  # on another drive
        path = os.path.relpath(path, directory)
    return path.replace(os.sep, "/")


def suppressor_of(card: Card, others: Suppressions) -> Callable[[Finding], Suppression | None]:
    """A function that says which suppression covers a finding of this card, if any."""
    inline = {
        (document.path, line, rule): comment.reason
        for document in card.documents
        for comment in comments(document)
        if comment.reason
        for line in comment.lines
        for rule in comment.rules
    }

    def covers(finding: Finding) -> Suppression | None:
        at = finding.location
        if reason := inline.get((at.file, at.line, finding.rule)):
            return Suppression("comment", reason, finding.rule, file=at.file)
        return others.covering(finding)

    return covers


def _start(comment: re.Match[str]) -> int:
    return comment.start() + len(comment[1] or "")


def _next_line(document: Document, line: int) -> int:
    """The next line that says something, or the last."""
    last = document.position(len(document.text))[0]
    line += 1
    while line < last and re.match(_COMMENT_LINE, document.lines.line(line)):
        line += 1
    return line


def _scalars(document: Document) -> list[Span]:
    """Where the values stand that hold no others, in order: a `#` in one of them begins no comment."""
    spans: list[Span] = []
    todo = [document.mark] if document.mark is not None else []
    while todo:
        here = todo.pop()
        children = (here.items or list((here.values or {}).values())) if isinstance(here, Mark) else None
        if children:
            todo += children
        else:
            spans.append(document.extent(here))
    return sorted(spans)


def _within(spans: list[Span], offset: int) -> bool:
    """Whether an offset is in one of the spans, which are in order and do not overlap."""
    before = bisect_left(spans, (offset + 1,))
    return before > 0 and offset < spans[before - 1].end

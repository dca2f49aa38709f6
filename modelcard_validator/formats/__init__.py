"""Output formats: one module each, `render(report, *, color) -> str`.

Formats print what they are given: no judging, no reading, no exit codes.
"""

from __future__ import annotations

from .. import _folder
from ..report import Report

PACKAGE = __name__


def render(report: Report, name: str, *, color: bool = False) -> str:
    """The report in the format of that name; raises `UnknownName`."""
    text: str = _folder.load(PACKAGE, name).render(report, color=color)
    return text

"""Where the YAML front matter of a README stands, by the Hub's own rule."""

from __future__ import annotations

import re

from . import Refusal, Span

# The Hub's regular expression, as huggingface_hub/repocard.py has it ("exact same regex as in the Hub
# server"), in two halves: as one it takes a step for every character between them. JavaScript's `\s` holds
# U+FEFF and its `$` is the very end, hence two differences.
#     ^(\s*---(?:\r\n|\r|\n))([\S\s]*?)((?:\r\n|\r|\n)---[ \t]*(\r\n|\n|$))
_HUB_OPENING = re.compile(r"[\s\ufeff]*---(?:\r\n|\r|\n)")
_HUB_CLOSING = re.compile(r"(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\n|\Z)")
_OPENING = r"[\s\ufeff]*---[ \t]*(?:\r\n|\r|\n)"
_EMPTY = r"[\s\ufeff]*---(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|\Z)"
_CLOSING = r"[\r\n]---[ \t]*(?:\r\n|\n|\Z)"
_LINE_BREAK = r"\r\n|\r|\n"
# What people close front matter with, and that does not.
_NEARLY_CLOSING = r"[ \t]*(?:-{2,80}|[—–]{1,3}|\.{3}|\*{3,80}|_{3,80}|={3,80}|~{3,80})[ \t]*"
_MAX_LINES = 1000
_KEY_LINE = r"[A-Za-z_][\w -]*:(?:\s|\Z)"


def find(text: str) -> Span | Refusal | None:
    """The span of the YAML between the dashes; None where the Hub sees no metadata.

    A README that begins with `---` and a `key:` line but never closes it is refused: its author meant
    metadata, and the Hub would show it as text.
    """
    if found := _as_the_hub(text):
        return found
    opening = re.compile(_OPENING).match(text)
    if (
        opening is None
        or re.compile(_EMPTY).match(text)
        or not re.compile(_KEY_LINE).match(text, opening.end())
    ):
        return None
    dashes = text.index("---")
    message = "the front matter is opened by `---` and never closed"
    help = "Put a line that holds only `---` after the last key."
    end = dashes + 3
    if re.compile(_CLOSING).search(text, opening.end()):
        message = "spaces follow the `---` that opens the front matter, so that the Hub does not see it"
        help, end = "Remove the spaces.", opening.end()
    elif nearly := _nearly_closed(text, opening.end()):
        line, written = nearly
        help = f"Line {line} is `{written}`: make it exactly `---`."
    return Refusal("unclosed-front-matter", message, help, Span(dashes, end))


def _as_the_hub(text: str) -> Span | None:
    opening = _HUB_OPENING.match(text)
    if opening is None:
        return None
    start = opening.end()
    closing = _HUB_CLOSING.search(text, start)
    if closing is None and text.endswith("\r\n", 0, start):
        # The one place where the halves part: the whole may give the line feed of the first to the second.
        start -= 1
        closing = _HUB_CLOSING.match(text, start)
    return Span(start, closing.start()) if closing else None


def _nearly_closed(text: str, at: int) -> tuple[int, str] | None:
    """Number and text of the first line from `at` that seems meant to close; a blank line ends the search."""
    line = len(re.compile(_LINE_BREAK).findall(text, 0, at))
    for _ in range(_MAX_LINES):
        line += 1
        end = match.start() if (match := re.compile(_LINE_BREAK).search(text, at)) else len(text)
        written = text[at:end]
        if re.compile(_NEARLY_CLOSING).fullmatch(written):
            return line, written.rstrip()[-90:]
        if match is None or not written.strip():
            return None
        at = match.end()
    return None

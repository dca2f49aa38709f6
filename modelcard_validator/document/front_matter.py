"""Where the YAML front matter of a README stands, by the Hub's own rule."""

from __future__ import annotations

import re

from . import Refusal, Span

# The Hub's regular expression, as huggingface_hub/repocard.py has it ("exact same regex as in the Hub
# server"). JavaScript's `\s` holds U+FEFF and its `$` is the very end, hence the two differences.
_FRONT_MATTER = re.compile(r"([\s\ufeff]*---(?:\r\n|\r|\n))([\S\s]*?)((?:\r\n|\r|\n)---[ \t]*(\r\n|\n|\Z))")
_OPENING = re.compile(r"[\s\ufeff]*---[ \t]*(?:\r\n|\r|\n)")
_EMPTY = re.compile(r"[\s\ufeff]*---(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|\Z)")
_KEY_LINE = re.compile(r"[A-Za-z_][\w -]*:(?:\s|\Z)")


def find(text: str) -> Span | Refusal | None:
    """The span of the YAML between the dashes; None where the Hub sees no metadata.

    A README that begins with `---` and a `key:` line but never closes it is refused: its author meant
    metadata, and the Hub would show it as text.
    """
    if match := _FRONT_MATTER.match(text):
        return Span(match.start(2), match.end(2))
    opening = _OPENING.match(text)
    if opening is None or _EMPTY.match(text) or not _KEY_LINE.match(text, opening.end()):
        return None
    dashes = text.index("---")
    return Refusal(
        "unclosed-front-matter",
        "the front matter is opened by `---` and never closed",
        "Put a line that holds only `---` after the last key.",
        Span(dashes, dashes + 3),
    )

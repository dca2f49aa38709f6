"""Text that is safe to show: nothing from a card reaches a terminal, a log or a page raw."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def escape(text: str) -> str:
    """`text` with everything that a terminal would obey, hide or reorder written out.

    Control characters, bidirectional overrides (CVE-2021-42574), zero-width and unassigned code points.

    >>> escape("a\\x1b[31mb\\u202ec")
    'a\\\\x1b[31mb\\\\u202ec'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_written_out(character) for character in text)


def width(text: str) -> int:
    """How many columns a terminal gives to `text`, which is escaped already."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _written_out(character: str) -> str:
    if character == " " or unicodedata.category(character) not in _HIDDEN:
        return character
    return (
        character.encode("ascii", "backslashreplace").decode()
        if ord(character) > 127
        else repr(character)[1:-1]
    )


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1

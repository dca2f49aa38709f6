"""Documents to claims, leniently: one module for each place where people declare lineage.

A reader takes what it understands and leaves the rest; what it leaves, a rule finds. It never raises for
what a document contains.
"""

from __future__ import annotations

from ..document import JSON


def as_text(value: JSON) -> str | None:
    """A scalar as text, None for everything else; numbers keep their plain form.

    >>> as_text("mit"), as_text(7), as_text(None), as_text(["mit"])
    ('mit', '7', None, None)
    """
    if value is None:  # by far the most frequent
        return None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return None


def as_list(value: JSON) -> list[JSON]:
    """A list as it is, nothing as an empty one, and anything else as a list of it."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def as_mapping(value: JSON) -> dict[str, JSON]:
    """A mapping as it is, and anything else as an empty one."""
    return value if isinstance(value, dict) else {}

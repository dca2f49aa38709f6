"""What several rules share: where to point, and how to name values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..card import Card
from ..claims import Place, Reference
from ..document import Document, Span
from . import quoted


def opening(document: Document) -> Place:
    """The dashes that open the metadata: the place of what is missing from it."""
    assert document.metadata is not None
    start = document.text.rindex("---", 0, document.metadata.start)
    return Place(document, span=Span(start, start + 3))


def listed(values: Sequence[str], joint: str = "or") -> str:
    """Values as a sentence names them, the first of them where there are many.

    >>> listed(["mit", "isc", "zlib"]), listed("abcdefgh", "and")
    ('`mit`, `isc` or `zlib`', '`a`, `b`, `c`, `d`, `e` and 3 more')
    """
    marked = [quoted(value) for value in values[:6]]
    if len(values) > 6:
        marked[5:] = [f"{len(values) - 5} more"]
    return f" {joint} ".join(filter(None, (", ".join(marked[:-1]), *marked[-1:])))


def is_readable(card: Card, *parts: str) -> bool:
    """Whether the schema has nothing against these parts of the card's records: what stands there in the
    wrong shape is in no claim, and must not be called missing."""
    return not any(
        error.pointer[:1] == (part,) for record in card.records for error in record.errors for part in parts
    )


def name_of(reference: Reference) -> str:
    """What to call a model or a dataset in a message."""
    if reference.provider and not (reference.id or reference.name):
        return f"the model of {quoted(reference.provider)}"
    return quoted(reference.label)


def names_of(references: Iterable[Reference]) -> str:
    """Up to three of them, and how many more there are."""
    names = list(dict.fromkeys(name_of(reference) for reference in references))
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

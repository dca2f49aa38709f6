"""What a source is offered under: as the card declares it, else as it is known.

Each answer comes with the facts that it rests on, and with whether a violation may rest on them.
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from ..claims import License, Place, Reference, Source
from ..terms import known, resolve
from ..terms.resolve import Offer, Period
from .edge import Statement, word_for

Terms: TypeAlias = tuple[Offer, tuple[Statement, ...], bool]
"""The offer, the facts that it rests on, and whether they are sure."""

UNKNOWN: Terms = (Offer(), (), False)


def is_given(license: License | None) -> bool:
    """Whether a declared licence names anything that could be looked up."""
    return license is not None and bool(license.id or license.name or license.url)


def license_of(declared: License | None, model: Reference, when: Period) -> Terms:
    """The terms of a source: those that the card declares, else those that are known of it."""
    if declared is not None and is_given(declared):
        label = declared.id or declared.name or declared.url
        fact = Statement(f"{model.label} is under {label}", word_for(declared.source), declared.source.place)
        return resolve.licensed(declared, when), (fact,), True
    found = known.model(model.id or model.name or "")
    if found is None or found.hosted:
        return UNKNOWN
    return known_license(found, when)


def known_license(model: known.KnownModel, when: Period) -> Terms:
    """What is known of a model's licence. Of a family with several, each is that of some members or of some
    time: without a date that picks one, nothing is known of this member, unless they are versions of one."""
    rows = [row for row in model.licenses if row.id or row.name]
    if len(rows) > 1 and when.end:
        rows = [row for row in rows if _was_offered(row, when.end)]
    if not rows or len({(row.id or row.name or "").partition("@")[0] for row in rows}) > 1:
        return UNKNOWN
    offers = [offer_of(row.id or row.name or "", when) for row in rows]
    name = offers[0].label.partition("@")[0]
    where = f" ({', '.join(model.source[:2])})" if model.source else ""
    fact = Statement(f"{model.name} is under {name}{where}", model.confidence or "recalled")
    offer = offers[0] if len(offers) == 1 else resolve.one_of(name, offers)
    return offer, (fact,), model.confidence == "stated"


def _was_offered(row: known.KnownLicense, on: str) -> bool:
    """Whether a licence that has a window was offered on a day; one without may be another member's."""
    if row.start is None and row.end is None:
        return False
    return (row.start is None or row.start[: len(on)] <= on) and (row.end is None or on <= row.end[: len(on)])


@cache
def offer_of(id: str, when: Period) -> Offer:
    """What a licence id offers, apart from any card."""
    return resolve.licensed(License(_NOWHERE, id=id), when)


def _nowhere() -> Source:
    """The source of a licence that no card declares, but that is known of a model."""
    from ..document import read_text

    return Source("known", Place(read_text("", "known.yaml")))


_NOWHERE = _nowhere()

"""Whether licences of the Hub and an SPDX expression say the same (SPEC.md, 8.3)."""

from __future__ import annotations

from collections.abc import Sequence

from .. import hub, license_names, spdx


def licenses_agree(keys: Sequence[str], expression: str) -> bool:
    """Whether the Hub's ids are the licences of the expression: all, or some where they may be chosen.

    The Hub's ids are coarser: a family stands for each of its licences, `other` for what has no id there.

    >>> licenses_agree(["gpl-3.0"], "GPL-3.0-or-later"), licenses_agree(["other"], "LicenseRef-acme")
    (True, True)
    >>> licenses_agree(["mit"], "MIT OR Apache-2.0"), licenses_agree(["mit"], "MIT AND LicenseRef-llama3.3")
    (True, False)
    """
    parsed = spdx.parse(expression)
    terms = spdx.terms(parsed) if parsed is not None else ()
    theirs = {_hub_id(f"{term.license}{'+' * term.or_later}") for term in terms} or {expression.lower()}
    ours = {license_names.meant(key) for key in keys}
    if "unknown" in ours | theirs or (ours == {"other"} and len(theirs) > 1):
        return True
    if not all(any(_covers(id, other) for other in theirs) for id in ours):
        return False
    may_choose = parsed is not None and not spdx.has(parsed, "AND")
    return may_choose or all(any(_covers(id, other) for id in ours) for other in theirs)


def _hub_id(id: str) -> str:
    """The Hub's id for one of SPDX, without `LicenseRef-` and "or later"; else the id in small letters."""
    id = id.rpartition("LicenseRef-")[2]
    return license_names.coarser(id) or license_names.meant(id)


def _covers(id: str, other: str) -> bool:
    if id == "other":
        return other == "other" or other not in hub.LICENSES
    return other == id or (id in hub.FAMILIES and id in other)

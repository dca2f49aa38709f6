"""What people mean when they write a licence in words of their own: the Hub's id for it, where just one fits.

An answer is given only where nothing is lost by it: a scope, an exception, a port to one country or an
"or later" is more than an id of the Hub says. Nothing here decides what is valid; see `hub` and `spdx`.
"""

from __future__ import annotations

import re
from functools import cache

from . import hub, spdx
from .spelling import one_slip

MAX_LENGTH = 200
"""What is longer is no name of a licence, and is not looked at."""


def is_known(written: str) -> bool:
    """Whether it names licences whose terms can be looked up: a Hub id, or an expression of SPDX or Hub ids.

    >>> is_known("llama3.1"), is_known("MIT AND LicenseRef-llama3.3"), is_known("Apache 2.0")
    (True, True, False)
    """
    return written.lower() in hub.LICENSES or strangers(written) == ()


def is_understood(written: str) -> bool:
    """Whether it is known, or somebody who reads it can tell which licence of the Hub is meant."""
    return is_known(written) or any(reads(written) for reads in (hub_id, coarser, slip_of))


def strangers(written: str) -> tuple[str, ...] | None:
    """The ids of an SPDX expression that nobody knows; None where it is no expression."""
    expression = spdx.parse(written)
    if expression is None:
        return None
    return tuple(id for id in spdx.strangers(expression) if id.lower() not in hub.LICENSES)


def hub_id(written: str) -> str | None:
    """The Hub's id for a licence that is written in another form, where there is exactly one; else None.

    >>> hub_id("Apache License, Version 2.0"), hub_id("CC BY-NC 4.0"), hub_id("Llama 3.1"), hub_id("GPLv3")
    ('apache-2.0', 'cc-by-nc-4.0', 'llama3.1', 'gpl-3.0')
    >>> hub_id("GPL-3.0-or-later"), hub_id("BSL 1.1"), hub_id("apache"), hub_id("acme-open"), hub_id("mit")
    (None, None, None, None, None)
    """
    found = _hub_id(written)
    return None if found == written else found


def meant(written: str) -> str:
    """The Hub's id for it, where there is one; else what was written, in small letters."""
    return _hub_id(written) or written.strip().lower()


def coarser(written: str) -> str | None:
    """The Hub's id for a licence that says "only" or "or later", which the Hub cannot; None for all others.

    >>> coarser("GPL-3.0-or-later"), coarser("LGPLv2.1+"), coarser("GPL-3.0-only"), coarser("GPL-3.0")
    ('gpl-3.0', 'lgpl-2.1', 'gpl-3.0', None)
    """
    if len(written) > MAX_LENGTH:
        return None
    rest = _WHICH_VERSIONS.sub("", written.strip())
    return _hub_id(rest) if rest != written.strip() else None


def spdx_id(written: str) -> str | None:
    """The SPDX id for a licence "only" in this or "or later" in another version; None for all others.

    >>> spdx_id("GPLv3+"), spdx_id("lgpl-2.1 only"), spdx_id("mit")
    ('GPL-3.0-or-later', 'LGPL-2.1-only', None)
    """
    right = coarser(written)
    which = _WHICH_VERSIONS.search(written.strip()) if right else None
    if which is None:
        return None
    return spdx.license_id(f"{right}-only" if "only" in which[0].lower() else f"{right}-or-later")


def slip_of(written: str) -> str | None:
    """The one Hub id that differs from it by one letter, its numbers being the same.

    >>> slip_of("appache-2.0"), slip_of("cc-by-na-4.0"), slip_of("apache-2.1")
    ('apache-2.0', None, None)
    """
    form = "-".join(_words(written))
    if form == "unlicensed":  # the opposite of `unlicense`
        return None
    numbers = _DIGITS.findall(form)
    near = [
        id
        for known, id in _forms().items()
        if len(known) > 5 and one_slip(form, known) and _DIGITS.findall(known) == numbers
    ]
    return near[0] if len(near) == 1 else None


def candidates(written: str) -> tuple[str, ...]:
    """The Hub ids that say more than what was written: its versions, else its kinds; empty for too many.

    >>> candidates("CC-BY-SA"), candidates("apache"), candidates("OpenRAIL-M"), candidates("acme")
    (('cc-by-sa-3.0', 'cc-by-sa-4.0'), ('apache-2.0',), ('bigcode-openrail-m', 'bigscience-openrail-m', 'creativeml-openrail-m'), ())
    """  # noqa: E501
    form = "-".join(_words(written))
    if len(form) < 3:
        return ()
    forms = _forms()
    versions = [
        id for known, id in forms.items() if known.startswith(form) and _VERSION.fullmatch(known[len(form) :])
    ]
    kinds = [id for known, id in forms.items() if known.startswith(f"{form}-") or known.endswith(f"-{form}")]
    found = versions or kinds
    return tuple(sorted(found)) if len(found) <= 6 else ()


# Long forms to the short ones that ids are made of; matched on words joined by `-`.
_SHORT_FORMS = (
    ("affero-general-public", "agpl"),
    ("lesser-general-public", "lgpl"),
    ("gnu-general-public", "gpl"),
    ("mozilla-public", "mpl"),
    ("eclipse-public", "epl"),
    ("european-union-public", "eupl"),
    ("academic-free", "afl"),
    ("educational-community", "ecl"),
    ("open-software", "osl"),
    ("boost-software", "boost"),
    ("creative-commons", "cc"),
    ("attribution", "by"),
    ("non-commercial", "nc"),
    ("noncommercial", "nc"),
    ("no-derivatives", "nd"),
    ("noderivatives", "nd"),
    ("noderivs", "nd"),
    ("share-alike", "sa"),
    ("sharealike", "sa"),
    ("open-rail", "openrail"),
)
_SAY_NOTHING = frozenset(("agreement", "gnu", "license", "the", "v", "version"))
_OTHER_NAMES = {
    "2-clause-bsd": "bsd-2-clause",
    "3-clause-bsd": "bsd-3-clause",
    "bigcode-openrail-m-1": "bigcode-openrail-m",
    "boost-1.0": "bsl-1.0",
    "bsd-2": "bsd-2-clause",
    "bsd-3": "bsd-3-clause",
    "bsd-new": "bsd-3-clause",
    "bsd-revised": "bsd-3-clause",
    "bsd-simplified": "bsd-2-clause",
    "c-uda-1.0": "c-uda",
    "creativeml-openrail++-m": "openrail++",
    "gemma-terms": "gemma",
    "gemma-terms-of-use": "gemma",
    "grok-2-community": "grok2-community",
    "lgpllr": "lgpl-lr",
    "mit-mit": "mit",
    "modified-bsd": "bsd-3-clause",
    "new-bsd": "bsd-3-clause",
    "odbl-1.0": "odbl",
    "odc-by-1.0": "odc-by",
    "openrail++-m": "openrail++",
    "openrail++m": "openrail++",
    "noassertion": "unknown",
    "pddl-1.0": "pddl",
    "revised-bsd": "bsd-3-clause",
    "simplified-bsd": "bsd-2-clause",
}
_WORD = re.compile(r"[a-z0-9.+]*[a-z0-9+]")
_GLUED = re.compile(r"\b(afl|agpl|apache|ecl|epl|eupl|gpl|lgpl|mpl|ofl|osl)v?(?=\d)")
_BEFORE_NUMBER = re.compile(r"\bv(?=\d)")
_SPLIT_NUMBER = re.compile(r"(?<=-)(\d)-(\d)$")
_WHICH_VERSIONS = re.compile(
    r"(?:\+|[\s_,(-]+(?:only|or[\s_-]+(?:any[\s_-]+)?(?:later|newer)(?:[\s_-]+versions?)?)\)?)$",
    re.IGNORECASE,
)
_LLAMA = re.compile(r"(?:meta-)?llama-?(\d)(?:[.-](\d))?(?:-community)?")
_DIGITS = re.compile(r"\d+")
_VERSION = re.compile(r"-?\d(?:\.\d)?[a-z]?")
# Creative Commons says these of a whole version, so that they add nothing to its number.
_CC_EDITIONS = {
    "international": "4.0",
    "intl": "4.0",
    "unported": "3.0",
    "generic": "2.0",
    "universal": "1.0",
}


def _words(written: str) -> list[str]:
    """The words that say something, in small letters and in their short forms, numbers on their own."""
    if len(written) > MAX_LENGTH:
        return []
    form = "-".join(_WORD.findall(written.lower().replace("licence", "license")))
    for long, short in _SHORT_FORMS:
        form = form.replace(long, short)
    form = _BEFORE_NUMBER.sub("", _GLUED.sub(r"\1-", form))
    return [word for word in form.split("-") if word not in _SAY_NOTHING]


def _hub_id(written: str) -> str | None:
    exact = written.strip().lower()
    if exact in hub.LICENSES:
        return exact
    words = _words(written)
    form = "-".join(words)
    if words[:1] == ["bsl"]:  # Boost to SPDX and the Hub, Business Source to most who write it
        return None
    if words[:1] in (["cc"], ["cc0"]):
        return _creative_commons(words)
    if match := _LLAMA.fullmatch(form):
        number = match[1] if match[2] in (None, "0") else f"{match[1]}.{match[2]}"
        return _listed(f"llama{number}")
    form = _SPLIT_NUMBER.sub(r"\1.\2", form)
    return _OTHER_NAMES.get(form) or _listed(form) or _listed(f"{form}.0")


def _creative_commons(words: list[str]) -> str | None:
    """`cc-by-nc-4.0` for its parts in any order; only where a version is said, but for the one of CC0."""
    if words[0] == "cc0" or words[1:2] in (["0"], ["zero"]):
        rest = words[1:] if words[0] == "cc0" else words[2:]
        return "cc0-1.0" if set(rest) <= {"1.0", "1", "universal"} else None
    numbers = [word for word in words[1:] if word[0].isdigit()]
    version = ".".join(numbers) if len(numbers) < 3 else ""
    version = version if "." in version else f"{version}.0"
    parts = [word for word in words[1:] if not word[0].isdigit()]
    editions = [part for part in parts if part in _CC_EDITIONS]
    elements = [part for part in parts if part not in _CC_EDITIONS]
    if any(_CC_EDITIONS[edition] != version for edition in editions) or len(elements) != len(set(elements)):
        return None
    ordered = [element for element in ("by", "nc", "nd", "sa") if element in elements]
    return _listed("-".join(("cc", *ordered, version))) if len(ordered) == len(elements) else None


@cache
def _forms() -> dict[str, str]:
    """The Hub's ids by the words that say something in them, as `_words` gives them."""
    return {"-".join(_words(id)): id for id in sorted(hub.LICENSES)}


def _listed(form: str) -> str | None:
    return form if form in hub.LICENSES else _forms().get(form)

"""Which text may govern: from what a card declares, or from provider, channel and date, to the catalogue.

The answer is an `Offer`, which keeps apart what SPDX expressions keep apart: alternatives, of which the
licensee takes the best (`OR`); terms that hold together (`AND`); and, for each of these, the texts of which
one governs and it is not known which, as when a name stands for several versions and no date is given.
"""

from __future__ import annotations

from collections.abc import Iterable

from .. import spdx
from .._named_tuple import NamedTuple
from ..claims import License
from . import store, texts
from .compiler import provider_key
from .texts import Text

UNSAID = frozenset(("other", "unknown"))
"""Ids that declare terms without saying which."""


class Period(NamedTuple):
    """When something was got, both ends ISO dates or parts of one; None where it is open or unknown."""

    start: str | None = None
    end: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether it can pick a version."""
        return self.start is not None or self.end is not None


class Candidates(NamedTuple):
    """Texts of which one governs. Empty: `name` is of no text that the catalogue has.

    `in_time` is False where none of them was in force when the source was got: they are what is known of
    those that were.
    """

    name: str
    texts: tuple[Text, ...]
    in_time: bool = True

    @property
    def key(self) -> tuple[str, ...]:
        """What tells these from others."""
        return (self.name, *(text.id for text in self.texts))


def one_of(name: str, offers: Iterable[Offer]) -> Offer:
    """Any of the texts of several offers, when it is not known which of them was made. Nothing is known where
    one of them leads to no text."""
    offers = tuple(offers)
    if not all(one.texts for offer in offers for one in offer.candidates):
        return Offer(((Candidates(name, ()),),))
    found = {text.id: text for offer in offers for one in offer.candidates for text in one.texts}
    return Offer(((Candidates(name, tuple(found.values())),),))


class Offer(NamedTuple):
    """Alternatives of terms that hold together. Empty: nothing is declared."""

    alternatives: tuple[tuple[Candidates, ...], ...] = ()

    @property
    def candidates(self) -> tuple[Candidates, ...]:
        """All that may govern, in the order in which it stands, each once."""
        return tuple({one.key: one for together in self.alternatives for one in together}.values())

    def speaks_of(self, *names: str) -> bool:
        """Whether any text that may govern has a fact of one of these names."""
        for together in self.alternatives:
            for one in together:
                for text in one.texts:
                    for name in names:
                        if name in text.named:
                            return True
        return False

    @property
    def label(self) -> str:
        """The offer as an expression."""
        return " OR ".join(" AND ".join(one.name for one in together) for together in self.alternatives)

    @property
    def key(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """What tells this offer from others."""
        return tuple(tuple(one.key for one in together) for together in self.alternatives)

    @property
    def is_understood(self) -> bool:
        """Whether every one of its names leads to texts that were read."""
        return bool(self.alternatives) and all(
            one.texts and all(text.is_read for text in one.texts) for one in self.candidates
        )


def licensed(license: License | None, when: Period = Period()) -> Offer:  # noqa: B008  # a value, not a state
    """What a declared licence offers, in the version of `license.effective`, else of the period `when`."""
    if license is None:
        return Offer()
    written = license.id or ""
    if license.effective:
        when = Period(license.effective, license.effective)
    if not written or written.lower() in UNSAID or written.lower() == "licenseref-other":
        named = next((name for name in (license.name, license.url) if name and texts.named(name)), None)
        label = named or license.name or license.url or written
        return Offer(((_versions(label, named, when),),)) if label else Offer()
    if found := texts.named(written):
        return Offer(((_in_force(written, found, when),),))
    expression = spdx.parse(written)
    if expression is None:
        return Offer(((Candidates(written, ()),),))
    return Offer(tuple(tuple(part) for part in _alternatives(expression, when)))


def together(offers: Iterable[Offer]) -> Offer:
    """Several offers that hold at once, as a list of licences does."""
    product: list[tuple[Candidates, ...]] = [()]
    for offer in offers:
        product = [(*a, *b) for a in product for b in offer.alternatives][:_MAX_ALTERNATIVES]
    return Offer(tuple(product))


_CLOUDS = {"azure": "microsoft", "amazon": "aws", "bedrock": "aws", "vertex": "google", "gcp": "google"}
"""Whose terms are those of a cloud that goes by a name of its own."""


def service(provider: str, channel: str, when: Period) -> Offer:
    """The service terms of a provider for a channel (`api`, `enterprise`, `consumer-app`, …) in a period.

    The texts of the whole period are candidates: which one was agreed to is not known. Of a time that none
    of them is of, no text is known.
    """
    seller = provider_key(provider)
    ids: list[str] = store.default().get("terms", f"{_CLOUDS.get(seller, seller)}/{channel}") or []
    if not ids:
        return Offer(((Candidates(f"the terms of {provider}", ()),),))
    return Offer(((Candidates(f"the {channel} terms of {provider}", _of_period(ids, when)),),))


def _versions(label: str, named: str | None, when: Period) -> Candidates:
    return _in_force(label, texts.named(named) if named else (), when)


def _in_force(name: str, ids: Iterable[str], when: Period) -> Candidates:
    """Those that were in force in the period; all of them where it is unknown or none was."""
    ids = tuple(ids)
    found = _of_period(ids, when)
    return Candidates(name, found) if found else Candidates(name, _texts(ids), in_time=False)


def _of_period(ids: Iterable[str], when: Period) -> tuple[Text, ...]:
    found = _texts(ids)
    if not when.is_known:
        return found
    return tuple(text for text in found if text.overlaps(when.start or "", when.end or ""))


def _texts(ids: Iterable[str]) -> tuple[Text, ...]:
    return tuple(text for id in ids if (text := texts.text(id)) is not None)


def _alternatives(expression: spdx.Expression, when: Period) -> list[list[Candidates]]:
    """Disjunctive normal form, bounded by the depth and length of an expression that `spdx` parses."""
    if isinstance(expression, spdx.Term):
        return [[_term(expression, when)]]
    if expression.operator == "OR":
        return [together for part in expression.parts for together in _alternatives(part, when)]
    product: list[list[Candidates]] = [[]]
    for part in expression.parts:
        product = [a + b for a in product for b in _alternatives(part, when)][:_MAX_ALTERNATIVES]
    return product


def _term(term: spdx.Term, when: Period) -> Candidates:
    for name in (term.license, spdx_family(term.license)):
        if found := texts.named(name):
            return _in_force(term.license, found, when)
    return Candidates(term.license, ())


def spdx_family(license: str) -> str:
    """`GPL-3.0-or-later` and `-only` are of one text."""
    return license.removesuffix("-only").removesuffix("-or-later")


_MAX_ALTERNATIVES = 64

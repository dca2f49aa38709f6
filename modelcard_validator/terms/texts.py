"""A text as the catalogue has it: who wrote it, when it is in force, and what it says by clause."""

from __future__ import annotations

from functools import cache
from typing import Any

from .._named_tuple import NamedTuple
from . import store

READ = ("stated", "inferred", "secondary", "recalled")
"""How a fact is known, surest first. Only a `stated` one can make a violation (docs/verdicts.md)."""


class Fact(NamedTuple):
    """One thing that a text says, in the closed vocabulary of vocabulary.yaml.

    `says` is our paraphrase of `clause`; `triggers` are the ways of using the material that bring it on,
    empty where the fact has none; `more` holds the qualifiers that the vocabulary gives to some facts.
    """

    name: str
    value: Any
    confidence: str
    clause: str | None = None
    says: str | None = None
    triggers: tuple[str, ...] = ()
    more: dict[str, Any] = {}  # noqa: RUF012  # a field's default, and nobody changes it

    @property
    def is_stated(self) -> bool:
        """Whether somebody can point at the sentence."""
        return self.confidence == "stated"


class Text(NamedTuple):
    """One dated text. `id` is `<short id>@<effective date>`; dates are ISO, None where the text has none."""

    id: str
    title: str
    kind: str
    provider: str
    effective: str | None = None
    until: str | None = None
    url: str | None = None
    hub_id: str | None = None
    spdx: str | None = None
    channels: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    sha256: str | None = None
    read: str = "none"
    reviewed: str | None = None
    notes: str | None = None
    facts: tuple[Fact, ...] = ()
    silent: frozenset[str] = frozenset()
    named: dict[str, tuple[Fact, ...]] = {}  # noqa: RUF012  # a field's default, and nobody changes it
    """The facts by name, the surest first."""

    @property
    def short_id(self) -> str:
        """The id without its date: what stays the same from version to version."""
        return self.id.partition("@")[0]

    @property
    def is_read(self) -> bool:
        """Whether there is a text behind the entry; `other` and `unknown` have none and can say nothing."""
        return self.read in ("full", "partial", "excerpt")

    def all(self, name: str) -> tuple[Fact, ...]:
        """The facts of that name, the surest first; there may be several, with different triggers."""
        return self.named.get(name, ())

    def first(self, name: str) -> Fact | None:
        """The surest fact of that name, None where the text is silent or was not read for it."""
        found = self.named.get(name)
        return found[0] if found else None

    def value(self, name: str) -> Any:
        """The value of `first`, None where there is no such fact."""
        found = self.named.get(name)
        return found[0].value if found else None

    def in_force(self, on: str) -> bool:
        """Whether it was in force on an ISO date, as far as its dates say. A partial date stands for its
        whole period, and one day of it is enough."""
        return self.overlaps(on, on)

    def overlaps(self, start: str, end: str) -> bool:
        """The same of any day from `start` to `end`, either of which may be empty: open on that side."""
        begins_in_time = self.effective is None or not end or self.effective[: len(end)] <= end
        return begins_in_time and (self.until is None or self.until[: len(start)] >= start)


@cache
def text(id: str) -> Text | None:
    """The text of that id (with its date), or None."""
    data = store.default().get("texts", id)
    if data is None:
        return None
    facts = tuple(
        Fact(
            item["fact"],
            item["value"],
            item["confidence"],
            item.get("clause"),
            item.get("says"),
            tuple(item.get("triggers", ())),
            item.get("more", {}),
        )
        for item in data["facts"]
    )
    named: dict[str, tuple[Fact, ...]] = {}
    for fact in sorted(facts, key=lambda fact: READ.index(fact.confidence)):
        named[fact.name] = (*named.get(fact.name, ()), fact)
    applies = data.get("applies_to", {})
    sources = data.get("sources", ())
    return Text(
        id=id,
        title=data["title"],
        kind=data["kind"],
        provider=data["provider"],
        effective=data.get("effective"),
        until=data.get("until"),
        url=data.get("url"),
        hub_id=data.get("hub_id"),
        spdx=data.get("spdx"),
        channels=tuple(applies.get("channels", ())),
        models=tuple(applies.get("models", ())),
        territory=tuple(data.get("territory", ())),
        sha256=sources[0]["sha256"] if sources else None,
        read=data["read"],
        reviewed=data.get("reviewed"),
        notes=data.get("notes"),
        facts=facts,
        silent=frozenset(data.get("silent", ())),
        named=named,
    )


def ids() -> tuple[str, ...]:
    """The ids of all texts, sorted."""
    return tuple(store.default().keys("texts"))


def version() -> str:
    """Which catalogue this is: the day of its last check, and the beginning of a digest of what it says."""
    return str(store.default().get("meta", "version"))


def named(name: str) -> tuple[str, ...]:
    """The ids of the texts that a name stands for, oldest first: an id with or without date, a Hub id, an
    SPDX or LicenseRef id, a title, an alias or a link. Several are versions of one text, or a family."""
    key = key_of(name)
    found: list[str] = (
        store.default().get("names", key) or store.default().get("names", without_ref(key)) or []
    )
    return tuple(found)


def key_of(name: str) -> str:
    """A name as the index has it: small letters, single spaces; a link without scheme, `www.` and slash."""
    key = " ".join(name.lower().split())
    if "://" in key:
        key = key.partition("://")[2].removeprefix("www.").partition("#")[0].partition("?")[0].rstrip("/")
        key = key.replace("/resolve/main/", "/blob/main/").replace("/raw/main/", "/blob/main/")
    return key


def without_ref(key: str) -> str:
    """`licenseref-llama3.1` and `licenseref-scancode-…` without what SPDX puts before other people's ids."""
    return key.removeprefix("licenseref-").removeprefix("scancode-")

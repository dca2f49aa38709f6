"""Whether a description in a policy fits what a card says of a model or a dataset: yes, no, or open.

What is not declared counts neither way (docs/verdicts.md): the answer is None, unless what is known decides
it all the same. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import Pattern
from typing import TypeAlias

from .. import hub
from .._named_tuple import NamedTuple
from ..claims import Reference
from ..lineage import Edge
from ..terms import known
from ..terms.resolve import UNSAID, Candidates, Offer
from ..terms.texts import Text, without_ref

Answer: TypeAlias = "bool | None"


class Matcher(NamedTuple):
    """A description of an entry, as compiled globs and as a `provider_key`; None is not asked for."""

    id: Pattern[str] | None = None
    provider: str | None = None
    access: str | None = None
    license: Pattern[str] | None = None


class Terms(NamedTuple):
    """One licence, by all its names in small letters: as it is written, and those of each of the texts of
    which one governs."""

    written: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]


Alternatives: TypeAlias = "tuple[tuple[Terms | None, ...], ...]"
"""Of the outer ones the licensee takes one, the inner ones hold together (`Offer`). None stands for terms
that nobody declared, or that are not looked at."""


class Seen(NamedTuple):
    """What a description can speak of, all in small letters. `names` and `providers` are empty where nothing
    is said; `near` are providers that it may be, by parts of their names.

    `readings` are the terms, more than one where it is open how they are meant.
    """

    names: tuple[str, ...]
    providers: frozenset[str]
    near: frozenset[str]
    access: str | None
    readings: tuple[Alternatives, ...]

    @property
    def without_terms(self) -> Seen:
        """The same, but for what it is under."""
        return self._replace(readings=(_NO_TERMS,))

    @property
    def has_terms(self) -> bool:
        """Whether any are declared or known."""
        return self.readings != (_NO_TERMS,)


_NO_TERMS: Alternatives = ((None,),)


def seen_of(edge: Edge, *readings: Offer) -> Seen:
    """What is declared or known at the far end of an edge; `readings` are what its offer may mean, where that
    is open."""
    source = edge.source
    names = (source.id, hub.id_of(source.id or ""), source.name)
    sure, near = _providers(source)
    return Seen(
        names=tuple({name.lower(): None for name in names if name}),
        providers=sure,
        near=near,
        access=None if edge.access == "unknown" else edge.access,
        readings=tuple(map(_alternatives, readings or (edge.offer,))),
    )


def is_forbidden(matchers: tuple[Matcher, ...], seen: Seen) -> Answer:
    """Whether no choice is left: in every alternative something fits one of the descriptions."""
    return _agreed(
        both(either(_fits(matchers, seen, part) for part in together) for together in terms)
        for terms in seen.readings
    )


def is_not_allowed(matchers: tuple[Matcher, ...], seen: Seen) -> Answer:
    """Whether no choice is left: in every alternative something fits none of the descriptions."""
    return _agreed(
        both(either(_opposite(_fits(matchers, seen, part)) for part in together) for together in terms)
        for terms in seen.readings
    )


def is_described(matchers: tuple[Matcher, ...], seen: Seen) -> Answer:
    """Whether anything about it fits one of the descriptions."""
    return either(_fits(matchers, seen, part) for part in _parts_of(seen))


def _parts_of(seen: Seen) -> Iterator[Terms | None]:
    return (part for terms in seen.readings for together in terms for part in together)


def open_facts(matchers: tuple[Matcher, ...], seen: Seen, label: str) -> tuple[str, ...]:
    """What would have to be known of the thing called `label` for the descriptions to fit or not."""
    parts = tuple(_parts_of(seen))
    facts = {
        f"the name of {label}": (_named(one, seen) for one in matchers),
        f"who provides {label}": (_provided(one, seen) for one in matchers),
        f"how {label} was used": (_accessed(one, seen) for one in matchers),
        f"what {label} is under": (_licensed(one, part) for one in matchers for part in parts),
    }
    return tuple(fact for fact, answers in facts.items() if None in answers)


def both(answers: Iterable[Answer]) -> Answer:
    """Whether all hold, in three values; asks no further than it must.

    >>> both([True, None]), both([None, False]), both([])
    (None, False, True)
    """
    result: Answer = True
    for answer in answers:
        if answer is False:
            return False
        result = result and answer
    return result


def either(answers: Iterable[Answer]) -> Answer:
    """Whether one holds, in three values; asks no further than it must.

    >>> either([True, None]), either([None, False]), either([])
    (True, None, False)
    """
    return _opposite(both(map(_opposite, answers)))


def _agreed(answers: Iterable[Answer]) -> Answer:
    """What every reading comes to; None where they differ."""
    found = set(answers)
    return found.pop() if len(found) == 1 else None


def _opposite(answer: Answer) -> Answer:
    return None if answer is None else not answer


def _providers(reference: Reference) -> tuple[frozenset[str], frozenset[str]]:
    """Who offers a model or a dataset: as declared, as known, and the account in its id; and who it may be.

    What is known names its providers together (`Stability AI / CarperAI`), and is each of them. An account
    like `meta-llama` may be Meta's or anybody's.
    """
    owner, slash, _ = hub.id_of(reference.id or "").partition("/")
    found = known.model(reference.id or reference.name or "")
    names = [name for name in (reference.provider, owner if slash else None) if name]
    sure = set(map(provider_key, names)) | (_parts(found.provider) if found else set())
    return frozenset(sure), frozenset(part for name in names for part in _parts(name)) - sure


def provider_key(name: str) -> str:
    """A provider's name without what people write differently.

    >>> [provider_key(name) for name in ("Mistral AI", "mistralai", "OpenAI", "Open Lab")]
    ['mistral', 'mistral', 'openai', 'openlab']
    """
    key = "".join(filter(str.isalnum, name.lower()))
    return key.removesuffix("ai") if len(key) > len("openai") else key


def _parts(name: str) -> set[str]:
    """The keys of every run of words in a name.

    >>> sorted(_parts("Alibaba Qwen")), sorted(_parts("mistral-ai"))
    (['alibaba', 'alibabaqwen', 'qwen'], ['ai', 'mistral'])
    """
    words = re.findall(r"[^\W_]+", name)[:_MAX_WORDS]
    runs = ((start, end) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return {provider_key("".join(words[start:end])) for start, end in runs}


_MAX_WORDS = 8


def _alternatives(offer: Offer) -> Alternatives:
    return tuple(tuple(map(_terms, together)) for together in offer.alternatives) or _NO_TERMS


def _terms(one: Candidates) -> Terms | None:
    written = one.name.lower()
    if written in UNSAID:
        return None
    return Terms((written, without_ref(written)), tuple(_names(text) for text in one.texts))


def _names(text: Text) -> tuple[str, ...]:
    return tuple(name.lower() for name in (text.short_id, text.id, text.hub_id, text.spdx) if name)


def _fits(matchers: tuple[Matcher, ...], seen: Seen, part: Terms | None) -> Answer:
    return either(_fits_one(one, seen, part) for one in matchers)


def _fits_one(matcher: Matcher, seen: Seen, part: Terms | None) -> Answer:
    cheap = both((_provided(matcher, seen), _accessed(matcher, seen)))
    if cheap is False:
        return False
    return both((cheap, _named(matcher, seen), _licensed(matcher, part)))


def _named(matcher: Matcher, seen: Seen) -> Answer:
    if matcher.id is None:
        return True
    return any(map(matcher.id.match, seen.names)) if seen.names else None


def _provided(matcher: Matcher, seen: Seen) -> Answer:
    if matcher.provider is None or matcher.provider in seen.providers:
        return True
    return None if matcher.provider in seen.near or not seen.providers else False


def _accessed(matcher: Matcher, seen: Seen) -> Answer:
    if matcher.access is None or matcher.access == seen.access:
        return True
    return None if seen.access is None else False


def _licensed(matcher: Matcher, part: Terms | None) -> Answer:
    if matcher.license is None:
        return True
    if part is None:
        return None
    if any(map(matcher.license.match, part.written)):
        return True
    answers = {any(map(matcher.license.match, names)) for names in part.texts} or {False}
    return answers.pop() if len(answers) == 1 else None

"""Whether a description in a policy fits what a card says of a model or a dataset: yes, no, or open.

What is not declared counts neither way (docs/verdicts.md): the answer is None, unless what is known decides
it all the same. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from re import Pattern
from typing import NamedTuple, TypeAlias

from .. import hub
from ..claims import Reference
from ..lineage import Edge
from ..terms import known
from ..terms.resolve import UNSAID, Candidates
from ..terms.texts import Text, without_ref

Answer: TypeAlias = "bool | None"
Alternatives: TypeAlias = "tuple[tuple[Candidates | None, ...], ...]"
"""Terms as an `Offer` has them: of the outer ones the licensee takes one, the inner ones hold together. None
stands for terms that are not looked at, or that nobody declared."""

NO_TERMS: Alternatives = ((None,),)


class Matcher(NamedTuple):
    """A description of an entry, as compiled globs and as a `provider_key`; None is not asked for."""

    id: Pattern[str] | None = None
    provider: str | None = None
    access: str | None = None
    license: Pattern[str] | None = None


def terms_of(edge: Edge) -> Alternatives:
    """The terms of an edge; `NO_TERMS` where none are declared or known."""
    return edge.offer.alternatives or NO_TERMS


def is_forbidden(matchers: tuple[Matcher, ...], edge: Edge, terms: Alternatives) -> Answer:
    """Whether no choice is left: in every alternative something fits one of the descriptions."""
    return both(either(_fits(matchers, edge, part) for part in together) for together in terms)


def is_not_allowed(matchers: tuple[Matcher, ...], edge: Edge, terms: Alternatives) -> Answer:
    """Whether no choice is left: in every alternative something fits none of the descriptions."""
    return both(either(_opposite(_fits(matchers, edge, part)) for part in together) for together in terms)


def is_described(matchers: tuple[Matcher, ...], edge: Edge, terms: Alternatives) -> Answer:
    """Whether anything about the edge fits one of the descriptions."""
    return either(_fits(matchers, edge, part) for together in terms for part in together)


def both(answers: Iterable[Answer]) -> Answer:
    """Whether all hold, in three values.

    >>> both([True, None]), both([None, False]), both([])
    (None, False, True)
    """
    found = set(answers)
    return False if False in found else None if None in found else True


def either(answers: Iterable[Answer]) -> Answer:
    """Whether one holds, in three values.

    >>> either([True, None]), either([None, False]), either([])
    (True, None, False)
    """
    found = set(answers)
    return True if True in found else None if None in found else False


def _opposite(answer: Answer) -> Answer:
    return None if answer is None else not answer


def open_facts(matchers: tuple[Matcher, ...], edge: Edge, terms: Alternatives, label: str) -> tuple[str, ...]:
    """What would have to be known of an edge, called `label`, for the descriptions to fit or not."""
    facts = {
        f"the name of {label}": [_named(m, edge) for m in matchers],
        f"who provides {label}": [_provided(m, edge) for m in matchers],
        f"how {label} was used": [_accessed(m, edge) for m in matchers],
        f"what {label} is under": [_licensed(m, p) for m in matchers for ps in terms for p in ps],
    }
    return tuple(fact for fact, answers in facts.items() if None in answers)


def providers(reference: Reference) -> frozenset[str]:
    """Who offers a model or a dataset: as declared, as known, and the account in its id."""
    owner, slash, _ = hub.id_of(reference.id or "").partition("/")
    found = known.model(reference.id or reference.name or "")
    names = (reference.provider, found.provider if found else None, owner if slash else None)
    return frozenset(provider_key(name) for name in names if name)


def provider_key(name: str) -> str:
    """A provider's name without what people write differently.

    >>> [provider_key(name) for name in ("Mistral AI", "mistralai", "OpenAI", "Open Lab")]
    ['mistral', 'mistral', 'openai', 'openlab']
    """
    key = "".join(filter(str.isalnum, name.lower()))
    return key.removesuffix("ai") if len(key) > 6 else key


def _fits(matchers: tuple[Matcher, ...], edge: Edge, part: Candidates | None) -> Answer:
    return either(
        both((_named(one, edge), _provided(one, edge), _accessed(one, edge), _licensed(one, part)))
        for one in matchers
    )


def _named(matcher: Matcher, edge: Edge) -> Answer:
    if matcher.id is None:
        return True
    reference = edge.source
    names = {name.lower() for name in (reference.id, hub.id_of(reference.id or ""), reference.name) if name}
    return any(matcher.id.match(name) for name in names) if names else None


def _provided(matcher: Matcher, edge: Edge) -> Answer:
    if matcher.provider is None:
        return True
    found = providers(edge.source)
    return matcher.provider in found if found else None


def _accessed(matcher: Matcher, edge: Edge) -> Answer:
    if matcher.access is None or matcher.access == edge.access:
        return True
    return None if edge.access in (None, "unknown") else False


def _licensed(matcher: Matcher, part: Candidates | None) -> Answer:
    if matcher.license is None:
        return True
    if part is None or part.name.lower() in UNSAID:
        return None
    if any(matcher.license.match(name) for name in _spellings(part.name)):
        return True
    answers = {any(matcher.license.match(name) for name in _names(text)) for text in part.texts} or {False}
    return answers.pop() if len(answers) == 1 else None


def _spellings(name: str) -> tuple[str, str]:
    return name.lower(), without_ref(name.lower())


def _names(text: Text) -> Iterator[str]:
    return (name.lower() for name in (text.short_id, text.id, text.hub_id, text.spdx) if name)

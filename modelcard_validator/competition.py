"""Whether a model competes with a provider's, as far as its publisher declares it.

Terms that bar competing models leave that word undefined, so what a model can do decides nothing here: the
publisher's own declaration does (SPEC.md, 5.6), a policy may, and some texts except models that they
describe by facts. Pure.
"""

from __future__ import annotations

import re

from .claims import Scope
from .terms.compiler import provider_key
from .terms.texts import Fact, Text

_WIDER = r"\balso\b|\bwider\b|distil|resembl|similar"
"""Where the catalogue's words for a clause say that it bars more than competing, a model that does not
compete may still be barred. Reading these words makes an answer less sure, and never surer."""
_SORTING = frozenset(("label", "embedding"))


def competes(scopes: tuple[Scope, ...], text: Text, fact: Fact, *, strict: bool = False) -> bool | None:
    """Whether a clause against competing models reaches a model with these scopes; None where that is open.

    `strict` takes a general-purpose model that others get or use as one that competes.
    """
    if fact.is_stated and is_excepted(scopes, fact):
        return False
    if any(provider_key(text.provider) in map(provider_key, scope.competes_with) for scope in scopes):
        return True
    if strict and any(scope.general_purpose and is_passed_on(scope) for scope in scopes):
        return True
    if fact.is_stated and _declares_none(scopes, fact):
        return False
    return None


def is_excepted(scopes: tuple[Scope, ...], fact: Fact) -> bool:
    """Whether the model is declared to be what the clause excepts: one that sorts or embeds, and that nobody
    else has or uses."""
    return excepts_classifiers(fact) and any(
        sorts(scope) and scope.distribution == "internal" for scope in scopes
    )


def excepts_classifiers(fact: Fact) -> bool:
    """Whether the clause excepts models that only sort or embed data."""
    return any("classif" in exception for exception in fact.more.get("exceptions", ()))


def sorts(scope: Scope) -> bool:
    """Whether nothing but labels or embeddings is declared to come out of the model."""
    return bool(scope.produces) and _SORTING.issuperset(scope.produces)


def is_passed_on(scope: Scope) -> bool:
    """Whether somebody else is declared to have or use the model."""
    return scope.distribution in ("open-weights", "gated-weights", "product", "service")


def _declares_none(scopes: tuple[Scope, ...], fact: Fact) -> bool:
    """Whether the publisher declares that it competes with no provider, and no more than that is asked."""
    declared = [scope.source.place.of("competes_with") for scope in scopes]
    none = any(place.document.get(place.pointer) == [] for place in declared)
    return none and not re.search(_WIDER, str(fact.more.get("scope", "")).lower())

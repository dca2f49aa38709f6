'''Rules: one module each, and its name is the rule's slug.

A rule is a module with a docstring (its documentation, under fixed headings), a `RULE` and a `check`:

    """Title: the problem in one line.

    ## What it does
    ## Why it matters
    ## How to fix
    ## Example          two fenced blocks (yaml: front matter; markdown: a README; record, json: a side
                        file): the first makes the rule speak, the second does not
    ## Source           where one can read it up
    """

    RULE = Rule(Kind.HYGIENE, Severity.WARNING)

    def check(card: Card) -> Iterator[Problem]: ...

`check` is a pure generator: it reads nothing but the card, and says where and what in symbols (`Place`);
the engine adds slug, severity and position. Severities other than the rule's own are for the same problem
in a place where it weighs less.
'''

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from .. import _folder
from ..card import Card
from ..claims import Place
from ..finding import Fix, Kind, Severity

PACKAGE = __name__


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule is about, and how much its findings weigh."""

    kind: Kind
    severity: Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: `message` says what is wrong with the value, `help` what to do about it."""

    place: Place
    message: str
    help: str
    fix: Fix | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class LoadedRule:
    """A rule as the engine uses it."""

    slug: str
    kind: Kind
    severity: Severity
    check: Callable[[Card], Iterator[Problem]]
    documentation: str

    @property
    def title(self) -> str:
        """The first line of its documentation."""
        return self.documentation.partition("\n")[0].rstrip(".")

    def section(self, heading: str) -> str:
        """The text under one of the fixed headings."""
        _, _, rest = self.documentation.partition(f"## {heading}\n")
        return rest.partition("\n## ")[0].strip()


def quoted(value: object, limit: int = 60) -> str:
    """A value of the card as it stands in a message: in backticks, on one line, of bounded length.

    >>> quoted("mit"), quoted("a" * 70)[-5:]
    ('`mit`', 'aaa…`')
    """
    text = " ".join(str(value).split())
    return f"`{text[: limit - 1]}…`" if len(text) > limit else f"`{text}`"


def load(slug: str) -> LoadedRule:
    """One rule by its slug; raises `UnknownName`."""
    module = _folder.load(PACKAGE, slug)
    rule: Rule = module.RULE
    return LoadedRule(slug, rule.kind, rule.severity, module.check, (module.__doc__ or "").strip())


@cache
def all_rules() -> tuple[LoadedRule, ...]:
    """Every rule there is, in the order of slugs."""
    return tuple(load(slug) for slug in _folder.names(PACKAGE))


def refused(slug: str, card: Card) -> Iterator[Problem]:
    """What the reader refused under the name of this rule."""
    for document in card.documents:
        for refusal in document.refusals:
            if refusal.rule != slug:
                continue
            help = refusal.help
            if refusal.related is not None:
                line, _ = document.position(refusal.related.start)
                help = f"{help} The first is on line {line}."
            yield Problem(Place(document, span=refusal.span), refusal.message, help)

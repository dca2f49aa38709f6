"""One requirement of a policy read against a card.

The policy is the text that a finding rests on, and its rule the clause. As with every text, a violation needs
a declared fact: what is only mentioned, known without certainty or said by a third party stops at
needs-review, and so does what is open. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import Pattern
from typing import TypeAlias

from .._named_tuple import NamedTuple
from ..card import Card
from ..claims import Dataset, License, Parent, Place, Reference, Source, Strength, Teacher
from ..document import Span
from ..finding import Severity, Verdict
from ..judgement import Ruling, covers
from ..lineage import MODEL_FLOWS, TEACHING, Edge, Flow, Statement, texts_of
from ..lineage.edge import own_name
from ..rules import Problem, quoted
from ..rules._shared import name_of, opening
from ..rules.reference_not_pinned import is_loose
from ..terms import resolve
from ..terms.resolve import UNSAID, Offer, Period
from ..terms.texts import Fact, Text
from . import matching
from .matching import Answer, Matcher, Seen, seen_of

Claim: TypeAlias = "Parent | Teacher | Dataset"


class Requirement(NamedTuple):
    """A rule of a policy. `forbid` and `allow` are None where it has none: to allow nothing is `()`.

    `text` is the policy as a whole, `clause` the place of the rule in it.
    """

    id: str
    why: str
    help: str
    severity: Severity
    about: tuple[str, ...]
    text: Text
    clause: Fact
    models: tuple[Pattern[str], ...] = ()
    where: tuple[Matcher, ...] | None = None
    forbid: tuple[Matcher, ...] | None = None
    allow: tuple[Matcher, ...] | None = None
    require: tuple[str, ...] = ()


class _Entry(NamedTuple):
    """What a requirement looks at: an edge, and the claim that makes it, None for one behind what is
    declared. The model itself is an edge that nothing crosses."""

    subject: str
    edge: Edge
    seen: Seen
    claim: Claim | None
    is_declared: bool

    @property
    def label(self) -> str:
        """What to call it in a sentence."""
        if self.subject != "model":
            return name_of(self.edge.source)
        return quoted(self.edge.label) if self.edge.source.id or self.edge.source.name else "this model"


_NO_OFFER = Offer()
_FLOWS = {"parents": MODEL_FLOWS, "teachers": TEACHING, "datasets": frozenset((Flow.DATA,))}
_LISTS = {"parents": "derived_from", "teachers": "taught_by", "datasets": "trained_on"}
_NOUNS = {"parents": "a parent", "teachers": "a teacher", "datasets": "a dataset"}


def check(requirement: Requirement, card: Card) -> Iterator[Problem]:
    """What the card says, or leaves out, against the requirement; nothing of a card that is not read."""
    if any(document.data is None and document.refusals for document in card.documents):
        return
    if len(card.readable_records) < len(card.records) or not _is_for(requirement, card):
        return
    forbid, allow = _bans(requirement)
    for subject in requirement.about:
        entries = _entries(card, subject)
        yield from _banned(requirement, entries, forbid)
        yield from _banned(requirement, _front(entries), allow)
        yield from _lacking(requirement, card, entries)
        if "complete" in requirement.require:
            yield from _incomplete(requirement, card, subject)


def _is_for(requirement: Requirement, card: Card) -> bool:
    names = [name.lower() for model in card.claims.models for name in (model.id, model.name) if name]
    if not requirement.models or not names:
        return True
    return any(glob.match(name) for glob in requirement.models for name in names)


# What is looked at


def _entries(card: Card, subject: str) -> tuple[_Entry, ...]:
    """Each way to a source once, by the surest claim of it."""
    found = _own(card) if subject == "model" else _sources(card, subject)
    unique: dict[object, _Entry] = {}
    for entry in sorted(found, key=lambda one: not one.is_declared):
        trail = tuple(map(str.lower, entry.edge.trail))
        unique.setdefault((trail, texts_of(entry.edge.offer), entry.edge.access), entry)
    return tuple(unique.values())


def _sources(card: Card, subject: str) -> Iterator[_Entry]:
    claims = card.claims
    stated: tuple[Claim, ...] = (*claims.parents, *claims.teachers, *claims.datasets)
    by_key = {_key(_reference(claim)): claim for claim in stated}
    firsthand = "third-party" not in claims.asserted_by
    for edge in card.lineage.edges:
        if edge.flows & _FLOWS[subject]:
            claim = by_key.get(_key(edge.source))
            declared = claim is not None and claim.source.strength is Strength.DECLARED and firsthand
            yield _Entry(subject, edge, seen_of(edge), claim, declared)


def _reference(claim: Claim) -> Reference:
    return claim.dataset if isinstance(claim, Dataset) else claim.model


def _key(reference: Reference) -> object:
    """What tells references of one card apart; what is known of a source stands at its place."""
    at = reference.source.place
    return (at.document.path, at.pointer, at.span, reference.id, reference.name, reference.provider)


def _own(card: Card) -> Iterator[_Entry]:
    """The model itself, once for each place that says what it is offered under."""
    claims = card.claims
    declared = "third-party" not in claims.asserted_by
    readers = {license.source.reader for license in claims.licenses} or {""}
    for reader in sorted(readers):
        licenses = [one for one in claims.licenses if one.source.reader == reader]
        parts = [resolve.licensed(one) for one in licenses]
        place = licenses[0].source.place if licenses else _home(card)
        facts = tuple(
            Statement(f"{own_name(claims)} is under {one.id or one.name}", "declared", one.source.place)
            for one in licenses
        )
        if len(parts) < 2:
            edge = _own_edge(card, place, parts[0] if parts else _NO_OFFER, facts)
            seen = seen_of(edge)
        else:  # all of the Hub's list, or one of it: SPEC.md, 8.1
            edge = _own_edge(card, place, resolve.one_of(", ".join(one.label for one in parts), parts), facts)
            any_of = Offer(tuple(part for one in parts for part in one.alternatives))
            seen = seen_of(edge, resolve.together(parts), any_of)
        yield _Entry("model", edge, seen, None, declared)


def _own_edge(card: Card, place: Place, offer: Offer = _NO_OFFER, facts: tuple[Statement, ...] = ()) -> Edge:
    """The model itself as an edge, so that what is said of it is judged and shown as of its sources."""
    named = (model for model in card.claims.models if model.id or model.name)
    source = next(named, Reference(Source("", place)))
    return Edge(frozenset(), source, place, (), offer, Period(), True, facts)


def _home(card: Card) -> Place:
    """Where that is said to be missing which nothing in the card speaks of."""
    for record in card.records:
        return record.place.as_key()
    document = card.documents[0]
    if document.metadata is not None and card.native is document:
        return opening(document)
    return Place(document, span=Span(0, len(document.lines.line(1))))


# Forbidden and allowed


class _Ban(NamedTuple):
    """What `forbid` or `allow` has against an entry: the test, and the words for it."""

    matchers: tuple[Matcher, ...] | None
    holds: Callable[[tuple[Matcher, ...], Seen], Answer]
    verb: str
    question: str


def _bans(requirement: Requirement) -> tuple[_Ban, _Ban]:
    return (
        _Ban(requirement.forbid, matching.is_forbidden, "forbids", "is what the policy forbids"),
        _Ban(requirement.allow, matching.is_not_allowed, "does not allow", "is what the policy allows"),
    )


def _front(entries: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    """Those that stand behind no other one: what is behind a thing that is allowed was looked at with it."""
    trails = {entry.edge.trail for entry in entries}
    return tuple(entry for entry in entries if not entry.edge.trail or entry.edge.trail[:-1] not in trails)


def _banned(requirement: Requirement, entries: tuple[_Entry, ...], ban: _Ban) -> Iterator[Problem]:
    if ban.matchers is None:
        return
    for entry in entries:
        answer = matching.both((_applies(requirement, entry), ban.holds(ban.matchers, entry.seen)))
        if answer is False or (answer is None and not entry.is_declared):
            continue  # what nobody declared, and may be something else, is no finding
        if answer is None and not entry.seen.has_terms and "license" in requirement.require:
            continue  # the same rule says that there is none
        without_terms = entry.is_declared and ban.holds(ban.matchers, entry.seen.without_terms) is True
        is_declared = entry.is_declared if entry.subject == "model" else entry.edge.certain or without_terms
        asked = (*(requirement.where or ()), *ban.matchers)
        flips = matching.open_facts(asked, entry.seen, entry.label) if answer is None else ()
        message = _says_what(entry, ban, answer, is_declared)
        yield _problem(requirement, entry.edge, message, answer is True and is_declared, flips)


def _says_what(entry: _Entry, ban: _Ban, answer: Answer, is_declared: bool) -> str:
    noun = _NOUNS.get(entry.subject)
    if answer is None:
        return f"it is open whether {entry.label}{f', {noun},' if noun else ''} {ban.question}"
    verb = "is" if is_declared else "may be"
    if any(matcher.license for matcher in ban.matchers or ()) and entry.edge.offer.alternatives:
        under = f"{noun} under" if noun else "under"
        return f"{entry.label} {verb} {under} {quoted(entry.edge.offer.label)}, which the policy {ban.verb}"
    return f"{entry.label} {verb} {noun or 'a model'} that the policy {ban.verb}"


def _applies(requirement: Requirement, entry: _Entry) -> Answer:
    if requirement.where is None:
        return True
    return matching.is_described(requirement.where, entry.seen)


# Required


def _lacking(requirement: Requirement, card: Card, entries: tuple[_Entry, ...]) -> Iterator[Problem]:
    """What is not said of things that the card declares; a permission is asked for what is known as well."""
    for entry in entries:
        applies = _applies(requirement, entry)
        if applies is False:
            continue
        is_named = entry.claim is not None and entry.claim.source.strength is Strength.DECLARED
        lacks = [
            lack
            for word in requirement.require
            if word in _LACKS and (is_named or entry.subject == "model" or (word == "permission" and applies))
            if (lack := _LACKS[word](card, entry))
        ]
        if lacks:
            noun = f", {_NOUNS[entry.subject]}," if entry.subject in _NOUNS else ""
            message = f"{entry.label}{noun} is declared without {', without '.join(lacks)}"
            asked = requirement.where or ()
            flips = matching.open_facts(asked, entry.seen, entry.label) if applies is None else ()
            yield _problem(requirement, entry.edge, message, applies is True and entry.is_declared, flips)


def _license(card: Card, entry: _Entry) -> str:
    claim = entry.claim
    if entry.subject == "model":
        stated = card.claims.licenses
    else:
        own = claim.terms if isinstance(claim, Teacher) else claim.license if claim else None
        stated = (own,) if own else ()
    missing = "terms" if isinstance(claim, Teacher) else "a licence"
    return "" if any(map(_says_which, stated)) else missing


def _revision(_: Card, entry: _Entry) -> str:
    return "a commit or a digest" if is_loose(entry.edge.source) else ""


def _evidence(_: Card, entry: _Entry) -> str:
    return "" if entry.claim is not None and entry.claim.evidence else "evidence"


def _permission(card: Card, entry: _Entry) -> str:
    edge = entry.edge
    givers = entry.seen.providers | {
        matching.provider_key(text.provider) for one in edge.offer.candidates for text in one.texts
    }
    given = edge.own or any(
        permission.evidence
        and matching.provider_key(permission.grantor or "") in givers
        and covers(permission, edge)
        for permission in card.claims.permissions
    )
    return "" if given else "a permission of its provider that rests on evidence"


_LACKS: dict[str, Callable[[Card, _Entry], str]] = {
    "license": _license,
    "revision": _revision,
    "evidence": _evidence,
    "permission": _permission,
}
"""What is not there of what is required, as words that follow "without"; empty where it is."""


def _says_which(license: License) -> bool:
    return (license.id or "unknown").lower() not in UNSAID or bool(
        license.name or license.url or license.file
    )


def _incomplete(requirement: Requirement, card: Card, subject: str) -> Iterator[Problem]:
    name = _LISTS[subject]
    said = [one for one in card.claims.disclosures if one.list == name]
    if said and all(one.level == "complete" for one in said):
        return
    place = said[0].source.place if said else _home(card)
    message = f"the list of {subject} ({quoted(name)}) is not declared to be complete"
    yield _problem(requirement, _own_edge(card, place), message, "third-party" not in card.claims.asserted_by)


def _problem(
    requirement: Requirement, edge: Edge, message: str, is_sure: bool, flips: tuple[str, ...] = ()
) -> Problem:
    """A finding with the policy as its text, no graver than for review where it is not sure."""
    severity = requirement.severity if is_sure else min(requirement.severity, Severity.WARNING)
    ruling = Ruling(Verdict(severity - 1), edge, requirement.text, requirement.clause, flips)
    whole = f"{message}: {requirement.why}"
    return Problem(edge.place, whole, requirement.help, severity=severity, ruling=ruling)

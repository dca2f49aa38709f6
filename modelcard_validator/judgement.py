"""A clause against an edge, in three values, and never surer than what it rests on.

A test says of one text and one flow what it makes of them; `over` asks it of everything that may hold, and
puts the answers together as the promises of docs/verdicts.md want it: what is open counts neither way unless
every possibility gives the same answer; alternatives are the licensee's choice; terms that hold together are
each to be met; and a violation needs a stated clause, a declared fact, and a party that is bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from ._named_tuple import NamedTuple
from .claims import Permission
from .finding import Severity, Verdict
from .lineage import MODEL_FLOWS, Edge, Flow
from .terms.compiler import provider_key
from .terms.resolve import Candidates, Offer
from .terms.texts import Fact, Text


class Answer(NamedTuple):
    """What one text makes of one flow. `fact` is the clause it rests on, `flips` what would change it."""

    verdict: Verdict
    fact: Fact
    flips: tuple[str, ...] = ()

    @property
    def weight(self) -> Verdict:
        """The verdict that its fact can carry: none but a stated clause makes a violation."""
        return self.verdict if self.fact.is_stated else min(self.verdict, Verdict.NEEDS_REVIEW)


class Ruling(NamedTuple):
    """What the texts make of an edge, and the one that decides."""

    verdict: Verdict
    edge: Edge
    text: Text
    fact: Fact
    flips: tuple[str, ...]
    permission: str | None = None

    @property
    def severity(self) -> Severity:
        """The severity of a finding of kind terms, lineage or duties with this verdict."""
        return Severity(self.verdict + 1)


Test: TypeAlias = Callable[[Text, Flow], "Answer | None"]
"""None: this text has nothing against it."""

_Weighed: TypeAlias = "tuple[Verdict, Text | None, Answer | None, tuple[str, ...]]"


def over(edges: Iterable[Edge], test: Test, *about: str) -> Iterator[Ruling]:
    """The rulings of a test on each edge, where it has something to say; only of those edges whose texts have
    a fact that the test is `about`, if it names any."""
    for edge in edges:
        if edge.own or (about and not edge.offer.speaks_of(*about)):
            continue
        ruling = on(edge, test)
        if ruling is not None:
            yield ruling


def on(edge: Edge, test: Test) -> Ruling | None:
    """The ruling of a test on one edge; None where nothing is against it, or no text is known."""
    weighed = [_together(edge, part, test) for part in edge.offer.alternatives]
    if not weighed:
        return None
    verdict, text, answer, flips = weighed[0] if len(weighed) == 1 else min(weighed, key=_verdict)
    if text is None or answer is None or verdict is Verdict.OK:
        return None
    if not (edge.certain and answer.fact.is_stated and not edge.third_party):
        flips = (*flips, *_short_of_a_violation(edge, answer))
        verdict = min(verdict, Verdict.NEEDS_REVIEW)
    return Ruling(verdict, edge, text, answer.fact, (*answer.flips, *flips))


def _short_of_a_violation(edge: Edge, answer: Answer) -> Iterator[str]:
    """What a violation lacks where a clause is against an edge."""
    if answer.verdict < Verdict.VIOLATION:
        return
    if edge.third_party:
        yield "whether these terms bind whoever got the signal from somebody else's data"
    elif not edge.certain:
        yield f"the publisher's word that {edge.label} is in this lineage, and under which terms it came"
    if not answer.fact.is_stated:
        yield f"the clause itself: what it says is {answer.fact.confidence} here"


def gravest(rulings: Iterable[Ruling]) -> Ruling:
    """The ruling that speaks for several: the one that weighs most, of equal ones the nearest, and then by
    name, so that no order in which they are declared decides it."""
    rulings = tuple(rulings)
    return rulings[0] if len(rulings) == 1 else min(rulings, key=_gravity)


def _gravity(ruling: Ruling) -> tuple[object, ...]:
    trail = ruling.edge.trail
    clause = ruling.fact.clause or ""
    return (-ruling.verdict, ruling.permission or "", len(trail), trail, ruling.text.id, clause)


def _together(edge: Edge, part: tuple[Candidates, ...], test: Test) -> _Weighed:
    """Terms that hold together: the worst of them."""
    if len(part) == 1:
        return _one_of(edge, part[0], test)
    return max((_one_of(edge, candidates, test) for candidates in part), key=_verdict)


def _verdict(weighed: _Weighed) -> Verdict:
    return weighed[0]


_NOTHING: _Weighed = (Verdict.OK, None, None, ())


def _one_of(edge: Edge, candidates: Candidates, test: Test) -> _Weighed:
    """Texts and flows of which one holds: what they agree on, else needs-review."""
    flows = edge.flows if len(edge.flows) == 1 else sorted(edge.flows, key=_name)
    if edge.joint and len(flows) > 1:  # each of them came, and the worst counts
        ways = (edge._replace(flows=frozenset((flow,))) for flow in flows)
        return max((_one_of(way, candidates, test) for way in ways), key=_verdict)
    answers = [(text, test(text, flow)) for text in candidates.texts for flow in flows]
    against = [(text, answer) for text, answer in answers if answer is not None]
    if not against:
        return _NOTHING
    text, answer = max(against, key=lambda one: (one[1].weight, one[1].verdict, one[1].fact.is_stated))
    verdicts = {answer.weight if answer else Verdict.OK for _, answer in answers}
    if len(verdicts) == 1:
        if candidates.in_time:
            return answer.weight, text, answer, ()
        flip = f"what `{candidates.name}` said then: no text is known that was in force"
        return min(answer.verdict, Verdict.NEEDS_REVIEW), text, answer, (flip,)
    return Verdict.NEEDS_REVIEW, text, answer, tuple(_open(edge, candidates, answers))


def _open(
    edge: Edge,
    candidates: Candidates,
    answers: list[tuple[Text, Answer | None]],
) -> Iterator[str]:
    """What would have to be known for the answers to agree."""
    by_text: dict[str, set[Verdict]] = {}
    for text, answer in answers:
        by_text.setdefault(text.id, set()).add(answer.weight if answer else Verdict.OK)
    if any(found != by_text[answers[0][0].id] for found in by_text.values()):
        yield f"which of the {len(candidates.texts)} texts that `{candidates.name}` may stand for governed"
    if len(edge.flows) > 1:
        yield f"how {edge.label} came into this model"


def _name(flow: Flow) -> str:
    return flow.value


def brought_on(fact: Fact, text: Text, flow: Flow) -> bool | None:
    """Whether a flow is one of the ways of using the material that bring a duty on; None where that is open.

    A student is a derivative for the texts that say so: some of any model trained on outputs, most only of
    one that is meant to perform like its teacher, which no one but the card can tell.
    """
    if flow in MODEL_FLOWS:
        return "derivative" in fact.triggers
    if flow is Flow.DATA:
        return _reaches_model(text)
    if "outputs-trained-model" in fact.triggers:
        return None if flow is Flow.JUDGEMENT else True  # hardly any text names preferences
    if "derivative" not in fact.triggers:
        return False
    return is_derivative(text, flow)


def _reaches_model(text: Text) -> bool | None:
    """Whether the licence of data binds a model that was trained on it. Most are silent, and bind those who
    pass the data on; of some it is unsettled."""
    reach = text.value("reaches_trained_models")
    return None if reach == "unsettled" else reach == "yes"


def is_derivative(text: Text, flow: Flow) -> bool | None:
    """Whether what came by this flow makes the model a derivative for this text; None where that is open."""
    if flow in MODEL_FLOWS:
        return True
    reach = text.value("distillation.derivative")
    if reach == "included":
        return None if flow is Flow.JUDGEMENT else True
    if reach == "included-if-intended-similar":
        return True if flow is Flow.IMITATION else None
    return False


def graded(sure: bool | None, fact: Fact, *flips: str) -> Answer | None:
    """A violation where it is sure, needs-review where it is open, nothing where it is not so."""
    if sure is False:
        return None
    return Answer(Verdict.VIOLATION if sure else Verdict.NEEDS_REVIEW, fact, flips)


def claimed(ruling: Ruling, permissions: Iterable[Permission], kind: str) -> Ruling:
    """The ruling on a prohibition beside what the card says it was permitted. A permission that covers just
    this edge and this kind of clause makes a violation one for review; as nobody verified it, no better."""
    for permission in permissions:
        if kind in permission.lifts and covers(permission, ruling.edge) and _may_give(permission, ruling):
            words = f"claimed of {permission.grantor}, not verified"
            return ruling._replace(verdict=min(ruling.verdict, Verdict.NEEDS_REVIEW), permission=words)
    return ruling


def covers(permission: Permission, edge: Edge) -> bool:
    """Whether the edge is named by its far end and, where the permission says so, by the path from there."""
    path = tuple(step.lower() for step in reversed(edge.trail[1:-1]))
    return any(
        label.lower() == (edge.source.id or edge.source.name or edge.source.provider or "").lower()
        and (not through or tuple(step.lower() for step in through) == path)
        for label, through in permission.covers
    )


def _may_give(permission: Permission, ruling: Ruling) -> bool:
    """Whether it is the other party's to give: the provider of the terms, or of the source."""
    source = ruling.edge.source
    owner, slash, _ = (source.id or "").partition("/")
    others = (ruling.text.provider, source.provider or "", owner if slash else "")
    return provider_key(permission.grantor or "") in {provider_key(name) for name in others if name}


# What this model is itself offered under


def carries(offer: Offer, text: Text) -> bool:
    """Whether an offer holds a version of the text itself among the terms that bind together, whichever of
    its alternatives is chosen."""
    return bool(offer.alternatives) and all(
        any({own.short_id for own in candidates.texts} == {text.short_id} for candidates in part)
        for part in offer.alternatives
    )


def says(offer: Offer, name: str, value: str) -> bool | None:
    """Whether the offer says so of the model: yes where one of the terms that hold together does, in every
    alternative; None where a text is unknown, or is not read for it.

    For a restriction. An offer permits what none of its terms restricts.
    """
    results = [_says_together(part, name, value) for part in offer.alternatives]
    if not results or None in results:
        return None
    return all(results)


def _says_together(part: tuple[Candidates, ...], name: str, value: str) -> bool | None:
    answers: list[bool | None] = []
    for candidates in part:
        values = {text.value(name) == value if text.is_read else None for text in candidates.texts} or {None}
        answers.append(values.pop() if len(values) == 1 else None)
    if True in answers:
        return True
    return None if None in answers else False

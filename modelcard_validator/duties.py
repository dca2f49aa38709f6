"""What this model owes: the duties of every text in its lineage that the way it came brings on.

Duties add up along the lineage (docs/verdicts.md): terms that hold together are each
owed, of alternatives the least burdensome is assumed, and of texts of which one governs a duty is certain
only where they all have it. Pure; nothing here says whether a duty is met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ._named_tuple import NamedTuple
from .judgement import brought_on
from .lineage import Edge
from .terms.resolve import Candidates, Offer
from .terms.texts import Fact, Text

KINDS = (
    "name_prefix",
    "display",
    "notice",
    "license_copy",
    "change_notice",
    "pass_use_restrictions",
    "share_alike",
    "attribution",
)
"""The duties of the vocabulary, in the order in which somebody who releases a model meets them."""

_NOTHING = frozenset(("no", "none", "silent", False, None))


class Duty(NamedTuple):
    """One thing to do, by which clause of which text, and through which edge it is owed.

    `wording` is the exact string that is asked for, None where the text asks for a thing and not for words.
    `certain` is False where it is open whether the duty is brought on, or whether this text governs.
    """

    kind: str
    wording: str | None
    edge: Edge
    text: Text
    fact: Fact
    certain: bool

    @property
    def what(self) -> str:
        """The duty as an instruction."""
        say = _SAY_WITHOUT_WORDS if self.wording is None and self.kind in _SAY_WITHOUT_WORDS else _SAY
        file = str(self.fact.more.get("file") or "NOTICE")
        return say[self.kind].format(
            wording=self.wording, text=self.text.title, source=self.edge.label, file=file
        )


_SAY = {
    "name_prefix": "begin the model's name with “{wording}”",
    "display": "show “{wording}”",
    "notice": "keep this notice in a file {file}: {wording}",
    "license_copy": "pass on a copy of the {text}",
    "change_notice": "say that you changed {source}, and what",
    "pass_use_restrictions": "bind those who get the model by the use restrictions of the {text}",
    "share_alike": "offer the model under the {text}",
    "attribution": "credit the authors of {source}",
}


_SAY_WITHOUT_WORDS = {
    "display": "show that the model is built with {source}, as the {text} says",
    "notice": "keep the copyright and other notices of {source}",
}


def duties(edges: Iterable[Edge]) -> tuple[Duty, ...]:
    """All duties that the edges bring, each once, by kind and then in the order of the edges."""
    found: dict[object, Duty] = {}
    for edge in edges:
        if edge.own:
            continue
        for duty in _of(edge):
            key = (duty.kind, duty.wording or duty.text.short_id, duty.edge.label if not duty.wording else "")
            if key not in found or (duty.certain and not found[key].certain):
                found[key] = duty
    return tuple(sorted(found.values(), key=lambda duty: KINDS.index(duty.kind)))


def _of(edge: Edge) -> Iterator[Duty]:
    for candidates in _least_burdensome(edge.offer):
        owed = [list(_by(edge, text)) for text in candidates.texts]
        for duty in {duty.kind + str(duty.wording): duty for per_text in owed for duty in per_text}.values():
            everywhere = all(any(other.kind == duty.kind for other in per_text) for per_text in owed)
            yield duty._replace(certain=duty.certain and everywhere)


def _least_burdensome(offer: Offer) -> tuple[Candidates, ...]:
    def burden(part: tuple[Candidates, ...]) -> int:
        return sum(max((_burden(text) for text in one.texts), default=0) for one in part)

    return min(offer.alternatives, key=burden, default=())


def _burden(text: Text) -> int:
    return sum(fact.name.startswith("duty.") and fact.value not in _NOTHING for fact in text.facts)


def _by(edge: Edge, text: Text) -> Iterator[Duty]:
    for kind in KINDS:
        for fact in text.all(f"duty.{kind}"):
            if fact.value in _NOTHING:
                continue
            brought = [brought_on(fact, text, flow) for flow in edge.flows]
            if all(answer is False for answer in brought):
                continue
            wording = fact.value if isinstance(fact.value, str) and fact.value not in _WORDLESS else None
            sure = fact.is_stated and (any(brought) if edge.joint else all(brought)) and edge.certain
            yield Duty(kind, wording, edge, text, fact, sure)


_WORDLESS = frozenset(("yes", "enforceable-provision", "by-reference", "conditional"))

"""Whether an edge brings terms that somebody else may insist on: not one's own, no guess, not superseded."""

from __future__ import annotations

from ..terms import known
from ..terms.compiler import provider_key
from .edge import MODEL_FLOWS, Edge


def is_foreign(edge: Edge) -> bool:
    """Whether the terms of a source are somebody else's, and more than a guess."""
    return not (edge.own or is_guess(edge) or is_superseded(edge))


def is_guess(edge: Edge) -> bool:
    """Whether all that speaks for the edge or its terms is a recollection, or that the source is of a family
    whose members carry different terms, or came from different parents: nobody declared them, and so they are
    among what is unknown."""
    if edge.certain:
        return False
    for fact in edge.facts:
        if fact.strength == "recalled":
            return True
    for together in edge.offer.alternatives:
        for one in together:
            if " or " in one.name or (len(one.texts) > 1 and len({text.short_id for text in one.texts}) > 1):
                return True
    if len(edge.trail) < 3:
        return False
    return any(model is not None and len(model.parents) > 1 for model in _known_steps(edge)[:-1])


def is_superseded(edge: Edge) -> bool:
    """Whether the source's provider made the next model from it, and gave that one terms of its own: they are
    then the ones that whoever took that model has to keep."""
    if len(edge.trail) < 3 or not edge.flows & MODEL_FLOWS:
        return False
    makers = [
        provider_key(model.provider if model is not None else step.partition("/")[0])
        for step, model in zip(edge.trail[1:], _known_steps(edge), strict=True)
    ]
    return makers[-1] in makers[:-1]


def _known_steps(edge: Edge) -> list[known.KnownModel | None]:
    """What is known of each model on the way from this one: by its id, or as a parent of the one before."""
    found: list[known.KnownModel | None] = []
    for step in edge.trail[1:]:
        above = (known.model(key) for key in (found[-1].parents if found and found[-1] else ()))
        named = (parent for parent in above if parent is not None and parent.name == step)
        found.append(known.model(step) or next(named, None))
    return found

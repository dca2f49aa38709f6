"""What a card declares of its model, as far as texts about outputs and data ask for it."""

from __future__ import annotations

from ..card import Card
from ..judgement import says
from ..lineage import MODEL_FLOWS, Edge
from ..terms.texts import Text


def is_commercial(card: Card) -> bool | None:
    """Whether the model is offered for commercial use: by any of its licences, or as its publisher says. A
    licence that is not known leaves it open; without any licence nothing is offered."""
    declared = {scope.commercial for scope in card.claims.scopes}
    if True in declared:
        return True
    restricted = {says(offer, "use.commercial", "no") for offer in card.lineage.offers}
    if False in restricted:
        return None if False in declared else True
    return None if None in restricted else False


def is_language_model(card: Card) -> bool | None:
    """Whether the model is declared to be a general one that writes text; None where it is not said."""
    written = {"text" in scope.produces for scope in card.claims.scopes if scope.produces}
    general = {scope.general_purpose for scope in card.claims.scopes}
    if card.native is not None and card.native.get(("pipeline_tag",)) == "text-generation":
        return True
    if True in written:
        return True if True in general else None
    return None if True in general or not written else False


def _came_under(edge: Edge, text: Text) -> bool:
    return any(one.short_id == text.short_id for found in edge.offer.candidates for one in found.texts)


def is_of_family(card: Card, text: Text) -> bool | None:
    """Whether the model's weights came under this text, so that a clause against *other* models excepts it;
    None where its weights' origin or terms are not known, or are of the same provider."""
    parents = [edge for edge in card.lineage.edges if edge.flows & MODEL_FLOWS]
    above = [candidates for edge in parents for candidates in edge.offer.candidates]
    texts = [one for candidates in above for one in candidates.texts]
    same = [edge for edge in parents if _came_under(edge, text)]
    if same:
        return True if any(not edge.is_mentioned for edge in same) else None
    if any(one.provider == text.provider for one in texts):
        return None
    if parents:
        return False if all(edge.offer.candidates for edge in parents) else None
    complete = any(
        said.list == "derived_from" and said.level == "complete" for said in card.claims.disclosures
    )
    return False if complete else None

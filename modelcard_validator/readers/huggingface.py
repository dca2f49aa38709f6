"""The Hub's own front matter keys to claims.

What the keys mean: huggingface/hub-docs modelcard.md and docs/hub/model-cards.md. `base_model` is the
direct parent; a list of two or more is a merge on the Hub, but people also use it for components, so an
unstated relation stays `unknown`. `base_model_sources` and `dataset_sources` are llama.cpp's richer forms
(llama.cpp pull request 8875).
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import hub
from ..claims import Claims, Dataset, License, Parent, Place, Reference, Source, Strength, Teacher
from ..document import JSON
from . import as_list, as_mapping, as_text

READER = "huggingface"
_RELATIONS = frozenset().union(*hub.COVERS.values())


def read(metadata: JSON, at: Place) -> Claims:
    """The claims of a card's native keys; `at` is the place of the metadata as a whole."""
    keys = as_mapping(metadata)
    return Claims(
        licenses=tuple(_licenses(keys, at)),
        parents=(*_parents(keys, at), *_tagged_parents(keys, at)),
        teachers=tuple(_teachers(keys, at)),
        datasets=tuple(_datasets(keys, at)),
        successors=tuple(_references(keys, "new_version", at)),
    )


def relation_of(word: str | None) -> str:
    """The standard's relation for what `base_model_relation` says; `taught_by` for a distillation.

    A relation that the standard has and the Hub has not is taken at its word.

    >>> relation_of("LoRA"), relation_of("pruned"), relation_of("distilled"), relation_of("x")
    ('adapter', 'pruned', 'taught_by', 'unknown')
    """
    if word is None:
        return "unknown"
    return hub.relation_meant(word) or (word if word in _RELATIONS else "unknown")


def items(keys: dict[str, JSON], key: str, at: Place) -> Iterator[tuple[str, Place]]:
    """The texts under a key that may hold one or a list of them, each with its place."""
    value = keys.get(key)
    for index, item in enumerate(as_list(value)):
        if text := as_text(item):
            yield text, (at.of(key, index) if isinstance(value, list) else at.of(key))


def _reference(text: str, place: Place, kind: str) -> Reference:
    """An id, or the repository that a Hub URL leads to; anything else is only a name."""
    source = Source(READER, place)
    if hub.is_id(text):
        return Reference(source, id=text)
    repo = hub.repo_of_url(text)
    if repo is None or repo.kind != kind:
        return Reference(source, name=text)
    return Reference(source, id=repo.id, revision=repo.revision, file=repo.file)


def _references(keys: dict[str, JSON], key: str, at: Place, kind: str = "models") -> Iterator[Reference]:
    for text, place in items(keys, key, at):
        yield _reference(text, place, kind)


def _licenses(keys: dict[str, JSON], at: Place) -> Iterator[License]:
    for text, place in items(keys, "license", at):
        other = text.lower() == "other"
        link = as_text(keys.get("license_link")) if other else None
        is_url = link is not None and "://" in link
        yield License(
            Source(READER, place),
            id=text,
            name=as_text(keys.get("license_name")) if other else None,
            url=link if is_url else None,
            file=None if is_url else link,
        )


def _parents(keys: dict[str, JSON], at: Place) -> Iterator[Parent]:
    stated = as_text(keys.get("base_model_relation"))
    relation = relation_of(stated)
    if relation != "taught_by":
        for key in ("base_model", "finetuned_from"):
            for model in _references(keys, key, at):
                yield Parent(model.source, model, relation, stated)
    yield from (Parent(model.source, model) for model in _described(keys, "base_model_sources", at))


def _teachers(keys: dict[str, JSON], at: Place) -> Iterator[Teacher]:
    if relation_of(as_text(keys.get("base_model_relation"))) == "taught_by":
        for model in _references(keys, "base_model", at):
            yield Teacher(model.source, model)


def _tagged_parents(keys: dict[str, JSON], at: Place) -> Iterator[Parent]:
    """`base_model:<id>` and `base_model:<relation>:<id>`, which the Hub and PEFT write."""
    for text, place in items(keys, "tags", at):
        prefix, _, rest = text.partition(":")
        if prefix != "base_model" or not rest:
            continue
        relation, _, identifier = rest.rpartition(":")
        source = Source(READER, place, Strength.MENTIONED)
        model = Reference(source, id=identifier if hub.is_id(identifier) else None, name=identifier)
        yield Parent(source, model, relation_of(relation or None), relation or None)


def _datasets(keys: dict[str, JSON], at: Place) -> Iterator[Dataset]:
    for dataset in _references(keys, "datasets", at, "datasets"):
        yield Dataset(dataset.source, dataset)
    for dataset in _described(keys, "dataset_sources", at, "datasets"):
        yield Dataset(dataset.source, dataset)


def _described(keys: dict[str, JSON], key: str, at: Place, kind: str = "models") -> Iterator[Reference]:
    """Entries of `base_model_sources` or `dataset_sources`: mappings with a name, a URL, a version."""
    for index, entry in enumerate(as_list(keys.get(key))):
        if not isinstance(entry, dict):
            continue
        url = as_text(entry.get("repo_url")) or as_text(entry.get("url"))
        repo = hub.repo_of_url(url) if url else None
        yield Reference(
            Source(READER, at.of(key, index)),
            id=repo.id if repo and repo.kind == kind else None,
            name=as_text(entry.get("name")),
            provider=as_text(entry.get("organization")),
            revision=as_text(entry.get("version")),
        )

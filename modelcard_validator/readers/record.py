"""The lineage record (SPEC.md), in front matter or in a side file, to claims.

A value that the standard's vocabulary does not have is read as `unknown` (SPEC.md, conformance of a
reader); a part of the wrong shape is passed over. `schema.check` is where both are called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ..claims import (
    Attribution,
    Claims,
    Dataset,
    Disclosure,
    Judge,
    License,
    Parent,
    Permission,
    Place,
    Recipe,
    Reference,
    Scope,
    Source,
    Teacher,
    UpstreamModel,
)
from ..document import JSON
from ..schema import load_schema
from . import as_list, as_mapping, as_text

READER = "record"
LISTS = ("derived_from", "taught_by", "trained_on")


def read(record: JSON, at: Place) -> Claims:
    """The claims of one record; `at` is the place of the record as a whole."""
    block = as_mapping(record)
    model = as_mapping(block.get("model"))
    upstream, above = as_mapping(block.get("upstream")), at.of("upstream")
    models = (_reference(model, at.of("model")),) if model else ()
    license = _license(model.get("license"), at.of("model", "license"))
    return Claims(
        models=models,
        licenses=(license,) if license else (),
        parents=tuple(_parents(block, at)),
        teachers=tuple(_teachers(block, at)),
        judges=tuple(_judges(block, at)),
        datasets=tuple(_datasets(block, at)),
        disclosures=tuple(_disclosures(block, at)),
        local=frozenset(_local_ids(block)),
        upstream_models=tuple(_upstream_models(upstream, above)),
        upstream_datasets=tuple(_datasets(upstream, above, "datasets")),
        scopes=tuple(_scope(model, at.of("model"))),
        attributions=tuple(_attribution(block, at)),
        permissions=tuple(_permissions(block, at)),
        recipes=tuple(_recipes(block, at)),
        asserted_by=frozenset(filter(None, [_word(block.get("asserted_by"), "AssertedBy")])),
    )


@cache
def vocabulary(name: str) -> frozenset[str]:
    """The values of one of the schema's vocabularies, by the name of its definition."""
    return frozenset(load_schema()["$defs"][name]["enum"])


def _source(at: Place) -> Source:
    return Source(READER, at)


def _reference(value: dict[str, JSON], at: Place) -> Reference:
    return Reference(
        _source(at),
        id=as_text(value.get("id")),
        name=as_text(value.get("name")),
        provider=as_text(value.get("provider")),
        revision=as_text(value.get("revision")),
        file=as_text(value.get("file")),
        digest=as_text(as_mapping(value.get("digest")).get("sha256")),
    )


def _license(value: JSON, at: Place) -> License | None:
    if not isinstance(value, dict):
        return None
    return License(
        _source(at),
        id=as_text(value.get("id")),
        name=as_text(value.get("name")),
        url=as_text(value.get("url")),
        file=as_text(value.get("file")),
        effective=as_text(value.get("effective")),
    )


def _entries(block: dict[str, JSON], key: str, at: Place) -> Iterator[tuple[dict[str, JSON], Place]]:
    for index, entry in enumerate(as_list(block.get(key))):
        if isinstance(entry, dict):
            yield entry, at.of(key, index)


def _word(value: JSON, name: str) -> str | None:
    """A value of a vocabulary; `unknown` for one that it does not have, None for none."""
    text = as_text(value)
    return text if text is None or text in vocabulary(name) else "unknown"


def _words(value: JSON) -> tuple[str, ...]:
    return tuple(text for item in as_list(value) if (text := as_text(item)))


def _parents(block: dict[str, JSON], at: Place) -> Iterator[Parent]:
    for entry, place in _entries(block, "derived_from", at):
        weight = entry.get("weight")
        yield Parent(
            _source(place),
            _reference(as_mapping(entry.get("model")), place.of("model")),
            relation=_word(entry.get("relation"), "Relation") or "unknown",
            stated=as_text(entry.get("relation")),
            license=_license(entry.get("license"), place.of("license")),
            weight=float(weight) if isinstance(weight, (int, float)) else None,
            part=as_text(entry.get("part")),
            obtained=as_text(entry.get("obtained")),
            evidence=bool(entry.get("evidence")),
        )


def _teachers(block: dict[str, JSON], at: Place) -> Iterator[Teacher]:
    for entry, place in _entries(block, "taught_by", at):
        collected = as_mapping(entry.get("collected"))
        window = (as_text(collected.get("from")), as_text(collected.get("to"))) if collected else None
        yield Teacher(
            _source(place),
            _reference(as_mapping(entry.get("model")), place.of("model")),
            signal=_words(entry.get("signal")),
            access=_word(entry.get("access"), "Access"),
            terms=_license(entry.get("terms"), place.of("terms")),
            collected=window,
            through=_words(entry.get("through")),
            extent=_word(entry.get("extent"), "Extent"),
            evidence=bool(entry.get("evidence")),
            purpose=_word(entry.get("purpose"), "Purpose"),
            stage=_word(entry.get("stage"), "Stage"),
            vendor=as_text(entry.get("vendor")),
        )


def _judges(block: dict[str, JSON], at: Place) -> Iterator[Judge]:
    for entry, place in _entries(block, "evaluated_by", at):
        yield Judge(_source(place), _reference(as_mapping(entry.get("model")), place.of("model")))


def _datasets(block: dict[str, JSON], at: Place, key: str = "trained_on") -> Iterator[Dataset]:
    for entry, place in _entries(block, key, at):
        yield Dataset(
            _source(place),
            _reference(as_mapping(entry.get("dataset")), place.of("dataset")),
            license=_license(entry.get("license"), place.of("license")),
            stage=_word(entry.get("stage"), "Stage"),
            origin=_words(entry.get("origin")),
            derived_from=_words(entry.get("derived_from")),
            basis=_word(as_mapping(entry.get("acquisition")).get("basis"), "Basis"),
            evidence=bool(entry.get("evidence")),
            obtained=as_text(entry.get("obtained")),
        )


def _upstream_models(block: dict[str, JSON], at: Place) -> Iterator[UpstreamModel]:
    for entry, place in _entries(block, "models", at):
        yield UpstreamModel(
            _source(place),
            _reference(as_mapping(entry.get("model")), place.of("model")),
            license=_license(entry.get("license"), place.of("license")),
            parents=tuple(_parents(entry, place)),
            teachers=tuple(_teachers(entry, place)),
            trained_on=_words(entry.get("trained_on")),
        )


def _scope(model: dict[str, JSON], at: Place) -> Iterator[Scope]:
    scope, publisher = as_mapping(model.get("scope")), as_mapping(model.get("publisher"))
    if scope or publisher:
        yield Scope(
            _source(at.of("scope") if scope else at),
            general_purpose=_flag(scope.get("general_purpose")),
            distribution=_word(scope.get("distribution"), "Distribution"),
            commercial=_flag(scope.get("commercial")),
            competes_with=_words(scope.get("competes_with")),
            territory=_words(publisher.get("territory")),
            produces=_words(as_mapping(scope.get("modality")).get("output")),
        )


def _flag(value: JSON) -> bool | None:
    return value if isinstance(value, bool) else None


def _attribution(block: dict[str, JSON], at: Place) -> Iterator[Attribution]:
    if attribution := as_mapping(block.get("attribution")):
        yield Attribution(
            _source(at.of("attribution")),
            display=_words(attribution.get("display")),
            notice=as_text(attribution.get("notice")),
            license_copies=_words(attribution.get("license_copies")),
        )


def _permissions(block: dict[str, JSON], at: Place) -> Iterator[Permission]:
    for entry, place in _entries(block, "permissions", at):
        covers = tuple(
            (label, _words(edge.get("through")))
            for item in as_list(entry.get("covers"))
            for edge in (as_mapping(item),)
            if (label := as_text(edge.get("teacher") or edge.get("source") or edge.get("dataset")))
        )
        yield Permission(
            _source(place),
            grantor=as_text(entry.get("from")),
            covers=covers,
            lifts=_words(entry.get("lifts")),
            evidence=bool(entry.get("evidence")),
        )


def _disclosures(block: dict[str, JSON], at: Place) -> Iterator[Disclosure]:
    disclosure = as_mapping(block.get("disclosure"))
    reasons = as_mapping(disclosure.get("reason"))
    for name in LISTS:
        if level := as_text(disclosure.get(name)):
            place = at.of("disclosure", name)
            yield Disclosure(_source(place), name, level, as_text(reasons.get(name)))


def _recipes(block: dict[str, JSON], at: Place) -> Iterator[Recipe]:
    if recipe := as_mapping(as_mapping(block.get("reproducibility")).get("recipe")):
        source = _source(at.of("reproducibility", "recipe"))
        yield Recipe(source, as_text(recipe.get("method")), as_text(recipe.get("file")))


def _local_ids(block: dict[str, JSON]) -> Iterator[str]:
    """Ids of the entries that a local reference may lead to."""
    upstream = as_mapping(block.get("upstream"))
    entries = [
        *((entry, "model") for entry in as_list(upstream.get("models"))),
        *((entry, "dataset") for entry in as_list(upstream.get("datasets"))),
        *((entry, "dataset") for entry in as_list(block.get("trained_on"))),
    ]
    for entry, key in entries:
        identifier = as_text(as_mapping(as_mapping(entry).get(key)).get("id"))
        if identifier is not None and identifier.startswith("#"):
            yield identifier

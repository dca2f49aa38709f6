"""The laws of docs/verdicts.md, on lineages at random: what may move a verdict, and which way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from lineages import (
    DATES,
    HOSTED,
    IDS,
    PURPOSES,
    RELATIONS,
    SIGNALS,
    Json,
    card,
    copied,
    datasets,
    licenses,
    outcomes,
    permissions,
    records,
    report,
    signals,
    sources,
    teachers,
    weighing,
)

from modelcard_validator.duties import Duty, duties
from modelcard_validator.engine import CardReport, judge
from modelcard_validator.finding import Finding, Verdict, worst
from modelcard_validator.rules import all_rules
from modelcard_validator.terms import known, texts

EXAMPLES = 150 if settings.default is settings.get_profile("default") else settings.default.max_examples
law = settings(max_examples=EXAMPLES)

LISTS = {"derived_from": sources, "taught_by": teachers, "trained_on": datasets}


def verdict(found: CardReport, *, but: frozenset[str] = frozenset()) -> Verdict:
    return worst(one for one in weighing(found) if one.rule not in but)


def by_rule(found: CardReport) -> dict[str, Verdict]:
    rules: dict[str, Verdict] = {}
    for one in weighing(found):
        rules[one.rule] = max(rules.get(one.rule, Verdict.OK), one.verdict)
    return rules


# Order


@st.composite
def shuffled(draw: st.DrawFn, value: Any, key: str = "") -> Any:
    """The same with its lists and keys in another order; a path (`through`) is in order by itself."""
    if isinstance(value, dict):
        keys = draw(st.permutations(list(value)))
        return {name: draw(shuffled(value[name], name)) for name in keys}
    if isinstance(value, list):
        items = [draw(shuffled(item)) for item in value]
        return items if key == "through" else list(draw(st.permutations(items)))
    return value


@law
@given(st.data(), records, st.booleans())
def test_order_never_matters(data: st.DataObject, record: Json, strict: bool) -> None:
    other = data.draw(shuffled(record))
    one, two = report(record, strict=strict), report(other, strict=strict)
    assert outcomes(one) == outcomes(two)
    assert one.verdict == two.verdict


# Adding


EXCEPTING = ("teacher-bars-other-language-models", "teacher-bars-training", "teacher-outputs-through-data")
"""Clauses of these rules against *other* models except those that are made from the text's own weights: a
source more may be what makes that so."""


@st.composite
def more(draw: st.DrawFn, record: Json) -> tuple[Json, str]:
    """A record with one source, teacher or dataset more, anywhere in a list."""
    longer = copied(record)
    name = draw(st.sampled_from(sorted(LISTS)))
    entry = draw(LISTS[name])
    into = longer
    ancestors = [one for one in longer.get("upstream", {}).get("models", ()) if name in one]
    if ancestors and draw(st.booleans()):
        into = draw(st.sampled_from(ancestors))
    entries = into.setdefault(name, [])
    entries.insert(draw(st.integers(0, len(entries))), entry)
    return longer, name


@law
@given(st.data(), records, st.booleans())
def test_a_source_more_makes_nothing_better(data: st.DataObject, record: Json, strict: bool) -> None:
    longer, name = data.draw(more(record))
    before, after = by_rule(report(record, strict=strict)), by_rule(report(longer, strict=strict))
    for rule in EXCEPTING if name == "derived_from" else ():
        before.pop(rule, None)
    assert worst_of(before) <= worst_of(after)
    assert {rule: was for rule, was in before.items() if after.get(rule, Verdict.OK) < was} == {}


def worst_of(rules: dict[str, Verdict]) -> Verdict:
    return max(rules.values(), default=Verdict.OK)


@law
@given(records, teachers, signals, st.sampled_from(SIGNALS))
def test_a_signal_more_makes_nothing_better(record: Json, teacher: Json, some: list[str], other: str) -> None:
    less, more = (
        {**record, "taught_by": [{**teacher, "signal": signal}, *record.get("taught_by", ())]}
        for signal in (some, [*some, other])
    )
    before, after = by_rule(report(less)), by_rule(report(more))
    assert {rule: was for rule, was in before.items() if after.get(rule, Verdict.OK) < was} == {}


# Knowing more


def hidden(record: Json, path: tuple[str | int, ...], unknown: Any = None) -> Json:
    """The record without what stands at the path, or with `unknown` there."""
    less = copied(record)
    at: Any = less
    for step in path[:-1]:
        at = at[step]
    if unknown is None:
        del at[path[-1]]
    else:
        at[path[-1]] = unknown
    return less


FIELDS: dict[str, tuple[str, str, Any, Any]] = {
    "relation left out": ("derived_from", "relation", None, RELATIONS),
    "relation unknown": ("derived_from", "relation", "unknown", RELATIONS),
    "signal left out": ("taught_by", "signal", None, [[one] for one in SIGNALS]),
    "signal unknown": ("taught_by", "signal", ["unknown"], [[one] for one in SIGNALS]),
    "purpose left out": ("taught_by", "purpose", None, PURPOSES),
    "purpose unknown": ("taught_by", "purpose", "unknown", PURPOSES),
    "access left out": ("taught_by", "access", None, ["api", "enterprise", "consumer-app"]),
    "access unknown": ("taught_by", "access", "unknown", ["api", "enterprise", "consumer-app"]),
    "collected left out": ("taught_by", "collected", None, [{"from": day, "to": day} for day in DATES]),
    "obtained left out": ("derived_from", "obtained", None, DATES),
}
"""Each field of a declared edge: where it stands, how it is not known, and what may be known of it. Of
`access` only the channels of a provider: with the others somebody else's terms may bind. Channels and dates
only where texts of them are known, and dates of a licence only where it is declared: without one, a date
picks that of some member of a family."""


@pytest.mark.parametrize("field", FIELDS)
@settings(max_examples=EXAMPLES // 3)
@given(st.data(), records)
def test_to_know_a_field_moves_only_away_from_review(field: str, data: st.DataObject, record: Json) -> None:
    name, key, unknown, values = FIELDS[field]
    entry = data.draw(LISTS[name])
    if key == "access":
        entry = {
            **entry,
            "model": dict(zip(("name", "provider"), data.draw(st.sampled_from(HOSTED)), strict=True)),
        }
    elif key == "obtained" or (key == "collected" and "id" in entry["model"]):
        entry["terms" if key == "collected" else "license"] = data.draw(licenses)
    entry[key] = data.draw(st.sampled_from(values))
    more = {**record, name: [entry, *record.get(name, ())]}
    assume(key not in ("obtained", "collected", "access") or is_in_force(more, name, 0))
    less = hidden(more, (name, 0, key), unknown)
    check_moves_away(report(less), report(more))


def is_in_force(record: Json, name: str, index: int) -> bool:
    """Whether texts are known that were in force then: of other times nothing is known, whoever asks."""
    entry = record[name][index]
    only = {"lineage_version": "1.0", "model": record["model"], name: [entry]}
    candidates = [one for edge in card(only).lineage.edges for one in edge.offer.candidates]
    return all(one.texts and one.in_time for one in candidates)


def check_moves_away(before: CardReport, after: CardReport) -> None:
    if verdict(before) in (Verdict.OK, Verdict.VIOLATION):
        assert verdict(after) == verdict(before)


@law
@given(records, st.none() | st.lists(st.sampled_from(["openai", "xai", "mistral"]), max_size=2, unique=True))
def test_to_know_whom_it_competes_with_moves_only_away_from_review(
    record: Json, names: list[str] | None
) -> None:
    less, more = copied(record), copied(record)
    less["model"].setdefault("scope", {}).pop("competes_with", None)
    more["model"].setdefault("scope", {})["competes_with"] = names or []
    check_moves_away(report(less), report(more))


@law
@given(st.data(), records, st.sampled_from(IDS))
def test_to_know_a_licence_moves_only_away_from_review(data: st.DataObject, record: Json, id: str) -> None:
    """The model's own, and that of a source or a teacher, where an id is declared that leads to no text."""
    less, more = copied(record), copied(record)
    places: list[tuple[Any, ...]] = [("model", "license")]
    places += [("derived_from", i, "license") for i, _ in enumerate(record.get("derived_from", ()))]
    places += [
        ("taught_by", i, "terms") for i, one in enumerate(record.get("taught_by", ())) if is_bound(one)
    ]
    path = data.draw(st.sampled_from(places))
    for one, value in ((less, "LicenseRef-nobody-knows"), (more, id)):
        at: Any = one
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = {"id": value}
    check_moves_away(report(less), report(more))


def is_bound(teacher: Json) -> bool:
    """Whether the terms of a teacher, whatever they say, were agreed to by whoever made the model."""
    return not teacher.get("through") and teacher.get("access") != "third-party"


# Terms that hold together, and terms to choose from

EXPRESSIBLE = [id for id in IDS if "@" not in id]
SPDX = {"gpl-3.0": "GPL-3.0-only", "gpl-2.0": "GPL-2.0-only", "agpl-3.0": "AGPL-3.0-only"}


def written(id: str) -> str:
    return SPDX.get(id) or f"LicenseRef-{id}"


def under(record: Json, name: str, index: int, expression: str) -> CardReport:
    other = copied(record)
    other[name][index]["terms" if name == "taught_by" else "license"] = {"id": expression}
    return report(other)


@law
@given(st.data(), records, st.sampled_from(EXPRESSIBLE), st.sampled_from(EXPRESSIBLE))
def test_and_is_as_strict_as_each_part_and_or_as_mild_as_one(
    data: st.DataObject, record: Json, one: str, other: str
) -> None:
    name = data.draw(st.sampled_from(sorted(LISTS)))
    record = {**record, name: [data.draw(LISTS[name]), *record.get(name, ())]}
    at = (name, 0)
    but = frozenset(EXCEPTING if name == "derived_from" else ())  # weights of a family are an exception
    a, b = written(one), written(other)
    parts = [verdict(under(record, *at, each), but=but) for each in (a, b)]
    both = {verdict(under(record, *at, f"{x} AND {y}"), but=but) for x, y in ((a, b), (b, a))}
    choice = {verdict(under(record, *at, f"{x} OR {y}"), but=but) for x, y in ((a, b), (b, a))}
    assert len(both) == len(choice) == 1
    assert max(both) >= max(parts)
    assert max(choice) <= min(parts)


# Duties


def owed(record: Json) -> dict[Any, Duty]:
    return {
        (one.kind, one.wording or one.text.short_id, "" if one.wording else one.edge.label): one
        for one in duties(card(record).lineage.foreign)
    }


@law
@given(records, st.lists(sources, max_size=2), st.lists(teachers, max_size=2), st.lists(datasets, max_size=2))
def test_duties_add_up(record: Json, more: list[Json], taught: list[Json], data: list[Json]) -> None:
    """Of all that comes together, each duty is owed, and as surely as it is by one of the ways it came."""
    record.pop("upstream", None)
    one = dict(record)
    two = {**record, "derived_from": more, "taught_by": taught, "trained_on": data}
    both = copied(record)
    for name in LISTS:
        both[name] = [*one.get(name, ()), *two.get(name, ())]
    first, second, union = owed(one), owed(two), owed(both)
    told = {duty for duty in union if duty in first or duty in second}
    assert union.keys() == told == first.keys() | second.keys()
    for key in union:
        sure = [found[key].certain for found in (first, second) if key in found]
        assert union[key].certain == any(sure)


@law
@given(records)
def test_the_words_of_a_duty_are_those_of_the_text(record: Json) -> None:
    own = record["model"]["id"]
    for duty in duties(card(record).lineage.foreign):
        text = texts.text(duty.text.id)
        assert text is not None
        assert duty.fact in text.all(f"duty.{duty.kind}")
        assert duty.wording in (None, duty.fact.value)
        assert (duty.edge.trail[0], duty.edge.trail[-1]) == (own, duty.edge.label)
        assert not (duty.certain and not (duty.fact.is_stated and duty.edge.certain))


# What a violation needs

SURE = frozenset(("declared", "stated"))
README = """---
tags: [distillation, gpt-4, base_model:acme/Base-7B, base_model:finetune:meta-llama/Meta-Llama-3-8B]
---
# Student

Trained on outputs of Claude 3 Opus and of Grok 4, and distilled from Llama 3.
"""


@law
@given(records, st.sampled_from([None, README]), st.booleans())
def test_a_violation_rests_on_what_is_stated_and_declared(
    record: Json, readme: str | None, strict: bool
) -> None:
    own = {
        entry["dataset"]["id"]
        for entry in record.get("trained_on", ())
        if entry.get("acquisition") == {"basis": "own"}
    }
    for one in weighing(report(record, readme, strict=strict)):
        if one.verdict is not Verdict.VIOLATION:
            continue
        assert one.proof is not None
        assert one.proof.basis.confidence == "stated"
        assert one.proof.permission is None
        assert {fact.strength for fact in one.proof.facts} <= SURE
        if one.rule.startswith("teacher-"):
            assert {step for step in one.proof.trail[1:-1] if not step.startswith("acme/")} <= own


@law
@given(records, st.booleans())
def test_what_a_third_party_says_violates_nothing(record: Json, strict: bool) -> None:
    assert verdict(report({**record, "asserted_by": "third-party"}, strict=strict)) < Verdict.VIOLATION


@law
@given(records)
def test_what_is_only_mentioned_violates_nothing(record: Json) -> None:
    for name in LISTS:
        record.pop(name, None)
    assert verdict(report(record, README)) < Verdict.VIOLATION


# Permissions


@law
@given(records, permissions, st.booleans())
def test_a_claimed_permission_only_asks_for_review(record: Json, permission: Json, strict: bool) -> None:
    more = {**record, "permissions": [*record.get("permissions", ()), permission]}
    before, after = by_rule(report(record, strict=strict)), by_rule(report(more, strict=strict))
    assert before.keys() == after.keys()
    for rule, was in before.items():
        assert after[rule] == was or (was, after[rule]) == (Verdict.VIOLATION, Verdict.NEEDS_REVIEW)


PATHS = {
    "lineage_version": "1.0",
    "model": {
        "id": "acme/Student-7B",
        "license": {"id": "apache-2.0"},
        "scope": {"distribution": "open-weights", "competes_with": ["openai"]},
    },
    "trained_on": [
        {"dataset": {"id": id}, "license": {"id": "cc-by-4.0"}} for id in ("acme/set-a", "acme/set-b")
    ],
}


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
@pytest.mark.parametrize("covered", ["a", "b"])
def test_a_permission_for_one_path_covers_only_that_path(order: tuple[str, str], covered: str) -> None:
    entries = [
        {
            "model": {"name": "gpt-4o-2024-08-06", "provider": "openai"},
            "signal": ["outputs"],
            "access": "api",
            "collected": {"from": "2025-07-01", "to": "2025-07-02"},
            "through": [f"acme/set-{path}"],
        }
        for path in order
    ]
    covers = [{"teacher": "gpt-4o-2024-08-06", "through": [f"acme/set-{covered}"]}]
    record = {
        **PATHS,
        "taught_by": entries,
        "permissions": [{"from": "openai", "covers": covers, "lifts": ["output-use"]}],
    }
    [found] = [one for one in weighing(report(record)) if one.rule.startswith("teacher-bars")]
    assert found.verdict is Verdict.VIOLATION
    assert found.proof is not None
    assert found.proof.permission is None
    assert found.proof.trail[1] != f"acme/set-{covered}"
    both = {**covers[0], "through": [f"acme/set-{'ab'.replace(covered, '')}"]}
    record["permissions"] = [{"from": "openai", "covers": [*covers, both], "lifts": ["output-use"]}]
    assert verdict(report(record)) is Verdict.NEEDS_REVIEW


# Proof

WITHOUT_TEXT = frozenset(
    (
        "dataset-license-unknown",
        "license-family",
        "license-not-known",
        "license-other-without-text",
        "source-terms-unknown",
        "license-missing",
        "license-named-twice",
        "license-list",
        "training-data-undeclared",
    )
)
"""What they speak of is that there is no text, or which."""


@law
@given(records, st.booleans())
def test_what_weighs_has_its_proof(record: Json, strict: bool) -> None:
    found = report(record, strict=strict)
    for one in weighing(found):
        if one.rule not in WITHOUT_TEXT:
            check_proof(one, record, found)


def check_proof(one: Finding, record: Json, found: CardReport) -> None:
    proof = one.proof
    assert proof is not None
    if texts.text(proof.basis.terms) is None:  # the one thing that is no text: what authors say of their data
        assert one.rule == "dataset-author-restricts-models"
        assert known.dataset(proof.basis.terms) is not None
        assert one.verdict < Verdict.VIOLATION
    else:
        assert proof.basis.clause or proof.basis.confidence != "stated", one
    assert proof.basis.says
    assert proof.trail[0] == record["model"]["id"]
    assert len(proof.trail) > 1
    assert proof.facts
    documents = {document.path: document for document in found.card.documents}
    for fact in proof.facts:
        if fact.location is None:
            assert fact.strength != "declared"
            continue
        lines = documents[fact.location.file].text.split("\n")
        assert fact.location.line >= 1 <= fact.location.column
        assert fact.location.end_column <= len(lines[fact.location.end_line - 1]) + 1
    assert proof.facts[0].location
    if one.verdict is Verdict.NEEDS_REVIEW:
        assert proof.flips or proof.permission


# Once more


@settings(max_examples=EXAMPLES // 2)
@given(records)
def test_judging_twice_changes_nothing(record: Json) -> None:
    same = card(record)
    assert judge(same, all_rules()) == judge(same, all_rules())
    assert report(record).findings == judge(same, all_rules()).findings


SEEDED = """
import sys; sys.path.insert(0, sys.argv[1])
from hypothesis import given, seed, settings
from lineages import records, report
@seed(1)
@settings(max_examples=60, database=None, deadline=None)
@given(records)
def show(record):
    for one in report(record).findings:
        print(one.rule, one.severity, one.message, one.help, one.location, one.proof)
show()
"""


def test_no_seed_of_hashes_changes_anything() -> None:
    def run(seed: str) -> str:
        command = [sys.executable, "-c", SEEDED, str(Path(__file__).parent)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    first = run("1")
    assert first
    assert first == run("2")

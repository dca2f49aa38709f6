"""Every error of a record's schema is said once, by one rule, at its place; and what `--fix` writes is right.

The contract holds for each keyword of the schema, for the standard's invalid examples and for random
corruptions of real lineages.
"""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from modelcard_validator import edit, rules
from modelcard_validator.card import Card, card_of
from modelcard_validator.document import Document, Pointer, json_pointer, read
from modelcard_validator.engine import judge
from modelcard_validator.finding import Finding, Severity
from modelcard_validator.rules import _faults, malformed_value
from modelcard_validator.schema import SchemaError, load_schema

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "schema" / "1.0" / "examples"
SHARED = Path(os.environ.get("MODELCARD_SHARED", ROOT.parent / "shared"))
LINEAGES = sorted((SHARED / "data" / "records").glob("*.yaml"))
RULES = tuple(rules.load(slug) for slug in _faults.SLUGS)
CORRUPTIONS = 60
needs_lineages = pytest.mark.skipif(not LINEAGES, reason="the real lineages are not here")

ASSERTIONS: dict[str, dict[str, Any]] = {
    "additionalProperties": {"modle": {}},
    "anyOf": {"taught_by": [{"model": {"id": "acme/big"}, "vendor": 7}]},
    "const": {"lineage_version": "0.9"},
    "enum": {"asserted_by": "acme"},
    "minLength": {"taught_by": [{"model": {"name": ""}}]},
    "minProperties": {"taught_by": [{"model": {"id": "acme/big"}, "terms": {}}]},
    "minimum": {"reproducibility": {"compute": {"hours": -1}}},
    "not": {"taught_by": [{"model": {"revision": "v2"}}]},
    "pattern": {"model": {"id": "acme chat"}},
    "required": {"taught_by": [{}]},
    "type": {"taught_by": 7},
    "uniqueItems": {"taught_by": [{"model": {"id": "acme/big"}, "signal": ["logits", "logits"]}]},
}
"""For each keyword that can refuse something, what a record is given to have it refused."""
STRUCTURE = {"$defs", "$ref", "allOf", "items", "patternProperties", "properties", "propertyNames"}
ANNOTATIONS = {"$comment", "$id", "$schema", "description", "examples", "title"}


def card(data: Any, name: str = "x.lineage.json") -> Card:
    text = json.dumps(data) if name.endswith("json") else yaml.safe_dump(data, sort_keys=False)
    return card_of((read(text.encode(), name),))


def record(**fields: Any) -> dict[str, Any]:
    return {"lineage_version": "1.0", "model": {"id": "acme/chat"}, **fields}


def findings_of(card: Card) -> tuple[Finding, ...]:
    return judge(card, RULES).findings


def said_of(card: Card, error: SchemaError) -> list[str]:
    """The rules that speak where the record has this error and no other."""
    alone = card._replace(records=(card.records[0]._replace(errors=(error,)),))
    return [rule.slug for rule in RULES for _ in rule.check(alone)]


def assert_each_error_is_said_once(card: Card) -> None:
    errors = card.records[0].errors
    findings = findings_of(card)
    for error in errors:
        if not card.records[0].is_of_another_major:
            assert len(said_of(card, error)) == 1, error
        assert any((at := finding.location.pointer) is not None and is_at(error, at) for finding in findings)
    at_places = [(finding.rule, finding.location.pointer, finding.message) for finding in findings]
    assert len(at_places) == len(set(at_places))
    assert len(findings) <= len(errors)
    assert bool(findings) == bool(errors)


def is_at(error: SchemaError, pointer: str) -> bool:
    """Whether a finding there speaks of the error: at its value, or at a key or item of that."""
    here = json_pointer(error.pointer)
    return pointer == here or pointer.startswith(f"{here}/") or pointer == "/lineage_version"


def keywords(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from keywords(item)
    elif isinstance(node, dict):
        for keyword, value in node.items():
            yield keyword
            if keyword in ("$defs", "patternProperties", "properties"):
                for part in value.values():
                    yield from keywords(part)
            elif keyword not in ("const", "enum", "examples"):
                yield from keywords(value)


def test_every_keyword_of_the_schema_is_known_here() -> None:
    assert set(keywords(load_schema())) == ASSERTIONS.keys() | STRUCTURE | ANNOTATIONS


@pytest.mark.parametrize("keyword", ASSERTIONS)
def test_each_keyword_has_one_rule(keyword: str) -> None:
    broken = card(record(**ASSERTIONS[keyword]))
    assert keyword in {error.keyword for error in broken.records[0].errors}
    assert_each_error_is_said_once(broken)


@cache
def nodes() -> tuple[Any, ...]:
    def walk(node: Any) -> Iterator[Any]:
        if isinstance(node, dict):
            yield node
            for value in node.values():
                yield from walk(value)

    return tuple(walk(load_schema()))


def test_every_pattern_of_the_schema_is_said_in_words() -> None:
    named = {node["title"] for node in nodes() if "pattern" in node and "title" in node}
    assert named | {"sha256"} == malformed_value._FORMS.keys()


@pytest.mark.parametrize("name", json.loads((EXAMPLES / "expected.json").read_text()))
def test_each_invalid_example_is_refused_at_its_place(name: str) -> None:
    if not name.startswith("invalid/"):
        pytest.skip("not a record but a whole front matter")
    path = EXAMPLES / name
    expected = json.loads((EXAMPLES / "expected.json").read_text())[name]["pointer"]
    example = card_of((read(path.read_bytes(), path.name),))
    if not example.records:
        assert example.documents[0].refusals
        return
    assert_each_error_is_said_once(example)
    errors = [finding for finding in findings_of(example) if finding.severity is Severity.ERROR]
    assert any((finding.location.pointer or "").startswith(expected) for finding in errors)


@pytest.mark.parametrize("path", sorted((EXAMPLES / "valid").iterdir()), ids=lambda path: path.name)
def test_valid_examples_have_no_errors(path: Path) -> None:
    report = judge(card_of((read(path.read_bytes(), path.name),)), structure_rules())
    assert [finding.message for finding in report.findings if finding.severity is Severity.ERROR] == []


@cache
def structure_rules() -> tuple[rules.LoadedRule, ...]:
    return tuple(rule for rule in rules.all_rules() if rule.kind is rules.Kind.STRUCTURE)


@needs_lineages
@pytest.mark.parametrize("path", LINEAGES, ids=lambda path: path.name)
def test_real_lineages_have_no_errors(path: Path) -> None:
    report = judge(card_of((read(path.read_bytes(), path.name),)), structure_rules())
    assert [finding.message for finding in report.findings if finding.severity is Severity.ERROR] == []


@needs_lineages
@pytest.mark.parametrize("name", ["x.lineage.yaml", "x.lineage.json"])
@pytest.mark.parametrize("path", LINEAGES, ids=lambda path: path.name)
def test_corrupted_lineages(path: Path, name: str) -> None:
    original = card_of((read(path.read_bytes(), path.name),)).records[0].data
    rng = random.Random(f"{path.name} {name}")
    refused = 0
    for _ in range(CORRUPTIONS):
        data = copy.deepcopy(original)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            corrupt(data, rng)
        broken = card(data, name)
        assert_each_error_is_said_once(broken)
        assert_fixes_are_right(broken)
        refused += bool(broken.records[0].errors)
    assert refused > CORRUPTIONS / 2


def assert_fixes_are_right(broken: Card) -> None:
    """Each fix alone leaves a document that can be read and in which that finding is gone."""
    document = broken.documents[0]
    for finding in findings_of(broken):
        if finding.fix is None:
            continue
        text = edit.apply(document.text, finding.fix.edits)
        repaired = card_of((read(text.encode(), document.path),))
        assert repaired.documents[0].refusals == (), text
        after = [(other.rule, other.location.pointer, other.message) for other in findings_of(repaired)]
        assert (finding.rule, finding.location.pointer, finding.message) not in after


def corrupt(data: Any, rng: random.Random) -> None:
    """Change one thing somewhere in a record."""
    places = list(places_in(data))
    if not places:
        return
    pointer = rng.choice(places)
    holder = data
    for step in pointer[:-1]:
        holder = holder[step]
    step = pointer[-1]
    value = holder[step]
    change = rng.randrange(8)
    if change == 0:
        del holder[step]
    elif change == 1 and isinstance(holder, dict):
        holder[misspelt(str(step), rng)] = holder.pop(step)
    elif change == 2 and isinstance(holder, list):
        holder.append(copy.deepcopy(value))
    elif change == 3 and isinstance(value, str):
        holder[step] = misspelt(value, rng)
    elif change == 4:
        holder[step] = [value]
    elif change == 5 and isinstance(value, list) and value:
        holder[step] = value[0]
    elif change == 6 and isinstance(value, dict) and value:
        holder[step] = next(iter(value.values()))
    else:
        values = (
            None,
            True,
            7,
            -1.5,
            "",
            "x",
            "two words",
            "1.10",
            "#x",
            [],
            {},
            ["x", "x"],
            {"id": "x"},
            "2.0",
        )
        holder[step] = rng.choice(values)


def places_in(value: Any, pointer: Pointer = ()) -> Iterator[Pointer]:
    if pointer:
        yield pointer
    if isinstance(value, (dict, list)):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_in(item, (*pointer, step))


def misspelt(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) + 1)
    changes = (word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word.upper(), word.replace("_", "-"))
    return rng.choice(changes)


@pytest.mark.parametrize("version", ["0.9", "2.0", "10.0"])
def test_a_record_of_another_major_version_has_one_finding(version: str) -> None:
    other = card({"lineage_version": version, "model": "acme/chat", "teachers": [7]})
    assert len(other.records[0].errors) > 2
    assert other.readable_records == ()
    assert [finding.rule for finding in findings_of(other)] == [_faults.UNKNOWN_VERSION]
    strangers = {f"field_{number}": 7 for number in range(3000)}  # more than the schema lists
    crowded = card(strangers | {"lineage_version": version})
    assert [finding.rule for finding in findings_of(crowded)] == [_faults.UNKNOWN_VERSION]


@pytest.mark.parametrize("version", ["0.9", "2.0"])
def test_no_rule_reads_a_record_of_another_major_version(version: str) -> None:
    data = {
        "lineage_version": version,
        "model": {"id": "./here", "released": "2026-02-30", "license": {"id": "<license>"}},
        "derived_from": [{"model": {"id": "#nowhere"}}, {"model": {"id": "#nowhere"}}],
        "taught_by": [],
        "trained_on": [{"dataset": {"name": "TODO"}}],
    }
    report = judge(card(data), rules.all_rules())
    assert [finding.rule for finding in report.findings] == [_faults.UNKNOWN_VERSION]


def test_a_record_of_a_later_minor_version_is_read_leniently() -> None:
    data = record(lineage_version="1.3", carbon={"grams": 7}, derived_from=[{"model": {"id": "acme/base"}}])
    data["derived_from"][0] |= {"relation": "grafted", "depth": 3}
    findings = findings_of(card(data))
    assert {finding.rule for finding in findings} == {
        _faults.NEWER,
        _faults.OUT_OF_VOCABULARY,
        _faults.UNKNOWN_FIELD,
    }
    assert {finding.severity for finding in findings} == {Severity.NOTE}
    data["derived_from"][0]["model"] = 7
    errors = [finding for finding in findings_of(card(data)) if finding.severity is Severity.ERROR]
    assert [finding.rule for finding in errors] == [_faults.WRONG_TYPE]


def test_a_slip_of_the_fingers_is_an_error_in_a_later_minor_version_too() -> None:
    findings = findings_of(card(record(lineage_version="1.1", taught_bi=[], taught_at=[])))
    slips = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert [(finding.rule, finding.fix is not None) for finding in slips] == [(_faults.UNKNOWN_FIELD, True)]


def test_many_strangers_cost_no_more_than_their_number() -> None:
    data = record(**{f"field_{number:x}": 7 for number in range(900)})
    assert len(list(rules.load(_faults.UNKNOWN_FIELD).check(card(data)))) == 900


def test_source_text_of_numbers_is_kept() -> None:
    text = 'lineage_version: "1.0"\nmodel: {id: acme/chat, name: 1.10, revision: 0012345}\n'
    document = read(text.encode(), "x.lineage.yaml")
    assert isinstance(document, Document)
    findings = findings_of(card_of((document,)))
    assert [finding.help for finding in findings] == ['Quote it: `"1.10"`.', 'Quote it: `"0012345"`.']

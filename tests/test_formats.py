"""The machine formats: goldens, the shapes that docs/output.md promises, hostile text, GitHub's demands.

The goldens in `tests/formats` come from the cards there and from the rules of this file, so that they change
with the formats alone; `UPDATE_GOLDENS=1` writes them anew.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from modelcard_validator import edit, formats, unknowns
from modelcard_validator.card import Card, card_of
from modelcard_validator.discover import load
from modelcard_validator.document import json_pointer, read
from modelcard_validator.engine import CardReport, Suppressed, judge
from modelcard_validator.finding import Edit, Finding, Fix, Kind, Location, Severity
from modelcard_validator.formats import sarif
from modelcard_validator.report import Report
from modelcard_validator.rules import LoadedRule, Problem, all_rules, quoted, refused
from modelcard_validator.terminal import escape
from modelcard_validator.terms.texts import version

HERE = Path(__file__).parent / "formats"
SHARED = Path(os.environ.get("MODELCARD_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"
GOLDENS = {"json": "report.json", "sarif": "report.sarif", "github": "report.github.txt"}


# Rules of every kind, among them what no rule of the package may say yet: a violation.


def _shouted(card: Card) -> Iterator[Problem]:
    for license in card.claims.licenses:
        if license.id and license.id != license.id.lower():
            place, small = license.source.place, license.id.lower()
            fix = Fix(f"write {quoted(small)}", (edit.replace_value(place, small),))
            yield Problem(place, f"{quoted(license.id)} is written large", f"Write {quoted(small)}.", fix)


def _parent(card: Card) -> Iterator[Problem]:
    for parent in card.claims.parents:
        place = parent.source.place.as_key()
        yield Problem(place, f"{quoted(parent.model.label)} is the parent", "Nothing to do.")


def _teacher(card: Card) -> Iterator[Problem]:
    for number, teacher in enumerate(card.claims.teachers):
        message = f"{quoted(teacher.model.label)} may not teach"
        yield Problem(teacher.model.source.place, message, "Ask its provider.")
        yield Problem(
            teacher.source.place, f"teacher {number} is named", "Say how it was used.", None, Severity.WARNING
        )


def _rule(slug: str, kind: Kind, severity: Severity, check: Any) -> LoadedRule:
    sections = "\n".join(
        f"\n## {heading}\nA sentence with `code`."
        for heading in ("What it does", "Why it matters", "How to fix", "Example", "Source")
    )
    return LoadedRule(slug, kind, severity, check, f"The rule {slug} of a test.\n{sections}")


RULES = (
    _rule("duplicate-key", Kind.STRUCTURE, Severity.ERROR, lambda card: refused("duplicate-key", card)),
    _rule("named-parent", Kind.LINEAGE, Severity.NOTE, _parent),
    _rule("shouted-license", Kind.HYGIENE, Severity.WARNING, _shouted),
    _rule("named-teacher", Kind.TERMS, Severity.ERROR, _teacher),
)


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(HERE / "cards")
    unreadable: list[Exception] = []
    reports = tuple(judge(card, RULES) for card in load(["."], unreadable.append))
    assert not unreadable
    return Report(reports, RULES, "1.2.3")


def finding(**changes: Any) -> Finding:
    at = Location("README.md", 2, 10, 2, 13, "/license")
    values: dict[str, Any] = {"rule": "shouted-license", "kind": Kind.HYGIENE, "severity": Severity.WARNING}
    values |= {"message": "a message", "help": "Do something.", "location": at}
    return Finding(**(values | changes))


def report_of(*findings: Finding, path: str = "README.md", suppressed: tuple[Suppressed, ...] = ()) -> Report:
    card = card_of((read(b"---\nlicense: MIT\n---\n", path),))
    return Report((CardReport(card, findings, suppressed),), RULES, "1.2.3")


def log_of(report: Report) -> Any:
    """The one run of the SARIF log, which is checked against both schemas on the way."""
    log = json.loads(formats.render(report, "sarif"))
    for validator in sarif_schemas():
        validator.validate(log)
    (run,) = log["runs"]
    return run


@cache
def sarif_schemas() -> list[Any]:
    """OASIS' schema, and GitHub's demands on an upload; none where the reference data is not at hand."""
    names = ("sarif-schema-2.1.0.oasis.json", "github-sarif-upload.own.json")
    files = [SHARED / "schemas" / name for name in names]
    return [
        jsonschema_rs.validator_for(json.loads(file.read_text(encoding="utf-8")))
        for file in files
        if file.is_file()
    ]


@pytest.mark.parametrize("name", GOLDENS)
def test_golden(name: str, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknowns, "unknowns", _access_unknown)
    monkeypatch.setattr("modelcard_validator.terms.texts.version", lambda: "2026-11-24+0123456789ab")
    shown = formats.render(report, name)
    golden = HERE / GOLDENS[name]
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")
    assert shown == formats.render(report, name, color=True)


def _access_unknown(card: Card) -> Iterator[unknowns.Unknown]:
    for teacher in card.claims.teachers:
        place = teacher.source.place.of("access")
        yield unknowns.Unknown(
            json_pointer(place.pointer), f"How was {quoted(teacher.model.label)} used?", place
        )


# JSON, version 1.


def documented() -> dict[str, list[str]]:
    """The fields that docs/output.md promises, by the heading above their table."""
    page = (Path(__file__).resolve().parents[1] / "docs" / "output.md").read_text(encoding="utf-8")
    sections = page.partition("\n## json\n")[2].partition("\n## ")[0].split("\n### ")[1:]
    return {
        section.partition("\n")[0]: re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        for section in sections
    }


def test_json_has_the_documented_fields(report: Report) -> None:
    data = json.loads(formats.render(report, "json"))
    fields = documented()
    assert list(data) == fields["The report"]
    assert data["tool"] == {"name": "modelcard-validator", "version": "1.2.3", "catalog": version()}
    assert data["summary"] == {"cards": 3, "violation": 1, "needs-review": 0, "ok": 1, "invalid": 1}
    suppressed = 0
    for card in data["cards"]:
        assert list(card) == fields["A card"]
        for finding in card["findings"]:
            assert list(finding) == fields["A finding"]
            assert list(finding["location"]) == fields["A location"]
        for finding in card["suppressed"]:
            assert list(finding) == [*fields["A finding"], "reason", "by"]
            suppressed += 1
    assert suppressed == 1


def test_json_asks_what_is_unknown(report: Report) -> None:
    data = json.loads(formats.render(report, "json"))
    for shown, card in zip(data["cards"], report.cards, strict=True):
        asked = [(unknown["pointer"], unknown["question"]) for unknown in shown["unknowns"]]
        assert asked == [(unknown.pointer, unknown.question) for unknown in unknowns.unknowns(card.card)]
        assert all(list(unknown) == documented()["An open question"] for unknown in shown["unknowns"])
    assert any(card["unknowns"] for card in data["cards"])


def test_json_of_nothing() -> None:
    data = json.loads(formats.render(Report((), (), "0"), "json"))
    assert data["cards"] == []
    assert set(data["summary"].values()) == {0}


def test_json_keeps_what_is_data_and_escapes_what_is_shown() -> None:
    strange = "a\u202eb\x9bc\x1b[31m/😀\U000e0041é.md"
    shown = formats.render(report_of(finding(message=strange), path=strange), "json")
    assert not set(shown) & set("\u202e\x9b\x1b\U000e0041")
    assert "é" in shown
    assert "😀" in shown
    card = json.loads(shown)["cards"][0]
    assert card["file"] == strange
    assert card["findings"][0]["message"] == escape(strange)


def test_json_spells_half_surrogates_out() -> None:
    shown = formats.render(report_of(path="caf\udce9/README.md"), "json")
    shown.encode()
    assert json.loads(shown)["cards"][0]["file"] == "caf\\udce9/README.md"


# SARIF.


@pytest.mark.parametrize("number", [0, 1], ids=["oasis", "github"])
def test_sarif_is_valid_and_the_schema_bites(number: int, report: Report) -> None:
    if number >= len(sarif_schemas()):
        pytest.skip("the SARIF schemas are not at hand")
    log = json.loads(formats.render(report, "sarif"))
    sarif_schemas()[number].validate(log)
    del log["runs"][0]["results"][0]["message"]
    assert not sarif_schemas()[number].is_valid(log)


def test_sarif_describes_every_rule_within_githubs_limits() -> None:
    run = log_of(Report((), all_rules(), "0"))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.slug for rule in all_rules()]
    for rule in run["tool"]["driver"]["rules"]:
        assert re.fullmatch(r"[A-Z]\w*", rule["name"])
        assert len(rule["name"]) <= 255
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["helpUri"].endswith(f"docs/rules.md#{rule['id']}")
        assert "How to fix:" in rule["help"]["text"]
        assert "## How to fix" in rule["help"]["markdown"]
        assert 0 < len(rule["properties"]["tags"]) <= 10
        assert rule["defaultConfiguration"]["level"] in ("note", "warning", "error")


def test_sarif_results(report: Report) -> None:
    run = log_of(report)
    results = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in results] == [
        result["ruleId"] for result in results
    ]
    verdicts = [result["properties"]["verdict"] for result in results]
    assert verdicts == ["invalid", "violation", "needs-review", "ok", "ok", "ok"]
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert len(set(prints)) == len(prints)


def test_sarif_leaves_out_what_is_suppressed() -> None:
    run = log_of(report_of(suppressed=(Suppressed(finding(), "a reason", "baseline"),)))
    assert run["results"] == []


def test_sarif_same_problem_twice_stays_two() -> None:
    here, there = finding(), finding(location=Location("README.md", 9, 1, 9, 4, "/license"))
    assert here.fingerprint == there.fingerprint
    run = log_of(report_of(here, there))
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert prints == [f"{here.fingerprint}:1", f"{here.fingerprint}:2"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("README.md", {"uri": "README.md", "uriBaseId": "%SRCROOT%"}),
        ("./a//b/./README.md", {"uri": "a/b/README.md", "uriBaseId": "%SRCROOT%"}),
        ("../a/README.md", {"uri": "../a/README.md", "uriBaseId": "%SRCROOT%"}),
        ("my model/100% ré?#.md", {"uri": "my%20model/100%25%20r%C3%A9%3F%23.md", "uriBaseId": "%SRCROOT%"}),
        ("c:d/README.md", {"uri": "c%3Ad/README.md", "uriBaseId": "%SRCROOT%"}),
        ("caf\udce9/README.md", {"uri": "caf%E9/README.md", "uriBaseId": "%SRCROOT%"}),
        ("\ud800.md", {"uri": "%ED%A0%80.md", "uriBaseId": "%SRCROOT%"}),
        ("<stdin>", {"uri": "%3Cstdin%3E", "uriBaseId": "%SRCROOT%"}),
        ("/srv/my model/README.md", {"uri": "file:///srv/my%20model/README.md"}),
    ],
)
def test_sarif_names_files_by_uri(path: str, location: dict[str, str]) -> None:
    at = Location(path, 1, 1, 1, 2, None)
    run = log_of(report_of(finding(location=at), path=path))
    (place,) = run["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"] == location
    assert set(location) == {"uri"} or "%SRCROOT%" in run["originalUriBaseIds"]


def test_sarif_fix_is_the_fix(report: Report) -> None:
    """Applied as SARIF says, by lines and columns, it gives what `--fix` gives."""
    card = report.cards[0].card.documents[0]
    lines = card.text.splitlines(keepends=True)
    for item in report.cards[0].findings:
        if item.fix is None:
            continue
        (result,) = [
            result
            for result in log_of(report)["results"]
            if result["partialFingerprints"]["primaryLocationLineHash"] == f"{item.fingerprint}:1"
        ]
        ((change,),) = [fix["artifactChanges"] for fix in result["fixes"]]
        assert change["artifactLocation"]["uri"] == card.path
        (replacement,) = change["replacements"]
        region = replacement["deletedRegion"]
        start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
        end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
        fixed = card.text[:start] + replacement["insertedContent"]["text"] + card.text[end:]
        assert fixed == edit.apply(card.text, item.fix.edits)


def test_sarif_leaves_the_least_grave_out_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
    note = finding(severity=Severity.NOTE)
    error = finding(rule="named-teacher", kind=Kind.TERMS, severity=Severity.ERROR)
    run = log_of(report_of(note, finding(), error, finding()))
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("2 of 4 results are left out")


def test_sarif_message_is_plain_and_holds_no_link() -> None:
    hostile = finding(message="`[click](https://evil.example)` is no `id`", help="x" * 2000)
    text = log_of(report_of(hostile))["results"][0]["message"]["text"]
    assert text.startswith("'[click] (https://evil.example)' is no 'id'. xxx")
    assert len(text) == 1024
    assert text.endswith("…")


def test_sarif_help_reads_without_markdown() -> None:
    sections = "## What it does\nReads `a`.\n\n## Example\n```yaml\na: 1\n```\n```yaml\na: 2\n```"
    rule = RULES[0]._replace(documentation=f"A title.\n\n{sections}")
    (described,) = log_of(Report((), (rule,), "0"))["tool"]["driver"]["rules"]
    assert described["help"]["text"] == "What it does:\nReads 'a'.\n\nExample:\na: 1\nbecomes\na: 2"
    assert described["help"]["markdown"] == sections


# GitHub's workflow commands.


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A command as GitHub's runner reads it (actions/runner, ActionCommand.TryParseV2)."""
    match = re.fullmatch(r"::(\w+) ((?:(?!::).)*)::(.*)", line)
    assert match, line

    def plain(text: str, escapes: tuple[str, ...]) -> str:
        for code in (*escapes, "%25"):
            text = text.replace(code, chr(int(code[1:], 16)))
        return text

    properties = dict(item.split("=", 1) for item in match[2].strip().split(","))
    values = {name: plain(value, ("%0D", "%0A", "%3A", "%2C")) for name, value in properties.items()}
    return match[1], values, plain(match[3], ("%0D", "%0A"))


def test_github_command() -> None:
    ((command, properties, message),) = [
        parsed(line) for line in formats.render(report_of(finding()), "github").splitlines()
    ]
    assert command == "warning"
    expected = {"file": "README.md", "line": "2", "endLine": "2", "col": "10", "endColumn": "13"}
    assert properties == expected | {"title": "shouted-license"}
    assert message == "README.md:2:10: a message\nhelp: Do something."


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")],
)
def test_github_command_of_each_severity(severity: Severity, command: str) -> None:
    line = formats.render(report_of(finding(severity=severity, kind=Kind.LINEAGE)), "github")
    assert parsed(line.strip())[0] == command


def test_github_range_over_lines_has_no_columns() -> None:
    """The runner takes columns only where both lines are the same."""
    at = Location("README.md", 2, 10, 4, 3, "")
    _, properties, _ = parsed(formats.render(report_of(finding(location=at)), "github").strip())
    assert properties == {"file": "README.md", "line": "2", "endLine": "4", "title": "shouted-license"}


def test_github_escapes_what_a_card_smuggles_in() -> None:
    path = "a,b::c=d/100%25\n::error::x/README.md"
    message = "100% wrong%0A\r\n::add-mask::secret\x1b[2J\u202e"
    at = Location(path, 1, 1, 1, 2, None)
    shown = formats.render(report_of(finding(message=message, location=at), path=path), "github")
    assert len(shown.splitlines()) == 1
    assert not set(shown) & set("\x1b\u202e\r")
    command, properties, text = parsed(shown.rstrip("\n"))
    assert command == "warning"
    assert properties["file"] == path
    assert text == f"{escape(path)}:1:1: {escape(message)}\nhelp: Do something."


def test_github_shows_the_gravest_of_each_kind_and_counts_the_rest() -> None:
    notes = [finding(severity=Severity.NOTE, message=f"note {number}") for number in range(12)]
    warnings = [finding(message=f"warning {number}") for number in range(10)]
    review = finding(rule="named-teacher", kind=Kind.TERMS, message="grave")
    error = finding(rule="named-teacher", kind=Kind.TERMS, severity=Severity.ERROR)
    lines = formats.render(report_of(*notes, *warnings, review, error), "github").splitlines()
    commands = [parsed(line) for line in lines[:-1]]
    assert [command for command, _, _ in commands] == ["error"] + ["warning"] * 10 + ["notice"] * 10
    assert commands[0][1]["title"] == "named-teacher (violation)"
    assert commands[1][1]["title"] == "named-teacher (needs-review)"
    assert "grave" in commands[1][2]
    assert lines[-1].startswith("3 more findings are not shown")
    assert formats.render(report_of(*notes[:11]), "github").splitlines()[-1].startswith("1 more finding is")


def test_github_says_nothing_of_a_card_without_findings() -> None:
    assert formats.render(report_of(), "github") == ""


# Anything at all.

texts = st.text(st.characters(exclude_categories=()), max_size=40)
names = st.text(st.characters(exclude_categories=(), exclude_characters="\0"), min_size=1, max_size=20)


@given(names, texts, texts, texts, texts, st.booleans())
def test_output_is_well_formed_whatever_a_card_holds(
    path: str, message: str, help: str, pointer: str, reason: str, absolute: bool
) -> None:
    path = f"/{path}" if absolute else path
    at = Location(path, 1, 1, 2, 4, pointer)
    fix = Fix(help, (Edit(path, 0, 3, reason),))
    item = finding(message=message, help=help, location=at, fix=fix)
    report = report_of(item, path=path, suppressed=(Suppressed(item, reason, "comment"),))
    for name in ("json", "sarif"):
        shown = formats.render(report, name)
        shown.encode()
        assert shown.endswith("}\n")
        assert escape(shown.replace("\n", "")) == shown.replace("\n", "")
        data = json.loads(shown)
        assert json.loads(json.dumps(data)) == data
    for validator in sarif_schemas():
        validator.validate(data)
    assert all(ord(character) < 128 for character in json.dumps(_uris(data), ensure_ascii=False))
    lines = formats.render(report, "github").splitlines()
    assert len(lines) == 1
    assert escape(lines[0]) == lines[0]
    parsed(lines[0])


def _uris(log: Any) -> list[str]:
    (run,) = log["runs"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    return [place["artifactLocation"]["uri"] for place in places]


# The corpus: 1,133 real cards in one report.


@pytest.fixture(scope="module")
def corpus() -> Report:
    index = SHARED / "corpus" / "INDEX.tsv"
    if not index.is_file():
        pytest.skip("the corpus of real cards is not at hand")
    paths = [line.partition("\t")[0] for line in index.read_text(encoding="utf-8").splitlines()[1:]]
    cards = (card_of((read((index.parent / path).read_bytes(), path),)) for path in paths)
    return Report(tuple(judge(card, all_rules()) for card in cards), all_rules(), "1.2.3")


def test_corpus_is_valid_sarif(corpus: Report) -> None:
    run = log_of(corpus)
    findings = sum(len(card.findings) for card in corpus.cards)
    assert len(run["results"]) == min(findings, sarif.MAX_RESULTS)


def test_corpus_is_json(corpus: Report) -> None:
    data = json.loads(formats.render(corpus, "json"))
    assert len(data["cards"]) == data["summary"]["cards"] == len(corpus.cards)
    counts = data["summary"]
    assert (
        sum(counts[verdict] for verdict in ("violation", "needs-review", "ok", "invalid")) == counts["cards"]
    )


def test_corpus_positions_point_at_the_value(corpus: Report) -> None:
    """Each file read anew: at the line and column of a result stands the value or the key of its pointer."""
    documents = {document.path: document for card in corpus.cards for document in card.card.documents}
    checked = 0
    for result in log_of(corpus)["results"]:
        (location,) = result["locations"]
        path = unquote(location["physicalLocation"]["artifactLocation"]["uri"])
        region = location["physicalLocation"]["region"]
        assert _is_within(path, region["startLine"], region["startColumn"]), (path, region)
        if documents[path].metadata is not None:
            assert _is_within(path, region["endLine"], region["endColumn"]), (path, region)
        if "logicalLocations" not in location:
            continue
        pointer = location["logicalLocations"][0]["fullyQualifiedName"]
        here = _text_at(path, region)
        value = documents[path].data
        steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
        for step in steps:
            value = value[int(step)] if isinstance(value, list) else value.get(step)
        written = yaml.load(here, yaml.BaseLoader)
        assert _is_like(written, value) or written == steps[-1], (path, pointer, here)
        checked += 1
    assert checked or not any(card.findings for card in corpus.cards)


@cache
def _lines(path: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", (SHARED / "corpus" / path).read_bytes().decode("utf-8-sig"))


def _is_within(path: str, line: int, column: int) -> bool:
    return line <= len(_lines(path)) and column <= len(_lines(path)[line - 1]) + 1


def _text_at(path: str, region: dict[str, int]) -> str:
    """The text of a region; its first line keeps its indentation, so that YAML reads the rest as it is."""
    lines = _lines(path)[region["startLine"] - 1 : region["endLine"]]
    lines[-1] = lines[-1][: region["endColumn"] - 1]
    lines[0] = " " * (region["startColumn"] - 1) + lines[0][region["startColumn"] - 1 :]
    return "\n".join(lines)


def _is_like(written: Any, value: Any) -> bool:
    """Whether what stands in a file, read as strings alone, is this value."""
    if isinstance(value, dict):
        return isinstance(written, dict) and list(written) == list(value)
    if isinstance(value, list):
        return isinstance(written, list) and len(written) == len(value)
    return not isinstance(value, str) or written == value

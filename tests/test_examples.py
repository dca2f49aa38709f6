"""The example repositories get the verdicts that examples/README.md gives them, and hold together."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from modelcard_validator.discover import load
from modelcard_validator.engine import CardReport, judge
from modelcard_validator.errors import UnreadableInput
from modelcard_validator.finding import Severity, Verdict
from modelcard_validator.rules import all_rules

EXAMPLES = Path(__file__).parent.parent / "examples"
UNREADABLE = ("license-twice", "unclosed-quote")
WITHOUT_A_RECORD = (*UNREADABLE, "everyday-mistakes", "llama-relabelled")
VERDICTS = {str(verdict): verdict for verdict in Verdict}


class Row(NamedTuple):
    directory: str
    verdict: Verdict
    by_the_texts: Verdict


def table() -> list[Row]:
    """The rows of the table in examples/README.md."""
    rows = re.findall(
        r"^\| \[([\w-]+)\]\(\1/\) \| .+ \| ([a-z-]+) \| ([a-z-]+) \|$",
        (EXAMPLES / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return [Row(directory, VERDICTS[verdict], VERDICTS[later]) for directory, verdict, later in rows]


ROWS = table()
DIRECTORIES = [row.directory for row in ROWS]


def report_of(directory: str) -> CardReport:
    """All rules on the one card of an example."""
    unreadable: list[UnreadableInput] = []
    cards = list(load([str(EXAMPLES / directory)], unreadable.append))
    assert not unreadable
    assert len(cards) == 1
    return judge(cards[0], all_rules())


def test_table_lists_every_directory_once() -> None:
    assert sorted(DIRECTORIES) == sorted(
        path.name for path in EXAMPLES.iterdir() if path.is_dir() and path.name not in ("catalog", "policies")
    )


@pytest.mark.parametrize("row", ROWS, ids=DIRECTORIES)
def test_verdict_is_the_one_in_the_table(row: Row) -> None:
    report = report_of(row.directory)
    assert report.verdict is row.verdict, [finding.message for finding in report.findings]
    assert row.by_the_texts >= row.verdict


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_record_is_valid(directory: str) -> None:
    records = report_of(directory).card.records
    assert len(records) == (directory not in WITHOUT_A_RECORD)
    assert [record.errors for record in records] == [()] * len(records)


def test_what_is_right_gets_no_finding_above_a_note() -> None:
    assert all(finding.severity is Severity.NOTE for finding in report_of("llama-fine-tune").findings)


def test_honest_disclosure_costs_nothing() -> None:
    assert all(finding.severity is Severity.NOTE for finding in report_of("undisclosed-teacher").findings)


@pytest.mark.parametrize("directory", DIRECTORIES)
def test_files_that_a_record_names_exist(directory: str) -> None:
    for record in report_of(directory).card.records:
        attribution = record.data.get("attribution", {})
        recipe = record.data.get("reproducibility", {}).get("recipe", {})
        named = [
            record.data["model"].get("license", {}).get("file"),
            recipe.get("file"),
            attribution.get("notice"),
            *attribution.get("license_copies", ()),
        ]
        for name in filter(None, named):
            assert (EXAMPLES / directory / name).is_file(), name


def test_files_of_the_repository_agree_with_the_card() -> None:
    adapter = json.loads((EXAMPLES / "lora-adapter" / "adapter_config.json").read_text())
    [base] = {parent.model.id for parent in report_of("lora-adapter").card.claims.parents}
    assert adapter["base_model_name_or_path"] == base

    recipe = yaml.safe_load((EXAMPLES / "merge" / "mergekit_config.yml").read_text())
    merged = {source["model"] for part in recipe["slices"] for source in part["sources"]}
    assert merged == {parent.model.id for parent in report_of("merge").card.claims.parents}


def test_no_licence_text_is_copied() -> None:
    assert all(path.stat().st_size < 500 for path in EXAMPLES.glob("*/LICENSE*"))

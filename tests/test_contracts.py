"""The promises that hold for every rule and every format, whoever adds the next one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from modelcard_validator import _folder, formats, rules, validate_text

RULES = Path(__file__).parent / "rules"
HEADINGS = ["What it does", "Why it matters", "How to fix", "Example", "Source"]
FILES = {"yaml": "README.md", "markdown": "README.md", "record": "x.lineage.yaml", "json": "x.lineage.json"}
"""What a fenced block of an example is: front matter, a whole README, or a side file."""
SLUGS = _folder.names(rules.PACKAGE)


@pytest.mark.parametrize("slug", SLUGS)
def test_rule_is_documented(slug: str) -> None:
    rule = rules.load(slug)
    assert re.findall(r"^## (.+)$", rule.documentation, re.MULTILINE) == HEADINGS
    assert all(rule.section(heading) for heading in HEADINGS)
    assert len(rule.title) <= 90


@pytest.mark.parametrize("slug", SLUGS)
def test_rule_has_cases_for_and_against(slug: str) -> None:
    outcomes = {path.name.partition("-")[0] for path in (RULES / slug).iterdir() if path.suffix != ".txt"}
    assert "ok" in outcomes
    assert outcomes - {"ok"}
    assert outcomes <= {"ok", "note", "warning", "review", "violation", "invalid"}


@pytest.mark.parametrize("slug", SLUGS)
def test_rule_example_shows_the_problem_and_the_remedy(slug: str) -> None:
    """The first fenced block of the example makes the rule speak, the second does not."""
    blocks = re.findall(r"```(\w+)\n(.*?)```", rules.load(slug).section("Example"), re.DOTALL)
    assert len(blocks) == 2

    def spoke(language: str, block: str) -> bool:
        card = f"---\n{block}---\n" if language == "yaml" else block
        return any(finding.rule == slug for finding in validate_text(card, FILES[language]).findings)

    assert spoke(*blocks[0])
    assert not spoke(*blocks[1])


def test_no_folder_of_cases_without_a_rule() -> None:
    assert {path.name for path in RULES.iterdir()} == set(SLUGS)


@pytest.mark.parametrize("name", _folder.names(formats.PACKAGE))
def test_format_renders_nothing(name: str) -> None:
    from modelcard_validator.report import Report

    assert isinstance(formats.render(Report((), (), "0"), name), str)

"""The promises that hold for every rule and every format, whoever adds the next one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from modelcard_validator import _folder, document, formats, rules, validate_text
from modelcard_validator.card import card_of
from modelcard_validator.engine import judge

RULES = Path(__file__).parent / "rules"
HEADINGS = ["What it does", "Why it matters", "How to fix", "Example", "Source"]
FILES = {"yaml": "README.md", "markdown": "README.md", "record": "x.lineage.yaml", "json": "x.lineage.json"}
FILES["latin1"] = FILES["markdown"]
"""What a fenced block of an example is: front matter, a whole README, or a side file; `files` are several of
them, each after its name."""
SLUGS = rules.slugs()


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
        if language == "files":
            files = re.findall(r"==> (\S+) <==\n(.*?)(?=^==> |\Z)", block, re.DOTALL | re.MULTILINE)
            several = card_of(tuple(document.read(text.encode(), name) for name, text in files))
            return bool(judge(several, (rules.load(slug),)).findings)
        card = f"---\n{block}---\n" if language == "yaml" else block
        if language == "latin1":  # the same README, saved in another encoding
            card = card.encode("latin-1").decode("utf-8", "surrogateescape")
        return any(finding.rule == slug for finding in validate_text(card, FILES[language]).findings)

    assert spoke(*blocks[0])
    assert not spoke(*blocks[1])


def test_every_refusal_of_the_reader_has_a_rule() -> None:
    """A refusal that no rule reports would be a card that is not read and nobody says so."""
    slugs = set()
    for path in Path(document.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            if called.strip("_").lower() in ("refusal", "refused"):
                words = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
                slugs |= {word for word in words if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", str(word))}
    assert "duplicate-key" in slugs
    assert slugs <= set(SLUGS)


def test_no_folder_of_cases_without_a_rule() -> None:
    assert {path.name for path in RULES.iterdir()} == set(SLUGS)


@pytest.mark.parametrize("name", _folder.names(formats.PACKAGE))
def test_format_renders_nothing(name: str) -> None:
    from modelcard_validator.report import Report

    assert isinstance(formats.render(Report((), (), "0"), name), str)

"""What somebody decided to live with: what a comment, an ignore and a baseline cover, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelcard_validator import baseline, validate_text
from modelcard_validator.document import read
from modelcard_validator.engine import CardReport, judge
from modelcard_validator.errors import BadConfiguration
from modelcard_validator.finding import Finding
from modelcard_validator.rules import load
from modelcard_validator.suppress import Suppression, Suppressions, comments

MISSPELT = (load("misspelt-key"), load("license-id-misspelt"))


def card(metadata: str, body: str = "") -> CardReport:
    from modelcard_validator.card import card_of

    return judge(card_of((read(f"---\n{metadata}\n---\n{body}".encode(), "README.md"),)), MISSPELT)


def kept(report: CardReport) -> list[str]:
    return [finding.rule for finding in report.findings]


COVERED: dict[str, str] = {
    "same line": "licence: mit # modelcard: ignore[misspelt-key] a tool reads it",
    "line before": "# modelcard: ignore[misspelt-key] a tool reads it\nlicence: mit",
    "indented": "  # modelcard: ignore[misspelt-key] a tool reads it\nlicence: mit",
    "line before other comments": "# modelcard: ignore[misspelt-key] a tool\n# see there\n\nlicence: mit",
    "several comments": "# modelcard: ignore[x] y\n# modelcard: ignore[misspelt-key] a tool\nlicence: mit",
    "several rules": "licence: mit # modelcard: ignore[license-id-misspelt, misspelt-key] a tool",
    "no spaces": "licence: mit #modelcard:ignore[misspelt-key]a tool",
    "dash before the reason": "licence: mit # modelcard: ignore[misspelt-key] - a tool",
}


@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("why", COVERED)
def test_comment_covers(why: str, line_break: str) -> None:
    report = card(COVERED[why].replace("\n", line_break))
    assert kept(report) == []
    (suppressed,) = report.suppressed
    assert suppressed.by == "comment"
    assert suppressed.reason in ("a tool", "a tool reads it")


NOT_COVERED: dict[str, str] = {
    "no reason": "licence: mit # modelcard: ignore[misspelt-key]",
    "only punctuation for a reason": "licence: mit # modelcard: ignore[misspelt-key] --",
    "other rule": "licence: mit # modelcard: ignore[license-missing] a tool",
    "no rule": "licence: mit # modelcard: ignore[] a tool",
    "other line": "licence: mit\n# modelcard: ignore[misspelt-key] a tool\nlanguage: en",
    "line after the next": "# modelcard: ignore[misspelt-key] a tool\nlanguage: en\nlicence: mit",
    "in quotes": 'licence: "mit # modelcard: ignore[misspelt-key] a tool"',
    "in a block of text": "x: |\n  # modelcard: ignore[misspelt-key] a tool\nlicence: mit",
}


@pytest.mark.parametrize("why", NOT_COVERED)
def test_comment_does_not_cover(why: str) -> None:
    assert kept(card(NOT_COVERED[why])) == ["misspelt-key"]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<!-- modelcard: ignore[a] x -->\n\ntext", [6]),
        ("text <!-- modelcard: ignore[a] x -->\n", [4]),
        ("<!--\n  modelcard: ignore[a] x\n  and y\n-->\ntext", [8]),
        ("<!-- modelcard: ignore[a] x --><!-- modelcard: ignore[b] x -->\ntext", [5, 4]),
        ("<!-- modelcard: ignore[a] x", []),
        ("# modelcard: ignore[a] a heading", []),
    ],
    ids=["alone", "after text", "on lines", "two", "without an end", "heading"],
)
def test_comments_in_the_text(body: str, lines: list[int]) -> None:
    document = read(f"---\nlicense: mit\n---\n{body}".encode(), "README.md")
    assert [comment.lines[-1] for comment in comments(document)] == lines


ABSENT: dict[str, tuple[str, str, bool]] = {
    # What is not there has no line of its own; a comment covers it where one would look for it.
    "above the first key": (
        "license-missing",
        "---\n# modelcard: ignore[license-missing] x\nlanguage: en\n---\n",
        True,
    ),
    "above a later key": (
        "license-missing",
        "---\nlanguage: en\n# modelcard: ignore[license-missing] x\na: b\n---\n",
        False,
    ),
    "in a text without metadata": (
        "no-metadata",
        "<!-- modelcard: ignore[no-metadata] links -->\n# Links\n",
        True,
    ),
}


@pytest.mark.parametrize("why", ABSENT)
def test_comment_on_what_is_not_there(why: str) -> None:
    rule, text, covers = ABSENT[why]
    report = validate_text(text)
    assert (rule in [one.finding.rule for one in report.suppressed]) == covers
    assert (rule in kept(report)) != covers


def test_comment_in_a_document_that_is_refused() -> None:
    report = validate_text("license: mit # modelcard: ignore[duplicate-key] x\nlicense: mit", "x.yaml")
    assert "duplicate-key" in kept(report)


def finding(rule: str = "misspelt-key", metadata: str = "licence: mit") -> Finding:
    return next(one for one in card(metadata).findings if one.rule == rule)


@pytest.mark.parametrize(
    ("file", "covers"),
    [
        ("*", True),
        ("{here}/README.md", True),
        ("{here}/*.md", True),
        ("{here}/docs/*", False),
        ("README.md", False),
    ],
)
def test_ignore_covers_files_by_their_absolute_path(file: str, covers: bool) -> None:
    one = Suppression("modelcard.toml", "x", "misspelt-key", file=file.format(here=Path.cwd()))
    assert (Suppressions([one]).covering(finding()) is one) == covers


def test_ignore_of_another_rule_covers_nothing() -> None:
    assert Suppressions([Suppression("x", "x", "license-missing")]).covering(finding()) is None


def test_baseline_round_trip(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(baseline.write([(finding(), "there before us")] * 2))
    known = Suppressions(baseline.read(str(file)))
    assert known.covering(finding()) == Suppression(
        "baseline", "there before us", fingerprint=finding().fingerprint
    )
    assert known.covering(finding(metadata="language: en\nlicence: mit")) is not None, "it may move"
    assert known.covering(finding(metadata="licens: mit")) is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1}', '{"version": 1, "findings": [1]}'],
)
def test_what_is_no_baseline(text: str, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text)
    with pytest.raises(BadConfiguration, match=r"baseline\.json: ") as caught:
        baseline.read(str(file))
    assert "--write-baseline" in caught.value.hint

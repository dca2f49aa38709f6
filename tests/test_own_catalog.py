"""Texts of one's own: what is wrong with them is said, and what they say counts while they are consulted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from modelcard_validator import formats, validate_text
from modelcard_validator.cli import group
from modelcard_validator.errors import BadConfiguration
from modelcard_validator.lineage.granted import offer_of
from modelcard_validator.report import Report
from modelcard_validator.rules import _outputs, all_rules
from modelcard_validator.terms import own, resolve, store, texts
from modelcard_validator.terms.resolve import Period

EXAMPLES = Path(__file__).parent.parent / "examples"
CATALOG = EXAMPLES / "catalog"
CARD = EXAMPLES / "private-contract"
SHA256 = "0123456789abcdef" * 4
GOOD = f"""\
id: acme-terms@2025-01-01
title: Acme Terms
kind: service-terms
provider: Acme
effective: 2025-01-01
until: 2025-12-31
aliases: [acme-2025]
applies_to: {{channels: [api]}}
sources: [{{text: acme.pdf, sha256: "{SHA256}", retrieved: 2025-01-02}}]
read: full
facts:
  - {{fact: outputs.train, value: no-model-training, clause: "7", says: no training, confidence: stated}}
silent: [limit.territory]
"""
RECORD = """\
lineage_version: "1.0"
model: {id: example-lab/Chat-7B}
derived_from: []
taught_by:
  - {model: {name: acme-1, provider: acme}, signal: [outputs], access: api, terms: {id: %s}}
disclosure: {derived_from: complete}
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, [str(one) for one in arguments], catch_exceptions=True)


def directory(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def problems(tmp_path: Path, **files: str) -> list[tuple[int, int, str, str]]:
    _, found = own.check(str(directory(tmp_path, **files)))
    return [(one.line, one.column, one.message, one.help) for one in found]


# What is wrong

WRONG: dict[str, tuple[str, str, int, str, str]] = {
    # What is replaced in GOOD; by what; the line; a part of the message; a part of the help.
    "unknown key": ("title:", "titel: x\ntitle:", 2, "unknown key `titel`", "`title`"),
    "unknown key of a fact": (
        'clause: "7"',
        'clause: "7", clausse: x',
        12,
        "unknown key `clausse`",
        "clause",
    ),
    "unknown key of a source": ("text: acme.pdf", "text: a, file: b", 9, "unknown key `file`", "sha256"),
    "unknown key of applies_to": ("channels: [api]", "channel: [api]", 8, "key `channel`", "`channels`"),
    "missing key": ("title: Acme Terms\n", "", 1, "the text has no `title`", "`title:`"),
    "unknown kind": ("kind: service-terms", "kind: terms", 3, "`kind` is `terms`", "service-terms"),
    "unknown fact": ("fact: outputs.train", "fact: output.train", 12, "`output.train`", "outputs.train"),
    "unknown value": (
        "no-model-training",
        "no-training",
        12,
        "value of `outputs.train` is",
        "model-training",
    ),
    "unknown confidence": (
        "confidence: stated",
        "confidence: sure",
        12,
        "`confidence` is `sure`",
        "recalled",
    ),
    "unknown channel": ("[api]", "[apis]", 8, "an entry of `channels` is `apis`", "`api`"),
    "unknown silence": ("[limit.territory]", "[territory]", 13, "`silent` is `territory`", ""),
    "silent and not": ("[limit.territory]", "[outputs.train]", 13, "among the facts too", "one of the two"),
    "no clause": ('clause: "7", ', "", 12, "an entry of `facts` has no `clause`", "where in the text"),
    "empty clause": ('"7"', '""', 12, "`clause` is empty", "Say"),
    "clause that is a number": ('"7"', "7.10", 12, "`clause` is `7.1`, not a text", "in quotes"),
    "no confidence": (", confidence: stated", "", 12, "has no `confidence`", "stated"),
    "no paraphrase": ("says: no training, ", "", 12, "has no `says`", "own words"),
    "no source": ("sources:", "notes: x  #", 10, "there is no source", "sources:"),
    "source without a day": (", retrieved: 2025-01-02", "", 9, "has no `retrieved`", "the day"),
    "digest of another length": (SHA256, "abc", 9, "`sha256` is `abc`, not a SHA-256", "64"),
    "digest in capitals": (SHA256, SHA256.upper(), 9, "not a SHA-256", "small letters"),
    "stated and not read": ("read: full", "read: recalled", 12, "a text that was not read", "recalled"),
    "day that does not exist": (
        "until: 2025-12-31",
        "until: 2025-02-29",
        6,
        "`2025-02-29`, not a date",
        "YYYY",
    ),
    "day in words": ("until: 2025-12-31", "until: next year", 6, "not a date", "YYYY-MM-DD"),
    "ends before it begins": ("until: 2025-12-31", "until: 2024-12", 6, "before it begins", "2025-01-01"),
    "id of another day": ("effective: 2025-01-01", "effective: 2025-01-02", 1, "the id says", "same day"),
    "id with spaces": ("acme-terms@", "acme terms@", 1, "`id` is `acme terms@2025-01-01`", "small letters"),
    "alias twice": ("[acme-2025]", "[acme-2025, ACME-2025]", 7, "a second time", "Leave it out"),
    "alias of a built-in text": (
        "[acme-2025]",
        "[MIT]",
        7,
        "`mit` stands for `mit` in the catalogue",
        "one text",
    ),
    "title of a built-in text": ("Acme Terms", "MIT License", 2, "in the catalogue", "one text"),
    "Hub id that there is not": (
        "aliases:",
        "hub_id: acme\naliases:",
        7,
        "`hub_id` is `acme`",
        "docs/catalog.md",
    ),
    "text that nobody has": (
        "aliases:",
        "incorporates: [acme-aup]\naliases:",
        7,
        "no text `acme-aup`",
        "the id",
    ),
    "link that is none": ("aliases:", "url: acme.pdf\naliases:", 7, "not a link", "Leave it out"),
    "list that is one": ("[acme-2025]", "acme-2025", 7, "`aliases` is not a list", "- "),
    "facts that are none": ("facts:", "facts: 7\nnotes: x\nterritory:", 11, "`facts` is not a list", "- "),
    "value that is a list": ("no-model-training", "[allowed]", 12, "is `a list`", "allowed"),
    "value that is true": ("no-model-training", "true", 12, "is `true`", "allowed"),
    "threshold in words": (
        "fact: outputs.train, value: no-model-training",
        "fact: limit.threshold, value: {metric: users, amount: many, measured: now, effect: terminates}",
        12,
        "`amount` is `many`, not a number",
        "digits",
    ),
    "qualifier that is one": (
        'clause: "7"',
        'exceptions: a, clause: "7"',
        12,
        "`exceptions` is not a list",
        "- ",
    ),
    "no YAML": ("title: Acme Terms", "title: 'Acme", 2, "", ""),
    "no mapping": (GOOD, "- a\n", 1, "not a mapping", ""),
}


@pytest.mark.parametrize("why", WRONG)
def test_what_is_wrong_is_said_with_its_place(why: str, tmp_path: Path) -> None:
    old, new, line, message, help = WRONG[why]
    assert old in GOOD
    found = problems(tmp_path, a=GOOD.replace(old, new, 1))
    assert any(one[0] == line and message in one[2] and help in one[3] for one in found), found


def test_nothing_is_wrong_with_what_is_right(tmp_path: Path) -> None:
    assert problems(tmp_path, a=GOOD) == []


def test_alias_is_unique(tmp_path: Path) -> None:
    other = GOOD.replace("acme-terms@", "other-terms@").replace("Acme Terms", "Other Terms")
    found = problems(tmp_path, a=GOOD, b=other)
    assert [message for _, _, message, _ in found] == [
        "`acme-2025` also stands for `other-terms`",
        "`acme-2025` also stands for `acme-terms`",
    ]


def test_versions_do_not_overlap_in_one_channel_and_territory(tmp_path: Path) -> None:
    newer = GOOD.replace("2025-01-01", "2025-06-01")
    (found,) = problems(tmp_path, a=GOOD, b=newer)
    assert found[:2] == (5, 12)
    assert "it begins on 2025-06-01, and acme-terms@2025-01-01 is in force until 2025-12-31" in found[2]
    assert problems(tmp_path, a=GOOD, b=newer.replace("[api]", "[cloud]")) == []
    assert problems(tmp_path, a=GOOD, b=newer + "territory: [CH]\n") == []
    assert problems(tmp_path, a=GOOD.replace("2025-12-31", "2025-05-31"), b=newer) == []


def test_id_is_of_one_text(tmp_path: Path) -> None:
    assert "has the id" in problems(tmp_path, a=GOOD, b=GOOD)[0][2]
    mit = GOOD.replace("acme-terms@2025-01-01", "mit")
    (found,) = problems(tmp_path, a=mit, b=GOOD.replace("Acme Terms", "A").replace("acme-2025", "a-2025"))
    assert found[2] == "the catalogue has a text `mit`"


def test_lint_prints_places_and_counts(tmp_path: Path) -> None:
    path = directory(
        tmp_path, good=GOOD, wrong=GOOD.replace("title: Acme Terms", 'title: "\\e[31m"\nkinds: x')
    )
    result = run("terms", "--lint", path)
    assert result.exit_code == 1
    assert f"{path / 'wrong.yaml'}:3:1: unknown key `kinds`. Did you mean `kind`?" in result.stdout
    assert result.stdout.endswith("problem in 1 of 2 texts\n")
    assert "\x1b" not in result.stdout
    os.remove(path / "wrong.yaml")
    result = run("terms", "--lint", path)
    assert (result.exit_code, result.stdout) == (0, "1 text, nothing wrong\n")


@pytest.mark.parametrize("what", ["nothing", "file", "empty", "fifo"])
def test_directory_that_cannot_be_read_is_exit_code_2(what: str, tmp_path: Path) -> None:
    path = tmp_path / "catalog"
    if what == "file":
        path.write_text("")
    elif what != "nothing":
        path.mkdir()
    if what == "fifo":
        os.mkfifo(path / "a.yaml")
    for arguments in (["terms", "--lint"], ["validate", str(CARD), "--catalog"]):
        command = [sys.executable, "-m", "modelcard_validator", *arguments, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 2
        assert str(path) in done.stderr


def test_many_mistakes_are_not_all_said(tmp_path: Path) -> None:
    found = problems(tmp_path, a=GOOD + "".join(f"key{number}: x\n" for number in range(20_000)))
    assert len(found) == 100


# What they say


def test_private_contract_decides_for_those_who_have_it() -> None:
    without = run("validate", CARD)
    assert (without.exit_code, without.stdout.count("warning[source-terms-unknown]")) == (0, 1)
    assert "needs-review" in without.stdout
    with_it = run("validate", CARD, "--catalog", CATALOG)
    assert with_it.exit_code == 1
    assert "error[teacher-outputs-noncommercial]" in with_it.stdout
    assert "Acme Data Agreement, in force 2025-09-01, 4.3" in with_it.stdout
    assert run("validate", CARD).stdout == without.stdout


def test_configuration_names_a_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory(tmp_path, acme=GOOD)
    (tmp_path / "modelcard.toml").write_text('catalog = "."\n')
    (tmp_path / "deeper").mkdir()
    monkeypatch.chdir(tmp_path / "deeper")
    assert "Acme Terms" in run("terms", "acme-2025").stdout
    (tmp_path / "deeper" / "x.lineage.yaml").write_text(RECORD % "acme-terms")
    assert "error[teacher-bars-training]" in run("validate", ".").stdout
    assert "acme-data-agreement" in run("terms", "--catalog", CATALOG).stdout  # instead


def test_notice_asks_them_too() -> None:
    assert "Acme Data Agreement" in run("notice", CARD, "--catalog", CATALOG).stdout
    assert "Acme Data Agreement" not in run("notice", CARD).stdout


def test_report_says_which_catalogue_it_was() -> None:
    version = re.compile(r'"catalog": "(\S+)"')
    shown = version.findall(run("validate", CARD, "--format", "json", "--catalog", CATALOG).stdout)
    (built_in,) = version.findall(run("validate", CARD, "--format", "json").stdout)
    assert re.fullmatch(re.escape(built_in) + r"\+own\.[0-9a-f]{12}", shown[0])


def test_texts_are_listed_and_found_among_the_others() -> None:
    listed = run("terms", "--catalog", CATALOG).stdout.splitlines()
    assert listed == sorted(listed)
    assert len(listed) == len(texts.ids()) + 1
    found = run("terms", "--catalog", CATALOG, "search", "acme's", "consent").stdout
    assert [line.split()[0] for line in found.splitlines()] == ["acme-data-agreement"]


def test_lint_takes_nothing_else() -> None:
    assert run("terms", "--lint", CATALOG, "mit").exit_code == 2


def test_version_of_a_built_in_text_joins_the_others(tmp_path: Path) -> None:
    newer = GOOD.replace("acme-terms@2025-01-01", "openai-tou@2031-01-01").replace(
        "acme-2025", "openai-tou-2031"
    )
    newer = newer.replace("effective: 2025", "effective: 2031").replace("until: 2025", "until: 2031")
    newer = newer.replace("provider: Acme", "provider: OpenAI").replace("[api]", "[consumer-app]")
    before = texts.named("openai-tou")
    with own.use(str(directory(tmp_path, a=newer))):
        assert texts.named("openai-tou") == (*before, "openai-tou@2031-01-01")
        (one,) = resolve.service("OpenAI", "consumer-app", Period("2031-02-01", "2031-02-01")).candidates
        assert "openai-tou@2031-01-01" in [text.id for text in one.texts]
    assert texts.named("openai-tou") == before


def test_contract_for_a_channel_is_asked_where_terms_are_not_named(tmp_path: Path) -> None:
    record = RECORD.replace(", terms: {id: %s}", ", collected: {from: 2025-03-01, to: 2025-03-02}")
    with own.use(str(directory(tmp_path, a=GOOD))):
        found = validate_text(record, "x.lineage.yaml").findings
    assert "teacher-bars-training" in [finding.rule for finding in found]
    found = validate_text(record, "x.lineage.yaml").findings
    assert "teacher-bars-training" not in [finding.rule for finding in found]


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """Nor taken in: what was answered before is asked anew."""
    id, when = "acme-terms@2025-01-01", Period()

    def answers() -> list[object]:
        return [
            texts.text(id),
            texts.named("acme-2025"),
            _outputs.clause(id),
            offer_of(id, when).candidates[0].texts,
        ]

    before, base = answers(), texts.version()
    assert not any(before)
    with own.use(str(directory(tmp_path, a=GOOD))):
        assert all(answers())
        with own.use(str(CATALOG)):  # both
            assert all(answers())
            assert texts.text("acme-data-agreement")
        assert texts.text("acme-data-agreement") is None
    assert answers() == before
    assert texts.version() == base
    with pytest.raises(RuntimeError), own.use(str(tmp_path)):
        raise RuntimeError
    assert type(store.default()) is store.Store


def test_wrong_texts_are_not_consulted(tmp_path: Path) -> None:
    path = directory(tmp_path, a=GOOD, b=GOOD.replace("kind: service-terms", "kind: x"))
    with pytest.raises(BadConfiguration, match=r"b\.yaml:3:7: `kind` is `x`"), own.use(str(path)):
        pass
    assert texts.text("acme-terms@2025-01-01") is None


def test_words_of_a_text_reach_no_output_raw(tmp_path: Path) -> None:
    bad = "\\e[31m\\u202e::error::x\\n"
    text = GOOD.replace("Acme Terms", f'"T{bad}"').replace('"7"', f'"C{bad}"')
    text = text.replace("says: no training", f'says: "S{bad}"').replace(
        "provider: Acme", f'provider: "Acme{bad}"'
    )
    path = directory(tmp_path, a=text)
    for shown in (run("terms", "--catalog", path, "acme-2025"), run("terms", "--catalog", path)):
        assert not re.search(r"[\x1b\u202e]|^::error", shown.stdout, re.MULTILINE)
    with own.use(str(path)):
        report = validate_text(RECORD % "acme-terms", "x.lineage.yaml")
        for name in ("text", "json", "sarif", "github"):
            shown_as = formats.render(Report((report,), all_rules(), "0"), name)
            assert not re.search(r"[\x1b\u202e]|^::error::x", shown_as, re.MULTILINE), name


def test_default_path_reads_nothing_of_it() -> None:
    code = (
        "import sys; sys.argv = ['modelcard', 'validate', 'examples/merge']\n"
        "from modelcard_validator.cli import main\n"
        "try: main()\n"
        "finally: print(sorted(name for name in sys.modules if name.endswith(('.own', '.lint'))))"
    )
    root = EXAMPLES.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout.endswith("[]\n"), done.stderr

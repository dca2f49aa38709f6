"""Settings: which file holds, what it may say, and what each mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelcard_validator import config
from modelcard_validator.errors import BadConfiguration
from modelcard_validator.suppress import Suppression

WHOLE = """
select = ["license-missing", "misspelt-key"]
fail-on = "needs-review"
baseline = "known.json"
policy = "ours.yaml"

[[ignore]]
rule = "license-missing"
reason = " Ours have none. "

[[ignore]]
rule = "misspelt-key"
reason = "Written by a tool."
files = ["models/*/README.md", "./old.md"]
"""


def nested(text: str) -> str:
    """A whole configuration as it stands in pyproject.toml."""
    return "[tool.modelcard]\n" + text.replace("[[ignore]]", "[[tool.modelcard.ignore]]")


@pytest.mark.parametrize("name", ["modelcard.toml", "pyproject.toml"])
def test_everything_that_can_be_said(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(WHOLE if name == "modelcard.toml" else nested(WHOLE))
    assert config.find(str(tmp_path)) == config.Config(
        path=str(tmp_path / name),
        select=("license-missing", "misspelt-key"),
        ignore=(
            Suppression(name, "Ours have none.", "license-missing"),
            Suppression(name, "Written by a tool.", "misspelt-key", file=f"{tmp_path}/models/*/README.md"),
            Suppression(name, "Written by a tool.", "misspelt-key", file=f"{tmp_path}/old.md"),
        ),
        fail_on="needs-review",
        baseline=str(tmp_path / "known.json"),
        policy=str(tmp_path / "ours.yaml"),
    )


OURS = "[tool.modelcard]\nfail-on = 'never'"
NEAREST: dict[str, tuple[dict[str, str], str]] = {
    # Which files there are, from the top down; which of them holds in `a/b`.
    "own": ({"modelcard.toml": "", "a/b/modelcard.toml": ""}, "a/b/modelcard.toml"),
    "parent's": ({"modelcard.toml": "", "a/modelcard.toml": ""}, "a/modelcard.toml"),
    "own before pyproject": ({"a/b/pyproject.toml": OURS, "a/b/modelcard.toml": ""}, "a/b/modelcard.toml"),
    "nearer pyproject": ({"modelcard.toml": "", "a/pyproject.toml": OURS}, "a/pyproject.toml"),
    "pyproject without us": ({"modelcard.toml": "", "a/pyproject.toml": "[tool.x]"}, "modelcard.toml"),
    "pyproject that only names us": (
        {"modelcard.toml": "", "a/pyproject.toml": "dependencies = ['modelcard-validator']"},
        "modelcard.toml",
    ),
    "broken pyproject without us": ({"modelcard.toml": "", "a/pyproject.toml": "{{ x }}"}, "modelcard.toml"),
}


@pytest.mark.parametrize("why", NEAREST)
def test_nearest_configuration_holds(why: str, tmp_path: Path) -> None:
    files, nearest = NEAREST[why]
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert config.find(str(tmp_path / "a" / "b")).path == str(tmp_path / nearest)


def test_none_is_fine(tmp_path: Path) -> None:
    (tmp_path / "modelcard.toml").mkdir()  # a directory of that name is none
    assert config.find(str(tmp_path)) == config.Config()


IGNORE = '[[ignore]]\nrule = "license-missing"\n'
MISTAKES: dict[str, tuple[str, str, str]] = {
    # What is written; a part of the message; a part of the hint.
    "unknown key": ("selct = []", "unknown key 'selct'", "`select`"),
    "key nothing like ours": (
        "x = 1",
        "unknown key 'x'",
        "select, ignore, fail-on, baseline, policy, catalog",
    ),
    "key with an underscore": ("fail_on = 'never'", "unknown key 'fail_on'", "`fail-on`"),
    "unknown key of an ignore": (IGNORE + "resaon = 'x'", "unknown key 'resaon'", "`reason`"),
    "unknown rule": ('select = ["license-mising"]', "no rule 'license-mising'", "`license-missing`"),
    "unknown rule to ignore": (
        '[[ignore]]\nrule = "x"\nreason = "y"',
        "ignore.rule: there is no rule 'x'",
        "",
    ),
    "rule to ignore that is none": (
        '[[ignore]]\nrule = 5\nreason = "y"',
        "an ignore names no rule",
        "rule =",
    ),
    "ignore without a rule": ('[[ignore]]\nreason = "y"', "an ignore names no rule", "rule ="),
    "ignore without a reason": (IGNORE, "'license-missing' has no reason", "Say why"),
    "ignore with a blank reason": (IGNORE + "reason = ' '", "'license-missing' has no reason", "Say why"),
    "ignore that is a list of slugs": ('ignore = ["license-missing"]', "not a list of tables", "[[ignore]]"),
    "files that are one": (IGNORE + "reason = 'x'\nfiles = '*'", "files is not a list", "files = ["),
    "select that is one": ('select = "license-missing"', "select is not a list", "select = ["),
    "unknown verdict": ('fail-on = "error"', "fail-on is 'error'", "violation, needs-review, never"),
    "verdict that is none": ("fail-on = []", "fail-on is []", "violation, needs-review, never"),
    "baseline that is none": ("baseline = 5", "baseline is not a file name", "Quote"),
    "policy that is none": ("policy = 5", "policy is 5", "default"),
    "catalog that is none": ("catalog = []", "catalog is []", "name of a directory"),
    "catalog that is empty": ('catalog = ""', "catalog is ''", "name of a directory"),
    "no TOML": ("select = [", "not TOML", "toml.io"),
    "not UTF-8": ("\udcff", "not TOML", "toml.io"),
}


@pytest.mark.parametrize("why", MISTAKES)
def test_mistake_is_said_with_the_file_and_a_hint(why: str, tmp_path: Path) -> None:
    text, message, hint = MISTAKES[why]
    file = tmp_path / "modelcard.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadConfiguration) as caught:
        config.find(str(tmp_path))
    assert caught.value.message.startswith(f"{file}: ")
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_configuration_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="no such file"):
        config.read(str(tmp_path / "modelcard.toml"))

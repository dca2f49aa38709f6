"""The command as it is typed: what it exits with, what it prints where, which files it changes."""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

import pytest

from modelcard_validator import __version__, _folder, cli, formats, rules, schema

OK = "---\nlicense: mit\nlanguage: en\n---\n# A model\n"
MISSPELT = "---\n# kept\nlicense: 'MIT'  # said so\ntags: [a,   b]\n---\n# A model\n"
REVIEW = "---\nlicense: mit\nbase_model: acme/x\n---\n"
INVALID = "---\nlicense: mit\nlicense: mit\n---\n"


class Run(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to work in; nothing of the environment that colours output."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "MODELCARD_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def modelcard(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Run]:
    """Call the command in this process, through the door that a user comes in by."""

    def run(*args: str, stdin: bytes = b"") -> Run:
        (here.parent / "stdin").write_bytes(stdin)
        monkeypatch.setattr(sys, "argv", ["modelcard", *args])
        with (here.parent / "stdin").open() as given:
            monkeypatch.setattr(sys, "stdin", given)
            with pytest.raises(SystemExit) as left:
                cli.main()
        gc.enable()  # the command needs none for as long as it lives; we live on
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Run(int(left.value.code or 0), out.decode(), err.decode())

    return run


def process(*args: str, cwd: Path, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "modelcard_validator", *args]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=cwd, text=True, **{"stdout": pipe, "stderr": pipe, **options})


# -- exit codes


@pytest.mark.parametrize(
    ("card", "options", "code"),
    [
        (OK, [], 0),
        (MISSPELT, [], 0),
        (MISSPELT, ["--fail-on", "needs-review"], 0),
        (INVALID, [], 1),
        (INVALID, ["--fail-on", "needs-review"], 1),
        (INVALID, ["--fail-on", "never"], 0),
        (INVALID, ["--ignore", "duplicate-key"], 1),  # set aside, and still not read
        ("just text", [], 0),
    ],
)
def test_exit_code_of_a_verdict(
    card: str, options: list[str], code: int, here: Path, modelcard: Callable[..., Run]
) -> None:
    (here / "README.md").write_text(card)
    run = modelcard("validate", *options)
    assert (run.code, run.err) == (code, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["validate", "missing.md"], "modelcard: missing.md: no such file or directory\n  Name a README.md"),
        (
            ["validate", "--format", "jsn"],
            "modelcard: there is no format named 'jsn'\n  Did you mean `json`?",
        ),
        (["validate", "--select", "license-mising"], "Did you mean `license-missing`?"),
        (["validate", "--ignore", "license-mising"], "Did you mean `license-missing`?"),
        (["validate", "--selct", "x"], "'--select'"),
        (["validate", "--fail-on", "error"], "'never'"),
        (["validate", "--config", "x.toml"], "modelcard: x.toml: no such file or directory"),
        (["validate", "--baseline", "x.json"], "modelcard: x.json: no such file or directory"),
        (["validate", "--write-baseline", "x.json"], "needs --reason"),
        (["validate", "--write-baseline", "x.json", "--reason", " "], "needs --reason"),
        (["validate", "--fix", "-"], "standard input has none"),
        (["validate", "-o", "no/x"], "modelcard: no/x: cannot be written: no such file or directory"),
        (["explain", "license-mising"], "Did you mean `license-missing`?"),
        (["explain"], "Missing argument 'SLUG'"),
        (["schema", "0.9"], "there is no schema version '0.9'"),
        (["valdate"], "there is no command 'valdate'. Did you mean `validate`?"),
        (["README.md"], "there is no command 'README.md'"),
    ],
    ids=" ".join,
)
def test_could_not_run(arguments: list[str], message: str, here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "README.md").write_text(OK)
    run = modelcard(*arguments)
    assert run.code == 2
    assert message in run.err
    assert not (here / "x.json").exists()


def test_one_unreadable_path_stops_no_other(here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "README.md").write_text(OK)
    run = modelcard("validate", "missing.md", "README.md", "--fail-on", "never")
    assert run.code == 2
    assert "README.md: ok" in run.out


@pytest.mark.parametrize("path", [".", "a", "*.md", "**/README.md"])
def test_no_path_matched_a_card(path: str, here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "a").mkdir()
    run = modelcard("validate", path)
    assert run.code == 3
    assert f"no model card in {path}" in run.err


# -- paths


@pytest.mark.parametrize(
    "paths",
    [["a", "b"], ["a/README.md", "b/README.md"], ["*/README.md"], ["**/*.md"], ["."], []],
    ids=" ".join,
)
def test_paths_are_files_directories_and_globs(
    paths: list[str], here: Path, modelcard: Callable[..., Run]
) -> None:
    for name in ("a", "b"):
        (here / name).mkdir()
        (here / name / "README.md").write_text(OK)
    run = modelcard("validate", "--format", "json", *paths)
    assert [card["file"] for card in json.loads(run.out)["cards"]] == ["a/README.md", "b/README.md"]


def test_a_path_that_exists_is_no_glob(here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "[x].md").write_text(OK)
    assert "[x].md: ok" in modelcard("validate", "[x].md").out


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("README.md", INVALID, "duplicate-key"),
        ("a/card.md", INVALID, "duplicate-key"),
        ("x.lineage.yaml", "a: 1\na: 2", "duplicate-key"),
        ("x.lineage.json", "[]", "not-a-mapping"),
    ],
)
def test_standard_input_is_read_as_its_name_says(
    name: str, text: str, rule: str, modelcard: Callable[..., Run]
) -> None:
    run = modelcard("validate", "-", "--stdin-filename", name, stdin=text.encode())
    assert run.code == 1
    assert f"error[{rule}]" in run.out
    assert f"--> {name}:" in run.out


# -- settings


def test_select_and_ignore(here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "README.md").write_text(MISSPELT)
    assert "license-id-misspelt" not in modelcard("validate", "--select", "license-missing").out
    run = modelcard("validate", "--select", "license-id-misspelt", "--ignore", "license-id-misspelt")
    assert run.out.startswith("README.md: ok (1 suppressed)\n")


@pytest.mark.parametrize("name", ["modelcard.toml", "pyproject.toml"])
def test_configuration_of_the_working_directory_holds(
    name: str, here: Path, modelcard: Callable[..., Run]
) -> None:
    table = "tool.modelcard.ignore" if name == "pyproject.toml" else "ignore"
    (here / name).write_text(f"[[{table}]]\nrule = 'license-id-misspelt'\nreason = 'Ours.'\nfiles = ['a/*']")
    for directory in ("a", "b"):
        (here / directory).mkdir()
        (here / directory / "README.md").write_text(MISSPELT)
    cards = json.loads(modelcard("validate", "--format", "json").out)["cards"]
    (suppressed,) = cards[0]["suppressed"]
    assert (suppressed["rule"], suppressed["reason"], suppressed["by"]) == (
        "license-id-misspelt",
        "Ours.",
        name,
    )
    assert cards[1]["suppressed"] == []


def test_options_go_before_the_configuration(here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "modelcard.toml").write_text("fail-on = 'never'\nselect = ['license-missing']")
    (here / "README.md").write_text(INVALID)
    assert modelcard("validate", "--select", "duplicate-key").code == 0
    assert modelcard("validate", "--select", "duplicate-key", "--fail-on", "violation").code == 1


def test_mistake_in_the_configuration_is_no_report(here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "modelcard.toml").write_text("selct = []")
    run = modelcard("validate")
    assert (run.code, run.out) == (2, "")
    assert run.err.endswith("modelcard.toml: unknown key 'selct'\n  Did you mean `select`?\n")


def test_baseline_round_trip(here: Path, modelcard: Callable[..., Run]) -> None:
    family = "---\nlicense: cc\ndatasets: [acme/x]\n---\n"
    (here / "README.md").write_text(family)
    written = modelcard("validate", "--write-baseline", "known.json", "--reason", "there before us")
    assert (written.code, written.out) == (0, "")
    assert "known.json: 1 finding" in written.err
    strict = ("validate", "--fail-on", "needs-review")
    run = modelcard(*strict, "--baseline", "known.json")
    assert run.code == 0
    assert run.out.startswith("README.md: ok (1 suppressed)\n")
    (here / "modelcard.toml").write_text("baseline = 'known.json'")
    for path in ("./README.md", str(here / "README.md"), f"../{here.name}"):
        assert modelcard(*strict, path).code == 0, path
    (here / "README.md").write_text(family.replace("cc", "gpl"))
    assert modelcard(*strict).code == 1, "another finding is not known"


def test_baseline_written_anew_keeps_what_was_accepted(here: Path, modelcard: Callable[..., Run]) -> None:
    for name in ("a", "b"):
        (here / name).mkdir()
    (here / "a" / "README.md").write_text("---\nlicense: cc\ndatasets: [acme/x]\n---\n")
    modelcard("validate", "--write-baseline", "known.json", "--reason", "the first")
    (here / "b" / "README.md").write_text("---\nlicense: gpl\ndatasets: [acme/x]\n---\n")
    modelcard("validate", "--write-baseline", "known.json", "--reason", "the second")
    entries = json.loads((here / "known.json").read_text())["findings"]
    assert {(entry["file"], entry["reason"]) for entry in entries} == {
        ("a/README.md", "the first"),
        ("b/README.md", "the second"),
    }


def test_baseline_holds_from_any_directory(
    here: Path, modelcard: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (here / name / "deep").mkdir(parents=True)
        (here / name / "README.md").write_text("---\nlicense: cc\ndatasets: [acme/x]\n---\n")
    modelcard("validate", "a", "--write-baseline", "known.json", "--reason", "the first")
    (here / "modelcard.toml").write_text("baseline = 'known.json'\nfail-on = 'needs-review'")
    monkeypatch.chdir(here / "a")
    for path in (".", "README.md", "../a", str(here / "a" / "README.md")):
        assert modelcard("validate", path).code == 0, path
    assert modelcard("validate", "../b").code == 1, "the same finding of another card is not known"
    modelcard("validate", "../b", "../a", "--write-baseline", "../known.json", "--reason", "the second")
    entries = json.loads((here / "known.json").read_text())["findings"]
    assert sorted((entry["file"], entry["reason"]) for entry in entries) == [
        ("a/README.md", "the first"),
        ("b/README.md", "the second"),
    ]
    monkeypatch.chdir(here / "b" / "deep")
    assert modelcard("validate", "../../a", "..").code == 0


def test_baseline_written_beside_the_configured_one_keeps_both(
    here: Path, modelcard: Callable[..., Run]
) -> None:
    (here / "README.md").write_text("---\nlicense: cc\ndatasets: [acme/x]\n---\n")
    modelcard("validate", "--write-baseline", "known.json", "--reason", "the first")
    modelcard("validate", "--write-baseline", "other.json", "--reason", "the other")
    (here / "empty.json").write_text('{"version": 1, "findings": []}')
    for configured, written, reason in (
        ("empty.json", "known.json", "the first"),
        ("known.json", "other.json", "the other"),
        ("known.json", "new.json", "the first"),
    ):
        arguments = ("--baseline", configured, "--write-baseline", written, "--reason", "now")
        assert modelcard("validate", *arguments).code == 0
        (entry,) = json.loads((here / written).read_text())["findings"]
        assert entry["reason"] == reason


def test_configured_baseline_need_not_be_there_to_be_written(
    here: Path, modelcard: Callable[..., Run]
) -> None:
    (here / "modelcard.toml").write_text("baseline = 'known.json'\nfail-on = 'needs-review'")
    (here / "README.md").write_text("---\nlicense: cc\ndatasets: [acme/x]\n---\n")
    assert modelcard("validate", "--write-baseline", "known.json", "--reason", "x").code == 0
    assert modelcard("validate").code == 0


def test_baseline_is_not_written_over_what_is_none(here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "README.md").write_text(OK)
    assert modelcard("validate", "--write-baseline", "README.md", "--reason", "x").code == 2
    assert (here / "README.md").read_text() == OK


def test_card_that_cannot_be_read_stays_invalid(here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "README.md").write_text(INVALID)
    run = modelcard("validate", "--write-baseline", "known.json", "--reason", "there before us")
    assert "1 findings not accepted" in run.err
    assert json.loads((here / "known.json").read_text())["findings"] == []
    for arguments in (
        ["--baseline", "known.json"],
        ["--ignore", "duplicate-key"],
        ["--select", "license-family"],
    ):
        run = modelcard("validate", *arguments)
        assert (run.code, "error[duplicate-key]" in run.out, "suppressed" in run.out) == (1, True, False)
    log = json.loads(modelcard("validate", "--select", "license-family", "--format", "sarif").out)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["duplicate-key"]


# -- output


@pytest.mark.parametrize("format_name", _folder.names(formats.PACKAGE))
def test_output_goes_to_a_file(format_name: str, here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "README.md").write_text(INVALID)
    printed = modelcard("validate", "--format", format_name)
    run = modelcard("validate", "--format", format_name, "-o", "report")
    assert (run.code, run.out, run.err) == (1, "", "")
    assert (here / "report").read_text() == printed.out


@pytest.mark.parametrize(
    ("environment", "colored"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
    ids=str,
)
def test_color(
    environment: dict[str, str],
    colored: bool,
    here: Path,
    modelcard: Callable[..., Run],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (here / "README.md").write_text(MISSPELT)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run = modelcard("validate", "--select", "license-id-misspelt")
    assert run.out.startswith("\x1b[1;33mwarning[" if colored else "warning[")


def test_terminal_gets_color_and_a_file_none(here: Path) -> None:
    pty = pytest.importorskip("pty")
    (here / "README.md").write_text(MISSPELT)
    ours, theirs = pty.openpty()
    with process("validate", cwd=here, stdout=theirs):
        os.close(theirs)
        shown = b""
        while part := _read(ours):
            shown += part
    assert b"\x1b[1;33mwarning[" in shown
    os.close(ours)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


# -- fixes


def test_fix_changes_only_what_it_means(here: Path, modelcard: Callable[..., Run]) -> None:
    before = b"\xef\xbb\xbf" + MISSPELT.replace("\n", "\r\n").encode()
    (here / "target.md").write_bytes(before)
    (here / "target.md").chmod(0o600)
    (here / "README.md").symlink_to("target.md")
    run = modelcard("validate", "--fix")
    assert (run.code, run.err) == (0, "fixed README.md\n")
    assert (here / "README.md").is_symlink()
    assert (here / "target.md").read_bytes() == before.replace(b"'MIT'", b"'mit'")
    assert (here / "target.md").stat().st_mode & 0o777 == 0o600
    assert sorted(os.listdir(here)) == ["README.md", "target.md"]


def test_fix_twice_changes_nothing(here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "README.md").write_text(MISSPELT.replace("license", "licence"))
    modelcard("validate", "--fix")
    after, time = (here / "README.md").read_text(), (here / "README.md").stat().st_mtime_ns
    assert "license: 'mit'  # said so" in after
    assert modelcard("validate", "--fix").err == ""
    assert (here / "README.md").stat().st_mtime_ns == time


def test_fix_leaves_what_is_set_aside(here: Path, modelcard: Callable[..., Run]) -> None:
    card = MISSPELT.replace("# said so", "# modelcard: ignore[license-id-misspelt] our mirror wants it")
    (here / "README.md").write_text(card)
    assert modelcard("validate", "--fix").err == ""
    assert (here / "README.md").read_text() == card


def test_fix_that_cannot_be_written_is_said(
    here: Path, modelcard: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    (here / "README.md").write_text(MISSPELT)
    monkeypatch.setattr("tempfile.mkstemp", fails)
    run = modelcard("validate", "--fix")
    assert run.code == 2
    assert "README.md: cannot be written: permission denied" in run.err
    assert "license-id-misspelt" in run.out
    assert (here / "README.md").read_text() == MISSPELT


# -- what goes wrong around it


def test_fault_of_ours_prints_no_traceback(
    here: Path, modelcard: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object) -> None:
        raise ZeroDivisionError("by \x1b[31m zero")

    (here / "README.md").write_text(OK)
    monkeypatch.setattr("modelcard_validator.cli.validate.judge_all", fails)
    run = modelcard("validate")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("modelcard: internal error: ZeroDivisionError: by \\x1b[31m zero\n")
    assert "MODELCARD_DEBUG=1" in run.err


def test_full_disk_is_no_fault_of_ours(here: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    (here / "README.md").write_text(OK)
    with open("/dev/full", "w") as full, process("validate", cwd=here, stdout=full) as run:
        assert run.communicate()[1] == "modelcard: no space left on device\n"
    assert run.returncode == 2


@pytest.mark.parametrize("arguments", [["validate"], ["rules", "--markdown"], ["schema"]], ids=" ".join)
def test_pipe_that_is_closed_early(arguments: list[str], here: Path) -> None:
    for number in range(300):
        (here / str(number)).mkdir()
        (here / str(number) / "README.md").write_text(INVALID)
    with process(*arguments, cwd=here) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == ""


@pytest.mark.parametrize("closed", [0, 1], ids=["standard input", "standard output"])
def test_closed_streams(closed: int, here: Path) -> None:
    (here / "README.md").write_text(OK)
    with process(
        "validate", "-" if closed == 0 else ".", cwd=here, preexec_fn=lambda: os.close(closed)
    ) as run:
        error = run.communicate()[1]
    assert "internal error" not in error
    assert run.returncode == (2 if closed == 0 else 0)


def test_interrupted(here: Path) -> None:
    with process("validate", "-", cwd=here, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        assert run.stdin is not None
        run.stdin.write("---\n")
        run.stdin.flush()
        _wait_until_reading(run.pid)
        run.send_signal(signal.SIGINT)
        assert run.wait(10) == 130


def _wait_until_reading(pid: int) -> None:
    """Until the process sleeps over its standard input; two seconds where the system does not tell."""
    started = monotonic()
    while monotonic() - started < 2:
        with suppress(OSError):
            if "pipe" in Path(f"/proc/{pid}/wchan").read_text():
                return
        sleep(0.02)


def test_directory_that_is_gone(here: Path) -> None:
    (here / "gone").mkdir()
    script = f"cd gone; rmdir ../gone; exec {sys.executable} -m modelcard_validator validate"
    run = subprocess.run(["sh", "-c", script], cwd=here, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith("modelcard: no such file or directory")


# -- the other commands


def test_version_and_help(modelcard: Callable[..., Run]) -> None:
    assert modelcard("--version").out == f"modelcard, version {__version__}\n"
    assert all(name in modelcard("-h").out for name in ("validate", "explain", "rules", "schema"))
    assert "--stdin-filename" in modelcard("validate", "--help").out


def test_rules_lists_every_rule_once(modelcard: Callable[..., Run]) -> None:
    listed = [line.split()[0] for line in modelcard("rules").out.splitlines()]
    assert listed == [rule.slug for rule in rules.all_rules()]


def test_explain_says_what_why_and_how(modelcard: Callable[..., Run]) -> None:
    out = modelcard("explain", "duplicate-key").out
    assert out.startswith("duplicate-key (structure, error)\n\nA key stands twice")
    assert "## Why it matters" in out


@pytest.mark.parametrize("options", [[], ["--name", "modelcard"], ["--draft-07"], ["1.0"]], ids=" ".join)
def test_schema_prints_the_published_file(options: list[str], modelcard: Callable[..., Run]) -> None:
    run = modelcard("schema", *options)
    name = "modelcard" if "modelcard" in options else "lineage"
    assert run.out == schema.schema_text("1.0", name, draft_07="--draft-07" in options)
    assert modelcard("schema", "--list").out == "1.0\n"

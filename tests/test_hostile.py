"""The whole command on whatever can stand in a file: one clear message, soon, in little memory, no traceback.

The budget is two seconds of CPU and 500 MB. Machines differ and share their cores, so time is held here to
ten times that; `pytest -rP tests/test_hostile.py` prints what was measured.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import NamedTuple

import pytest

from modelcard_validator import _folder, formats, terminal

CPU_SECONDS = 20
MEGABYTES = 500
MOST_OUTPUT = 1_000_000
FORMATS = _folder.names(formats.PACKAGE)


class Run(NamedTuple):
    code: int
    out: str
    err: str


def modelcard(*args: str | bytes, cwd: Path, stdin: Path | None = None, prefix: tuple[str, ...] = ()) -> Run:
    """Run the command, and hold it to its budget."""
    command = [*prefix, sys.executable, "-m", "modelcard_validator", *args]
    environment = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
    out, err = cwd.with_name("stdout"), cwd.with_name("stderr")
    with open(stdin or os.devnull, "rb") as given, out.open("wb") as to_out, err.open("wb") as to_err:
        process = subprocess.Popen(
            command, cwd=cwd, stdin=given, stdout=to_out, stderr=to_err, env=environment
        )
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (2 * CPU_SECONDS, 2 * CPU_SECONDS))
        too_long = Timer(6 * CPU_SECONDS, process.kill)
        too_long.start()
        _, status, usage = os.wait4(process.pid, 0)
        too_long.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    run = Run(process.returncode, out.read_text(), err.read_text())
    seconds, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> 10
    sys.stdout.write(f"{seconds:.2f} s, {megabytes} MB, {len(run.out):,} characters\n")
    assert "Traceback" not in run.err
    assert "internal error" not in run.err
    assert seconds < CPU_SECONDS
    assert megabytes < MEGABYTES
    assert len(run.out) < MOST_OUTPUT
    return run


@pytest.fixture
def here(tmp_path: Path) -> Path:
    directory = tmp_path / "here"
    directory.mkdir()
    return directory


def card(metadata: str, body: str = "# A model\n") -> str:
    return f"---\n{metadata}\n---\n{body}"


def listed(key: str, item: str, count: int) -> str:
    return card(f"{key}: [{f'{item}, ' * count}]")


def aliases(levels: int, width: int) -> str:
    """Lists of `width` aliases to the list before; the last one holds `width ** levels` values."""
    lines = [f"a{n}: &a{n} [{f'*a{n - 1}, ' * width}]" for n in range(1, levels)]
    return card("\n".join(["a0: &a0 [x]", *lines]))


def record(parents: int, relation: str = "finetune") -> str:
    parent = f"- {{model: {{id: acme/x}}, relation: {relation}}}\n"
    return f'lineage_version: "1.0"\nmodel: {{id: acme/y}}\nderived_from:\n{parent * parents}'


M = 1_000_000
README, YAML, JSON = "README.md", "x.lineage.yaml", "x.lineage.json"

# What is hostile about it: the file's name, what is in it, the rule that refuses it.
REFUSED: dict[str, tuple[str, Callable[[], str | bytes], str]] = {
    "alias bomb": (README, lambda: aliases(levels=10, width=9), "too-large"),
    "alias bomb, quadratic": (
        README,
        lambda: card(f"a: &a [{'x, ' * 9000}]\nb: [{'*a, ' * 9000}]"),
        "too-large",
    ),
    "aliases that nest": (README, lambda: aliases(levels=300, width=1), "too-deep"),
    "alias of itself": (README, lambda: card("a: &a {b: [*a]}"), "recursive-anchor"),
    "100,000 [": (README, lambda: card("a: " + "[" * 100_000), "too-deep"),
    "100,000 [ in JSON": (JSON, lambda: '{"a": ' + "[" * 100_000, "too-deep"),
    "100,000 {": (YAML, lambda: "a: " + "{" * 100_000, "too-deep"),
    "100,000 {a:": (YAML, lambda: "{a: " * 100_000, "too-deep"),
    "100,000 { in JSON": (JSON, lambda: '{"a": ' * 100_000, "too-deep"),
    "100,000 nested lists": (YAML, lambda: "- " * 100_000, "too-deep"),
    "100,000 nested keys": (YAML, lambda: "? " * 100_000, "key-not-text"),
    "5 MB of front matter": (README, lambda: card("a: b\n" * M), "too-large"),
    "50 MB of front matter": (README, lambda: card("a: b\n" * 10 * M), "too-large"),
    "20 MB of text": (README, lambda: card("license: mit", "word " * 4 * M), "too-large"),
    "5 MB of JSON": (JSON, lambda: json.dumps({"a": "b" * 5 * M}), "too-large"),
    "130,000 keys": (README, lambda: card("\n".join(f"{n:x}:" for n in range(130_000))), "too-large"),
    "200,000 keys": (README, lambda: card("\n".join(f"{n:x}:" for n in range(200_000))), "too-large"),
    "200,000 values in JSON": (JSON, lambda: json.dumps({"a": [0] * 200_000}), "too-large"),
    "100,000 anchors": (README, lambda: card("\n".join(f"- &{n:x}" for n in range(100_000))), "too-large"),
    "100,000 parents": (YAML, lambda: record(100_000), "too-large"),
    "40,000 times one key": (README, lambda: card("a: 1\n" * 40_000), "duplicate-key"),
    "40,000 times one key in JSON": (JSON, lambda: "{" + '"a":1,' * 40_000 + '"b":1}', "duplicate-key"),
    "NUL bytes": (README, lambda: card("a: \0\0"), "control-character"),
    "nothing but NUL bytes": (YAML, lambda: bytes(M), "control-character"),
    "escape sequence": (README, lambda: card("a: \x1b[2J"), "control-character"),
    "half a surrogate pair": (README, lambda: b"---\na: \xed\xa0\x80\n---\n", "not-utf8"),
    "half a surrogate pair in JSON": (JSON, lambda: '{"a": "\\ud800"}', "control-character"),
    "Latin-1": (README, lambda: card("a: café").encode("latin-1"), "not-utf8"),
    "UTF-16": (JSON, lambda: '{"a": 1}'.encode("utf-16"), "not-utf8"),
    "every byte": (README, lambda: bytes(range(256)) * 1000, "not-utf8"),
    "front matter without an end": (README, lambda: "---\n" + "a: b c\n" * M, "unclosed-front-matter"),
    "front matter that nearly ends": (
        README,
        lambda: "---\na: b\n" + "--- x\n" * M,
        "unclosed-front-matter",
    ),
    "quote without an end": (README, lambda: card('a: "' + "b\n" * 100_000), "yaml-syntax"),
    "tag that runs a program": (
        README,
        lambda: card("a: !!python/object/apply:os.system [id]"),
        "yaml-tag",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
def test_refused_by_one_rule(why: str, here: Path) -> None:
    name, content, rule = REFUSED[why]
    made = content()
    (here / name).write_bytes(made if isinstance(made, bytes) else made.encode())
    run = modelcard("validate", name, cwd=here)
    assert set(re.findall(r"^error\[(.+?)\]", run.out, re.MULTILINE)) == {rule}
    assert (run.code, run.err) == (1, "")


IGNORE = "# modelcard: ignore[license-missing] because\n"
COMMENT = "<!-- modelcard: ignore[license-missing] because -->"

# What would be slow in a careless reader or rule: the file's name, what is in it.
LONG: dict[str, tuple[str, Callable[[], str]]] = {
    "line of 1 MB": (README, lambda: card("license: mit\nx: " + "y" * 900_000)),
    "body of one word": (README, lambda: card("license: mit", "y" * 15 * M)),
    "body of line breaks": (README, lambda: card("license: mit", "\n" * 15 * M)),
    "body of spaces": (README, lambda: card("license: mit", " " * 15 * M)),
    "body of dashes": (README, lambda: card("license: mit", "-" * 15 * M)),
    "body of ---": (README, lambda: card("license: mit", "---\n" * 3 * M)),
    "body of fences": (README, lambda: card("license: mit", "```\n" * 3 * M)),
    "body of astral characters": (README, lambda: card("license: mit", "\U0001f600" * 4 * M)),
    "body of front matter": (README, lambda: card("license: mit", card("license: mit") * 400_000)),
    "body of {{": (README, lambda: card("license: mit", "{{" * 7 * M)),
    "body of [More": (README, lambda: card("license: mit", "[More Information " * 800_000)),
    "body of placeholders": (README, lambda: card("license: mit", "[More Information Needed]\n" * 500_000)),
    "body of <!--": (README, lambda: card("license: mit", "<!--" * 3 * M)),
    "body of suppressions": (README, lambda: card("license: mit", COMMENT * 250_000)),
    "body of suppressions, one a line": (README, lambda: card("license: mit", f"{COMMENT}\n" * 250_000)),
    "body of suppressions without an end": (README, lambda: card("license: mit", COMMENT[:-3] * 250_000)),
    "text alone": (README, lambda: "word " * 3 * M),
    "spaces alone": (README, lambda: " " * 15 * M),
    "line breaks alone": (README, lambda: "\n" * 15 * M),
    "dashes alone": (README, lambda: "-" * 15 * M),
    "colons alone": (README, lambda: ": " * 7 * M),
    "keys without front matter": (README, lambda: "license: mit\n" * M),
    "suppressions alone": (README, lambda: card(IGNORE * 20_000)),
    "suppressions after values": (README, lambda: card("".join(f"k{n}: 1 {IGNORE}" for n in range(15_000)))),
    "suppressions without a bracket": (README, lambda: card("# modelcard: ignore[" * 40_000)),
    "suppressions in a scalar": (README, lambda: card("x: |\n" + f"  {IGNORE}" * 18_000)),
    "unknown keys": (README, lambda: card("\n".join(f"licens{n}: x" for n in range(49_000)))),
    "key of 1 MB": (README, lambda: card(f"? {'k' * 900_000}\n: v")),
    "licence of 1 MB": (README, lambda: card("license: " + "a-" * 450_000)),
    "licence of ANDs": (README, lambda: card("license: mit" + " AND mit" * 110_000)),
    "licence of brackets": (README, lambda: card(f"license: '{'(' * 900_000}'")),
    "licence of ANDs in a record": (
        YAML,
        lambda: record(1) + f"license: {{id: mit{' AND mit' * 110_000}}}",
    ),
    "licence that is a number": (README, lambda: card("license: " + "1" * 900_000)),
    "49,000 licences": (README, lambda: listed("license", "x", 49_000)),
    "49,000 datasets": (README, lambda: listed("datasets", "a b", 49_000)),
    "49,000 base models": (README, lambda: listed("base_model", "acme/x", 49_000)),
    "49,000 tags": (README, lambda: listed("tags", "base_model:acme/x", 49_000)),
    "49,000 templates": (README, lambda: listed("tags", "'{{ x }}'", 49_000)),
    "9,000 parents": (YAML, lambda: record(9_000)),
    "9,000 parents of a wrong kind": (YAML, lambda: record(9_000, "finetun")),
    "49,000 parents that are none": (YAML, lambda: record(0) + "- 1\n" * 49_000),
    "49,000 unknown fields": (YAML, lambda: record(0) + "".join(f"k{n}: 1\n" for n in range(49_000))),
    "id of 1 MB": (YAML, lambda: record(0) + f"- {{model: {{id: {'a/' * 400_000}}}}}"),
    "version of 1 MB": (JSON, lambda: f'{{"lineage_version": 1.{"1" * 900_000}}}'),
    "escapes of 1 MB": (JSON, lambda: json.dumps({"a": "\n" * 450_000})),
    "brackets as deep as may be": (YAML, lambda: f"a: {'[' * 63}{']' * 63}"),
}


@pytest.mark.parametrize("why", LONG)
def test_long_is_read_in_time(why: str, here: Path) -> None:
    name, content = LONG[why]
    (here / name).write_text(content())
    run = modelcard("validate", name, cwd=here)
    assert run.code in (0, 1), run.out
    assert run.err == ""


@pytest.mark.parametrize("format_name", FORMATS)
def test_output_shows_hidden_characters_escaped(format_name: str, here: Path) -> None:
    """Whatever a card says, by YAML's escapes or in its text, nothing of it reaches a terminal raw."""
    hidden = r"\e[2J\u202e\u200b\u2028\u0085\u0007\U000e0041"
    raw = hidden.replace(r"\e", r"\x1b").encode().decode("unicode-escape")
    metadata = (
        f'license: "MIT {hidden}"\n"licence{hidden}": x\nbase_model: "a {hidden} b"\n'
        f'tags: ["{{{{{hidden}}}}}"]\n'
        f'lineage: {{"k{hidden}": 1, lineage_version: "{hidden}", derived_from: [{{relation: "{hidden}"}}]}}'
    )
    body = f"{{{{ {raw} }}}} [More Information Needed]\n<!-- modelcard: ignore[{raw}] -->"
    (here / README).write_text(card(metadata, body), newline="")
    run = modelcard("validate", "--format", format_name, README, cwd=here)
    assert run.code == 1
    assert [terminal.escape(line) for line in run.out.split("\n")] == run.out.split("\n")


@pytest.mark.parametrize("format_name", FORMATS)
def test_file_names_are_shown_escaped(format_name: str, here: Path) -> None:
    for name in (b"\x1b[31m", b"\n::error::x", b"\xff\xfe", "\u202e".encode()):
        directory = os.path.join(os.fsencode(here), name)
        os.mkdir(directory)
        with open(os.path.join(directory, b"README.md"), "w") as file:
            file.write(card("license: MIT"))
    run = modelcard("validate", "--format", format_name, cwd=here)
    assert run.code == 0
    assert run.err == ""
    assert [terminal.escape(line) for line in run.out.split("\n")] == run.out.split("\n")
    assert not re.search(r"^::error::x", run.out, re.MULTILINE)


def a_fifo(path: Path) -> None:
    os.mkfifo(path)


def a_link(to: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(to)


NO_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    "nothing": (lambda path: None, "no such file or directory"),
    "fifo": (a_fifo, "not a regular file"),
    "link to a fifo": (
        lambda path: [a_fifo(path.with_name("fifo")), path.symlink_to("fifo")][1],
        "not a regular",
    ),
    "endless device": (a_link("/dev/zero"), "not a regular file"),
    "link to itself": (a_link(README), "too many levels of symbolic links"),
    "link to nothing": (a_link("nowhere"), "no such file or directory"),
}


@pytest.mark.parametrize("how", ["named", "found"])
@pytest.mark.parametrize("what", NO_FILES)
def test_what_is_no_file_is_said_and_skipped(what: str, how: str, here: Path) -> None:
    make, message = NO_FILES[what]
    if what == "nothing" and how == "found":
        pytest.skip("what is not there cannot be found")
    make(here / README)
    (here / "other").mkdir()
    (here / "other" / README).write_text(card("license: mit"))
    run = modelcard("validate", *([README, "other"] if how == "named" else ["."]), cwd=here)
    assert run.code == 2
    assert f"modelcard: {README}: {message}" in run.err.replace("./", "")
    assert "other/README.md: ok" in run.out


def test_unreadable_file_is_said(here: Path) -> None:
    (here / README).write_text(card("license: mit"))
    (here / README).chmod(0)
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:  # to root every file is readable, unless it gives that up
        if not shutil.which("setpriv"):
            pytest.skip("root without setpriv")
        powers = "-dac_override,-dac_read_search"
        prefix = ("setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}")
    run = modelcard("validate", README, cwd=here, prefix=prefix)
    assert run.code == 2
    assert run.err.startswith("modelcard: README.md: permission denied")


def test_endless_standard_input(here: Path) -> None:
    run = modelcard("validate", "-", cwd=here, stdin=Path("/dev/zero"))
    assert run.code == 1
    assert "error[too-large]" in run.out


def test_directory_of_many_files(here: Path) -> None:
    for number in range(10_000):
        (here / f"{number}.txt").touch()
    (here / README).write_text(card("license: mit"))
    assert modelcard("validate", cwd=here).code == 0


def test_directory_of_many_side_files(here: Path) -> None:
    for number in range(2_000):
        (here / f"{number}.lineage.yaml").write_text("a: 1\n")
    assert modelcard("validate", cwd=here).code == 1


def test_directory_of_many_cards(here: Path) -> None:
    for number in range(1_000):
        (here / str(number)).mkdir()
        (here / str(number) / README).write_text(card("license: mit\nlanguage: en"))
    run = modelcard("validate", cwd=here)
    assert run.out.splitlines()[-1].startswith("1000 cards: 1000 ok")


def test_deep_directories(here: Path) -> None:
    deepest = here / os.sep.join(["d"] * 300)
    deepest.mkdir(parents=True)
    (deepest / README).write_text(card("license: mit"))
    (deepest / "to the top").symlink_to(here)
    run = modelcard("validate", cwd=here)
    assert run.code == 0
    assert run.out.count("README.md: ok") == 1


TOML = 900_000
CONFIGURATIONS: dict[str, Callable[[], str | bytes]] = {
    "brackets": lambda: "a = " + "[" * TOML,
    "tables": lambda: "a = " + "{a=" * 100_000,
    "dotted key": lambda: "a." * 20_000 + "a = 1",
    "dotted table": lambda: f"[{'a.' * 20_000}a]",
    "long key": lambda: "a" * TOML + " = 1",
    "long rule": lambda: f'select = ["{"a" * TOML}"]',
    "long number": lambda: "a = " + "1" * TOML,
    "long verdict": lambda: f'fail-on = "{"a" * TOML}"',
    "NUL in a name": lambda: 'baseline = "a\\u0000b"',
    "endless baseline": lambda: 'baseline = "/dev/zero"',
    "directory as baseline": lambda: 'baseline = "."',
    "not UTF-8": lambda: b"\xff",
    "escape sequences": lambda: '"\\u001b[31m\\u202e" = 1',
    "more than 1 MB": lambda: "# " + "x" * 2 * M,
    "date that is none": lambda: "a = 2024-13-45",
}


@pytest.mark.parametrize("why", CONFIGURATIONS)
def test_hostile_configuration(why: str, here: Path) -> None:
    made = CONFIGURATIONS[why]()
    (here / "modelcard.toml").write_bytes(made if isinstance(made, bytes) else made.encode())
    (here / README).write_text(card("license: mit"))
    run = modelcard("validate", README, cwd=here)
    assert (run.code, run.out) == (2, "")
    assert len(run.err) < 1000
    assert [terminal.escape(line) for line in run.err.split("\n")] == run.err.split("\n")


@pytest.mark.parametrize("tool", ["5", '"modelcard"', "[1]", "{modelcard = 5}", "{modelcard = {selct = []}}"])
def test_hostile_pyproject(tool: str, here: Path) -> None:
    (here / "pyproject.toml").write_text(f"tool = {tool}\n# modelcard")
    (here / README).write_text(card("license: mit\nlanguage: en"))
    run = modelcard("validate", README, cwd=here)
    assert run.code == (2 if tool.startswith("{") else 0)


def test_globs_that_backtrack(here: Path) -> None:
    globs = ["*a" * 5_000 + "b", "[" * 5_000, "**/" * 5_000 + "x"]
    (here / "modelcard.toml").write_text(
        f'[[ignore]]\nrule = "license-id-misspelt"\nreason = "x"\nfiles = {json.dumps(globs)}'
    )
    name = "a" * 200 + ".md"
    (here / name).write_text(card("license: MIT\nlanguage: en"))
    assert "license-id-misspelt" in modelcard("validate", name, cwd=here).out


BASELINES: dict[str, Callable[[], str]] = {
    "brackets": lambda: "[" * M,
    "objects": lambda: f'{{"version": 1, "findings": [{"{}," * 5 * M}{{}}]}}',
    "number": lambda: "1" * M,
    "empty": lambda: "",
    "version as text": lambda: '{"version": "1", "findings": []}',
    "entry without a reason": lambda: '{"version": 1, "findings": [{"fingerprint": "x"}]}',
    "more than 16 MB": lambda: " " * 17 * M,
}


@pytest.mark.parametrize("why", BASELINES)
def test_hostile_baseline(why: str, here: Path) -> None:
    (here / "baseline.json").write_text(BASELINES[why]())
    (here / README).write_text(card("license: mit"))
    run = modelcard("validate", "--baseline", "baseline.json", README, cwd=here)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("modelcard: baseline.json: ")
    assert len(run.err) < 1000

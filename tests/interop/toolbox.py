"""What the checks have in common: commands, other people's tools, and our own tree as its users get it."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("MODELCARD_SHARED", ROOT.parent / "shared"))
CACHE = Path(
    os.environ.get("MODELCARD_INTEROP_CACHE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "modelcard-validator", "interop")
)
MODELCARD = Path(sys.executable).with_name("modelcard")
"""The command of the environment that runs the checks."""

_QUIET = ("--quiet", "--disable-pip-version-check")
_DONE = ".installed"
"""A file that says that an installation came to its end."""
_SCRATCH = Path(tempfile.mkdtemp(prefix="modelcard-interop-"))
atexit.register(shutil.rmtree, _SCRATCH, ignore_errors=True)


class Skip(Exception):
    """A check cannot be made here: why."""


def scratch(name: str) -> Path:
    """A new empty directory, gone at the end of the run."""
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_SCRATCH))


def run(
    *command: str | Path,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    code: int | None = 0,
) -> str:
    """Run a command and return all it printed; fails when it does not exit with `code` (None: with any)."""
    done = subprocess.run(
        command,
        cwd=cwd or scratch("cwd"),
        env=environment() | (env or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="backslashreplace",
        timeout=600,
    )
    words = " ".join(str(word) for word in command[:6])
    assert code in (None, done.returncode), f"{words} … exits {done.returncode}, not {code}:\n{done.stdout}"
    return done.stdout


def environment() -> dict[str, str]:
    """A user's environment: nothing of the virtual environment or the git hook that this run may stand in."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "GITHUB_", "PRE_COMMIT", "PYTHON", "VIRTUAL_ENV", "MODELCARD_"))
    }
    person = {"NAME": "Acme", "EMAIL": "models@acme.example"}
    return (
        inherited
        | {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in person.items()}
        | {"GIT_CONFIG_GLOBAL": os.devnull, "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    )


def program(name: str) -> Path:
    """The path of a program that this machine must bring along; raises `Skip`."""
    found = shutil.which(name)
    if not found:
        raise Skip(f"{name} is not installed")
    return Path(found)


def node() -> Path:
    """Node 20 or later; raises `Skip`."""
    found = program("node")
    version = run(found, "--version").strip()
    if int(re.sub(r"^v(\d+).*", r"\1", version)) < 20:
        raise Skip(f"node is {version}, older than 20")
    return found


# Tools from registries: installed once for each exact version, in a place of their own.


def _once(install: Callable[..., T]) -> Callable[..., T]:
    """Like `cache`, and what was skipped once is skipped again without trying."""

    @cache
    def attempt(*names: str) -> T | Skip:
        try:
            return install(*names)
        except Skip as skip:
            return skip

    @wraps(install)
    def answer(*names: str) -> T:
        result = attempt(*names)
        if isinstance(result, Skip):
            raise result
        return result

    return answer


@_once
def pip(requirement: str) -> Path:
    """The directory of a package's programs; raises `Skip` where it cannot be installed."""
    home = CACHE / f"pip-{requirement}-{sys.implementation.cache_tag}"
    if not (home / _DONE).exists():
        venv.create(home, clear=True, with_pip=True)
        _install(requirement, home / "bin" / "pip", "install", *_QUIET, requirement)
        (home / _DONE).touch()
    return home / "bin"


@_once
def npm(*packages: str) -> Path:
    """The node_modules directory with these packages; raises `Skip` where they cannot be installed."""
    client = program("npm")
    home = CACHE / re.sub(r"[@/]+", "-", "-".join(("npm", *packages)))
    if not (home / _DONE).exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        quiet = ("--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
        _install(" and ".join(packages), client, "install", "--prefix", home, *quiet, *packages)
        (home / _DONE).touch()
    return home / "node_modules"


@_once
def registry() -> None:
    """Needed to install our own package with its dependencies; raises `Skip` where pip reaches none."""
    _install(
        "click", sys.executable, "-m", "pip", "download", *_QUIET, "--no-deps", "--no-cache-dir", "click"
    )


def _install(what: str, *command: str | Path) -> None:
    try:
        run(*command)
    except AssertionError as error:
        raise Skip(f"{what} cannot be installed: {str(error).strip().splitlines()[-1]}") from None


# Our own tree, as git would publish it now: what is ignored is not in it, what is not yet committed is.


@cache
def published() -> Path:
    """A git repository with one commit, tagged v0: this checkout as it stands."""
    git = program("git")
    target = scratch("published")
    listed = run(git, "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    repository(target)
    run(git, "tag", "v0", cwd=target)
    return target


def repository(directory: Path) -> None:
    """Make a git repository of a directory and commit all that is in it."""
    git = program("git")
    for words in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "Add all")):
        run(git, *words, cwd=directory)


@cache
def wheel() -> Path:
    """The wheel of this checkout."""
    target = scratch("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target, cwd=published())
    (built,) = target.glob("*.whl")
    return built


# Cards, and what the documentation tells people to paste.

GOOD = """\
---
license: apache-2.0
base_model: acme/base-7b
base_model_relation: finetune
---
# A card
"""
BAD = """\
---
license: apache-2.0
license: mit
---
# A card
"""
"""A key given twice: no YAML reader takes that, so the document is invalid."""
BAD_RULE = "duplicate-key"


def write(directory: Path, files: dict[str, str]) -> Path:
    """Write files below a directory; return it."""
    for name, text in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def snippets(page: str, holding: str) -> Iterator[str]:
    """The YAML blocks of a page of docs/ that hold a certain text."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks: Iterable[str] = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    found = [block for block in blocks if holding in block]
    assert found, f"docs/{page} has no YAML block with {holding!r}"
    yield from found


def load_json(path: Path) -> Any:
    """The contents of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))

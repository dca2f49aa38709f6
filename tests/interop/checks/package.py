"""The wheel, alone in a new environment outside of the checkout."""

from __future__ import annotations

import re
import shutil
import venv
from functools import cache
from pathlib import Path

from toolbox import BAD, BAD_RULE, GOOD, ROOT, registry, run, scratch, wheel, write


@cache
def _installed(*, without: str = "") -> Path:
    """The directory of programs of an environment that has the wheel and what it asks for, no more."""
    registry()
    home = scratch("environment")
    venv.create(home, with_pip=True)
    run(home / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", wheel())
    if without:
        run(home / "bin" / "pip", "uninstall", "--quiet", "--yes", without)
    return home / "bin"


def brings_nothing_that_only_development_needs() -> None:
    listed = run(_installed() / "pip", "list", "--disable-pip-version-check", "--format", "freeze").lower()
    assert not re.search(r"^(hatchling|hypothesis|mypy|pytest|ruff|types-.*)==", listed, re.MULTILINE), listed


def judges_cards() -> None:
    cards = write(scratch("cards"), {"good/README.md": GOOD, "bad/README.md": BAD})
    run(_installed() / "modelcard", "validate", "good", cwd=cards)
    for command in ((_installed() / "modelcard",), (_installed() / "python", "-m", "modelcard_validator")):
        shown = run(*command, "validate", cwd=cards, code=1)
        assert re.search(rf"{BAD_RULE}.*\n.*bad/README\.md:3:1", shown), shown


def carries_the_schemas() -> None:
    for name in ("lineage", "modelcard"):
        printed = run(_installed() / "modelcard", "schema", "--name", name)
        assert printed == (ROOT / "schema" / "1.0" / f"{name}.schema.json").read_text(encoding="utf-8")


def finds_the_same_without_jsonschema_rs() -> None:
    """Which has no wheel for every platform; jsonschema then does its work."""
    cards = scratch("cards")
    shutil.copytree(ROOT / "examples", cards / "examples")
    for path in (ROOT / "schema" / "1.0" / "examples").glob("*valid/*"):
        write(
            cards,
            {f"{path.parent.name}/{path.stem}/x.lineage{path.suffix}": path.read_text(encoding="utf-8")},
        )
    without = _installed(without="jsonschema-rs")
    run(without / "python", "-c", "import jsonschema_rs", code=1)
    command = ("validate", ".", "--format", "json", "--fail-on", "never")
    found = run(_installed() / "modelcard", *command, cwd=cards)
    assert '"violation"' in found
    assert found == run(without / "modelcard", *command, cwd=cards)

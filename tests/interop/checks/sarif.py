"""SARIF: the standard's schema, and Microsoft's validator with GitHub's rules for uploads."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from toolbox import MODELCARD, ROOT, SHARED, Skip, load_json, npm, run, scratch, write


@cache
def _multitool() -> Path:
    return npm("@microsoft/sarif-multitool-linux@5.7.0") / "@microsoft" / "sarif-multitool-linux"


def _sarif(*paths: str, cwd: Path) -> Path:
    """What `modelcard` writes about the cards at `paths`; it must say something."""
    log = scratch("sarif") / "modelcard.sarif"
    run(MODELCARD, "validate", "--format", "sarif", "-o", log, "--fail-on", "never", *paths, cwd=cwd)
    assert load_json(log)["runs"][0]["results"]
    return log


def _against_schema(log: Path, schema: Any) -> None:
    errors = jsonschema_rs.validator_for(schema).iter_errors(load_json(log))
    found = [f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}" for error in errors]
    assert not found, "\n".join(found[:20])


def _against_validator(log: Path) -> None:
    """The validator exits 0 whatever it finds; what it found is SARIF again."""
    report = log.with_suffix(".report.sarif")
    # By default it says nothing. Notes are advice on style.
    program = _multitool() / "Sarif.Multitool"
    program.chmod(0o755)  # the package's install script does no more, and those are not run
    kinds = ("--rule-kind", "Sarif;Gh;Ghas", "--level", "Error;Warning")
    run(
        *(program, "validate", log, *kinds, "--output", report, "--log", "ForceOverwrite"),
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        code=None,
    )
    (outcome,) = load_json(report)["runs"]
    found = Counter(f"{result['ruleId']}: {result['message']}" for result in outcome["results"])
    assert not found, "\n".join(f"{count} x {text[:300]}" for text, count in found.most_common(20))


@cache
def _of_examples() -> Path:
    return _sarif("examples", cwd=ROOT)


@cache
def _of_corpus() -> Path:
    corpus = SHARED / "data" / "corpus"
    if not corpus.is_dir():
        raise Skip("the corpus of real cards is not here")
    cards = (path for path in corpus.rglob("*") if path.is_file() and path.parent != corpus)
    return _sarif(*(str(path.relative_to(corpus)) for path in sorted(cards)), cwd=corpus)


def of_the_examples_follows_the_schema() -> None:
    _against_schema(_of_examples(), load_json(_multitool() / "sarif-2.1.0.json"))


def validator_sees_what_github_would_refuse() -> None:
    """Otherwise its silence about our logs would say nothing."""
    log = load_json(_of_examples())
    del log["runs"][0]["tool"]["driver"]["rules"][0]["fullDescription"]
    with suppress(AssertionError):
        _against_validator(write(scratch("spoiled"), {"x.sarif": json.dumps(log)}) / "x.sarif")
        raise RuntimeError("a rule without fullDescription is accepted")


def of_the_examples_can_be_uploaded_to_github() -> None:
    _against_validator(_of_examples())


def of_the_corpus_follows_the_schema() -> None:
    _against_schema(_of_corpus(), load_json(_multitool() / "sarif-2.1.0.json"))


def of_the_corpus_can_be_uploaded_to_github() -> None:
    _against_validator(_of_corpus())

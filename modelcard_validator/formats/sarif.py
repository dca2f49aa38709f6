"""SARIF 2.1.0 (OASIS, errata 01), as GitHub's code scanning takes it.

GitHub's own demands: docs.github.com, "SARIF support for code scanning". No `automationDetails`: its id
would override the `category` that a workflow gives to the upload (codeql-action, upload-lib.ts).
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from urllib.parse import quote

from ..document import Document
from ..engine import CardReport
from ..finding import Finding, Fix, Kind, Location, Severity
from ..report import Report
from ..rules import LoadedRule
from ..terminal import escape
from .json import TOOL, Object, dumps

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://github.com/model-lineage/modelcard-validator"
DOCUMENTATION = f"{HOME}/blob/main/docs/rules.md"
POLICIES = f"{HOME}/blob/main/docs/policies.md"
ROOT = "%SRCROOT%"

MAX_RESULTS = 5_000
"""GitHub refuses a run with more than 25,000 results, and of fewer it keeps the gravest 5,000."""

MAX_TEXT = 1_024
"""GitHub's limit for the descriptions of a rule; no message needs to be longer."""

_PROBLEM_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def render(report: Report, *, color: bool = False) -> str:
    """One run with every rule that ran and every finding that counts."""
    results = list(_results(report))
    run: Object = {
        "tool": {"driver": _driver(report)},
        "invocations": [_invocation(len(results))],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The directory that modelcard was run in."}}},
        "defaultEncoding": "utf-8",
        "newlineSequences": ["\r\n", "\r", "\n"],
        "columnKind": "unicodeCodePoints",
        "results": results[:MAX_RESULTS],
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(report: Report) -> Object:
    return {
        "name": TOOL,
        "version": report.version,
        "informationUri": HOME,
        "rules": [_rule(rule) for rule in report.rules],
    }


def _rule(rule: LoadedRule) -> Object:
    title, _, documentation = rule.documentation.partition("\n")
    return {
        "id": rule.slug,
        "name": re.sub(r"\W", "", rule.slug.title()),
        "shortDescription": {"text": _text(title)},
        "fullDescription": {"text": _text(" ".join(rule.section("What it does").split()))},
        "help": {"text": _without_markup(documentation), "markdown": documentation.strip()},
        "helpUri": POLICIES if rule.kind is Kind.POLICY else f"{DOCUMENTATION}#{rule.slug}",
        "defaultConfiguration": {"level": str(rule.severity)},
        "properties": {"tags": [str(rule.kind)], "problem.severity": _PROBLEM_SEVERITY[rule.severity]},
    }


def _invocation(results: int) -> Object:
    """How the run went: well, or cut off."""
    if results <= MAX_RESULTS:
        return {"executionSuccessful": True}
    text = (
        f"{results - MAX_RESULTS} of {results} results are left out, the least grave of them: "
        f"code scanning keeps {MAX_RESULTS}. The formats json and text have all."
    )
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [{"level": "warning", "message": {"text": text}}],
    }


def _results(report: Report) -> Iterator[Object]:
    """The gravest first, so that what is cut off is what weighs least.

    Suppressed findings are left out: code scanning passes `suppressions` over and shows them as open alerts.
    """
    index = {rule.slug: number for number, rule in enumerate(report.rules)}
    found = [(finding, card) for card in report.cards for finding in card.findings]
    found.sort(key=lambda pair: pair[0].gravity, reverse=True)
    seen: Counter[str] = Counter()
    for finding, card in found:
        yield _result(finding, card, index, seen)


def _result(finding: Finding, card: CardReport, index: dict[str, int], seen: Counter[str]) -> Object:
    # The same problem at two places of a list has one fingerprint, and must not become one alert.
    fingerprint = finding.fingerprint
    seen[fingerprint] += 1
    result: Object = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": str(finding.severity),
        "message": {"text": _text(f"{finding.message.rstrip('.')}. {finding.help}")},
        "locations": [_location(finding.location)],
        "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint}:{seen[fingerprint]}"},
        "properties": {"verdict": str(finding.verdict)},
    }
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.fix, card.card.documents)]
    return result


def _location(at: Location) -> Object:
    physical: Object = {
        "artifactLocation": _artifact(at.file),
        "region": _region((at.line, at.column), (at.end_line, at.end_column)),
    }
    if not at.pointer:
        return {"physicalLocation": physical}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": at.pointer}]}


def _region(start: tuple[int, int], end: tuple[int, int]) -> Object:
    return {"startLine": start[0], "startColumn": start[1], "endLine": end[0], "endColumn": end[1]}


def _artifact(file: str) -> Object:
    """A path as a URI: relative to the root where it is relative, else of the scheme `file`."""
    path = PurePath(file)
    if path.is_absolute():
        return {"uri": "file:///" + quote(_bytes(path).lstrip(b"/"), safe="/:")}
    return {"uri": quote(_bytes(path)), "uriBaseId": ROOT}


def _bytes(path: PurePath) -> bytes:
    """The name as the file system has it, which need not be UTF-8."""
    posix = path.as_posix()
    try:
        return os.fsencode(posix)
    except UnicodeEncodeError:
        return posix.encode("utf-8", "surrogatepass")


def _fix(fix: Fix, documents: Iterable[Document]) -> Object:
    by_path = {document.path: document for document in documents}
    changes: dict[str, list[Object]] = {}
    for edit in fix.edits:
        position = by_path[edit.file].position
        replacement = {
            "deletedRegion": _region(position(edit.start), position(edit.end)),
            "insertedContent": {"text": edit.replacement},
        }
        changes.setdefault(edit.file, []).append(replacement)
    return {
        "description": {"text": _text(fix.title)},
        "artifactChanges": [
            {"artifactLocation": _artifact(file), "replacements": replacements}
            for file, replacements in changes.items()
        ],
    }


def _text(text: str) -> str:
    """A plain sentence: of bounded length, with quotes for backticks (GitHub drops those), and without what
    would be taken for a link (SARIF 3.11.6 has no escape for `](`). Braces are not doubled, as 3.11.5 has
    it, because viewers show them as they stand, and cards are full of `{{ ... }}`."""
    text = escape(text).replace("`", "'").replace("](", "] (")
    return f"{text[: MAX_TEXT - 1]}…" if len(text) > MAX_TEXT else text


def _without_markup(markdown: str) -> str:
    """Headings as lines that end in a colon, blocks of code without their fences."""
    text = re.sub(r"(?m)^## (.+)$", r"\1:", markdown)
    text = re.sub(r"(?m)^```\n```\w+$", "becomes", text)
    return re.sub(r"(?m)^```\w*(?:\n|\Z)", "", text).replace("`", "'").strip()

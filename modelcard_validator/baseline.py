"""The baseline: findings that were there when the tool was adopted, so that only new ones count.

A JSON file, made once and then only shrinking. Each entry names its finding by fingerprint, says in plain
words what it is, and why it is accepted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from . import _files
from .errors import BadConfiguration
from .finding import Finding
from .suppress import Suppression

VERSION = 1
_MAX_FILE = 16 * 1024 * 1024
_HINT = "Make it anew with --write-baseline, or take it out of the command and the configuration."


def read(path: str) -> tuple[Suppression, ...]:
    """The suppressions of a baseline file; raises `BadConfiguration`."""
    try:
        raw = _files.read_bytes(path, _MAX_FILE)
        if len(raw) > _MAX_FILE:
            raise BadConfiguration(f"{path}: larger than {_MAX_FILE:,} bytes", _HINT)
        data = json.loads(raw)
    except OSError as error:
        raise BadConfiguration(f"{path}: {_files.reason(error)}", _HINT) from None
    except (ValueError, RecursionError) as error:
        raise BadConfiguration(f"{path}: not a baseline: {error}", _HINT) from None
    if (
        not isinstance(data, dict)
        or data.get("version") != VERSION
        or not isinstance(data.get("findings"), list)
    ):
        raise BadConfiguration(f"{path}: not a baseline of version {VERSION}", _HINT)
    return tuple(_entry(path, index, item) for index, item in enumerate(data["findings"]))


def write(accepted: Iterable[tuple[Finding, str]]) -> str:
    """The text of a baseline that accepts these findings, each for its reason."""
    entries = {
        finding.fingerprint: {
            "fingerprint": finding.fingerprint,
            "rule": finding.rule,
            "file": finding.location.file,
            "message": finding.message,
            "reason": reason,
        }
        for finding, reason in accepted
    }
    return json.dumps({"version": VERSION, "findings": list(entries.values())}, indent=2) + "\n"


def _entry(path: str, index: int, item: Any) -> Suppression:
    texts = item if isinstance(item, dict) else {}
    fingerprint, reason = texts.get("fingerprint"), texts.get("reason")
    if not isinstance(fingerprint, str) or not isinstance(reason, str) or not reason.strip():
        raise BadConfiguration(f"{path}: findings/{index} lacks its fingerprint or its reason", _HINT)
    return Suppression("baseline", reason, fingerprint=fingerprint)

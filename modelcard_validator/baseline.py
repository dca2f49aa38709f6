"""The baseline: findings that were there when the tool was adopted, so that only new ones count.

A JSON file, made once and then only shrinking. Each entry names its finding by fingerprint, says in plain
words what it is, and why it is accepted. Cards are named as seen from the directory of the baseline, so that
it holds wherever the tool is run and however a path is spelt.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

from . import _files
from .errors import BadConfiguration
from .finding import Finding
from .suppress import Suppression, seen_from

VERSION = 1
_MAX_FILE = 16 * 1024 * 1024
_HINT = "Make one with --write-baseline where no file is, or take it out of command and configuration."


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
    directory = _directory(path)
    return tuple(_entry(path, directory, index, item) for index, item in enumerate(data["findings"]))


def write(path: str, accepted: Iterable[tuple[Finding, str]]) -> str:
    """The text of a baseline at `path` that accepts these findings, each for the first reason given."""
    directory = _directory(path)
    entries: dict[str, dict[str, str]] = {}
    for finding, reason in accepted:
        file = seen_from(directory, finding.location.file)
        fingerprint = finding.fingerprint_as(file)
        entry = {
            "fingerprint": fingerprint,
            "rule": finding.rule,
            "file": file,
            "message": finding.message,
            "reason": reason,
        }
        entries.setdefault(fingerprint, entry)
    return json.dumps({"version": VERSION, "findings": list(entries.values())}, indent=2) + "\n"


def _directory(path: str) -> str:
    return os.path.dirname(os.path.abspath(path))


def _entry(path: str, directory: str, index: int, item: Any) -> Suppression:
    texts = item if isinstance(item, dict) else {}
    fingerprint, reason = texts.get("fingerprint"), texts.get("reason")
    if not isinstance(fingerprint, str) or not isinstance(reason, str) or not reason.strip():
        raise BadConfiguration(f"{path}: findings/{index} lacks its fingerprint or its reason", _HINT)
    return Suppression("baseline", reason, fingerprint=fingerprint, directory=directory)

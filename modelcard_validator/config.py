"""Settings of a run: the nearest `modelcard.toml`, else `[tool.modelcard]` of the nearest `pyproject.toml`.

    select = ["license-family"]        # only these rules
    fail-on = "needs-review"           # violation (default), needs-review or never
    baseline = "modelcard-baseline.json"
    policy = "policy.yaml"             # default, strict or a file
    catalog = "contracts"              # a directory with texts of one's own

    [[ignore]]
    rule = "relation-not-stated"
    reason = "Our cards leave the relation to the Hub."
    files = ["models/*/README.md"]     # relative to this file; all files when left out

Unknown keys are errors, and so is an ignore without a reason.
"""

from __future__ import annotations

import os
from glob import escape
from typing import Any

from . import _files, _folder
from ._named_tuple import NamedTuple
from .errors import BadConfiguration
from .suppress import OF_A_POLICY, Suppression

FAIL_ON = ("violation", "needs-review", "never")
POLICIES = ("default", "strict")
FILE = "modelcard.toml"
_MAX_FILE = 1024 * 1024
_MAX_DOTS = 500  # tomllib needs memory with the square of a key's parts


class Config(NamedTuple):
    """What a configuration file says; `path` is the file, None where there is none."""

    path: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[Suppression, ...] = ()
    fail_on: str = "violation"
    baseline: str | None = None
    policy: str = "default"
    catalog: str | None = None


def find(directory: str) -> Config:
    """The configuration that holds in `directory`: its own or that of the nearest parent."""
    here = os.path.abspath(directory)
    while True:
        own, shared = os.path.join(here, FILE), os.path.join(here, "pyproject.toml")
        if os.path.isfile(own):
            return read(own)
        if os.path.isfile(shared) and _speaks_of_us(shared):
            return read(shared)
        parent = os.path.dirname(here)
        if parent == here:
            return Config()
        here = parent


def read(path: str) -> Config:
    """The configuration in one file; raises `BadConfiguration` with the file and the key."""
    table = _parse(path)
    if os.path.basename(path) == "pyproject.toml":
        table = _tools(path).get("modelcard", {})
        if not isinstance(table, dict):
            raise BadConfiguration(f"{path}: tool.modelcard is not a table")
    _no_unknown_keys(path, table, ("select", "ignore", "fail-on", "baseline", "policy", "catalog"))
    fail_on = table.get("fail-on", "violation")
    if fail_on not in FAIL_ON:
        raise BadConfiguration(
            f"{path}: fail-on is {_short(fail_on)}", f"It is one of: {', '.join(FAIL_ON)}."
        )
    baseline = table.get("baseline")
    if baseline is not None and not isinstance(baseline, str):
        raise BadConfiguration(f"{path}: baseline is not a file name", "Quote it.")
    policy = table.get("policy", "default")
    if not isinstance(policy, str) or not policy:
        hint = 'Write "default", "strict" or the name of a file.'
        raise BadConfiguration(f"{path}: policy is {_short(policy)}", hint)
    catalog = table.get("catalog")
    if catalog is not None and (not isinstance(catalog, str) or not catalog):
        raise BadConfiguration(f"{path}: catalog is {_short(catalog)}", "Write the name of a directory.")
    directory = os.path.dirname(path)
    return Config(
        path=path,
        select=_slugs(path, "select", table.get("select", [])),
        ignore=tuple(_ignores(path, table.get("ignore", []))),
        fail_on=fail_on,
        baseline=os.path.join(directory, baseline) if baseline else None,
        policy=policy if policy in POLICIES else os.path.join(directory, policy),
        catalog=os.path.join(directory, catalog) if catalog else None,
    )


def _speaks_of_us(pyproject: str) -> bool:
    """Whether it has our table; most have not, and need not be parsed to know that."""
    return b"modelcard" in _bytes(pyproject) and "modelcard" in _tools(pyproject)


def _tools(pyproject: str) -> dict[str, Any]:
    tools = _parse(pyproject).get("tool", {})
    return tools if isinstance(tools, dict) else {}


def _bytes(path: str) -> bytes:
    try:
        raw = _files.read_bytes(path, _MAX_FILE)
    except OSError as error:
        raise BadConfiguration(f"{path}: {_files.reason(error)}") from None
    if len(raw) > _MAX_FILE:
        raise BadConfiguration(f"{path}: larger than {_MAX_FILE:,} bytes")
    return raw


def _parse(path: str) -> dict[str, Any]:
    import tomllib

    raw = _bytes(path)
    if any(line.count(b".") > _MAX_DOTS for line in raw.splitlines()):
        raise BadConfiguration(f"{path}: a line holds more than {_MAX_DOTS} dots", "Break it up.")
    try:
        return tomllib.loads(raw.decode())
    except (ValueError, RecursionError) as error:  # bad syntax, not UTF-8, a number too long for Python
        raise BadConfiguration(f"{path}: not TOML: {error}", "See https://toml.io.") from None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _no_unknown_keys(path: str, table: dict[str, Any], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            hint = _folder.did_you_mean(key, known) or f"There are: {', '.join(known)}."
            raise BadConfiguration(f"{path}: unknown key {_short(key)}", hint)


_RULES = ("modelcard_validator.rules", "modelcard_validator.rules.refusals")


def _slugs(path: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadConfiguration(f"{path}: {key} is not a list of rules", f'Write {key} = ["license-family"].')
    known = (
        *_folder.names("modelcard_validator.rules"),
        *_folder.names("modelcard_validator.rules.refusals"),
    )
    for slug in value:
        if slug not in known and not slug.startswith(OF_A_POLICY):
            raise BadConfiguration(
                f"{path}: {key}: there is no rule {_short(slug)}", _folder.did_you_mean(slug, known)
            )
    return tuple(value)


def _ignores(path: str, value: Any) -> list[Suppression]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        hint = "Write [[ignore]] with rule = and reason = below it."
        raise BadConfiguration(f"{path}: ignore is not a list of tables", hint)
    return [one for item in value for one in _ignore(path, item)]


def _ignore(path: str, item: dict[str, Any]) -> list[Suppression]:
    _no_unknown_keys(path, item, ("rule", "reason", "files"))
    if not isinstance(item.get("rule"), str):
        raise BadConfiguration(f"{path}: an ignore names no rule", 'Write rule = "license-family".')
    (rule,) = _slugs(path, "ignore.rule", [item["rule"]])
    reason = item.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise BadConfiguration(
            f"{path}: the ignore of {rule!r} has no reason", "Say why, for who reads it next."
        )
    by = os.path.basename(path)
    if "files" not in item:
        return [Suppression(by, reason.strip(), rule)]
    files = item["files"]
    if not isinstance(files, list) or not all(isinstance(glob, str) for glob in files):
        raise BadConfiguration(
            f"{path}: files is not a list of globs", 'Write files = ["models/*/README.md"].'
        )
    directory = escape(os.path.dirname(os.path.abspath(path)))
    return [
        Suppression(by, reason.strip(), rule, file=os.path.normpath(os.path.join(directory, glob)))
        for glob in files
    ]

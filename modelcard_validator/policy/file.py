"""A policy file: YAML or JSON, checked against `policy.schema.json`, to rules that the engine runs.

It is read like every document, within the same bounds; the first thing that is wrong in it is said with its
place, and nothing is judged by a policy that was not understood as a whole.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from fnmatch import translate
from functools import partial
from typing import Any, NoReturn

from .. import _files, _folder
from ..document import MAX_FILE, Document, Form, Pointer, form_of
from ..document import read as read_document
from ..errors import BadConfiguration
from ..finding import Kind, Severity
from ..rules import LoadedRule, quoted
from ..schema import SchemaError
from ..schema import check as check_schema
from ..suppress import OF_A_POLICY, seen_from
from ..terms.texts import Fact, Text
from . import judging
from .judging import Requirement
from .matching import Matcher, provider_key
from .strict import OPEN_QUESTION

MAX_MATCHERS = 1000
"""Of one policy: each is held against every source of every card."""
MAX_WORDS = 300
"""Of what a policy says, in a finding."""


def read(path: str) -> tuple[str, tuple[LoadedRule, ...]]:
    """The name of the policy that the file adds to, and its own rules. Raises `BadConfiguration`."""
    try:
        raw = _files.read_bytes(path, MAX_FILE)
    except OSError as error:
        hint = "A policy is `default`, `strict` or a YAML or JSON file."
        raise BadConfiguration(f"{path}: {_files.reason(error)}", hint) from None
    shown = seen_from(os.getcwd(), path)
    if form_of(path) is Form.FRONT_MATTER:
        raise BadConfiguration(f"{shown}: not a policy", "Its name ends in .yaml, .yml or .json.")
    document = read_document(raw, shown)
    for refusal in document.refusals:
        _fail(document, refusal.span.start, refusal.message, refusal.help)
    errors = check_schema(document.data, name="policy")
    for fault in sorted(errors, key=partial(_order, document))[:1]:
        _fail(document, _start(document, fault), *_said(document, fault))
    rules = document.data["rules"]
    for pointer, message, hint in _senseless(rules):
        _fail(document, document.span(pointer).start, message, hint)
    policy = _text(document, hashlib.sha256(raw).hexdigest())
    return document.data.get("extends", "default"), tuple(
        _rule(_requirement(document, policy, index, rule)) for index, rule in enumerate(rules)
    )


# What is wrong


def _fail(document: Document, offset: int, message: str, hint: str) -> NoReturn:
    line, column = document.position(offset)
    raise BadConfiguration(f"{document.path}:{line}:{column}: {message}", hint)


def _start(document: Document, error: SchemaError) -> int:
    if error.keyword == "additionalProperties":
        return document.span((*error.pointer, error.name), key=True).start
    return document.span(error.pointer).start


def _order(document: Document, error: SchemaError) -> tuple[bool, int]:
    """By place, and last what is missing: it may be there, and misspelt."""
    return error.keyword in ("required", "not"), _start(document, error)


def _said(document: Document, error: SchemaError) -> tuple[str, str]:
    """What is wrong and what to do, in the words of a policy's author."""
    field = next((step for step in reversed(error.pointer) if isinstance(step, str)), "")
    name = quoted(field) if field else "the policy"
    if field and isinstance(error.pointer[-1], int):
        name = f"an entry of {name}"
    value = document.get(error.pointer)
    match error.keyword:
        case "additionalProperties":
            return f"unknown key {quoted(error.name)}", _hint(error.name, error.expected)
        case "required":
            return f"{name} has no {quoted(error.name)}", f"Add {quoted(f'{error.name}:')}."
        case "type":
            return (
                f"{name} is not {_TYPES[error.expected]}",
                "docs/policies.md shows how it looks.",
            )
        case "enum":
            return f"{name} is {quoted(value)}", _hint(str(value), error.expected)
        case "pattern" if field == "id" and len(error.pointer) == _DEPTH_OF_A_RULES_ID:
            return f"{quoted(value)} is no id of a rule", "Write small letters, digits and hyphens."
        case "not":
            return f"{name} asks for nothing", "Add `forbid`, `allow` or `require`."
        case "minProperties":
            return f"{name} fits everything", "Say an id, a provider, an access or a license."
    return f"{name} is empty", _EMPTY


def _hint(word: str, known: tuple[str, ...]) -> str:
    return _folder.did_you_mean(word, known) or f"There are: {', '.join(known)}."


_TYPES = {"array": "a list", "object": "a mapping", "string": "a text"}
_DEPTH_OF_A_RULES_ID = 3
_EMPTY = "Say what it is, or leave it out."


def _senseless(rules: list[dict[str, Any]]) -> Iterator[tuple[Pointer, str, str]]:
    """What is wrong with rules that the schema takes: where, what, and what to do."""
    taken = {OPEN_QUESTION.slug.removeprefix(OF_A_POLICY)}
    matchers = 0
    for index, rule in enumerate(rules):
        if rule["id"] in taken:
            hint = "Give this one an id of its own."
            yield ("rules", index, "id"), f"there is another rule {quoted(rule['id'])}", hint
        taken.add(rule["id"])
        for pointer, message, hint in _senseless_in(rule):
            yield ("rules", index, *pointer), message, hint
        matchers += sum(len(rule.get(key, ())) for key in ("models", *_MATCHERS))
        if matchers > MAX_MATCHERS:
            yield ("rules", index), f"more than {MAX_MATCHERS:,} descriptions", "Say them in globs."


def _senseless_in(rule: dict[str, Any]) -> Iterator[tuple[Pointer, str, str]]:
    for key in ("about", "models", "where", "forbid", "require"):
        if rule.get(key) == []:
            yield (key,), f"{quoted(key)} is empty", _EMPTY
    for key in _MATCHERS:
        for index, matcher in enumerate(rule.get(key, ())):
            if "access" in matcher and set(rule["about"]) != {"teachers"}:
                hint = "Write a rule that is about teachers alone."
                yield (key, index, "access"), "only teachers have an `access`", hint
    for index, word in enumerate(rule.get("require", ())):
        if word in _OF_SOURCES and "model" in rule["about"]:
            hint = "Write a rule of its own for the model."
            yield ("require", index), f"only sources have what {quoted(word)} asks for", hint
        if word == "complete" and "where" in rule:
            hint = "Write a rule of its own for `complete`."
            yield ("require", index), "`complete` is of a whole list, and `where` picks from it", hint


_MATCHERS = ("where", "forbid", "allow")
_OF_SOURCES = frozenset(("evidence", "permission", "complete"))


# What is right


_HELP = "Have whoever keeps the policy look at it, or correct the card"


def _text(document: Document, sha256: str) -> Text:
    """The policy as a text, so that its rules are clauses."""
    return Text(
        id=document.path,
        title=_words(document.data.get("name") or f"Policy {os.path.basename(document.path)}"),
        kind="policy",
        provider="",
        sha256=sha256,
        read="full",
    )


def _requirement(document: Document, policy: Text, index: int, rule: dict[str, Any]) -> Requirement:
    line, _ = document.position(document.span(("rules", index)).start)
    place = f"{document.path}:{line}"
    clause = Fact("policy", rule["id"], "stated", f"{rule['id']} ({place})", _says(rule))
    help = _words(rule["help"]) if "help" in rule else _HELP
    return Requirement(
        id=rule["id"],
        why=_words(rule["why"]),
        help=f"{help}. The rule stands in {place}.",
        severity=Severity[rule.get("severity", "error").upper()],
        about=tuple(dict.fromkeys(rule["about"])),
        text=policy,
        clause=clause,
        models=tuple(_glob(one) for one in rule.get("models", ())),
        where=_matchers(rule.get("where")),
        forbid=_matchers(rule.get("forbid")),
        allow=_matchers(rule.get("allow")),
        require=tuple(dict.fromkeys(rule.get("require", ()))),
    )


def _matchers(given: list[dict[str, str]] | None) -> tuple[Matcher, ...] | None:
    return None if given is None else tuple(_matcher(one) for one in given)


def _matcher(given: dict[str, str]) -> Matcher:
    return Matcher(
        id=_glob(given["id"]) if "id" in given else None,
        provider=provider_key(given["provider"]) if "provider" in given else None,
        access=given.get("access"),
        license=_glob(given["license"]) if "license" in given else None,
    )


def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern.lower()))


def _words(text: str) -> str:
    """What a policy says, on one line of bounded length and without its full stop."""
    return quoted(text, MAX_WORDS)[1:-1].rstrip(".")


def _says(rule: dict[str, Any]) -> str:
    """The rule in a sentence.

    >>> _says({"about": ["teachers"], "forbid": [{"provider": "openai", "access": "api"}]})
    'of teachers it forbids provider openai, access api'
    >>> _says({"about": ["parents", "datasets"], "allow": [], "require": ["revision"]})
    'of parents and datasets it allows none, requires revision'
    """
    verbs = (("forbid", "forbids", " or "), ("allow", "allows", " or "), ("require", "requires", " and "))
    asked = [
        f"{verb} {joint.join(map(_described, rule[key])) or 'none'}"
        for key, verb, joint in verbs
        if key in rule
    ]
    where = f" with {' or '.join(map(_described, rule['where']))}" if "where" in rule else ""
    return _words(f"of {' and '.join(rule['about'])}{where} it {', '.join(asked)}")


def _described(one: str | dict[str, str]) -> str:
    return one if isinstance(one, str) else ", ".join(f"{key} {value}" for key, value in one.items())


def _rule(requirement: Requirement) -> LoadedRule:
    """The requirement as the engine and the formats know rules."""
    says = requirement.clause.says
    documentation = (
        f"{requirement.text.title}: {requirement.why}.\n\n## What it does\n{requirement.id}: {says}.\n\n"
        f"## Why it matters\n{requirement.why}.\n\n## How to fix\n{requirement.help}\n\n"
        f"## Source\n{requirement.clause.clause}"
    )
    check = partial(judging.check, requirement)
    return LoadedRule(
        f"{OF_A_POLICY}{requirement.id}", Kind.POLICY, requirement.severity, check, documentation
    )

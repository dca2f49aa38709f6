"""SPDX licence expressions: which licences, joined how.

The grammar is that of SPDX 3.0.1, Annex B: ids, `+`, `WITH` an exception, `AND` before `OR`, parentheses;
operators are all in capitals or all in small letters, ids are compared without regard to case. The ids
(`spdx_ids.txt`) are written by tools/spdx.py. The package license-expression reads the same and more, and
takes 20 ms to import and 16 ms to load its licences, which is half of what judging a card may cost.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from ._named_tuple import NamedTuple

MAX_LENGTH = 2000
MAX_DEPTH = 32


class Term(NamedTuple):
    """One licence of an expression, as it was written."""

    license: str
    or_later: bool = False
    exception: str | None = None


class Compound(NamedTuple):
    """Two or more expressions that hold together (`AND`), or of which one may be chosen (`OR`)."""

    operator: str
    parts: tuple[Expression, ...]


Expression: TypeAlias = "Term | Compound"


def parse(text: str) -> Expression | None:
    """The expression that `text` is, or None. Whether its ids exist is not asked.

    >>> parse("MIT OR GPL-2.0-only WITH Classpath-exception-2.0").parts[1].exception
    'Classpath-exception-2.0'
    >>> parse("MIT, Apache-2.0") is parse("Apache 2.0") is parse("MIT AND") is None
    True
    """
    if len(text) > MAX_LENGTH:
        return None
    tokens = _TOKEN.findall(text)
    if sum(map(len, tokens)) != len("".join(text.split())):
        return None
    try:
        return _Parser(tokens).whole()
    except _NotAnExpression:
        return None


def terms(expression: Expression) -> Iterator[Term]:
    """The licences of an expression, in the order in which they stand."""
    if isinstance(expression, Term):
        yield expression
    else:
        for part in expression.parts:
            yield from terms(part)


def has(expression: Expression, operator: str) -> bool:
    """Whether `operator` (`AND` or `OR`) stands anywhere in it."""
    return isinstance(expression, Compound) and (
        expression.operator == operator or any(has(part, operator) for part in expression.parts)
    )


def strangers(expression: Expression) -> tuple[str, ...]:
    """The ids in an expression that are neither of the SPDX lists nor of the form `LicenseRef-...`.

    >>> strangers(parse("mit AND (LicenseRef-acme OR acme-open WITH acme-exception)"))
    ('acme-open', 'acme-exception')
    """
    found: list[str] = []
    for term in terms(expression):
        if license_id(term.license) is None and not re.match(_REFERENCE, term.license):
            found.append(term.license)
        if term.exception and term.exception.lower() not in _ids()[1]:
            found.append(term.exception)
    return tuple(found)


def license_id(written: str) -> str | None:
    """A licence id of the SPDX list as the list writes it, or None.

    >>> license_id("apache-2.0"), license_id("llama3.1")
    ('Apache-2.0', None)
    """
    return _ids()[0].get(written.lower())


_TOKEN = re.compile(r"[()]|[A-Za-z0-9.:\-]+\+?")
_ID = r"(?:DocumentRef-[A-Za-z0-9.\-]+:)?[A-Za-z0-9.\-]+"
_REFERENCE = r"(?:DocumentRef-[^:]+:)?LicenseRef-."


@cache
def _ids() -> tuple[dict[str, str], dict[str, str]]:
    """The ids of licences and of exceptions, each by itself in small letters."""
    with open(os.path.join(os.path.dirname(__file__), "spdx_ids.txt"), encoding="utf-8") as file:
        text = file.read()
    licenses, _, exceptions = text.partition("\n\n")
    keys = [line for line in licenses.splitlines() if not line.startswith("#")]
    return {key.lower(): key for key in keys}, {key.lower(): key for key in exceptions.split()}


class _NotAnExpression(Exception):
    pass


class _Parser:
    """Recursive descent over tokens; each method reads what its name says and leaves the rest."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def whole(self) -> Expression:
        expression = self.joined("OR")
        if self.at < len(self.tokens):
            raise _NotAnExpression
        return expression

    def joined(self, operator: str) -> Expression:
        parts = [self.operand(operator)]
        while self.take(operator):
            parts.append(self.operand(operator))
        return parts[0] if len(parts) == 1 else Compound(operator, tuple(parts))

    def operand(self, operator: str) -> Expression:
        return self.joined("AND") if operator == "OR" else self.single()

    def single(self) -> Expression:
        if not self.take("("):
            license = self.id()
            or_later = license.endswith("+")
            return Term(license.removesuffix("+"), or_later, self.id() if self.take("WITH") else None)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _NotAnExpression
        expression = self.joined("OR")
        if not self.take(")"):
            raise _NotAnExpression
        self.depth -= 1
        return expression

    def take(self, token: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at] in (token, token.lower())
        self.at += found
        return found

    def id(self) -> str:
        if self.at == len(self.tokens):
            raise _NotAnExpression
        token = self.tokens[self.at]
        if token.upper() in ("AND", "OR", "WITH") or not re.fullmatch(_ID, token.removesuffix("+")):
            raise _NotAnExpression
        self.at += 1
        return token

"""The one vocabulary of results: rules produce findings, formats print them.

A finding's verdict is not chosen, it follows from its severity and from the kind of its rule
(`verdict_of`); a card's verdict is the worst of its findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, IntEnum

from ._named_tuple import NamedTuple


class Severity(IntEnum):
    """SARIF's levels (SARIF 2.1.0, section 3.27.10), ordered."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Verdict(IntEnum):
    """What a card's declarations, read against the texts, come to; ordered from best to worst."""

    OK = 0
    NEEDS_REVIEW = 1
    VIOLATION = 2
    INVALID = 3

    def __str__(self) -> str:
        return self.name.lower().replace("_", "-")


class Kind(Enum):
    """What a rule is about; decides what its severities mean for the verdict."""

    STRUCTURE = "structure"
    LINEAGE = "lineage"
    TERMS = "terms"
    DUTIES = "duties"
    HYGIENE = "hygiene"
    POLICY = "policy"

    def __str__(self) -> str:
        return self.value


def verdict_of(kind: Kind, severity: Severity) -> Verdict:
    """The verdict that a finding of this kind and severity amounts to.

    >>> str(verdict_of(Kind.STRUCTURE, Severity.ERROR)), str(verdict_of(Kind.TERMS, Severity.ERROR))
    ('invalid', 'violation')
    >>> str(verdict_of(Kind.POLICY, Severity.WARNING))
    'needs-review'
    >>> str(verdict_of(Kind.HYGIENE, Severity.WARNING))
    'ok'
    """
    if kind is Kind.HYGIENE:
        return Verdict.OK
    if kind is Kind.STRUCTURE:
        return Verdict.INVALID if severity is Severity.ERROR else Verdict.OK
    return Verdict(severity - 1)


class Location(NamedTuple):
    """A range in a file, as editors count: lines and columns from 1, the end exclusive.

    Columns count Unicode code points. `pointer` is the JSON Pointer (RFC 6901) of the value in the
    document's metadata, "" for the whole of it, and None for a place outside of the metadata.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    pointer: str | None


class Edit(NamedTuple):
    """Replace the characters `start` to `end` of `file` (offsets in its text) by `replacement`."""

    file: str
    start: int
    end: int
    replacement: str


class Fix(NamedTuple):
    """The one right answer to a finding, as edits that touch nothing else."""

    title: str
    edits: tuple[Edit, ...]


class Fact(NamedTuple):
    """A declaration that a judgement rests on. `location` is None for what is known from elsewhere, and the
    statement then says where from."""

    statement: str
    strength: str
    location: Location | None


class Basis(NamedTuple):
    """The clause that a judgement rests on: of which text, in force when, as read on which bytes.

    `on` is the date for which the text was chosen, None where the card gives none.
    """

    terms: str
    title: str
    effective: str | None
    on: str | None
    clause: str | None
    says: str | None
    url: str | None
    sha256: str | None
    confidence: str


class Proof(NamedTuple):
    """Why a finding says what it says: from where to where, by which facts and clause, and what would change
    it. `permission` names what is claimed to lift the clause."""

    trail: tuple[str, ...]
    facts: tuple[Fact, ...]
    basis: Basis
    flips: tuple[str, ...]
    permission: str | None = None


class Finding(NamedTuple):
    """One thing that a rule has to say of one place in a card."""

    rule: str
    kind: Kind
    severity: Severity
    message: str
    help: str
    location: Location
    fix: Fix | None = None
    proof: Proof | None = None

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.kind, self.severity)

    @property
    def gravity(self) -> tuple[Verdict, Severity]:
        """What to sort by where not all findings can be shown: the greatest comes first."""
        return self.verdict, self.severity

    @property
    def fingerprint(self) -> str:
        """Stable name of this finding: survives moved lines and reordered lists, not a new message."""
        import os

        return self.fingerprint_as(self.location.file.replace(os.sep, "/"))

    def fingerprint_as(self, file: str) -> str:
        """The fingerprint that it has where its file is called `file`."""
        import hashlib
        import re

        pointer = re.sub(r"/\d+(?=/|$)", "/*", self.location.pointer or "")
        parts = "\0".join((self.rule, file, pointer, self.message))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def worst(findings: Iterable[Finding]) -> Verdict:
    """The verdict of a card with these findings; `ok` when there are none."""
    return max((finding.verdict for finding in findings), default=Verdict.OK)

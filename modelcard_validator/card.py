"""A card: the documents that declare one model, and what they claim together.

Gathering stops here. Everything that a rule may know of a model is in its `Card`, so that judging needs
no file, no network and no clock.
"""

from __future__ import annotations

from ._named_tuple import NamedTuple
from .claims import Claims, Place, together
from .document import JSON, Document, Form, Pointer
from .lineage import Lineage
from .readers import huggingface, prose, record
from .schema import CURRENT, SchemaError, check


class Record(NamedTuple):
    """A lineage record where it stands, with everything that the schema has against it."""

    place: Place
    data: JSON
    errors: tuple[SchemaError, ...]

    @property
    def is_newer(self) -> bool:
        """Written for a later minor version: read leniently (SPEC.md, versions)."""
        return newer_minor(self.version)

    @property
    def version(self) -> str | None:
        """The `lineage_version` that it says it has, None where that is no text."""
        version = self.data.get("lineage_version") if isinstance(self.data, dict) else None
        return version if isinstance(version, str) else None

    @property
    def is_of_another_major(self) -> bool:
        """Written for another major version: not to be read at all (SPEC.md, 3.3)."""
        major, dot, _ = (self.version or "").partition(".")
        return major.isdecimal() and bool(dot) and major.lstrip("0") != CURRENT.partition(".")[0]


class Card(NamedTuple):
    """One model's declarations. `path` is what reports call it: its README, else its side file."""

    path: str
    documents: tuple[Document, ...]
    native: Document | None
    """The README, where it has metadata that could be read."""
    records: tuple[Record, ...]
    readable_records: tuple[Record, ...]
    """Those of our major version: others are not to be read."""
    claims: Claims
    lineage: Lineage
    strict: bool = False
    """Whether what a text leaves to a policy to decide is taken against the card (docs/policies.md)."""

    @property
    def name(self) -> str | None:
        """The model's id or name, where the card says it."""
        for model in self.claims.models:
            if model.id or model.name:
                return model.id or model.name
        return None


def card_of(documents: tuple[Document, ...]) -> Card:
    """Read the claims of the documents of one model; the README first, where there is one."""
    native: Document | None = None
    records: list[Record] = []
    found: list[Claims] = []
    for document in documents:
        if not isinstance(document.data, dict):
            continue
        pointer: Pointer = ()
        if document.form is Form.FRONT_MATTER:
            native = native or document
            found.append(huggingface.read(document.data, Place(document)))
            if "lineage" not in document.data:
                continue
            pointer = ("lineage",)
        records.append(_record(document, pointer))
    readable = tuple(one for one in records if not one.is_of_another_major)
    found += (record.read(one.data, one.place) for one in readable)
    claims = together(found)
    for document in documents:
        if document.form is Form.FRONT_MATTER and not document.refusals:
            told = prose.read(document, claims)  # last: not what is declared anywhere
            claims = together((claims, told))
    return Card(documents[0].path, documents, native, tuple(records), readable, claims, Lineage(claims))


def newer_minor(version: str | None) -> bool:
    """Whether `version` is a later minor of the major version that this package knows.

    >>> newer_minor("1.1"), newer_minor("1.0"), newer_minor("2.0"), newer_minor(None)
    (True, False, False, False)
    """
    if version is None:
        return False
    major, _, minor = version.partition(".")
    ours = CURRENT.split(".")
    return major == ours[0] and minor.isdecimal() and len(minor) < 5 and int(minor) > int(ours[1])


def _record(document: Document, pointer: Pointer) -> Record:
    data = document.get(pointer)
    return Record(Place(document, pointer), data, check(data))

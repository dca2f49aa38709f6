"""One file of JSON documents that opens fast: an index on the first line, the documents after it.

The first line says for each section and key at which offset its document stands and how long it is, so that
a run reads the index and the few documents that it needs. Written by compiler.py when the package is built.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

Documents: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Section, key, document."""

PATH = os.path.join(os.path.dirname(__file__), "_compiled.jsonl")


def dumps(documents: Documents) -> bytes:
    """The bytes of a store."""
    index: dict[str, dict[str, tuple[int, int]]] = {}
    body: list[bytes] = []
    at = 0
    for section, entries in documents.items():
        index[section] = {}
        for key, document in entries.items():
            line = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            index[section][key] = (at, len(line))
            body.append(line)
            at += len(line)
    return json.dumps(index, separators=(",", ":")).encode() + b"\n" + b"".join(body)


class Store:
    """Documents by section and key, each read when it is first asked for."""

    def __init__(self, raw: bytes) -> None:
        head, _, self._body = raw.partition(b"\n")
        self._index: dict[str, dict[str, tuple[int, int]]] = json.loads(head)
        self._read: dict[tuple[str, str], Any] = {}

    def keys(self, section: str) -> Iterator[str]:
        """The keys of a section, in the order in which they were written."""
        yield from self._index.get(section, ())

    def get(self, section: str, key: str) -> Any:
        """The document, or None; the same object each time, which nobody may change."""
        found = self._read.get((section, key))
        if found is None and (place := self._index.get(section, {}).get(key)) is not None:
            start, length = place
            found = self._read[section, key] = json.loads(self._body[start : start + length])
        return found


@cache
def default() -> Store:
    """The store that comes with the package; in a checkout it is written anew when a source is newer."""
    from . import compiler

    compiler.refresh(PATH)
    with open(PATH, "rb") as file:
        return Store(file.read())

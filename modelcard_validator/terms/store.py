"""One file of JSON documents that opens fast: indexes first, the documents after them, each on its own line.

The first line says of each section at which offset its index stands and how long that is; the index holds the
keys, and where the document of each begins. So a run reads the indexes of the sections that it asks, and the
few documents that it needs. Written by compiler.py when the package is built.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, TypeAlias

Documents: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Section, key, document."""

PATH = os.path.join(os.path.dirname(__file__), "_compiled.jsonl")


def dumps(documents: Documents) -> bytes:
    """The bytes of a store."""
    indexes: list[bytes] = []
    body: list[bytes] = []
    at = 0
    for entries in documents.values():
        starts = [at]
        for document in entries.values():
            body.append(_line(document))
            at += len(body[-1])
            starts.append(at)
        indexes.append(_line([list(entries), starts]))
    ends = list(accumulate(map(len, indexes), initial=0))
    head = {name: ends[number : number + 2] for number, name in enumerate(documents)}
    return b"".join((_line(head), *indexes, *body))


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Store:
    """Documents by section and key, each read when it is first asked for."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._first = raw.index(b"\n") + 1  # offset of the first index
        self._head: dict[str, tuple[int, int]] = json.loads(raw[: self._first])
        self._body = self._first + max((end for _, end in self._head.values()), default=0)
        self._sections: dict[str, dict[str, tuple[int, int]]] = {}
        self._read: dict[tuple[str, str], Any] = {}

    def keys(self, section: str) -> Iterator[str]:
        """The keys of a section, in the order in which they were written."""
        yield from self._section(section)

    def get(self, section: str, key: str) -> Any:
        """The document, or None; the same object each time, which nobody may change."""
        found = self._read.get((section, key))
        if found is None and (place := self._section(section).get(key)) is not None:
            start, end = place
            found = self._read[section, key] = json.loads(self._raw[self._body + start : self._body + end])
        return found

    def _section(self, name: str) -> dict[str, tuple[int, int]]:
        found = self._sections.get(name)
        if found is None:
            start, end = self._head.get(name, (0, 0))
            keys, starts = json.loads(self._raw[self._first + start : self._first + end] or b"[[],[]]")
            found = self._sections[name] = dict(zip(keys, pairwise(starts), strict=True))
        return found


class Overlay(Store):
    """A store with documents beside it, which come first where both have the key."""

    def __init__(self, base: Store, beside: Documents) -> None:
        self._base = base
        self._beside = beside

    def keys(self, section: str) -> Iterator[str]:
        """The keys of both, sorted."""
        yield from sorted({*self._base.keys(section), *self._beside.get(section, ())})

    def get(self, section: str, key: str) -> Any:
        """The document, or None."""
        found = self._beside.get(section, {}).get(key)
        return self._base.get(section, key) if found is None else found


_in_use: Store | None = None


@cache
def default() -> Store:
    """The store that is consulted: the one that comes with the package, or what was `put` in its place."""
    return _in_use or _built_in()


def put(store: Store | None) -> Store | None:
    """Consult this store from now on (None: the package's own), and say which one was put before it.

    What was answered from the other store is forgotten: whatever a function of this package has cached. So
    it is for the beginning and the end of a run, and not for a program that judges in another thread.
    """
    global _in_use
    before, _in_use = _in_use, store
    package = __name__.partition(".")[0]
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == package:
            for function in vars(module).values():
                if callable(forget := getattr(function, "cache_clear", None)):
                    forget()
    return before


def _built_in() -> Store:
    """In a checkout it is written anew when a source is newer."""
    from . import compiler

    compiler.refresh(PATH)
    with open(PATH, "rb") as file:
        return Store(file.read())

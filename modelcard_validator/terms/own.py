"""Texts of one's own, such as a private contract, beside those of the catalogue: `--catalog DIR`.

They are in the format of catalog/*.yaml, which docs/own-texts.md describes, and are compiled in memory. A
catalogue in which lint.py finds anything is not consulted at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .. import _files
from ..document import MAX_FILE, Document
from ..document import read as read_document
from ..errors import BadConfiguration
from . import compiler, lint, store

MAX_TEXTS = 1000
"""Of one directory."""
_HINT = "Name a directory that holds texts, one in each *.yaml file."


@contextmanager
def use(directory: str) -> Iterator[None]:
    """Consult the texts of this directory as well, until the end of the `with` block.

    Raises `BadConfiguration` with the place of the first thing that is wrong with them. It holds for the
    whole process, and what was looked up before is forgotten: not for programs that judge in several threads.
    """
    documents = read(directory)
    base = store.default()
    for problem in _problems(documents, base):
        where = f"{problem.path}:{problem.line}:{problem.column}"
        raise BadConfiguration(f"{where}: {problem.message}", problem.help)
    before = store.put(store.Overlay(base, _beside(documents, base)))
    try:
        yield
    finally:
        store.put(before)


def check(directory: str) -> tuple[int, list[lint.Problem]]:
    """How many texts a directory holds, and all that is wrong with them. Raises `BadConfiguration` where
    it cannot be read."""
    documents = read(directory)
    return len(documents), list(_problems(documents, store.default()))


def read(directory: str) -> list[Document]:
    """The files of a directory of texts, in the order of their names. Raises `BadConfiguration`."""
    try:
        names = sorted(name for name in os.listdir(directory) if name.endswith((".yaml", ".yml")))
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        reason = _files.reason(error) if isinstance(error, OSError) else "no such file or directory"
        raise BadConfiguration(f"{directory}: {reason}", _HINT) from None
    if not names:
        raise BadConfiguration(f"{directory}: no *.yaml file in it", _HINT)
    if len(names) > MAX_TEXTS:
        raise BadConfiguration(f"{directory}: more than {MAX_TEXTS:,} texts", _HINT)
    return [_read(os.path.join(directory, name)) for name in names]


def _read(path: str) -> Document:
    try:
        return read_document(_files.read_bytes(path, MAX_FILE), path)
    except OSError as error:
        raise BadConfiguration(f"{path}: {_files.reason(error)}", _HINT) from None


def _problems(documents: list[Document], base: store.Store) -> Iterator[lint.Problem]:
    vocabulary = {key: base.get("vocabulary", key) for key in base.keys("vocabulary")}
    yield from lint.problems(documents, vocabulary, base)


def _beside(documents: list[Document], base: store.Store) -> dict[str, dict[str, Any]]:
    """The sections of the texts; where a name or a service also has texts of the base, with both."""
    own = compiler.catalog(document.data for document in documents)
    texts = own["texts"]

    def begins(id: str) -> tuple[str, str]:
        data = texts.get(id) or base.get("texts", id)
        return data.get("effective") or "", id

    for section in ("names", "terms"):
        for key, ids in own[section].items():
            own[section][key] = sorted({*ids, *(base.get(section, key) or ())}, key=begins)
    meta = base.get("meta", "version"), base.get("meta", "texts")
    digest = own["meta"]["version"].rpartition("+")[2]
    own["meta"] = {"version": f"{meta[0]}+own.{digest}", "texts": meta[1] + len(texts)}
    return own

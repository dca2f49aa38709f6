"""From the paths that a user names to cards: which files belong together, and their bytes.

A model directory holds a README.md (or, without one, a MODEL_CARD.md), side files `*.lineage.yaml` or
`.json`, or both; they are one card. A directory that has none, or only a README that declares nothing of a
model, is searched for model directories beneath it. Symbolic links to directories are not followed, hidden
directories are not entered.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from . import _files, hub
from .card import Card, card_of
from .document import MAX_FILE, Document, Form, read
from .errors import UnreadableInput

SIDE_FILE_SUFFIXES = (".lineage.yaml", ".lineage.yml", ".lineage.json")
READMES = ("README.md", "MODEL_CARD.md", "model_card.md", "modelcard.md")
"""What a directory's card is called, the first that is there."""
Files: TypeAlias = tuple[Document, ...]
_SKIPPED = frozenset(("node_modules", "__pycache__", "site-packages"))


BATCH = 64
"""Cards that go through each step together, as a step whose code is in the processor's cache takes a third
less time; few enough that somebody who waits can see them counted."""


def load(paths: Iterable[str], on_unreadable: Callable[[UnreadableInput], None]) -> Iterator[Card]:
    """The cards at `paths` (files or directories), each once, in the order of the paths and then of names.

    What does not exist or cannot be read goes to `on_unreadable`, and the rest is read all the same.
    """
    files = _files_of_each(paths, on_unreadable)
    while batch := list(islice(files, BATCH)):
        yield from [card_of(documents) for documents in batch]


def _files_of_each(paths: Iterable[str], on_unreadable: Callable[[UnreadableInput], None]) -> Iterator[Files]:
    seen: set[tuple[str, ...]] = set()
    for path in paths:
        for files in _cards_at(_tidy(path), on_unreadable):
            key = tuple(os.path.abspath(document.path) for document in files)
            if key not in seen:
                seen.add(key)
                yield files


def _tidy(path: str) -> str:
    """`./README.md` is `README.md`: one file, one name in reports and baselines. With `..` in it a path may
    lead through links, and stays as it is."""
    return path if not path or ".." in path.split(os.sep) else os.path.normpath(path)


def is_side_file(path: str) -> bool:
    """Whether a file is a lineage record by its name."""
    return path.lower().endswith(SIDE_FILE_SUFFIXES)


def read_file(path: str) -> Document:
    """Read a regular file; raises `UnreadableInput` for anything else, without waiting for it."""
    try:
        raw = _files.read_bytes(path, MAX_FILE)
    except OSError as error:
        message = f"{path}: {_files.reason(error)}"
        raise UnreadableInput(message, "Name a README.md, a side file or a directory.") from None
    return read(raw, path)


def _cards_at(path: str, on_unreadable: Callable[[UnreadableInput], None]) -> Iterator[Files]:
    if os.path.isdir(path):
        yield from _cards_in(path, on_unreadable)
        return
    directory, name = os.path.split(path)
    names = [name]
    if name in READMES or is_side_file(name):
        others = _list(directory, on_unreadable)[0]
        names += [o for o in others if o != name and (is_side_file(o) or is_side_file(name))]
    if files := _read_all(directory, names, on_unreadable):
        yield files


def _cards_in(path: str, on_unreadable: Callable[[UnreadableInput], None]) -> Iterator[Files]:
    """Depth first, in the order of names; at the end the READMEs that declare nothing, but for those that
    stand above a card: they are about a collection of models, not about one."""
    plain: list[tuple[str, Files]] = []
    above: set[str] = set()
    todo = ["" if path == "." else path]
    while todo:
        here = todo.pop()
        names, directories = _list(here, on_unreadable)
        files = _read_all(here, names, on_unreadable)
        if any(_declares(document) for document in files):
            yield files
            while here and here not in above:
                here = os.path.dirname(here)
                above.add(here)
            continue
        if files:
            plain.append((here, files))
        todo.extend(os.path.join(here, name) for name in reversed(directories))
    yield from (files for here, files in plain if here not in above)


def _declares(document: Document) -> bool:
    """Whether it is about one model: a record, metadata that the Hub or we know, or what cannot be read."""
    if document.form is not Form.FRONT_MATTER or document.refusals:
        return True
    return isinstance(document.data, dict) and not hub.KEYS.isdisjoint(document.data)


def _read_all(directory: str, names: list[str], on_unreadable: Callable[[UnreadableInput], None]) -> Files:
    """The documents of one card, its README first."""
    documents: list[Document] = []
    for name in names:
        try:
            documents.append(read_file(os.path.join(directory, name)))
        except UnreadableInput as error:
            on_unreadable(error)
    documents.sort(key=lambda document: (document.form is not Form.FRONT_MATTER, document.path))
    return tuple(documents)


def _list(path: str, on_unreadable: Callable[[UnreadableInput], None]) -> tuple[list[str], list[str]]:
    """The names of the card's files and of the directories to enter, each in order."""
    try:
        with os.scandir(path or ".") as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        on_unreadable(UnreadableInput(f"{path or '.'}: {_files.reason(error)}", "Check the permissions."))
        return [], []
    names = [entry.name for entry in ordered]
    readmes = [name for name in READMES if name in names]
    files = [*readmes[:1], *(name for name in names if is_side_file(name))]
    directories = [
        entry.name
        for entry in ordered
        if not entry.name.startswith(".")
        and entry.name not in _SKIPPED
        and entry.is_dir(follow_symlinks=False)
    ]
    return files, directories

"""The catalogue's and the known models' YAML to one store. Runs when the package is built, and in a checkout
whenever a source is newer than the store; a wheel has no sources and is never compiled again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from ..document import read
from . import store
from .texts import key_of

HERE = os.path.dirname(__file__)
VOCABULARY = "vocabulary.yaml"
HEADER = (
    *("title", "kind", "provider", "version", "effective", "until", "url", "spdx", "hub_id", "applies_to"),
    *("territory", "incorporates", "sources", "read", "reviewed", "notes", "silent"),
)
FACT = frozenset(("fact", "value", "confidence", "clause", "says", "triggers"))


def refresh(path: str) -> None:
    """Write the store anew if there are sources and one of them is newer."""
    sources = list(source_files(HERE))
    if not sources:
        return
    sources += [os.path.dirname(sources[0]), __file__]  # a text was removed, or is compiled otherwise
    sources += [os.path.join(HERE, name) for name in (VOCABULARY, "known.py", "store.py")]
    newest = max(os.stat(source).st_mtime_ns for source in sources)
    if not os.path.exists(path) or os.stat(path).st_mtime_ns < newest:
        write(path)


def write(path: str) -> None:
    """Compile everything; the store is replaced in one step."""
    raw = store.dumps(compiled(HERE))
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "wb") as file:
        file.write(raw)
    os.replace(temporary, path)


def source_files(directory: str) -> Iterator[str]:
    """The YAML files beneath the package's directory, sorted."""
    for part in ("catalog", "known"):
        folder = os.path.join(directory, part)
        if os.path.isdir(folder):
            yield from (
                os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".yaml")
            )


def compiled(directory: str) -> dict[str, dict[str, Any]]:
    """All sections of the store."""
    folder = os.path.join(directory, "catalog")
    files = (os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".yaml"))
    vocabulary = load(os.path.join(directory, VOCABULARY))
    return {**catalog(map(load, files)), **_known(directory), "vocabulary": vocabulary}


def catalog(files: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The sections of a store for texts alone, from the data of their files."""
    texts = dict(map(_text, files))
    return {"meta": _meta(texts), "texts": texts, "names": names(texts), "terms": terms(texts)}


def _meta(texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Which catalogue this is: the day of the last check and a digest of all that it says."""
    import hashlib
    import json

    digest = hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()
    last = max((data.get("reviewed") or "" for data in texts.values()), default="")
    return {"version": f"{last}+{digest[:12]}", "texts": len(texts)}


def _text(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    header = {key: data[key] for key in HEADER if data.get(key) is not None}
    return data["id"], {**header, "aliases": data.get("aliases", []), "facts": _facts(data)}


def load(path: str) -> Any:
    """The data of one of our own YAML files; raises `ValueError` for one that cannot be read."""
    with open(path, "rb") as file:
        document = read(file.read(), path)
    if document.refusals:
        refusal = document.refusals[0]
        line, column = document.position(refusal.span.start)
        raise ValueError(f"{path}:{line}:{column}: {refusal.message}")
    return document.data


def _facts(data: dict[str, Any]) -> list[dict[str, Any]]:
    facts = []
    for item in data["facts"]:
        fact = {key: value for key, value in item.items() if key in FACT and value is not None}
        more = {key: value for key, value in item.items() if key not in FACT and value is not None}
        facts.append({**fact, "more": more} if more else fact)
    return facts


def names(texts: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Every name that stands for texts, to their ids, oldest first. A text's own id comes before what is a
    Hub id, that before an SPDX id, and that before titles, aliases and links of others."""
    ordered = sorted(texts.items(), key=lambda item: (item[1].get("effective") or "", item[0]))
    found: dict[str, tuple[int, dict[str, None]]] = {}
    for id, data in ordered:
        ranked = [
            *((0, name) for name in (id, id.partition("@")[0])),
            (1, data.get("hub_id")),
            (2, data.get("spdx")),
            *((3, name) for name in (data["title"], *data["aliases"])),
            (4, data.get("url")),
        ]
        for rank, name in ranked:
            key = key_of(str(name)) if name else ""
            if key and (key not in found or rank < found[key][0]):
                found[key] = (rank, {id: None})
            elif key and rank == found[key][0]:
                found[key][1][id] = None
    return {name: list(ids) for name, (_, ids) in sorted(found.items())}


def terms(texts: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """Service terms and use policies by provider and channel, oldest first."""
    found: dict[str, list[str]] = {}
    for id, data in sorted(texts.items(), key=lambda item: (item[1].get("effective") or "", item[0])):
        if data["kind"] == "service-terms":
            for channel in data.get("applies_to", {}).get("channels", ()):
                found.setdefault(f"{provider_key(data['provider'])}/{channel}", []).append(id)
    return found


@lru_cache(4096)
def provider_key(name: str) -> str:
    """A provider's name as records write it: `Mistral AI` and `mistral` are one."""
    word = "".join(character for character in name.lower() if character.isalnum() or character == " ").split()
    return word[0].removesuffix("ai") if word and len(word[0]) > 4 else (word[0] if word else "")


def _known(directory: str) -> dict[str, dict[str, Any]]:
    from . import known

    folder = os.path.join(directory, "known")
    return known.compiled(folder) if os.path.isdir(folder) else {}

"""What is wrong with the files of a catalogue: ours, or the texts of one's own (docs/own-texts.md).

Each file is held against the closed vocabulary, key by key; then all of them against each other, and against
the catalogue that they are to stand beside. What is promised is the same for both: no fact without clause and
confidence, no text without source, date and sha256, no two versions of one text in force at once, no name
that stands for two texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import islice, pairwise
from typing import Any, TypeAlias

from .. import _folder, hub
from .._named_tuple import NamedTuple
from ..document import Document, Pointer, Refusal
from . import compiler
from .store import Store
from .texts import key_of

MAX_PROBLEMS = 100
"""Of one file: whoever has more has one mistake many times."""


class Problem(NamedTuple):
    """What is wrong, where, and what would be right. `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    message: str
    help: str


class _Fault(NamedTuple):
    """A problem within a file, at the value that `pointer` leads to, or at its key."""

    pointer: Pointer
    message: str
    help: str
    at_key: bool = False


Vocabulary: TypeAlias = Mapping[str, Any]
_Check: TypeAlias = Callable[[str, Any], Iterator[_Fault]]
"""From what a value is called in a sentence, and the value, to what is wrong with it, seen from there."""


def problems(
    documents: Iterable[Document], vocabulary: Vocabulary, beside: Store | None = None
) -> Iterator[Problem]:
    """All that is wrong with the files of one catalogue, file by file and from top to bottom.

    `vocabulary` is that of vocabulary.yaml. With `beside`, the texts are to be added to those of that store.
    """
    whole: list[Document] = []
    for document in documents:
        if document.refusals:
            yield from map(partial(_refused, document), document.refusals)
            continue
        faults = list(islice(_in_file(document, vocabulary), MAX_PROBLEMS))
        if not faults:
            whole.append(document)
        yield from _placed(document, faults)
    for document, found in _among(whole, vocabulary, beside):
        yield from _placed(document, found[:MAX_PROBLEMS])


def _refused(document: Document, refusal: Refusal) -> Problem:
    return Problem(
        document.path, *document.position(refusal.span.start), refusal.message, refusal.help or _YAML
    )


_YAML = "A text is a YAML file."


def _placed(document: Document, faults: Iterable[_Fault]) -> list[Problem]:
    placed = []
    for fault in faults:
        start = document.span(fault.pointer, key=fault.at_key).start
        placed.append(Problem(document.path, *document.position(start), fault.message, fault.help))
    return sorted(placed)


# One file


def _in_file(document: Document, vocabulary: Vocabulary) -> Iterator[_Fault]:
    yield from _table(_header(vocabulary), _REQUIRED, "the text", document.data)


_REQUIRED = ("id", "title", "kind", "provider", "read", "facts")


def _header(vocabulary: Vocabulary) -> dict[str, _Check]:
    kinds, channels = tuple(vocabulary["kinds"]), tuple(vocabulary["channels"])
    names = tuple(vocabulary["facts"])
    applies: dict[str, _Check] = {"models": _texts, "channels": partial(_many, partial(_one_of, channels))}
    source: dict[str, _Check] = {"text": _text, "sha256": _sha256, "from": _text, "retrieved": _date}
    return {
        "id": _id,
        "title": _text,
        "kind": partial(_one_of, kinds),
        "provider": _text,
        "version": _text,
        "effective": _date,
        "until": _date,
        "url": _url,
        "spdx": _text,
        "hub_id": partial(_one_of, tuple(sorted(hub.LICENSES))),
        "aliases": _texts,
        "applies_to": partial(_table, applies, ()),
        "territory": _texts,
        "incorporates": _texts,
        "sources": partial(_many, partial(_table, source, ("text", "sha256", "retrieved"))),
        "read": partial(_one_of, tuple(vocabulary["read"])),
        "reviewed": _date,
        "notes": _text,
        "facts": partial(_many, partial(_fact, vocabulary)),
        "silent": partial(_many, partial(_one_of, names)),
    }


def _fact(vocabulary: Vocabulary, name: str, fact: Any) -> Iterator[_Fault]:
    keys: dict[str, _Check] = {
        "fact": partial(_one_of, tuple(vocabulary["facts"])),
        "value": _anything,
        "confidence": partial(_one_of, tuple(vocabulary["confidence"])),
        "clause": _text,
        "says": _text,
        "triggers": partial(_many, partial(_one_of, tuple(vocabulary["triggers"]))),
        **{key: _SHAPES[entry.get("is", "text")] for key, entry in vocabulary["qualifiers"].items()},
    }
    yield from _table(keys, ("fact", "value", "confidence", "clause", "says"), name, fact)
    if isinstance(fact, dict) and "value" in fact and isinstance(fact.get("fact"), str):
        entry = vocabulary["facts"].get(fact["fact"])
        if entry is not None:
            for fault in _value(entry, f"the value of {_shown(fact['fact'])}", fact["value"]):
                yield fault._replace(pointer=("value", *fault.pointer))


def _value(entry: Mapping[str, Any], name: str, value: Any) -> Iterator[_Fault]:
    """The words that the vocabulary gives to a fact, or what else it lets stand for one of them."""
    words = tuple(entry["values"])
    if "keys" in entry and isinstance(value, dict):
        optional = entry.get("optional", ())
        keys = {key: _shape(shape, key in optional) for key, shape in entry["keys"].items()}
        yield from _table(keys, tuple(key for key in keys if key not in optional), name, value)
    elif entry.get("list") and isinstance(value, list):
        yield from _many(partial(_one_of, words), name, value)
    elif entry.get("wording"):
        yield from _text(name, value)
    elif "keys" in entry:
        hint = f"Write {_shown(words[0])}, or a mapping of: {', '.join(entry['keys'])}."
        if value not in words:
            yield _Fault((), f"{name} is {_shown(value)}", hint)
    else:
        yield from _one_of(words, name, value)


def _shape(shape: str | list[str], optional: bool) -> _Check:
    check = _SHAPES[shape] if isinstance(shape, str) else partial(_one_of, tuple(shape))
    return partial(_nullable, check) if optional else check


def _dates(data: dict[str, Any]) -> Iterator[_Fault]:
    begins, ends = data.get("effective"), data.get("until")
    if begins and ends and ends < begins[: len(ends)]:
        yield _Fault(("until",), f"it ends on {ends}, before it begins", f"It begins on {begins}.")
    _, at, dated = data["id"].partition("@")
    if at and dated != begins:
        said = f"`effective` is {begins}" if begins else "there is no `effective`"
        yield _Fault(("id",), f"the id says {_shown(dated)}, and {said}", "Make them the same day.")


def _provenance(data: dict[str, Any]) -> Iterator[_Fault]:
    """Whether what is said of the text can be traced to a copy of it."""
    stated = [index for index, fact in enumerate(data["facts"]) if fact["confidence"] == "stated"]
    sources = data.get("sources")
    if not sources and (stated or data["read"] in ("full", "partial")):
        hint = "Add `sources:` with text, sha256 and retrieved, or read: recalled and no stated fact."
        yield _Fault(("read",), "it was read, and there is no source", hint)
    if data["read"] == "recalled":
        for index in stated:
            hint = "Read it, or write confidence: recalled."
            yield _Fault(("facts", index, "confidence"), "stated of a text that was not read", hint)
    named = {fact["fact"] for fact in data["facts"]}
    for index, name in enumerate(data.get("silent", ())):
        if name in named:
            yield _Fault(("silent", index), f"{_shown(name)} is among the facts too", "Keep one of the two.")
    seen: set[str] = set()
    for index, alias in enumerate(data.get("aliases", ())):
        if (key := key_of(alias)) in seen:
            yield _Fault(("aliases", index), f"{_shown(alias)} stands here a second time", "Leave it out.")
        seen.add(key)


# Several files


def _among(
    documents: list[Document], vocabulary: Vocabulary, beside: Store | None
) -> Iterator[tuple[Document, list[_Fault]]]:
    sections = compiler.catalog(document.data for document in documents)
    owners: dict[str, str] = {}
    others = _Names(sections, beside, vocabulary.get("shared_names", {}) if beside is None else {})
    overlapping = _overlapping(sections["texts"])
    for document in documents:
        data = document.data
        faults = [*_dates(data), *_provenance(data)]
        if (first := owners.setdefault(data["id"], document.path)) != document.path:
            hint = "Give one of them another id."
            faults.append(_Fault(("id",), f"{first} has the id {_shown(data['id'])} too", hint))
        elif beside is not None and beside.get("texts", data["id"]) is not None:
            hint = "Give it an id of its own, or `@` and another day if it is another version."
            faults.append(_Fault(("id",), f"the catalogue has a text {_shown(data['id'])}", hint))
        else:
            faults += others.clashes(data)
            faults += overlapping.get(data["id"], ())
        faults += others.dead_ends(data)
        yield document, faults


class _Names:
    """What names stand for, in a catalogue and in the one beside which it is to stand."""

    def __init__(self, sections: Mapping[str, Any], beside: Store | None, shared: Mapping[str, Any]) -> None:
        self._own = sections["names"]
        self._beside = beside
        self._shared = shared
        self._short: dict[str, dict[str, None]] = {}

    def clashes(self, data: dict[str, Any]) -> Iterator[_Fault]:
        """Names of a text that are of another one as well: not of another version of the same."""
        short = data["id"].partition("@")[0]
        written: dict[str, Pointer] = {}
        for index, alias in enumerate(data.get("aliases", ())):
            written[key_of(alias)] = ("aliases", index)
        for field in ("url", "spdx", "hub_id", "title", "id"):
            if field in data:
                written[key_of(data[field])] = (field,)
        written.setdefault(key_of(short), ("id",))
        for name, pointer in written.items():
            own = self._owners(name)
            if short in own and not own.keys() <= {short, *self._shared.get(name, ())}:
                other = next(one for one in own if one != short)
                yield _Fault(pointer, f"{_shown(name)} also stands for {_shown(other)}", _ALIAS)
                continue
            theirs = {id.partition("@")[0] for id in self._of_the_other(name)}
            if theirs and short not in theirs:
                other = min(theirs)
                message = f"{_shown(name)} stands for {_shown(other)} in the catalogue"
                yield _Fault(pointer, message, _ALIAS)

    def _owners(self, name: str) -> dict[str, None]:
        """The short ids of the texts that have a name, in the order of the store."""
        if name not in self._short:
            self._short[name] = dict.fromkeys(id.partition("@")[0] for id in self._own.get(name, ()))
        return self._short[name]

    def dead_ends(self, data: dict[str, Any]) -> Iterator[_Fault]:
        """Texts that it takes in and that nobody has."""
        for index, name in enumerate(data.get("incorporates", ())):
            key = key_of(name)
            if key not in self._own and not self._of_the_other(key):
                hint = "Write the id of a text, with or without its date, or add that text."
                yield _Fault(("incorporates", index), f"there is no text {_shown(name)}", hint)

    def _of_the_other(self, name: str) -> list[str]:
        return (self._beside.get("names", name) if self._beside is not None else None) or []


_ALIAS = "A name is of one text: leave it out, or write it with what tells this text from the other."


def _overlapping(texts: Mapping[str, Any]) -> dict[str, list[_Fault]]:
    """By id, which versions begin while the one before them is still in force, in one territory and for one
    channel. One without an end is not known to have been in force still."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[tuple[str, str | None, str]]] = {}
    for id, data in texts.items():
        if begins := data.get("effective"):
            for channel in data.get("applies_to", {}).get("channels") or ("",):
                key = (id.partition("@")[0], channel, tuple(data.get("territory", ())))
                groups.setdefault(key, []).append((begins, data.get("until"), id))
    found: dict[str, list[_Fault]] = {}
    for versions in groups.values():
        for (_, ends, older), (begins, _, newer) in pairwise(sorted(versions, key=_by_date)):
            if ends is not None and ends >= begins[: len(ends)]:
                message = f"it begins on {begins}, and {older} is in force until {ends}"
                found[newer] = [_Fault(("effective",), message, "Of versions of one text one is in force.")]
    return found


def _by_date(version: tuple[str, str | None, str]) -> tuple[str, str]:
    return version[0], version[2]


# Values


def _table(keys: Mapping[str, _Check], required: tuple[str, ...], name: str, value: Any) -> Iterator[_Fault]:
    """A mapping that has no other keys than these."""
    if not isinstance(value, dict):
        yield _Fault((), f"{name} is not a mapping", f"Write `key: value` pairs of: {', '.join(keys)}.")
        return
    for key, below in value.items():
        if key not in keys:
            hint = _hint(key, tuple(keys))
            yield _Fault((key,), f"unknown key {_shown(key)}", hint, True)
            continue
        for fault in keys[key](_shown(key), below):
            yield fault._replace(pointer=(key, *fault.pointer))
    for key in required:
        if key not in value:
            yield _Fault((), f"{name} has no {_shown(key)}", _MISSING.get(key, f"Add `{key}:`."))


_MISSING = {
    "clause": "Add `clause:`, where in the text it stands.",
    "says": "Add `says:`, the clause in your own words.",
    "confidence": "Add `confidence: stated` if somebody can point at the sentence.",
    "sha256": "Add `sha256:`, as `sha256sum FILE` prints it.",
    "retrieved": "Add `retrieved:`, the day on which this copy was got.",
    "id": "Add `id:`, a short name, and `@` and the day of its beginning where it has versions.",
}


def _many(check: _Check, name: str, value: Any) -> Iterator[_Fault]:
    if not isinstance(value, list):
        yield _Fault((), f"{name} is not a list", "Write `- ` before each entry, or [one, two].")
        return
    for index, item in enumerate(value):
        for fault in check(f"an entry of {name}", item):
            yield fault._replace(pointer=(index, *fault.pointer))


def _text(name: str, value: Any) -> Iterator[_Fault]:
    if not isinstance(value, str):
        yield _Fault((), f"{name} is {_shown(value)}, not a text", "Write words; put a number in quotes.")
    elif not value.strip():
        yield _Fault((), f"{name} is empty", "Say what it is, or leave it out.")


_texts: _Check = partial(_many, _text)


def _text_or_list(name: str, value: Any) -> Iterator[_Fault]:
    yield from _texts(name, value) if isinstance(value, list) else _text(name, value)


def _number(name: str, value: Any) -> Iterator[_Fault]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield _Fault((), f"{name} is {_shown(value)}, not a number", "Write digits alone.")


def _nullable(check: _Check, name: str, value: Any) -> Iterator[_Fault]:
    if value is not None:
        yield from check(name, value)


def _anything(name: str, value: Any) -> Iterator[_Fault]:
    """A fact's value is checked with its name."""
    del name, value
    yield from ()


def _one_of(words: tuple[str, ...], name: str, value: Any) -> Iterator[_Fault]:
    if not isinstance(value, str) or value not in words:
        yield _Fault((), f"{name} is {_shown(value)}", _hint(value, words))


def _hint(value: Any, words: tuple[str, ...]) -> str:
    near = _folder.did_you_mean(value[:_MAX_WORD], words) if isinstance(value, str) else ""
    return near or (f"It is one of: {', '.join(words)}." if len(words) <= _MAX_LISTED else _LISTS)


_MAX_WORD = 80
_MAX_LISTED = 30
_LISTS = "docs/catalog.md lists the words that there are."


def _date(name: str, value: Any) -> Iterator[_Fault]:
    if not isinstance(value, str) or not _is_date(value):
        yield _Fault((), f"{name} is {_shown(value)}, not a date", "Write YYYY-MM-DD, or YYYY-MM.")


def _is_date(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", value, re.ASCII):
        return False
    try:
        date.fromisoformat(value if len(value) > len("YYYY-MM") else f"{value}-01")
    except ValueError:
        return False
    return True


def _sha256(name: str, value: Any) -> Iterator[_Fault]:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{64}", value):
        hint = "Write its 64 hexadecimal digits in small letters, in quotes; `sha256sum FILE` prints them."
        yield _Fault((), f"{name} is {_shown(value)}, not a SHA-256", hint)


def _id(name: str, value: Any) -> Iterator[_Fault]:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9][a-z0-9.+-]*(@\d{4}-\d\d(-\d\d)?)?", value):
        hint = "Write small letters, digits, `.`, `+` and `-`; a version has `@` and a day at its end."
        yield _Fault((), f"{name} is {_shown(value)}", hint)


def _url(name: str, value: Any) -> Iterator[_Fault]:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s]+", value):
        yield _Fault((), f"{name} is {_shown(value)}, not a link", "Leave it out where nobody can follow it.")


_SHAPES: dict[str, _Check] = {
    "text": _text,
    "list": _texts,
    "text or list": _text_or_list,
    "number": _number,
}


def _shown(value: Any) -> str:
    """A value in a message, on one line and of bounded length."""
    text = " ".join(str(value).split()) if isinstance(value, str) else _kind(value)
    return f"`{text[:59]}…`" if len(text) > 60 else f"`{text}`"


def _kind(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return {None: "null", True: "true", False: "false"}.get(value, str(value)[:60])

"""Why a text is no id of the Hub, and what to write instead: for the native keys that hold ids."""

from __future__ import annotations

import re

from .. import edit, hub, placeholder
from ..claims import Place
from ..finding import Fix
from . import Problem, quoted

_WHAT = {"models": "model", "datasets": "dataset"}
_RECORD = {
    "base_model": "lineage.derived_from",
    "finetuned_from": "lineage.derived_from",
    "datasets": "lineage.trained_on",
}
"""Where a record says what the native key cannot."""
_OTHER_KIND = {
    "models": "Write a model's id; a dataset goes under `datasets`.",
    "datasets": "Write a dataset's id; a model goes under `base_model`, or as a teacher into a record.",
}
_PATH = r"(?:\.{0,2}/|~|[A-Za-z]:\\|file:|\S*\\)"
_MORE = r"([\w.-]+/[\w.-]+)([/@:])\S*"


def problem_of(text: str, place: Place, kind: str) -> Problem | None:
    """What is wrong with `text` as an id; `kind` is `models` or `datasets`."""
    if hub.is_id(text) or placeholder.is_placeholder(text):
        return None
    if repo := hub.repo_of_url(text):
        return _problem_of_url(text, place, kind, repo)
    right = text.removeprefix(f"{kind}/")
    if right != text and hub.is_id(right):
        message = f"{quoted(text)} is no id of the Hub: the owner comes first"
        return Problem(place, message, f"Write `{right}`.", _write(place, right))
    what, record = _WHAT[kind], _RECORD.get(str(place.pointer[0]))
    if "://" in text and " " not in text:
        message, help = "is a URL, and no id of the Hub", f"Write the {what}'s id"
        rest = f"a {what} that is not on the Hub goes into `{record}`"
    elif re.match(_PATH, text):
        message, help = "is a path, which nobody else can follow", f"Write the id of the {what} that it holds"
        rest = f"one that is not on the Hub goes into `{record}`"
    elif match := re.fullmatch(_MORE, text):
        message = "is no id of the Hub: it says more than `owner/name`"
        help = f"Write `{match[1]}`, if that is the {what}"
        rest = f"a revision or a file goes into `{record}`"
    else:
        message, help = "is no id of the Hub, so that it links to nothing", f"Write the {what}'s id"
        rest = f"one that has none goes into `{record}`, by its name"
    return Problem(place, f"{quoted(text)} {message}", f"{help}; {rest}." if record else f"{help}.")


def _problem_of_url(text: str, place: Place, kind: str, repo: hub.RepoUrl) -> Problem:
    if repo.kind != kind:
        message = f"{quoted(text)} is a {_WHAT[repo.kind]}, and this key is for {kind}"
        return Problem(place, message, _OTHER_KIND[kind])
    message = f"{quoted(text)} is a URL, and the Hub takes ids"
    if repo.revision or repo.file:
        record = _RECORD.get(str(place.pointer[0]))
        rest = f"; the revision or the file goes into `{record}`" if record else ""
        return Problem(place, message, f"Write `{repo.id}`{rest}.")
    return Problem(place, message, f"Write `{repo.id}`.", _write(place, repo.id))


def _write(place: Place, id: str) -> Fix:
    return Fix(f"write `{id}`", (edit.replace_value(place, id),))

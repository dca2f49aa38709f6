"""Byte-exact edits of a user's file: what is not meant to change keeps its comments, order and bytes.

Edits are made of offsets, never by writing parsed data back. A file is replaced in one step: whoever
reads it, even after a crash, sees the old one or the new one.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress

from . import _files
from .claims import Place
from .document import Document, Form
from .errors import ModelcardError
from .finding import Edit

_SAFE_PLAIN = r"(?a)[A-Za-z0-9_./][\w./+@ -]*"
_OTHER_IN_1_1 = r"(?i:y|n|yes|no|on|off)|[0-9][0-9._:T +-]*Z?"


def replace_value(place: Place, value: str) -> Edit:
    """Give the scalar at `place` another text, in the quotes that it has."""
    span = place.document.span(place.pointer)
    old = place.document.source(place.pointer)
    return Edit(place.document.path, span.start, span.end, _scalar(place.document, value, old[:1]))


def rename_key(place: Place, key: str) -> Edit:
    """Give the value at `place` another key, in the quotes that the key has."""
    span = place.document.span(place.pointer, key=True)
    old = place.document.text[span.start : span.end]
    return Edit(place.document.path, span.start, span.end, _scalar(place.document, key, old[:1]))


def quote_value(place: Place) -> Edit:
    """Make a string of what was written at `place`: `1.10` becomes `"1.10"`."""
    span = place.document.span(place.pointer)
    written = place.document.source(place.pointer)
    return Edit(place.document.path, span.start, span.end, json.dumps(written, ensure_ascii=False))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all of the edits made; equal edits count once.

    Raises `ValueError` where two of them overlap: then neither is the one right answer.
    """
    parts: list[str] = []
    at = 0
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at offset {edit.start}")
        parts += text[at : edit.start], edit.replacement
        at = edit.end
    return "".join(parts) + text[at:]


def encode(document: Document, text: str) -> bytes:
    """The bytes of the document's file with another text; its byte order mark is kept."""
    return (b"\xef\xbb\xbf" if document.bom else b"") + text.encode()


def write_file(path: str, raw: bytes) -> None:
    """Replace a file in one step, keeping its mode and owner; a symbolic link stays one and its target is
    replaced. What is no regular file (`-o /dev/stdout`) is written to as it is.

    Raises `ModelcardError` when the file cannot be written; a regular file is then as it was.
    """
    try:
        old = os.stat(path) if os.path.exists(path) else None
        if old is not None and not stat.S_ISREG(old.st_mode):
            with open(path, "wb") as file:
                file.write(raw)
        else:
            _replace(os.path.realpath(path), raw, old)
    except OSError as error:
        message = f"{path}: cannot be written: {_files.reason(error)}"
        raise ModelcardError(message, "Check the directory and its permissions.") from None


def _replace(target: str, raw: bytes, old: os.stat_result | None) -> None:
    import tempfile

    descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".modelcard-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(descriptor)
        if old is not None and hasattr(os, "chown"):
            with suppress(PermissionError):  # only root may give a file away
                os.chown(temporary, old.st_uid, old.st_gid)
        os.chmod(temporary, stat.S_IMODE(old.st_mode) if old is not None else 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _scalar(document: Document, value: str, quote: str) -> str:
    if document.form is Form.JSON or quote == '"':
        return json.dumps(value, ensure_ascii=False)
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    return value if _reads_as_itself(value) else json.dumps(value, ensure_ascii=False)


def _reads_as_itself(value: str) -> bool:
    """Whether a plain scalar of this text is this string, to readers of YAML 1.2 and of 1.1 alike."""
    from .document.yaml import resolve

    if (
        re.compile(_SAFE_PLAIN).fullmatch(value) is None
        or re.compile(_OTHER_IN_1_1).fullmatch(value) is not None
    ):
        return False
    return not value.endswith(" ") and resolve(value) == value

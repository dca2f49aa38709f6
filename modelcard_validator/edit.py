"""Byte-exact edits of a user's file: what is not meant to change keeps its comments, order and bytes.

Edits are made of offsets, never by writing parsed data back. A file is replaced in one step: whoever
reads it, even after a crash, sees the old one or the new one.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable

from .claims import Place
from .document import Document, Form
from .errors import ModelcardError
from .finding import Edit

_SAFE_PLAIN = re.compile(r"[A-Za-z0-9_./][\w./+@ -]*", re.ASCII)


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
    """Replace a file in one step, keeping its mode; a symbolic link stays one and its target is replaced.

    Raises `ModelcardError` when the file cannot be written; it is then as it was.
    """
    import tempfile

    target = os.path.realpath(path)
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".modelcard-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(descriptor)
        os.chmod(temporary, os.stat(target).st_mode & 0o7777 if os.path.exists(target) else 0o644)
        os.replace(temporary, target)
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        reason = (error.strerror or str(error)).lower()
        raise ModelcardError(f"{path}: cannot be written: {reason}", "The file is as it was.") from None


def _scalar(document: Document, value: str, quote: str) -> str:
    if document.form is Form.JSON or quote == '"':
        return json.dumps(value, ensure_ascii=False)
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    return value if _reads_as_itself(value) else json.dumps(value, ensure_ascii=False)


def _reads_as_itself(value: str) -> bool:
    """Whether a plain YAML scalar of this text is this string."""
    from .document.yaml import resolve

    return _SAFE_PLAIN.fullmatch(value) is not None and not value.endswith(" ") and resolve(value) == value

"""The metadata holds a character that YAML or JSON does not allow.

## What it does
Reports control characters (U+0000, U+001B and the like), a byte order mark in the middle, and half of a
surrogate pair, written raw or as an escape of JSON.

## Why it matters
Nobody sees such a character in an editor, but it is part of the value: a licence id with a U+0000 in it is
no licence id, and a terminal may act upon an escape sequence. Most come from copying out of a PDF.

## How to fix
Delete the character. Where it is meant, write an escape in double quotes.

## Example
```json
{"lineage_version": "1.0", "model": {"id": "acme/chat", "name": "chat \\ud83d"}}
```
```json
{"lineage_version": "1.0", "model": {"id": "acme/chat", "name": "chat \\ud83d\\ude80"}}
```

## Source
YAML 1.2.2, section 5.1 (c-printable); RFC 7493, section 2.1 (no unpaired surrogates).
"""

from __future__ import annotations

from collections.abc import Iterator

from ...card import Card
from ...finding import Kind, Severity
from .. import Problem, Rule, refused

RULE = Rule(Kind.STRUCTURE, Severity.ERROR)


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    return refused("control-character", card)

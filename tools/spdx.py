"""Write modelcard_validator/spdx_ids.txt, the ids of the SPDX License List.

    python tools/spdx.py            write it
    python tools/spdx.py --check    exit 1 where the one on disk differs

They come with the package license-expression, which need not be installed where this one is used.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import files, version
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "modelcard_validator" / "spdx_ids.txt"
PACKAGE = "license-expression"
_ID = re.compile(r"[A-Za-z0-9.\-]+\+?")
# The index keeps what people write for an id beside the ids that SPDX gave up.
_NEVER_SPDX = frozenset(("Assembly-exception", "BSD-2", "GPL"))
# Licences to SPDX once, from when an exception had no id of its own; exceptions to the index.
_WITH_EXCEPTION = re.compile(r"GPL-\d\.\d-with-.+|eCos-2\.0")


def generated() -> str:
    """Return the text of the data file: a comment, the licences, an empty line, the exceptions."""
    index = json.loads(_data("scancode-licensedb-index.json"))
    about = _data("license_key_index.json.ABOUT")
    found = re.search(r"^spdx_license_list_version: *(\S+)", about, re.MULTILINE)
    head = (
        f"# SPDX License List {found[1] if found else '(version unknown)'}, ids that it gave up included:"
        " licences, then exceptions.\n"
        f"# Written by tools/spdx.py from the index in {PACKAGE} {version(PACKAGE)} (AboutCode, CC-BY-4.0).\n"
    )
    licenses: set[str] = set()
    exceptions: set[str] = set()
    for entry in index:
        for key in _keys(entry):
            is_exception = entry["is_exception"] and not _WITH_EXCEPTION.fullmatch(key)
            (exceptions if is_exception else licenses).add(key)
    return f"{head}{_lines(licenses)}\n{_lines(exceptions)}"


def _keys(entry: dict[str, Any]) -> Iterator[str]:
    """The SPDX ids of one entry of the index."""
    for key in (entry.get("spdx_license_key"), *entry.get("other_spdx_license_keys", ())):
        if key and _ID.fullmatch(key) and not key.startswith("LicenseRef-") and key not in _NEVER_SPDX:
            yield key


def _lines(keys: set[str]) -> str:
    return "".join(f"{key}\n" for key in sorted(keys, key=str.lower))


def _data(name: str) -> str:
    found = next(path for path in files(PACKAGE) or () if path.name == name)
    return Path(str(found.locate())).read_text(encoding="utf-8")


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: python tools/spdx.py [--check]", file=sys.stderr)
        return 2
    text = generated()
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    if arguments:
        print(f"{TARGET.name} is not what tools/spdx.py makes", file=sys.stderr)
        return 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"wrote {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

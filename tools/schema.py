"""Write the schema files that are made from the hand-written ones.

    python tools/schema.py            write them
    python tools/schema.py --check    exit 1 where one on disk differs

Hand-written are `lineage.schema.json`, `policy.schema.json` and `modelcard.source.json`. Made from them are
`modelcard.schema.json`, which holds the record and stands alone, and a draft-07 copy of each.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

VERSION = Path(__file__).resolve().parent.parent / "schema" / "1.0"
DRAFT_07 = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, Any]


def generated(directory: Path = VERSION) -> dict[str, str]:
    """Return the text of every generated file by its name."""
    lineage = _read(directory / "lineage.schema.json")
    card = bundle(_read(directory / "modelcard.source.json"), lineage)
    schemas = {
        "modelcard.schema.json": card,
        "lineage.draft-07.schema.json": draft_07(lineage),
        "modelcard.draft-07.schema.json": draft_07(card),
        "policy.draft-07.schema.json": draft_07(_read(directory / "policy.schema.json")),
    }
    return {name: _text(schema) for name, schema in schemas.items()}


def bundle(card: Schema, lineage: Schema) -> Schema:
    """Move the record and its definitions into the card's, so that no `$ref` leaves the file."""
    shared = card["$defs"].keys() & lineage["$defs"].keys()
    if shared:
        raise ValueError(f"defined in both schemas: {', '.join(sorted(shared))}")
    record = {key: value for key, value in lineage.items() if key not in ("$schema", "$id", "$defs")}
    definitions = {**card["$defs"], "Lineage": record, **lineage["$defs"]}
    return _with_refs({**card, "$defs": definitions}, {"lineage.schema.json": "#/$defs/Lineage"})


def draft_07(schema: Schema) -> Schema:
    """Say in draft-07 what `schema` says in 2020-12, which in our subset is a renaming."""
    definitions = schema["$defs"]
    refs = {f"#/$defs/{name}": f"#/definitions/{name}" for name in definitions}
    renamed = {("definitions" if key == "$defs" else key): value for key, value in schema.items()}
    renamed["$schema"] = DRAFT_07
    renamed["$id"] = schema["$id"].replace(".schema.json", ".draft-07.schema.json")
    return _with_refs(renamed, refs)


def _with_refs(schema: Schema, refs: dict[str, str]) -> Schema:
    """Return a copy of `schema` in which every `$ref` that is a key of `refs` has the value instead."""

    def copied(node: Any) -> Any:
        if isinstance(node, list):
            return [copied(item) for item in node]
        if not isinstance(node, dict):
            return node
        return {
            key: refs.get(value, value) if key == "$ref" else copied(value) for key, value in node.items()
        }

    return {key: copied(value) for key, value in schema.items()}


def _read(path: Path) -> Schema:
    schema: Schema = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _text(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: python tools/schema.py [--check]", file=sys.stderr)
        return 2
    stale = 0
    for name, text in generated().items():
        path = VERSION / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if arguments:
            print(f"{name} is not what tools/schema.py makes", file=sys.stderr)
            stale = 1
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The schemas in the command that people check YAML with."""

from __future__ import annotations

import json

from toolbox import ROOT, pip, run

SCHEMAS = ROOT / "schema" / "1.0"
TOOL = "check-jsonschema==0.39.0"


def accepts_valid_examples_and_refuses_invalid_ones() -> None:
    check = pip(TOOL) / "check-jsonschema"
    valid, invalid = (sorted((SCHEMAS / "examples" / verdict).iterdir()) for verdict in ("valid", "invalid"))
    for schema in ("lineage.schema.json", "lineage.draft-07.schema.json"):
        run(check, "--schemafile", SCHEMAS / schema, *valid)
        report = run(check, "--schemafile", SCHEMAS / schema, "-o", "json", *invalid, code=1)
        assert {error["filename"] for error in json.loads(report)["errors"]} == set(map(str, invalid))

"""The published schemas in JavaScript."""

from __future__ import annotations

from pathlib import Path

from toolbox import node, npm, run

CHECK = Path(__file__).parent.parent / "ajv" / "check.mjs"


def compiles_the_schemas_strictly_and_agrees_on_every_example() -> None:
    modules = npm("ajv@8.20.0", "yaml@2.9.1")
    run(node(), CHECK, env={"NODE_PATH": str(modules)})

"""Compiles the catalogue when the package is built, so that a run need not: see modelcard_validator/terms."""

from __future__ import annotations

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalog(BuildHookInterface[Any]):
    """Writes modelcard_validator/terms/_compiled.jsonl before the files of a wheel are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling."""
        del version, build_data
        sys.path.insert(0, self.root)
        try:
            from modelcard_validator.terms import compiler, store

            compiler.write(store.PATH)
        finally:
            sys.path.remove(self.root)

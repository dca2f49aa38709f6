"""The folder is the registry: what a package offers is what modules it holds.

Adding a rule, a format or a command is adding a file; there is no list to edit.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from types import ModuleType

from .errors import UnknownName


@cache
def names(package: str) -> tuple[str, ...]:
    """The names of a package's modules as users write them: sorted, with `-` for `_`.

    Modules that begin with an underscore are the package's own business.
    """
    (directory,) = import_module(package).__path__
    modules = (name for name in os.listdir(directory) if name.endswith(".py") and not name.startswith("_"))
    return tuple(sorted(name.removesuffix(".py").replace("_", "-") for name in modules))


def load(package: str, name: str) -> ModuleType:
    """Import one module of a package by the name that a user wrote; raises `UnknownName`."""
    if name not in names(package):
        what = package.rpartition(".")[2].removesuffix("s")
        raise UnknownName(f"there is no {what} named {name!r}", did_you_mean(name, names(package)))
    return import_module(f"{package}.{name.replace('-', '_')}")


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """The nearest of the known words as a question, or the empty string."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else ""

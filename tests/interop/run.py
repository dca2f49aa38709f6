"""Other people's tools against ours, each run as its users run it.

    python tests/interop/run.py            all checks
    python tests/interop/run.py editor     those with a word in their name

A check is a public function of a module in `checks/`; its name says what holds. It returns when that is so,
raises `Skip` where a tool cannot be had, and anything else is a failure. Tools are installed by `toolbox`,
never in the checkout.
"""

# ruff: noqa: T201  # what this prints is its result

from __future__ import annotations

import importlib
import inspect
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from toolbox import Skip

HERE = Path(__file__).parent


def checks() -> Iterator[tuple[str, Callable[[], None]]]:
    """Every check with its name, `module: what holds`."""
    for path in sorted(HERE.glob("checks/*.py")):
        module = importlib.import_module(f"checks.{path.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == module.__name__:
                yield f"{path.stem}: {name}".replace("_", " "), function


def outcome(check: Callable[[], None]) -> tuple[str, str]:
    """(passed, failed or skipped; why)."""
    try:
        check()
    except Skip as skip:
        return "skipped", str(skip)
    except AssertionError as error:
        return "failed", str(error) or traceback.format_exc()
    except Exception:
        return "failed", traceback.format_exc()
    return "passed", ""


def _end(text: str, lines: int = 60) -> str:
    """The last lines of a long text."""
    split = text.splitlines()
    return "\n".join(split if len(split) <= lines else ["…", *split[-lines:]])


def main(words: list[str]) -> int:
    """Run the checks that have one of `words` in their name; return the exit code."""
    counts: Counter[str] = Counter()
    shown = {"passed": "ok", "failed": "FAILED", "skipped": "skipped"}
    for name, check in checks():
        if words and not any(word in name for word in words):
            continue
        started = time.monotonic()
        result, why = outcome(check)
        counts[result] += 1
        took = f" ({time.monotonic() - started:.1f} s)"
        print(f"{shown[result]} {name}" + (f": {_end(why)}" if why else took), flush=True)
    print(", ".join(f"{counts[result]} {result}" for result in shown))
    return int(counts["failed"] > 0 or not counts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

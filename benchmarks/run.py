"""Speed as paired ratios against the peers, on an installed wheel: `make bench`.

Every figure is CPU time (user + system) of whole processes, or of a loop in one process. Commands are run
in turn, A B C A B C …, so that a drift of the machine's speed meets all of them; the ratio is taken pair by
pair and its median is printed. Budgets are those of docs/performance.md. Exit code 1 when one is exceeded.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CARDS = ROOT / "benchmarks" / "cards"
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
MANY = 300
PEERS = ["yamllint", "check-jsonschema", "huggingface_hub"]


@dataclass(frozen=True)
class Budget:
    """At most `limit` times what the peer needs."""

    what: str
    ours: str
    peer: str
    limit: float


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        tools = install(Path(scratch))
        print(f"{ROUNDS} rounds, {os.cpu_count()} processors, Python {sys.version.split()[0]}\n")
        return report(*measure(tools, Path(scratch)))


def install(scratch: Path) -> Path:
    """A fresh environment with our wheel, byte-compiled, and the peers; its bin directory."""
    run = subprocess.check_call
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(scratch)], cwd=ROOT, stdout=2)
    run([sys.executable, "-m", "venv", str(scratch / "venv")])
    bin = scratch / "venv" / "bin"
    (wheel,) = scratch.glob("*.whl")
    pip = [str(bin / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--compile", str(wheel), *PEERS])
    return bin


def measure(tools: Path, scratch: Path) -> tuple[dict[str, list[float]], list[Budget]]:
    """CPU seconds of each command in each round, and the budgets over them."""
    schema = ROOT / "schema" / "1.0" / "modelcard.schema.json"
    check_schema = [str(tools / "check-jsonschema"), "--schemafile", str(schema)]
    modelcard = [str(tools / "modelcard"), "validate", "--fail-on", "never"]
    commands: dict[str, list[str]] = {"python": [str(tools / "python"), "-c", "pass"]}
    budgets: list[Budget] = []
    for card in sorted(CARDS.glob("*.md")):
        name = card.stem
        yaml = scratch / f"{name}.yaml"
        yaml.write_text(card.read_text().split("---\n")[1])
        copies = [copy_of(card, scratch, index) for index in range(MANY)]
        yamls = [copy_of(yaml, scratch, index) for index in range(MANY)]
        commands |= {
            f"modelcard {name}": [*modelcard, str(card)],
            f"yamllint {name}": [str(tools / "yamllint"), "-d", "relaxed", str(yaml)],
            f"check-jsonschema {name}": [*check_schema, str(yaml)],
            f"modelcard {name} x{MANY}": [*modelcard, *copies],
            f"check-jsonschema {name} x{MANY}": [*check_schema, *yamls],
        }
        for tool, loop in LOOPS.items():
            in_process = [str(tools / "python"), "-c", loop, str(card)]
            commands |= {
                f"{tool} {name} x1": [*in_process, "1"],
                f"{tool} {name} x{MANY}": [*in_process, str(MANY)],
            }
        budgets += [
            Budget("one small card, whole process", f"modelcard {name}", f"yamllint {name}", 1.3),
            Budget("one small card, whole process", f"modelcard {name}", f"check-jsonschema {name}", 0.4),
            Budget("each further card", f"modelcard {name} +", f"check-jsonschema {name} +", 0.15),
            Budget("each further text", f"validate_text {name} +", f"ModelCard {name} +", 0.3),
        ]
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        cpu_seconds(command)  # warm the caches
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(cpu_seconds(command))
    for card in sorted(CARDS.glob("*.md")):
        singles = {"modelcard": "", "check-jsonschema": "", **dict.fromkeys(LOOPS, " x1")}
        for tool, single in singles.items():
            many = times[f"{tool} {card.stem} x{MANY}"]
            one = times[f"{tool} {card.stem}{single}"]
            times[f"{tool} {card.stem} +"] = [(b - a) / (MANY - 1) for a, b in zip(one, many, strict=True)]
    return times, budgets


LOOPS = {
    "validate_text": """
import sys
from modelcard_validator import validate_text
text = open(sys.argv[1]).read()
for _ in range(int(sys.argv[2])):
    validate_text(text)
""",
    "ModelCard": """
import sys
from huggingface_hub import ModelCard
text = open(sys.argv[1]).read()
for _ in range(int(sys.argv[2])):
    ModelCard(text)
""",
}
"""The same from a text in memory, as huggingface_hub does it."""


def copy_of(path: Path, scratch: Path, index: int) -> str:
    """The same card again under its own directory, so that it is read as one of many."""
    copy = scratch / "many" / path.stem / str(index) / path.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(path.read_bytes())
    return str(copy)


def cpu_seconds(command: list[str]) -> float:
    """User and system time of a command and of its children."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command[:4])}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def report(times: dict[str, list[float]], budgets: list[Budget]) -> int:
    print(f"{'command':<34} {'median ms':>10} {'min':>9} {'max':>9}")
    for name, values in times.items():
        low, middle, high = min(values), statistics.median(values), max(values)
        print(f"{name:<34} {1000 * middle:>10.3f} {1000 * low:>9.3f} {1000 * high:>9.3f}")
    print(f"\n{'budget':<32} {'ours / peer':<52} {'ratio':>6} {'limit':>6}")
    exceeded = 0
    for budget in budgets:
        ratios = [a / b for a, b in zip(times[budget.ours], times[budget.peer], strict=True)]
        ratio = statistics.median(ratios)
        exceeded += ratio > budget.limit
        verdict = "met" if ratio <= budget.limit else "EXCEEDED"
        pair = f"{budget.ours} / {budget.peer}"
        print(f"{budget.what:<32} {pair:<52} {ratio:>6.3f} {budget.limit:>6.2f}  {verdict}")
    return int(exceeded > 0)


if __name__ == "__main__":
    sys.exit(main())

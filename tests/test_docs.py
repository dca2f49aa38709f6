"""What the documentation says is what the tool does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("generator", ["docs", "schema", "spdx"])
def test_generated_files_are_up_to_date(generator: str) -> None:
    if generator == "spdx":
        pytest.importorskip("license_expression", reason="the ids come from the package license-expression")
    command = [sys.executable, f"tools/{generator}.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", ["README.md", "docs/policies.md", "docs/own-texts.md"])
def test_page_shows_what_the_command_prints(page: str) -> None:
    """Each console block that begins with `$ modelcard` is a beginning of that command's real output."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n\$ modelcard (.+)\n((?:.*\n)*?)```", text)
    assert blocks
    for arguments, shown in blocks:
        command = [sys.executable, "-m", "modelcard_validator", *arguments.split()]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert shown in done.stdout


def test_policies_are_shown_as_they_are() -> None:
    page = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8")
    shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    files = (ROOT / "examples" / "policies").iterdir()
    assert sorted(shown) == sorted(path.read_text(encoding="utf-8") for path in files)


def test_own_text_is_shown_as_it_is() -> None:
    page = (ROOT / "docs" / "own-texts.md").read_text(encoding="utf-8")
    example = ROOT / "examples" / "catalog" / "acme-data-agreement.yaml"
    assert f"```yaml\n{example.read_text(encoding='utf-8')}```" in page


def test_catalogue_page_is_short_enough_to_open() -> None:
    assert (ROOT / "docs" / "catalog.md").stat().st_size < 150_000


def test_readme_record_is_valid() -> None:
    from modelcard_validator import Verdict, validate_text

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (record,) = re.findall(r"```yaml\n(lineage:\n.*?)```", readme, re.DOTALL)
    assert validate_text(f"---\nlicense: llama3.1\n{record}---\n").verdict is Verdict.OK


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=lambda p: p.name
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target

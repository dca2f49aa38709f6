"""SPDX expressions: what is one, what it says, and that nothing in it makes reading slow or deep."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from modelcard_validator import spdx
from modelcard_validator.spdx import Compound, Term

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("MIT", Term("MIT")),
        ("GPL-2.0+", Term("GPL-2.0", or_later=True)),
        ("DocumentRef-a:LicenseRef-b", Term("DocumentRef-a:LicenseRef-b")),
        (
            "GPL-2.0-only WITH Classpath-exception-2.0",
            Term("GPL-2.0-only", exception="Classpath-exception-2.0"),
        ),
        ("MIT AND ISC AND Zlib", Compound("AND", (Term("MIT"), Term("ISC"), Term("Zlib")))),
        ("MIT or ISC", Compound("OR", (Term("MIT"), Term("ISC")))),
        (
            "MIT OR ISC AND Zlib",
            Compound("OR", (Term("MIT"), Compound("AND", (Term("ISC"), Term("Zlib"))))),
        ),
        (
            " (MIT OR ISC)AND Zlib ",
            Compound("AND", (Compound("OR", (Term("MIT"), Term("ISC"))), Term("Zlib"))),
        ),
    ],
)
def test_reads_expressions(text: str, expression: spdx.Expression) -> None:
    assert spdx.parse(text) == expression


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "()",
            "AND",
            "MIT AND",
            "AND MIT",
            "MIT And ISC",
            "MIT ISC",
            "MIT, ISC",
            "MIT/ISC",
            "(MIT",
            "MIT)",
        ),
        *("MIT WITH", "(MIT OR ISC) WITH x", "Apache 2.0", "MIT AND (", "a:b", "MIT ++", "MIT_0", "MÍT"),
        *("(" * 40 + "MIT" + ")" * 40, "M" * 2001, " OR ".join(["MIT"] * 400)),
    ],
)
def test_refuses_everything_else(text: str) -> None:
    assert spdx.parse(text) is None


def test_knows_ids_in_any_case_and_those_that_spdx_gave_up() -> None:
    for id in ("mit", "GPL-2.0", "gpl-2.0+", "BUSL-1.1", "GPL-2.0-with-classpath-exception"):
        assert spdx.license_id(id) is not None
    for id in ("GPL", "apache", "llama3.1", "Classpath-exception-2.0", "LicenseRef-acme", "#", ""):
        assert spdx.license_id(id) is None


def test_the_list_is_what_its_tool_makes() -> None:
    package = pytest.importorskip("license_expression").__name__.replace("_", "-")
    made_from = (ROOT / "modelcard_validator" / "spdx_ids.txt").read_text().splitlines()[1]
    if f"{package} {version(package)} " not in made_from:
        pytest.skip(f"the list was made from another version of {package}")
    tool = ROOT / "tools" / "spdx.py"
    result = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_agrees_with_license_expression() -> None:
    peer = pytest.importorskip("license_expression").get_spdx_licensing()
    for text in (
        "MIT AND (Apache-2.0 OR BSD-3-Clause)",
        "GPL-2.0-only WITH Classpath-exception-2.0 OR MIT",
        "LicenseRef-acme AND MIT",
        "acme-open OR MIT",
        "MIT AND acme-a AND acme-b",
    ):
        ours = spdx.parse(text)
        assert ours is not None
        strange = {key for key in spdx.strangers(ours) if not key.startswith("LicenseRef-")}
        assert strange == {
            key for key in peer.unknown_license_keys(text) if not key.startswith("LicenseRef-")
        }
        assert len(list(spdx.terms(ours))) == len(peer.license_keys(text, unique=False)) - text.count("WITH")

"""From paths to cards: which files belong together, which are passed over, and what is said of the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from modelcard_validator import discover
from modelcard_validator.errors import UnreadableInput

CARD = "---\nlicense: mit\n---\n"
TEXT = "# No metadata\n"
RECORD = 'lineage_version: "1.0"\n'


def made(directory: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text)


def cards(*paths: str) -> list[tuple[str, ...]]:
    """The files of each card, as reports call them."""
    trouble: list[UnreadableInput] = []
    found = [
        tuple(document.path for document in card.documents) for card in discover.load(paths, trouble.append)
    ]
    assert not trouble
    return found


FOUND: dict[str, tuple[dict[str, str], list[str], list[tuple[str, ...]]]] = {
    # Which files there are, which paths are named, which cards they make.
    "README": ({"README.md": CARD}, ["."], [("README.md",)]),
    "README and side file": (
        {"x.lineage.yaml": RECORD, "README.md": CARD},
        ["."],
        [("README.md", "x.lineage.yaml")],
    ),
    "side file alone": ({"x.lineage.json": "{}"}, ["."], [("x.lineage.json",)]),
    "README by its name brings its side file": (
        {"x.lineage.yml": RECORD, "README.md": CARD},
        ["README.md"],
        [("README.md", "x.lineage.yml")],
    ),
    "side file by its name brings its README": (
        {"a/x.lineage.yaml": RECORD, "a/README.md": CARD},
        ["a/x.lineage.yaml"],
        [("a/README.md", "a/x.lineage.yaml")],
    ),
    "both named are one card": (
        {"x.lineage.yaml": RECORD, "README.md": CARD},
        ["x.lineage.yaml", "README.md"],
        [("README.md", "x.lineage.yaml")],
    ),
    "file of another name stands alone": (
        {"card.md": CARD, "x.lineage.yaml": RECORD},
        ["card.md"],
        [("card.md",)],
    ),
    "MODEL_CARD only without a README": (
        {"a/MODEL_CARD.md": CARD, "b/MODEL_CARD.md": CARD, "b/README.md": CARD},
        ["."],
        [("a/MODEL_CARD.md",), ("b/README.md",)],
    ),
    "other files are none": ({"README.txt": CARD, "x.yaml": RECORD, "lineage.yaml": RECORD}, ["."], []),
    "model directories beneath, by name": (
        {"b/README.md": CARD, "a/c/README.md": CARD, "a/README.md": TEXT},
        ["."],
        [("a/c/README.md",), ("b/README.md",)],
    ),
    "nothing beneath a card": ({"README.md": CARD, "a/README.md": CARD}, ["."], [("README.md",)]),
    "text alone is a card that says nothing": ({"README.md": TEXT, "a/x.txt": ""}, ["."], [("README.md",)]),
    "a card beneath text": ({"README.md": TEXT, "a/README.md": CARD}, ["."], [("a/README.md",)]),
    "what cannot be read is a card": (
        {"README.md": "---\na: b\n", "a/README.md": CARD},
        ["."],
        [("README.md",)],
    ),
    "hidden and foreign directories": (
        {".git/README.md": CARD, "node_modules/x/README.md": CARD, "a/README.md": CARD},
        ["."],
        [("a/README.md",)],
    ),
    "hidden directory by its name": ({".x/README.md": CARD}, [".x"], [(".x/README.md",)]),
    "each once, in the order of paths": (
        {"a/README.md": CARD, "b/README.md": CARD},
        ["b", "a/README.md", ".", "./b/", "a//README.md", "a/../b"],
        [("b/README.md",), ("a/README.md",)],
    ),
    "names in any case": ({"X.Lineage.YAML": RECORD, "readme.md": CARD}, ["."], [("X.Lineage.YAML",)]),
}


@pytest.mark.parametrize("why", FOUND)
def test_cards_at_paths(why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, paths, found = FOUND[why]
    made(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    assert cards(*paths) == found


@pytest.mark.parametrize("path", ["./README.md", "README.md", ".//README.md"])
def test_one_file_has_one_name(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fingerprints hold the name: a baseline must not depend on how a path is typed."""
    made(tmp_path, {"README.md": CARD})
    monkeypatch.chdir(tmp_path)
    assert cards(path) == [("README.md",)]


def test_links_to_directories_are_followed_only_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, {"model/README.md": CARD})
    (tmp_path / "link").symlink_to("model")
    (tmp_path / "model" / "loop").symlink_to("..")
    monkeypatch.chdir(tmp_path)
    assert cards(".") == [("model/README.md",)]
    assert cards("link") == [("link/README.md",)]


def test_what_cannot_be_read_is_said_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, {"a/README.md": CARD, "b/README.md/x": "", "c/README.md": CARD})
    real = os.scandir

    def scandir(path: str) -> object:
        if path == "c":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.chdir(tmp_path)
    trouble: list[UnreadableInput] = []
    found = [card.path for card in discover.load([".", "nowhere"], trouble.append)]
    assert found == ["a/README.md"]
    assert [error.message for error in trouble] == [
        "b/README.md: not a regular file",
        "c: permission denied",
        "nowhere: no such file or directory",
    ]
    assert all(error.hint for error in trouble)


def test_file_that_disappears_while_it_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, {"a/README.md": CARD, "b/README.md": CARD})
    monkeypatch.chdir(tmp_path)
    trouble: list[UnreadableInput] = []
    monkeypatch.setattr(discover, "BATCH", 1)
    search = discover.load(["."], trouble.append)
    assert next(search).path == "a/README.md"
    (tmp_path / "b" / "README.md").unlink()
    assert list(search) == []
    assert [error.message for error in trouble] in ([], ["b/README.md: no such file or directory"])

"""The promises that the catalogue makes, one test each, over every text in it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from modelcard_validator import hub
from modelcard_validator.document import read
from modelcard_validator.terms import compiler, lint, texts
from modelcard_validator.terms.texts import Text

TERMS = Path(compiler.HERE)
FILES = sorted((TERMS / "catalog").glob("*.yaml"))
SHARED = Path(os.environ.get("MODELCARD_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "terms"
VOCABULARY = compiler.load(str(TERMS / "vocabulary.yaml"))
ALL = [found for id in texts.ids() if (found := texts.text(id)) is not None]
"""Every text; a parametrised test names the one that breaks a promise."""
each_text = pytest.mark.parametrize("text", ALL, ids=lambda text: text.id)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_named_for_its_text(path: Path) -> None:
    assert compiler.load(str(path))["id"] == path.stem


@cache
def problems() -> dict[str, list[lint.Problem]]:
    found: dict[str, list[lint.Problem]] = {}
    for problem in lint.problems([read(path.read_bytes(), str(path)) for path in FILES], VOCABULARY):
        found.setdefault(problem.path, []).append(problem)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_wrong(path: Path) -> None:
    """What test_own_catalog.py shows to be found: among it a fact without clause and confidence, a text
    without source, date and SHA-256, versions that overlap, an alias that is not unique."""
    assert str(path) not in problems()


@pytest.mark.parametrize("id", sorted(hub.LICENSES))
def test_hub_id_resolves(id: str) -> None:
    """To a text, or to an entry that says it has none: those can never make a violation."""
    found = [text for name in texts.named(id) if (text := texts.text(name)) is not None]
    assert found
    for text in found:
        assert text.is_read or not any(fact.is_stated for fact in text.facts), text.id


def test_shared_names_are_names() -> None:
    """A name that nothing needs any more would let the next text share it."""
    for name, sharing in VOCABULARY["shared_names"].items():
        assert {id.partition("@")[0] for id in texts.named(name)} == set(sharing), name


@each_text
def test_quoted_words_stand_in_the_text(text: Text) -> None:
    """Display strings, prefixes and notices, word for word."""
    data = compiler.load(str(TERMS / "catalog" / f"{text.id}.yaml"))
    stored = [SHARED / "texts" / f"{source['text']}.txt" for source in data.get("sources", ())]
    if not any(path.exists() for path in stored):
        pytest.skip("the texts are not at hand")
    words = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in stored if path.exists())
    for name in ("duty.display", "duty.name_prefix", "duty.notice"):
        for fact in text.all(name):
            value = str(fact.value)
            if fact.is_stated and value not in VOCABULARY["facts"][name]["values"]:
                assert _plain(value) in _plain(words), (name, value)


def _plain(text: str) -> str:
    for fancy, plain in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'"), ("\\", "")):
        text = text.replace(fancy, plain)
    return " ".join(text.split())

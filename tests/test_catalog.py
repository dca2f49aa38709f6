"""The promises that the catalogue makes, one test each, over every text in it."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from modelcard_validator import hub
from modelcard_validator.terms import compiler, store, texts
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


@each_text
def test_facts_are_of_the_vocabulary(text: Text) -> None:
    assert text.kind in VOCABULARY["kinds"]
    assert text.read in VOCABULARY["read"]
    assert set(text.channels) <= set(VOCABULARY["channels"])
    for fact in text.facts:
        entry = VOCABULARY["facts"][fact.name]
        assert fact.confidence in VOCABULARY["confidence"], fact.name
        assert set(fact.triggers) <= set(VOCABULARY["triggers"]), fact.name
        assert set(fact.more) <= set(VOCABULARY["qualifiers"]), fact.name
        values = fact.value if isinstance(fact.value, list) else [fact.value]
        allowed = entry.get("values")
        if allowed is not None and not entry.get("wording"):
            assert all(isinstance(value, dict) or value in allowed for value in values), fact
    assert text.silent <= set(VOCABULARY["facts"])


@each_text
def test_no_fact_without_clause_and_confidence(text: Text) -> None:
    for fact in text.facts:
        if fact.is_stated:
            assert fact.clause, fact.name
            assert fact.says, fact.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_text_without_source_date_and_sha256(path: Path) -> None:
    data = compiler.load(str(path))
    if data["read"] in ("full", "partial"):
        assert data["sources"]
    for source in data.get("sources", ()):
        assert len(source["sha256"]) == 64
        assert source["retrieved"]


def test_versions_of_one_text_do_not_overlap() -> None:
    versions: dict[tuple[str, tuple[str, ...]], list[Text]] = {}
    for text in ALL:
        if text.effective:
            versions.setdefault((text.short_id, text.territory), []).append(text)
    for found in versions.values():
        for older, newer in pairwise(sorted(found, key=lambda text: text.effective or "")):
            assert older.until is None or older.until < (newer.effective or ""), (older.id, newer.id)


@pytest.mark.parametrize("id", sorted(hub.LICENSES))
def test_hub_id_resolves(id: str) -> None:
    """To a text, or to an entry that says it has none: those can never make a violation."""
    found = [text for name in texts.named(id) if (text := texts.text(name)) is not None]
    assert found
    for text in found:
        assert text.is_read or not any(fact.is_stated for fact in text.facts), text.id


def test_every_name_is_of_one_text() -> None:
    """But for versions of one text, and for families."""
    for name in store.default().keys("names"):
        found = {id.partition("@")[0] for id in texts.named(name)}
        assert len(found) == 1 or _is_shared(name, found), (name, found)


def _is_shared(name: str, ids: set[str]) -> bool:
    """A link or an SPDX id that several texts truly share."""
    shared: dict[str, Any] = VOCABULARY["shared_names"]
    return ids <= set(shared.get(name, ()))


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

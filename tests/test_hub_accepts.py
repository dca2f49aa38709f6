"""What the Hub accepts is never called wrong: every licence id, every relation, every form of every key.

The cards are made from our own lists; where the Hub's documents are at hand, the lists are compared with
them.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from modelcard_validator import hub, schema, validate_text
from modelcard_validator.finding import Finding, Severity

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MODELCARD_SHARED", ROOT.parent / "shared")) / "data" / "hub"
SPECIFICATION = ROOT / "schema" / schema.CURRENT / "SPEC.md"

TEXT = {"library_name": "transformers", "pipeline_tag": "text-generation", "new_version": "acme/chat-v2"}
FORMS: dict[str, tuple[Any, ...]] = {
    **{key: (value,) for key, value in TEXT.items()},
    "language": ("en", ["en", "zh-Hans", "code", "multilingual"]),
    "license": ("mit", ["mit"]),
    "license_name": ("acme-community-license",),
    "license_link": ("LICENSE", "LICENSE.md", "https://example.com/license"),
    "tags": (["chat", "base_model:adapter:acme/base", "arxiv:2307.09288", "license:mit"], "chat", []),
    "datasets": (["acme/chats", "squad_v2"], "acme/chats", []),
    "buckets": (["acme/checkpoints"],),
    "metrics": (["wer", "accuracy"], "wer"),
    "base_model": ("acme/base", "gpt2", ["acme/base"], ["acme/base", "acme/other-base"], []),
    "base_model_relation": tuple(sorted(hub.RELATIONS)),
    "base_model_sources": ([{"name": "Base", "repo_url": "https://huggingface.co/acme/base"}],),
    "dataset_sources": ([{"name": "Chats", "organization": "Acme", "version": "1.0"}],),
    "finetuned_from": ("acme/base",),
    "model-index": ([{"name": "chat", "results": []}], []),
    "thumbnail": ("https://example.com/picture.png",),
    "widget": ([{"text": "Good morning."}],),
    "inference": (True, False, {"parameters": {"temperature": 0.7}}),
    "co2_eq_emissions": (12, 1.5, {"emissions": 12, "source": "CodeCarbon"}),
    "mask_token": ("[MASK]",),
    "instance_prompt": ("a photo of <s0> in {style}",),
    "description": ("A small model for {{ user }}.",),
    "extra_gated_prompt": ("You agree to cite the paper.",),
    "extra_gated_fields": (
        {"Company": "text", "Day": "date_picker", "Use": {"type": "select", "options": ["Yes", "No"]}},
    ),
    "extra_gated_heading": ("Accept the licence",),
    "extra_gated_description": ("We answer within two days.",),
    "extra_gated_button_content": ("Accept",),
    "extra_gated_eu_disallowed": (True, False),
    "gated": (True, False, "auto", "manual"),
    "lineage": ({"lineage_version": "1.0", "model": {"id": "acme/chat"}},),
}
"""Every key in each form that the Hub takes."""


def warnings_at(card: dict[str, Any], key: str) -> set[str]:
    """The rules that warn of `key` on a card; none may find an error anywhere."""
    text = f"---\n{json.dumps(card, indent=1)}\n---\n# Acme chat\n"
    findings = validate_text(text, "README.md").findings
    assert not [finding.message for finding in findings if finding.severity is Severity.ERROR]
    return {finding.rule for finding in findings if _is_at(finding, key)}


def _is_at(finding: Finding, key: str) -> bool:
    pointer = finding.location.pointer or ""
    return finding.severity is not Severity.NOTE and pointer.split("/")[1:2] == [key]


@pytest.mark.parametrize("id", sorted(hub.LICENSES))
def test_licence_ids(id: str) -> None:
    expected = {"license-family"} if id in hub.FAMILIES else set()
    bare = {"license-other-without-text"} if id == "other" else expected
    named = {"license_name": "acme-open", "license_link": "LICENSE"} if id == "other" else {}
    assert warnings_at({"license": id}, "license") == bare
    assert warnings_at({"license": [id], **named}, "license") == expected
    record = {
        "lineage_version": "1.0",
        "model": {"id": "acme/chat", "license": {"id": id, "file": "LICENSE"}},
    }
    assert warnings_at({"license": id, "lineage": record}, "license") <= expected
    assert warnings_at({"license": id, "lineage": record}, "lineage") == expected


@pytest.mark.parametrize("relation", sorted(hub.RELATIONS))
def test_relations(relation: str) -> None:
    bases = ["acme/base", "acme/other-base"] if relation == "merge" else ["acme/base"]
    card = {"license": "mit", "base_model": bases, "base_model_relation": relation}
    assert warnings_at(card, "base_model_relation") == set()
    for ours in hub.COVERS[relation] | {"other", "unknown"}:
        sources = [{"model": {"id": id}, "relation": ours} for id in bases]
        record = {"lineage_version": "1.0", "model": {"id": "acme/chat"}, "derived_from": sources}
        assert warnings_at({**card, "lineage": record}, "base_model_relation") == set()


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key in sorted(FORMS) for value in (*FORMS[key], None)]
)
def test_forms_of_keys(key: str, value: Any) -> None:
    card: dict[str, Any] = {"license": "mit", key: value}
    if key == "base_model_relation":
        card["base_model"] = ["acme/base", "acme/other-base"][: 1 + (value == "merge")]
    if key in ("license_name", "license_link"):
        card["license"] = "other"
        card["license_name"] = "acme-open"
    if key == "lineage" and value is None:
        return  # an empty record is no matter of the Hub
    expected = {"license-missing"} if key == "license" and value is None else set()
    # What a dataset's own licence asks for is no matter of the form in which it is named.
    assert {slug for slug in warnings_at(card, key) if not slug.endswith("-data")} == expected


def test_every_key_is_tried() -> None:
    assert FORMS.keys() == hub.KEYS


def test_our_lists_are_those_of_the_schemas() -> None:
    definitions = schema.load_schema(name="modelcard")["$defs"]
    assert set(definitions["HubLicense"]["enum"]) == hub.LICENSES
    assert set(definitions["HubRelation"]["enum"]) == hub.RELATIONS == hub.COVERS.keys()
    assert schema.load_schema(name="modelcard")["properties"].keys() == hub.KEYS
    assert set().union(*hub.COVERS.values()) < set(definitions["Relation"]["enum"])


def test_our_relations_are_those_of_the_specification() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ((?:`[\w-]+` ?)+)\|$", SPECIFICATION.read_text(), re.MULTILINE)
    table = {hubs: frozenset(re.findall(r"[\w-]+", ours)) for hubs, ours in rows if hubs in hub.RELATIONS}
    assert table == hub.COVERS


@pytest.mark.skipif(not SHARED.is_dir(), reason="the Hub's documents are not here")
def test_our_lists_are_those_of_the_hub() -> None:
    ids = set((SHARED / "hf_license_ids.txt").read_text().split())
    table = (SHARED / "spec" / "repositories-licenses.md").read_text()
    assert ids == set(re.findall(r"^\|[^|]+\| `([^`]+)` +\|", table, re.MULTILINE)) == hub.LICENSES
    families = re.findall(r"^\|[^|]+ family +\| `([^`]+)` +\|", table, re.MULTILINE)
    assert set(families) == hub.FAMILIES | {"odbl", "odc-by"}  # of these two there is one version only
    documents = [path.read_text() for path in (SHARED / "spec").glob("model*.md")]
    keys = {key for text in documents for key in re.findall(r"^(extra_gated_\w+|base_model\w*):", text, re.M)}
    assert keys <= hub.KEYS
    card = (SHARED / "spec" / "modelcard.md").read_text().split("\n---\n")[0]
    assert set(re.findall(r"^([a-z_-]+):", card, re.MULTILINE)) <= hub.KEYS
    stated = re.search(
        r"\(`([^`]+)`\) but you can also set it", (SHARED / "spec" / "model-cards.md").read_text()
    )
    assert stated is not None
    assert set(re.findall(r"\w+", stated[1])) == hub.RELATIONS

"""Records at random, of sources that the catalogue knows and of some that it does not."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from modelcard_validator.card import Card, card_of
from modelcard_validator.document import read_text
from modelcard_validator.engine import CardReport, judge
from modelcard_validator.finding import Finding, Kind
from modelcard_validator.rules import all_rules

Json = dict[str, Any]

PERMISSIVE = ["apache-2.0", "mit", "cc-by-4.0", "odc-by", "openmdw-1.0"]
SHARE_ALIKE = [
    "gpl-3.0",
    "gpl-2.0",
    "agpl-3.0",
    "cc-by-sa-4.0",
    "cc-by-nc-sa-4.0",
    "cdla-sharing-1.0",
    "soml-1.0",
]
LIMITED = [
    "cc-by-nc-4.0",
    "cc-by-nc-nd-4.0",
    "apple-amlr",
    "fair-noncommercial-research-license",
    "exaone-1.1-nc",
]
FAMILIES = [
    "llama2",
    "llama3",
    "llama3.1",
    "llama3.3",
    "gemma",
    "gemma@2024-04-01",
    "gemma-4",
    "qwen-research",
]
RAILS = [
    "creativeml-openrail-m",
    "bigcode-openrail-m",
    "bigscience-bloom-rail-1.0",
    "deepseek-1.0",
    "stability-svd",
]
IDS = [*PERMISSIVE, *SHARE_ALIKE, *LIMITED, *FAMILIES, *RAILS]
STRANGE = ["other", "unknown", "LicenseRef-acme"]
TERMS = [
    *("gpl-3.0-or-later", "MIT OR GPL-3.0-only", "cc-by-nc-4.0 AND LicenseRef-llama3.1", "gpl", "cc"),
    *("Apache-2.0 OR CC-BY-NC-4.0", "LicenseRef-llama3 OR LicenseRef-gemma", "MIT AND LicenseRef-acme"),
]

MODELS = [
    *(
        "meta-llama/Llama-2-7b-hf",
        "meta-llama/Meta-Llama-3-8B",
        "meta-llama/Llama-3.2-1B",
        "google/gemma-2-9b",
    ),
    *("mistralai/Mistral-7B-v0.1", "Qwen/Qwen2.5-3B", "databricks/dbrx-base", "Phind/Phind-CodeLlama-34B-v2"),
    *("facebook/opt-1.3b", "01-ai/Yi-34B", "stabilityai/stable-diffusion-2-1", "deepseek-ai/DeepSeek-R1"),
    *("stranger/Model-7B", "acme/Base-7B", "other/Merge-7B"),
]
DATASETS = [
    *("tatsu-lab/alpaca", "yahma/alpaca-cleaned", "vicgalle/alpaca-gpt4", "openbmb/UltraFeedback"),
    *("HuggingFaceH4/ultrafeedback_binarized", "Open-Orca/SlimOrca", "allenai/tulu-3-sft-mixture"),
    *("HuggingFaceTB/smoltalk", "HuggingFaceH4/no_robots", "databricks/databricks-dolly-15k", "allenai/c4"),
    *("anon8231489123/ShareGPT_Vicuna_unfiltered", "wikimedia/wikipedia", "facebook/anli"),
    *("stranger/set", "acme/set-a", "acme/set-b"),
]
HOSTED = [
    *(("gpt-4o-2024-08-06", "openai"), ("gpt-4", "openai"), ("claude-3-opus-20240229", "anthropic")),
    *(("grok-4", "xai"), ("gemini-2.5-pro", "google"), ("mistral-large-2402", "mistral")),
    *(("deepseek-chat", "deepseek"), ("lfm-7b", "liquid"), ("nobody-1", "nobody")),
]
PROVIDERS = ["openai", "anthropic", "xai", "google", "mistral", "meta"]
SIGNALS = ["outputs", "logits", "hidden-states", "preferences", "rewards", "filtering"]
PURPOSES = ["imitate", "augment", "align", "label"]
RELATIONS = [
    *(
        "finetune",
        "continued-pretraining",
        "adapter",
        "merge",
        "quantized",
        "converted",
        "pruned",
        "component",
    ),
]
SERVED = ["api", "enterprise", "consumer-app", "cloud", "router"]
DATES = ["2023-06-01", "2024-02-20", "2024-12-01", "2025-07-01", "2026-02-01", "2026-08-20"]
LIFTS = ["output-use", "commercial-use", "derivation", "redistribution", "relicensing", "territory"]
WAYS = ["open-weights", "open-weights", "open-weights", "gated-weights", "product", "service", "internal"]


def chosen(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


def sometimes(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def mostly(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return strategy | strategy | strategy | st.none()


def with_some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """A mapping without the fields that came out as None."""
    drawn = st.fixed_dictionaries(fields)
    return drawn.map(lambda found: {key: value for key, value in found.items() if value is not None})


licenses = st.builds(
    lambda name, day: {"id": name} if day is None else {"id": name, "effective": day},
    st.sampled_from(IDS) | st.sampled_from([*IDS, *STRANGE, *TERMS]),
    st.none() | st.none() | st.sampled_from(DATES),
)
windows = st.sampled_from(DATES).map(lambda day: {"from": day, "to": day})
sources = with_some(
    model=st.sampled_from(MODELS).map(lambda name: {"id": name}),
    relation=mostly(st.sampled_from([*RELATIONS, "unknown"])),
    license=mostly(licenses),
    obtained=sometimes(st.sampled_from(DATES)),
)
paths = st.lists(
    chosen("acme/set-a", "acme/set-b", "stranger/set", "tatsu-lab/alpaca"), max_size=2, unique=True
)
signals = st.lists(st.sampled_from(SIGNALS), min_size=1, max_size=2, unique=True)
_hosted = with_some(
    model=st.sampled_from(HOSTED).map(lambda one: {"name": one[0], "provider": one[1]}),
    signal=mostly(signals),
    purpose=sometimes(st.sampled_from(PURPOSES)),
    access=mostly(st.sampled_from([*SERVED, "third-party", "own", "unknown"])),
    collected=mostly(windows),
    through=sometimes(paths),
)
_open = with_some(
    model=st.sampled_from(MODELS).map(lambda name: {"id": name}),
    signal=mostly(signals),
    purpose=sometimes(st.sampled_from(PURPOSES)),
    access=sometimes(chosen("open-weights", "third-party", "unknown")),
    terms=mostly(licenses),
    collected=sometimes(windows),
    through=sometimes(paths),
)
teachers = _hosted | _open
datasets = with_some(
    dataset=st.sampled_from(DATASETS).map(lambda name: {"id": name}),
    license=sometimes(licenses),
    stage=sometimes(chosen("sft", "pretraining", "preference", "calibration")),
    derived_from=sometimes(st.lists(st.sampled_from(DATASETS), max_size=2, unique=True)),
    acquisition=sometimes(chosen({"basis": "license"}, {"basis": "own"})),
)
_covered = (
    with_some(teacher=st.sampled_from([name for name, _ in HOSTED] + MODELS), through=sometimes(paths))
    | st.builds(lambda name: {"source": name}, st.sampled_from(MODELS))
    | st.builds(lambda name: {"dataset": name}, st.sampled_from(DATASETS))
)
grantors = [*PROVIDERS, "meta-llama", "stranger", "tatsu-lab", "Free Software Foundation", "Creative Commons"]
permissions = st.fixed_dictionaries(
    {
        "from": st.sampled_from(grantors),
        "covers": st.lists(_covered, min_size=1, max_size=3),
        "lifts": st.lists(st.sampled_from(LIFTS), min_size=1, max_size=3, unique=True),
    }
)
scopes = with_some(
    general_purpose=sometimes(st.booleans()),
    distribution=mostly(st.sampled_from(WAYS)),
    commercial=mostly(st.booleans()),
    competes_with=mostly(st.lists(st.sampled_from(PROVIDERS), max_size=3, unique=True)),
    modality=sometimes(chosen({"output": ["text"]}, {"output": ["label"]}, {"output": ["image"]})),
)
models = with_some(
    id=chosen("acme/Student-7B", "acme/Llama-3-Student"),
    license=mostly(licenses),
    scope=mostly(scopes),
    publisher=sometimes(chosen({"territory": ["DE"]}, {"territory": ["US"]})),
)
ancestors = with_some(
    model=st.just({"id": "stranger/Model-7B"}),
    license=sometimes(licenses),
    derived_from=sometimes(st.lists(sources, min_size=1, max_size=2)),
    taught_by=sometimes(st.lists(teachers, min_size=1, max_size=2)),
) | with_some(model=st.just({"id": "acme/Base-7B"}), taught_by=sometimes(st.lists(teachers, max_size=2)))
_further_up = datasets.map(lambda one: {key: value for key, value in one.items() if key != "stage"})
above = st.fixed_dictionaries(
    {
        "models": st.lists(ancestors, max_size=2, unique_by=lambda one: str(one["model"])),
        "datasets": st.lists(_further_up, max_size=2, unique_by=lambda one: str(one["dataset"])),
    }
)
complete = {"derived_from": "complete", "taught_by": "complete", "trained_on": "complete"}
records = with_some(
    lineage_version=st.just("1.0"),
    model=models,
    derived_from=sometimes(st.lists(sources, min_size=1, max_size=3)),
    taught_by=sometimes(st.lists(teachers, min_size=1, max_size=3)),
    trained_on=sometimes(st.lists(datasets, min_size=1, max_size=3)),
    upstream=sometimes(above),
    permissions=sometimes(st.lists(permissions, max_size=2)),
    disclosure=sometimes(st.just(complete)),
    attribution=sometimes(chosen({"display": ["Built with Llama"]}, {"license_copies": ["LICENSE.llama"]})),
)


def card(record: Json, readme: str | None = None, *, strict: bool = False) -> Card:
    documents = (read_text(readme, "README.md"),) if readme is not None else ()
    side = read_text(json.dumps(record), "x.lineage.json")
    return card_of((*documents, side))._replace(strict=strict)


def report(record: Json, readme: str | None = None, *, strict: bool = False) -> CardReport:
    return judge(card(record, readme, strict=strict), all_rules())


def weighing(found: CardReport) -> list[Finding]:
    return [one for one in found.findings if one.kind in (Kind.TERMS, Kind.DUTIES)]


def outcomes(found: CardReport) -> frozenset[Any]:
    """What is said, wherever it stands: rule and weight, and what it rests on: text, clause, trail."""
    return frozenset(
        (one.rule, one.severity)
        + (
            (one.proof.basis.terms, one.proof.basis.clause, one.proof.trail, one.proof.permission)
            if one.proof
            else ()
        )
        for one in found.findings
        if one.kind in (Kind.TERMS, Kind.DUTIES, Kind.LINEAGE)
    )


def copied(value: Json) -> Json:
    copy: Json = json.loads(json.dumps(value))
    return copy

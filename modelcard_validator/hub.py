"""What the Hugging Face Hub knows: its licence ids, relations and keys.

Licence ids: huggingface/hub-docs, docs/hub/repositories-licenses.md (June 2026). Keys: hub-docs
modelcard.md and docs/hub/{model-cards,models-gated,datasets-gated}.md. The Hub refuses a licence outside
of its list and passes keys that it does not know.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ._named_tuple import NamedTuple

LICENSES = frozenset(
    [
        "apache-2.0",
        "mit",
        "openrail",
        "bigscience-openrail-m",
        "creativeml-openrail-m",
        "bigscience-bloom-rail-1.0",
        "bigcode-openrail-m",
        "afl-3.0",
        "artistic-2.0",
        "bsl-1.0",
        "bsd",
        "bsd-2-clause",
        "bsd-3-clause",
        "bsd-3-clause-clear",
        "c-uda",
        "cc",
        "cc0-1.0",
        "cc-by-2.0",
        "cc-by-2.5",
        "cc-by-3.0",
        "cc-by-4.0",
        "cc-by-sa-3.0",
        "cc-by-sa-4.0",
        "cc-by-nc-2.0",
        "cc-by-nc-3.0",
        "cc-by-nc-4.0",
        "cc-by-nd-4.0",
        "cc-by-nc-nd-3.0",
        "cc-by-nc-nd-4.0",
        "cc-by-nc-sa-2.0",
        "cc-by-nc-sa-3.0",
        "cc-by-nc-sa-4.0",
        "cdla-sharing-1.0",
        "cdla-permissive-1.0",
        "cdla-permissive-2.0",
        "wtfpl",
        "ecl-2.0",
        "epl-1.0",
        "epl-2.0",
        "etalab-2.0",
        "eupl-1.1",
        "eupl-1.2",
        "agpl-3.0",
        "gfdl",
        "gpl",
        "gpl-2.0",
        "gpl-3.0",
        "lgpl",
        "lgpl-2.1",
        "lgpl-3.0",
        "isc",
        "h-research",
        "intel-research",
        "lppl-1.3c",
        "ms-pl",
        "apple-ascl",
        "apple-amlr",
        "mpl-2.0",
        "odc-by",
        "odbl",
        "openmdw-1.0",
        "openmdw-1.1",
        "openrail++",
        "osl-3.0",
        "postgresql",
        "ofl-1.1",
        "ncsa",
        "unlicense",
        "zlib",
        "pddl",
        "lgpl-lr",
        "deepfloyd-if-license",
        "fair-noncommercial-research-license",
        "llama2",
        "llama3",
        "llama3.1",
        "llama3.2",
        "llama3.3",
        "llama4",
        "grok2-community",
        "gemma",
        "unknown",
        "other",
    ]
)

FAMILIES = frozenset(("bsd", "cc", "gfdl", "gpl", "lgpl", "openrail"))
"""Ids of the list that name several licences at once, so that no text can be read for them."""

RELATIONS = frozenset(("adapter", "finetune", "merge", "quantized"))
"""What `base_model_relation` may say (docs/hub/model-cards.md)."""

COVERS: dict[str, frozenset[str]] = {
    "adapter": frozenset(("adapter",)),
    "merge": frozenset(("merge", "component", "expanded")),
    "quantized": frozenset(("quantized", "converted")),
    "finetune": frozenset(("finetune", "continued-pretraining", "pruned", "expanded", "edited", "component")),
}
"""The standard's relations that each of the Hub's coarser ones agrees with (SPEC.md, 8.3)."""

_SPOKEN = {
    "adapter": ("adapters", "adaptor", "dora", "lora", "loraadapter", "peft", "qlora"),
    "finetune": ("finetuned", "finetunedfrom", "finetunes", "finetuning", "fullfinetune", "sft"),
    "merge": ("merged", "mergedfrom", "merges", "merging", "modelmerge"),
    "quantized": (
        *("awq", "bnb", "exl2", "gguf", "gptq", "quant", "quantisation", "quantised", "quantization"),
        *("quantize", "quantizedfrom", "quants"),
    ),
}
SPOKEN_RELATIONS = {word: relation for relation, words in _SPOKEN.items() for word in (relation, *words)}
"""What people write for each of the Hub's relations, in small letters and without separators."""

DISTILLED = frozenset(
    (
        *("distil", "distill", "distillate", "distillation", "distilled", "distilledfrom"),
        *("knowledgedistillation", "student", "studentof", "taughtby", "teacher"),
    )
)
"""What people write, in the same form, where the Hub has no word: the base model is a teacher."""

KEYS = frozenset(
    [
        "language",
        "license",
        "license_name",
        "license_link",
        "library_name",
        "tags",
        "datasets",
        "buckets",
        "metrics",
        "base_model",
        "base_model_relation",
        "new_version",
        "pipeline_tag",
        "model-index",
        "thumbnail",
        "widget",
        "inference",
        "co2_eq_emissions",
        "mask_token",
        "instance_prompt",
        "description",
        "finetuned_from",
        "extra_gated_prompt",
        "extra_gated_fields",
        "extra_gated_heading",
        "extra_gated_description",
        "extra_gated_button_content",
        "extra_gated_eu_disallowed",
        "gated",
        "base_model_sources",
        "dataset_sources",
        "lineage",
    ]
)
"""Keys with a meaning on the Hub or, like `base_model_sources`, in the tools around it; and `lineage`."""

TEXT_KEYS = frozenset(
    (
        *("base_model_relation", "library_name", "license_link", "license_name", "new_version"),
        "pipeline_tag",
    )
)
"""Keys that hold one text."""

TEXTS_KEYS = frozenset(
    ("base_model", "buckets", "datasets", "finetuned_from", "language", "license", "metrics", "tags")
)
"""Keys that hold a text or a list of them."""


def relation_meant(word: str) -> str | None:
    """The Hub's relation that a word stands for, `taught_by` for a distillation, None for any other.

    >>> relation_meant("fine-tuned"), relation_meant("LoRA"), relation_meant("distill"), relation_meant("x")
    ('finetune', 'adapter', 'taught_by', None)
    """
    form = re.sub(r"[\s_-]+", "", word.lower())
    return "taught_by" if form in DISTILLED else SPOKEN_RELATIONS.get(form)


# The Hub's own rule for a repository's id (huggingface_hub.utils._validators.REPO_ID_REGEX): at most 96
# characters, no `--` or `..`, not ending in `.git`.
_ID = re.compile(r"(?:[A-Za-z0-9][\w\-.]*/)?[A-Za-z0-9_][\w\-.]{0,95}", re.ASCII)


@lru_cache(4096)
def is_id(value: str) -> bool:
    """Whether `value` can be the id of a repository on the Hub.

    >>> is_id("meta-llama/Llama-3.1-8B"), is_id("gpt2"), is_id("https://huggingface.co/gpt2"), is_id("a/b/c")
    (True, True, False, False)
    """
    return (
        _ID.fullmatch(value) is not None
        and "--" not in value
        and ".." not in value
        and not value.endswith((".git", ".", "-"))
    )


class RepoUrl(NamedTuple):
    """What a Hub URL leads to. `kind` is `models` or `datasets`; `revision` is None for the main branch."""

    kind: str
    id: str
    revision: str | None = None
    file: str | None = None


_URL = r"(?:(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/|hf:(?://)?)([^?#\s]+)(?:[?#]\S*)?"
_VIEWS = frozenset(("tree", "blob", "resolve", "raw"))
_NO_OWNERS = frozenset(
    (
        *("api", "blog", "buckets", "chat", "collections", "docs", "learn", "organizations", "papers"),
        *("posts", "pricing", "settings", "spaces", "tasks"),
    )
)


def repo_of_url(url: str) -> RepoUrl | None:
    """The model or dataset that a Hub URL leads to, or None.

    `https://huggingface.co/name` is None: it may be a model of the first days, and may be a person.

    >>> repo_of_url("https://huggingface.co/datasets/acme/set/tree/v2")
    RepoUrl(kind='datasets', id='acme/set', revision='v2', file=None)
    >>> repo_of_url("hf.co/acme/chat").id, repo_of_url("https://huggingface.co/docs/hub")
    ('acme/chat', None)
    """
    match = re.fullmatch(_URL, url)
    if match is None:
        return None
    first, *rest = match[1].strip("/").split("/")
    if first in ("datasets", "models"):
        kind, parts = first, rest
    else:
        kind, parts = "models", [first, *rest]
    size = 1 if first == "datasets" and (len(parts) < 2 or parts[1] in _VIEWS) else 2
    identifier, view = "/".join(parts[:size]), parts[size:]
    if len(parts) < size or parts[0] in _NO_OWNERS or not is_id(identifier):
        return None
    if len(view) < 2 or view[0] not in _VIEWS:
        return RepoUrl(kind, identifier)
    revision = view[1] if view[1] != "main" else None
    return RepoUrl(kind, identifier, revision, "/".join(view[2:]) or None)


def id_from_url(url: str) -> str | None:
    """The id of the model or dataset that a Hub URL leads to, or None."""
    repo = repo_of_url(url)
    return repo.id if repo is not None else None


def id_of(reference: str) -> str:
    """The Hub id that a package URL or a Hub URL names; any other reference as it is.

    >>> id_of("pkg:huggingface/acme/chat@4f0c1e7"), id_of("https://hf.co/acme/chat"), id_of("#merged")
    ('acme/chat', 'acme/chat', '#merged')
    """
    if reference.startswith("pkg:huggingface/"):
        path = re.split(r"[@?#]", reference.removeprefix("pkg:huggingface/"), maxsplit=1)[0]
        return path.removeprefix("datasets/")
    return id_from_url(reference) or reference

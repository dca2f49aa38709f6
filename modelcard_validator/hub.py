"""What the Hugging Face Hub knows: its licence ids, relations and keys.

Licence ids: huggingface/hub-docs, docs/hub/repositories-licenses.md (June 2026). Keys: hub-docs
modelcard.md and docs/hub/{model-cards,models-gated,datasets-gated}.md. The Hub refuses a licence outside
of its list and passes keys that it does not know.
"""

from __future__ import annotations

import re

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
    "merge": frozenset(("merge",)),
    "quantized": frozenset(("quantized", "converted")),
    "finetune": frozenset(
        ("finetune", "continued-pretraining", "pruned", "expanded", "component", "converted")
    ),
}
"""The standard's relations that each of the Hub's coarser ones may stand for (SPEC.md)."""

SPOKEN_RELATIONS: dict[str, str] = {
    "fine-tune": "finetune",
    "fine-tuned": "finetune",
    "finetuned": "finetune",
    "fine_tune": "finetune",
    "finetuning": "finetune",
    "sft": "finetune",
    "lora": "adapter",
    "qlora": "adapter",
    "peft": "adapter",
    "merged": "merge",
    "quantize": "quantized",
    "quantization": "quantized",
    "quantised": "quantized",
    "quant": "quantized",
    "gguf": "quantized",
    "awq": "quantized",
    "gptq": "quantized",
}
"""Words that people write for the Hub's four relations."""

DISTILLED = frozenset(("distill", "distil", "distilled", "distillation", "distillate", "student"))
"""Words that people write where the Hub has none: the base model is a teacher."""

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

# The Hub's own rule for a repository's id (huggingface_hub.utils._validators.REPO_ID_REGEX): at most 96
# characters, no `--` or `..`, not ending in `.git`.
_ID = re.compile(r"(?:[A-Za-z0-9][\w\-.]*/)?[A-Za-z0-9_][\w\-.]{0,95}", re.ASCII)


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


def id_from_url(url: str) -> str | None:
    """The id of the model or dataset that a Hub URL leads to, or None.

    >>> id_from_url("https://huggingface.co/datasets/acme/set/tree/main")
    'acme/set'
    """
    match = re.match(
        r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?:(?:datasets|models)/)?([^?#]+)", url
    )
    if match is None:
        return None
    parts = match[1].strip("/").split("/")
    candidate = "/".join(parts[:2])
    return candidate if is_id(candidate) else None


_SPDX_OF_OURS = {"c-uda-1.0": "c-uda", "odc-by-1.0": "odc-by", "odbl-1.0": "odbl", "pddl-1.0": "pddl"}
_SUFFIX = re.compile(r"-(?:only|or-later)$")
_SEPARATOR = re.compile(r"[\s_]+")
_BARE_VERSION = re.compile(r"-(?:v|version-)(?=\d)")


def license_meant(written: str) -> str | None:
    """The Hub's id for a licence that is written in another form, where there is just one; else None.

    An `-or-later` is lost on the Hub, which has no id for it.

    >>> license_meant("Apache 2.0"), license_meant("GPL-3.0-or-later"), license_meant("ODbL-1.0")
    ('apache-2.0', 'gpl-3.0', 'odbl')
    >>> license_meant("acme-open"), license_meant("mit")
    (None, None)
    """
    if written in LICENSES:
        return None
    form = _SEPARATOR.sub("-", written.strip().lower())
    form = _BARE_VERSION.sub("-", form)
    for candidate in (form, _SUFFIX.sub("", form), form.removesuffix("-license"), f"{form}.0"):
        candidate = _SPDX_OF_OURS.get(candidate, candidate)
        if candidate in LICENSES:
            return candidate
    return None

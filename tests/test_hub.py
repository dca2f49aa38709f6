"""References to the Hub in the forms that people write them."""

from __future__ import annotations

import pytest

from modelcard_validator import hub
from modelcard_validator.hub import RepoUrl


@pytest.mark.parametrize(
    ("url", "repo"),
    [
        ("https://huggingface.co/acme/chat", RepoUrl("models", "acme/chat")),
        ("https://www.huggingface.co/acme/chat/", RepoUrl("models", "acme/chat")),
        ("huggingface.co/acme/chat?library=vllm#usage", RepoUrl("models", "acme/chat")),
        ("hf:acme/chat", RepoUrl("models", "acme/chat")),
        ("hf://models/acme/chat", RepoUrl("models", "acme/chat")),
        ("https://huggingface.co/acme/chat/tree/main", RepoUrl("models", "acme/chat")),
        ("https://huggingface.co/acme/chat/discussions/3", RepoUrl("models", "acme/chat")),
        ("https://huggingface.co/acme/chat/tree/v2", RepoUrl("models", "acme/chat", "v2")),
        (
            "https://huggingface.co/acme/chat/resolve/main/q4/chat.gguf",
            RepoUrl("models", "acme/chat", None, "q4/chat.gguf"),
        ),
        ("https://huggingface.co/datasets/acme/chats", RepoUrl("datasets", "acme/chats")),
        ("https://huggingface.co/datasets/squad", RepoUrl("datasets", "squad")),
        ("https://huggingface.co/datasets/squad/tree/main", RepoUrl("datasets", "squad")),
    ],
)
def test_urls_that_lead_to_a_repository(url: str, repo: RepoUrl) -> None:
    assert hub.repo_of_url(url) == repo


@pytest.mark.parametrize(
    "url",
    [
        *("https://huggingface.co", "https://huggingface.co/acme", "https://huggingface.co/docs/hub"),
        *("https://huggingface.co/spaces/acme/demo", "https://huggingface.co/models?search=acme"),
        *("https://example.com/acme/chat", "see https://huggingface.co/acme/chat", "acme/chat", "hf.co/", ""),
        *(
            "https://huggingface.co/acme/..",
            "https://huggingface.co/datasets",
            "https://huggingface.co/a b/c",
        ),
    ],
)
def test_everything_else_leads_to_none(url: str) -> None:
    assert hub.repo_of_url(url) is None


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        *((word, "finetune") for word in ("Finetune", "fine-tuned", "fine tuning", "full_finetune", "SFT")),
        *((word, "adapter") for word in ("LoRA", "QLoRA", "peft", "adapters")),
        *((word, "merge") for word in ("merged", "Model merge")),
        *((word, "quantized") for word in ("Quantised", "GGUF", "quantization", "AWQ")),
        *((word, "taught_by") for word in ("distilled", "Knowledge Distillation", "distill")),
        *((word, None) for word in ("", "-", "pruned", "merge of two", "unquantized", "banana")),
    ],
)
def test_words_for_relations(word: str, relation: str | None) -> None:
    assert hub.relation_meant(word) == relation

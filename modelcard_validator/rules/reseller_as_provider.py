"""A reseller stands where the provider of a model belongs.

## What it does
Reports a teacher or an evaluator whose provider (or whose whole name, or the first part of whose id) is a
router or a cloud that passes on other providers' models: OpenRouter, Azure, Bedrock, Vertex, Together, ...

## Why it matters
What may be done with the outputs is decided by the terms of whoever offers the model, and a reseller passes
those on beside its own. With the reseller in its place nobody can tell whose they are.

## How to fix
Name the model's own provider under `provider`, and the reseller under `vendor`, with `access: cloud` or
`access: router`. For a model with open weights that somebody else only ran, give its `id` and `access:
open-weights`.

## Example
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - {model: {name: gpt-4o-2024-08-06, provider: azure}, signal: [outputs], access: cloud}
```
```record
lineage_version: "1.0"
model: {id: acme/Chat-7B}
taught_by:
  - {model: {name: gpt-4o-2024-08-06, provider: openai}, signal: [outputs], access: cloud, vendor: azure}
```

## Source
SPEC.md, 1.1 and 6.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..card import Card
from ..claims import Place, Reference
from ..finding import Kind, Severity
from . import Problem, Rule, quoted

RULE = Rule(Kind.HYGIENE, Severity.WARNING, needs="record")

_RESELLERS = frozenset(
    [
        "amazon-bedrock",
        "aws-bedrock",
        "azure",
        "azure-ai",
        "azure-openai",
        "bedrock",
        "deepinfra",
        "github-models",
        "google-vertex",
        "google-vertex-ai",
        "litellm",
        "openrouter",
        "openrouter-ai",
        "poe",
        "replicate",
        "vertex",
        "vertex-ai",
    ]
)
"""Who only passes on other providers' models."""

_HOSTS = frozenset(["fireworks", "fireworks-ai", "groq", "together", "together-ai", "togetherai"])
"""Who does so too, and has models of its own: wrong only where the id says that the model is another's."""


_SERVICES = frozenset(("api", "cloud", "enterprise", "router"))


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for teacher in card.claims.teachers:
        yield from _misplaced(teacher.model, teacher.access)
    for judge in card.claims.judges:
        yield from _misplaced(judge.model, None)


def _misplaced(model: Reference, access: str | None) -> Iterator[Problem]:
    provider = _word(model.provider)
    owner, slash, _ = (model.id or "").lower().partition("/")
    others = slash and provider is not None and not owner.startswith(provider.partition("-")[0])
    if provider in _RESELLERS or (provider in _HOSTS and others):
        yield _problem(model.source.place.of("provider"), model.provider)
    elif _word(model.name) in _RESELLERS:
        yield _problem(model.source.place.of("name"), model.name)
    elif slash and access in _SERVICES and _word(owner) in _RESELLERS:
        yield _problem(model.source.place.of("id"), owner)


def _word(text: str | None) -> str | None:
    return text and text.lower().replace(" ", "-").replace("_", "-").replace(".", "-")


def _problem(place: Place, reseller: str | None) -> Problem:
    message = f"{quoted(reseller)} passes on other providers' models: whose is this one?"
    help = f"Name the model's own provider under `provider`, and {quoted(reseller)} under `vendor`."
    return Problem(place, message, help)

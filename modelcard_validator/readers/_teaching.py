"""What a sentence says of the models that it names: which of them taught, by what, and what takes that back.

A sentence comes here as its words in small letters, with `M` for each list of models. They are looked up in
sets, near the model and no further: there is nothing to compile, and the cost of a model does not depend on
what else is in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from .._named_tuple import NamedTuple

M = "\x02"
"""Stands for one model, or for a list of them."""
STOPS = frozenset((",", ";", ":", ".", "!", "?"))

_PROVIDERS = ("openai", "anthropic", "google", "meta", "microsoft", "azure", "mistral", "alibaba", "xai")
PROVIDERS = frozenset((*_PROVIDERS, *(f"{name}{end}" for name in _PROVIDERS for end in ("'s", "’s"))))
_BY = frozenset(("by", "with", "using", "from", "via", "through"))
_FILLER = PROVIDERS | frozenset(
    (
        *("a", "an", "the", "our", "both", "either", "in", "part", "at", "least", "mostly", "mainly"),
        *("primarily", "large", "larger", "strong", "stronger", "powerful", "proprietary", "commercial"),
        *("closed", "closed-source", "frontier", "state-of-the-art", "language", "reasoning", "teacher"),
        *("original", "model", "models", "llm", "llms", "ai", "prompt", "prompts", "prompting", "call"),
        *("calls", "calling", "to", "api", "apis", "output", "outputs", "response", "responses", "of"),
        *("completions", "generations", "logits", "traces", "answers", "help", "such", "as", "like"),
        *("version", "variant", "student", "family", "latest", "new", "other", "another", "different"),
        *("several", "and", "or", "including", "model's"),
    )
)
"""What may stand between a word for the making and the model that made."""
_FILLER |= _BY
_MADE = frozenset(
    (
        *("generated", "created", "produced", "synthesised", "synthesized", "constructed", "written"),
        *("rewritten", "augmented", "enriched", "expanded", "enhanced", "translated", "paraphrased"),
        *("collected", "gathered", "sourced", "sampled", "obtained", "derived", "converted", "reformatted"),
        *("revamped", "answered", "labeled", "labelled", "annotated", "captioned", "transcribed"),
        *("bootstrapped", "distilled", "distiled", "regenerated"),
    )
)
_JUDGED = frozenset(("ranked", "rated", "scored", "graded", "judged", "annotated", "labeled", "labelled"))
_CHOSEN = frozenset(("filtered", "verified", "selected", "curated", "checked", "validated", "assessed"))
_DATA = frozenset(
    (
        *("data", "dataset", "datasets", "subset", "corpus", "corpora", "text", "texts", "sample", "samples"),
        *("example", "examples", "instruction", "instructions", "turns", "items", "dialog", "dialogs"),
        *("dialogue", "dialogues", "conversation", "conversations", "chat", "chats", "response", "responses"),
        *("completion", "completions", "answer", "answers", "question", "questions", "prompt", "prompts"),
        *("pair", "pairs", "entries", "output", "outputs", "trajectory", "trajectories", "traces"),
        *("rationale", "rationales", "explanation", "explanations", "critique", "critiques", "feedback"),
        *("preference", "preferences", "ranking", "rankings", "label", "labels", "annotation", "annotations"),
        *("caption", "captions", "demonstration", "demonstrations", "stories", "problems", "solution"),
        *("solutions", "token", "tokens", "queries", "audio", "script", "scripts", "tasks", "reviews"),
        *("summaries", "translation", "translations", "transcript", "transcripts", "generations", "rewrites"),
    )
)
_OUTPUTS = frozenset(
    (
        *("output", "outputs", "response", "responses", "completion", "completions", "generations"),
        *("traces", "trajectory", "trajectories", "rationales", "logits", "states", "demonstrations"),
        *("labels", "pseudo-labels", "preferences", "conversations", "answers", "annotations"),
    )
)
"""What can only have come out of a model, if one is named beside it."""
_ITS = _OUTPUTS | frozenset(
    (
        *("chats", "dialogues", "dialogs", "feedback", "data", "dataset", "datasets", "subset", "examples"),
        *("samples", "instructions", "explanations", "critiques", "items", "pass"),
    )
)
_CHOICES = frozenset(("ranking", "rankings", "preference", "preferences", "feedback"))
_ASKED = frozenset(
    (
        *("use", "used", "using", "prompted", "prompting", "asked", "leveraged", "leveraging", "employed"),
        *("employing", "utilized", "utilised", "utilizing", "utilising", "had", "got"),
    )
)
_TO_MAKE = (
    *("generat", "regenerat", "re-generat", "creat", "writ", "label", "annotat", "produc", "synthes"),
    *("translat", "augment", "answer", "convert", "caption", "paraphras", "rewrit"),
)
_TRAIN = (
    "train",
    "tune",
    "tuning",
    "fine-tun",
    "finetun",
    "instruction-tun",
    "distil",
    "sft",
    "dpo",
    "rlaif",
)
_OTHER_TRAIN = ("aligned", "alignment", "imitat", "pretrain", "pre-train")

_DENIED = frozenset(
    ("no", "not", "cannot", "never", "none", "neither", "nor", "without", "unlike", "excluding", "except")
)
_DENIED_PAIRS = frozenset((("instead", "of"), ("rather", "than"), ("free", "of"), ("free", "from")))
_COMPARED = frozenset(
    (
        *("than", "rival", "rivals", "vs", "versus", "par", "competitive", "similar", "close", "matches"),
        *("equal", "existing", "previous", "previously", "prior"),
    )
)
_COMPARED_BY = ("outperform", "surpass", "exceed", "compar", "beat")
_SUGGESTED = frozenset(
    ("you", "your", "user", "users", "could", "would", "should", "might", "if", "future", "try")
)
_SUGGESTED_PAIRS = frozenset(
    (("can", "be"), ("will", "be"), ("plan", "to"), ("plans", "to"), ("planned", "to"))
)
_OTHER_THINGS = frozenset(
    (
        *("card", "readme", "documentation", "logo", "image", "picture", "cover", "banner", "artwork"),
        *("poem", "shown", "above", "below", "following"),
    )
)
_OTHER_PAIRS = frozenset(
    (
        *(
            ("this", what)
            for what in ("text", "page", "description", "summary", "example", "story", "answer")
        ),
        *(("example", "output"), ("example", "outputs"), ("sample", "output"), ("sample", "outputs")),
    )
)
_EVALUATED = frozenset(
    (
        *("mt-bench", "mtbench", "alpacaeval", "leaderboard", "judge", "judges", "held-out", "arena"),
        *("safety", "win-rate", "testset"),
    )
)
_EVALUATED_BY = ("evaluat", "benchmark", "harmful", "red-team")
_EVALUATED_PAIRS = frozenset(
    (("win", "rate"), ("win", "rates"), ("test", "set"), ("test", "sets"), ("a", "scale"), ("score", "of"))
)
_QUOTED = ("<|", "[inst]", "###", "arxiv", "preprint", "title=", "title =", "\\url")
_SPEAKERS = ("user:", "assistant:", "human:", "system:", "user :", "assistant :")


class Teaching(NamedTuple):
    """One reading of a sentence: what of the model trained this one; empty where it does not say. It takes
    the words from `start` to before `end`."""

    kind: str
    start: int
    end: int
    signal: tuple[str, ...]

    @property
    def is_distillation(self) -> bool:
        """Whether it says so in as many words: then even an unknown model is a teacher."""
        return self.kind in ("distilled", "teacher")


def is_quoted(sentence: str) -> bool:
    """Whether a sentence in small letters is of a template, a dialogue or a citation."""
    return any(sign in sentence for sign in _QUOTED) or any(name in sentence for name in _SPEAKERS)


def teachings(words: list[str], at: int) -> Iterator[Teaching]:
    """How the sentence makes the model (or the list of models) at this index a teacher, the surest first."""
    for kind, start, end in (*_looking_back(words, at), *_looking_on(words, at)):
        signal = _signal(kind, words, start, end)
        if signal is not None and not _is_undone(words, start, at, end):
            yield Teaching(kind, start, end, signal)


def is_likely(teaching: Teaching, words: list[str]) -> bool:
    """Whether a model with open weights is the teacher, and not this model itself or a dataset's name."""
    kind, start, end, _ = teaching
    if teaching.is_distillation:
        return True
    said = words[start:end]
    if kind == "its" and _OUTPUTS.isdisjoint(said):
        return False
    if any(word in ("i", "we", "you") for word in said):
        return False
    rest = (*words[:start], *words[end:])
    return any(
        word in ("data", "dataset", "datasets", "synthetic", "corpus")
        or (_is_training(word) and "distil" not in word)
        for word in rest
    )


_Reading = tuple[str, int, int]


def _looking_back(words: list[str], at: int) -> Iterator[_Reading]:
    """`generated by M`, `outputs of M`, `distilled from M`, `the teacher is M`, `used M to write answers`."""
    first = at
    while first and at - first < 8 and words[first - 1] in _FILLER:
        first -= 1
    between = words[first:at]
    verb = first - 1
    if verb > 0 and words[verb].endswith("ly"):
        verb -= 1
    said = _stem(words[verb]) if verb >= 0 else ""
    if said in _MADE and not _BY.isdisjoint(between):
        yield "made", verb, at + 1
    if said in _JUDGED and {"by", "with", "using"} & set(between):
        yield "judged", verb, at + 1
    if said in _CHOSEN and {"by", "with", "using"} & set(between):
        yield "chosen", verb, at + 1
    if said.startswith("distil") and {"of", "from"} & set(between):
        yield "distilled", verb, at + 1
    if said == "taught" and "by" in between:
        yield "teacher", verb, at + 1
    if (start := _outputs_before(words, first, at)) is not None:
        yield "of it", start, at + 1
    if said in ("was", "were", "is", "are", ":", ","):
        about = words[max(0, verb - 6) : verb]
        if at - first <= 3 and ("teacher" in about or "teachers" in about):
            yield "teacher", verb, at + 1
    near = words[max(first - 1, at - 4, 0) : at]
    if {"use", "used", "uses", "using", "with", "from"} & set(near):
        following = words[at + 1 : at + 9]
        if "as" in following[:5] and {"teacher", "teachers"} & set(following[following.index("as") :][:4]):
            yield "teacher", at - len(near), at + 1
    if not _ASKED.isdisjoint(near):
        for step in (1, 2):
            if words[at + step : at + step + 1] in (["to"], ["for"]):
                made, what = at + step + 1, words[at + step + 2 : at + step + 9]
                if made < len(words) and words[made].startswith(_TO_MAKE) and not _DATA.isdisjoint(what):
                    yield "asked", at - len(near), made + 1


def _outputs_before(words: list[str], first: int, at: int) -> int | None:
    """Where the outputs stand that are `of` or `from` the model, with six words between at most."""
    for link in range(at - 1, max(first - 2, -1), -1):
        if words[link] in ("of", "from", "by"):
            for index in range(link - 1, max(link - 8, -1), -1):
                if words[index] in STOPS or words[index] == M:
                    break
                if words[index] in _OUTPUTS:
                    return index
    return None


def _looking_on(words: list[str], at: int) -> Iterator[_Reading]:
    """`M generated data`, `M outputs`."""
    if at + 1 >= len(words):
        return
    following = _stem(words[at + 1])
    rest = words[at + 2 : at + 6]
    if following in _MADE and (index := _first(rest, _DATA)) is not None:
        yield "made of", at, at + 3 + index
    if following in _CHOSEN and (index := _first(rest[:3], _DATA)) is not None:
        yield "chosen of", at, at + 3 + index
    for index in (at + 1, at + 2):
        if index < len(words) and words[index] in STOPS:
            break
        if index < len(words) and words[index] in _ITS:
            yield "its", at, index + 1
            break


def _first(words: list[str], of: frozenset[str]) -> int | None:
    """The index of the first of these words that is in the set, before any stop."""
    for index, word in enumerate(words):
        if word in STOPS:
            return None
        if word in of:
            return index
    return None


def _stem(word: str) -> str:
    """`re-generated`, `pseudo-labeled`: the word without what is put before it."""
    prefix, hyphen, rest = word.partition("-")
    return rest if hyphen and prefix in ("re", "pseudo", "self", "machine", "auto") else word


def _is_training(word: str) -> bool:
    return word.startswith(_TRAIN) or word.startswith(_OTHER_TRAIN)


def _signal(kind: str, words: list[str], start: int, end: int) -> tuple[str, ...] | None:
    """What of the teacher reached the model; empty where the sentence does not say; None where it lacks what
    a reading of this kind needs."""
    if kind in ("distilled", "teacher"):
        return ("logits",) if "logits" in words else ()
    said = words[start:end]
    near = (*words[max(0, start - 27) : start], *words[end : end + 27])
    if kind in ("judged", "chosen", "chosen of") or not _CHOICES.isdisjoint(said):
        if _is_of_evaluation(words) or (_DATA.isdisjoint(near) and _DATA.isdisjoint(said)):
            return None
        return ("filtering",) if kind.startswith("chosen") else ("preferences",)
    if kind in ("its", "of it"):
        rest = (*words[:start], *words[end:])
        if not any(
            _is_training(word) or word in ("dataset", "datasets", "synthetic", "augmented") for word in rest
        ):
            return None
        if "logits" in said or ("soft", "labels") in _pairs(said):
            return ("logits",)
        return ("hidden-states",) if "states" in said else ("outputs",)
    if kind == "made" and _DATA.isdisjoint(near) and not any(map(_is_training, near)):
        return None
    return () if said[0].startswith("distil") else ("outputs",)


def _is_undone(words: list[str], start: int, at: int, end: int) -> bool:
    """Whether the rest of the sentence takes back what a reading of it seems to say."""
    before, near = words[: at + 1], words[max(0, start - 15) : start]
    near_pairs = _pairs(near)
    return (
        _is_denied(before)
        or _is_denied_after(words[end : end + 5])
        or not _SUGGESTED.isdisjoint(before)
        or not _SUGGESTED_PAIRS.isdisjoint(_pairs(before))
        or any(word.startswith("intend") for word in before)
        or not _COMPARED.isdisjoint(near)
        or any(word.startswith(_COMPARED_BY) for word in near)
        or not _OTHER_THINGS.isdisjoint(near)
        or not _OTHER_PAIRS.isdisjoint(near_pairs)
        or _is_of_evaluation(near)
    )


def _is_denied(words: list[str]) -> bool:
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in _DENIED and not (word == "not" and following == "only"):
            return True
        if word.endswith(("n't", "n’t")) or word.startswith("avoid") or (word, following) in _DENIED_PAIRS:
            return True
    return False


def _is_denied_after(words: list[str]) -> bool:
    """`... were not used`, `... wasn't`, `... is no longer`."""
    return any(
        word.endswith(("n't", "n’t"))
        or (word, following) == ("no", "longer")
        or (
            word in ("was", "were", "is", "are", "been", "did", "do", "does")
            and following in ("not", "never")
        )
        for word, following in _pairs([*words, ""])
    )


def _is_of_evaluation(words: list[str]) -> bool:
    return (
        not _EVALUATED.isdisjoint(words)
        or any(word.startswith(_EVALUATED_BY) for word in words)
        or not _EVALUATED_PAIRS.isdisjoint(_pairs(words))
    )


def _pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    return list(pairwise(words))

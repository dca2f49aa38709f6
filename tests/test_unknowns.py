"""What is asked of a card: few questions, each with the place of its answer."""

from __future__ import annotations

from textwrap import dedent

import pytest

from modelcard_validator.card import Card, card_of
from modelcard_validator.document import read_text
from modelcard_validator.engine import locate
from modelcard_validator.unknowns import unknowns

HEAD = 'lineage_version: "1.0"\nmodel: {id: acme/Chat-7B, license: {id: mit}}\n'
COMPLETE = "disclosure: {derived_from: complete, taught_by: complete, trained_on: complete}\n"


def readme(front_matter: str) -> Card:
    return card_of((read_text(f"---\n{dedent(front_matter)}---\n# A model\n", "README.md"),))


def record(lines: str, head: str = HEAD) -> Card:
    return card_of((read_text(head + dedent(lines), "chat.lineage.yaml"),))


def asked(card: Card) -> dict[str, str]:
    return {unknown.pointer: unknown.question for unknown in unknowns(card)}


def test_a_plain_card_leaves_three_questions_open() -> None:
    assert asked(readme("license: mit\nbase_model: mistralai/Mistral-7B-v0.3\n")) == {
        "/base_model_relation": "How did the weights of `mistralai/Mistral-7B-v0.3` come into it: "
        "fine-tuned, adapted, merged, quantized?",
        "/lineage/taught_by": "Did the outputs, logits or preferences of other models train it, "
        "and of which?",
        "/datasets": "On which data was it trained?",
    }


def test_a_card_that_says_all_that_native_keys_can_say_is_asked_for_its_teachers() -> None:
    card = readme(
        """\
        license: mit
        base_model: mistralai/Mistral-7B-v0.3
        base_model_relation: finetune
        datasets: [acme/chats]
        """
    )
    assert list(asked(card)) == ["/lineage/taught_by"]


def test_a_readme_without_metadata_is_asked_for_everything() -> None:
    card = card_of((read_text("# A model\n", "README.md"),))
    assert list(asked(card)) == ["/license", "/base_model", "/lineage/taught_by", "/datasets"]


def test_a_quantization_learned_nothing() -> None:
    assert asked(readme("license: mit\nbase_model: acme/Chat-7B\nbase_model_relation: quantized\n")) == {}


def test_the_relation_may_stand_in_a_tag() -> None:
    card = readme(
        """\
        license: mit
        base_model: acme/Chat-7B
        datasets: [acme/chats]
        tags: ["base_model:adapter:acme/Chat-7B"]
        """
    )
    assert list(asked(card)) == ["/lineage/taught_by"]


def test_empty_native_keys_say_nothing() -> None:
    assert list(asked(readme("license:\nbase_model: []\ndatasets: []\n"))) == [
        "/license",
        "/base_model",
        "/lineage/taught_by",
        "/datasets",
    ]


@pytest.mark.parametrize(
    ("license", "pointer"),
    [
        ("license: unknown\n", "/license"),
        ("license: other\n", "/license_name"),
        ("license: other\nlicense_name: acme\n", None),
        ("license: other\nlicense_link: LICENSE\n", None),
        ("license: [other, mit]\n", None),
        ("license: {name: mit}\n", None),
    ],
)
def test_a_licence_that_cannot_be_read_is_asked_for(license: str, pointer: str | None) -> None:
    found = [name for name in asked(readme(license)) if name.startswith("/license")]
    assert found == ([pointer] if pointer else [])


def test_a_teacher_on_the_hub_has_neither_signal_nor_access() -> None:
    card = readme(
        """\
        license: mit
        base_model: deepseek-ai/DeepSeek-R1
        base_model_relation: distill
        datasets: [acme/traces]
        """
    )
    found = [unknown.question for unknown in unknowns(card) if unknown.pointer == "/lineage/taught_by"]
    assert [question[:36] for question in found] == [
        "What did `deepseek-ai/DeepSeek-R1` t",
        "How was the signal of `deepseek-ai/D",
    ]


def test_a_minimal_record_is_asked_for_its_lists() -> None:
    assert list(asked(record(""))) == ["/derived_from", "/taught_by", "/trained_on"]


def test_a_complete_record_leaves_nothing_open() -> None:
    card = record(
        f"""\
        derived_from: [{{model: {{id: acme/Base-7B}}, relation: finetune}}]
        taught_by:
          - {{model: {{id: Qwen/Qwen2.5-72B}}, signal: [outputs], access: open-weights}}
        trained_on: [{{dataset: {{id: acme/chats}}, license: {{id: mit}}}}]
        {COMPLETE}"""
    )
    assert unknowns(card) == ()


def test_none_is_an_answer_only_where_it_is_said_to_be_complete() -> None:
    none = "derived_from: []\ntaught_by: []\ntrained_on: []\n"
    assert asked(record(none + COMPLETE)) == {}
    assert asked(record(none)) == {
        "/disclosure": "Are `derived_from`, `taught_by` and `trained_on` complete?"
    }


def test_complete_without_a_list_is_no_answer() -> None:
    assert list(asked(record(COMPLETE))) == ["/derived_from", "/taught_by", "/trained_on"]


def test_the_reason_of_a_disclosure_is_quoted() -> None:
    card = record(
        """\
        taught_by: [{model: {id: acme/Teacher}, signal: [outputs], access: own}]
        disclosure:
          derived_from: undisclosed
          taught_by: partial
          trained_on: unknown
          reason:
            derived_from: a trade secret
            taught_by: |
              the supplier
              names one only
        """
    )
    assert asked(card) == {
        "/derived_from": 'Which models\' weights are in it? (undisclosed: "a trade secret")',
        "/taught_by": 'Which other models taught it? (partial: "the supplier names one only")',
        "/trained_on": "On which data was it trained? (unknown)",
    }


def test_what_is_known_by_testimony_only() -> None:
    card = record(
        """\
        taught_by:
          - model: {provider: openai}
            signal: [unknown]
            access: unknown
            extent: unknown
        disclosure: {derived_from: complete, taught_by: complete, trained_on: complete}
        derived_from: []
        trained_on: []
        """
    )
    assert asked(card) == {
        "/taught_by/0/model": "What is the name of the model of `openai`?",
        "/taught_by/0/signal": "What did the model of `openai` teach it by: outputs, logits, hidden states, "
        "preferences, rewards?",
        "/taught_by/0/access": "How was the signal of the model of `openai` got: from open weights, an API, "
        "a public dataset?",
        "/taught_by/0/extent": "How much of its stage did the model of `openai` teach: the whole, or a part?",
    }


def test_what_several_entries_leave_open_is_asked_once() -> None:
    card = record(
        """\
        derived_from: [{model: {id: acme/A}}, {model: {id: acme/B}, relation: unknown}]
        trained_on:
          - {dataset: {id: acme/a}}
          - {dataset: {id: acme/b}, license: {id: unknown}}
          - {dataset: {id: acme/c}, license: {id: mit}}
          - {dataset: {name: the rest}, license: {id: other}}
          - {dataset: {id: acme/d}, acquisition: {basis: own}}
          - {dataset: {name: calibration text}, stage: calibration}
        taught_by: []
        """
        + COMPLETE
    )
    assert asked(card) == {
        "/derived_from": "How did the weights of `acme/A` and `acme/B` come into it: fine-tuned, adapted, "
        "merged, quantized?",
        "/trained_on": "Under which licence did `acme/a`, `acme/b` and `the rest` come?",
    }


def test_the_questions_are_bounded_however_long_the_lists() -> None:
    entry = "  - {model: {provider: p%d}, extent: unknown}\n"
    card = record("taught_by:\n" + "".join(entry % number for number in range(1000)))
    questions = asked(card)
    assert len(unknowns(card)) <= 12
    assert all(len(question) < 400 for question in questions.values())
    assert "the model of `p0`, the model of `p1` and 998 more" in questions["/taught_by"]


def test_what_stands_in_the_wrong_shape_is_not_missing() -> None:
    card = record("derived_from: acme/Base\ntaught_by: {model: acme/T}\ntrained_on: [acme/chats]\n")
    assert not {"/derived_from", "/trained_on"} & set(asked(card))


def test_a_card_that_cannot_be_read_is_asked_nothing() -> None:
    assert unknowns(readme("license: [\n")) == ()


def test_a_record_in_the_readme_gets_the_answers() -> None:
    card = readme(
        """\
        license: mit
        base_model: acme/Base-7B
        datasets: [acme/chats]
        lineage:
          lineage_version: "1.0"
          model: {id: acme/Chat-7B}
          derived_from: [{model: {id: acme/Base-7B}}]
          disclosure: {derived_from: complete}
        """
    )
    found = unknowns(card)
    assert [unknown.pointer for unknown in found] == [
        "/lineage/derived_from/0/relation",
        "/lineage/taught_by",
    ]
    at = locate(found[0].place)
    assert (at.line, at.column) == (8, 18), "the entry that lacks the answer"

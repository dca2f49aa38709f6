"""Whatever a card holds: reading, judging, fixing and printing never fail, and keep what they promise.

The seeds are whole cards; each example is some of them, bent. `HYPOTHESIS_PROFILE=long` searches for minutes.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from time import process_time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from modelcard_validator import _folder, formats, policy
from modelcard_validator.card import Card, card_of
from modelcard_validator.document import Document, Form, form_of, read, read_text
from modelcard_validator.engine import CardReport, judge
from modelcard_validator.fix import fix
from modelcard_validator.report import Report
from modelcard_validator.rules import all_rules
from modelcard_validator.terminal import escape

TESTS = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MODELCARD_SHARED", TESTS.parents[1] / "shared")) / "data"
FORMATS = _folder.names(formats.PACKAGE)
SECONDS = 5
EXAMPLES = 200 if settings.default is settings.get_profile("default") else settings.default.max_examples


def cards_beneath(*directories: Path) -> Iterable[Path]:
    for directory in directories:
        yield from (path for path in directory.rglob("*") if path.suffix in (".md", ".yaml", ".yml", ".json"))


def by_form(paths: Iterable[Path]) -> dict[Form, list[bytes]]:
    seeds: dict[Form, list[bytes]] = {form: [] for form in Form}
    for path in sorted(paths):
        if path.stat().st_size < 20_000:
            seeds[form_of(path.name)].append(path.read_bytes())
    return seeds


SEEDS = by_form(
    cards_beneath(TESTS / "property" / "seeds", TESTS / "rules", SHARED / "corpus", SHARED / "records")
)
NAMES = {Form.FRONT_MATTER: "README.md", Form.YAML: "x.lineage.yaml", Form.JSON: "x.lineage.json"}

# What readers and rules look for, or stumble over.
TOKENS = [
    *(
        b"---\n",
        b"\n---\n",
        b"--- \n",
        b"...\n",
        b"\r\n",
        b"\r",
        b"\n\n",
        b" ",
        b"  ",
        b"\t",
        b": ",
        b":",
        b"- ",
        b"? ",
    ),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b"'",
        b'"',
        b"\\",
        b"|\n",
        b">-\n",
        b"#",
        b" # ",
        b"&a ",
        b"*a",
        b"!t ",
        b"<<: *a",
        b"%",
    ),
    *(
        b"null",
        b"~",
        b"true",
        b"no",
        b"1.10",
        b"017",
        b"1e999",
        b".nan",
        b"2024-05-01",
        b"9" * 400,
        b"-0",
        b"0x1F",
    ),
    *(
        b"license",
        b"licence: ",
        b"license: mit\n",
        b"other",
        b"MIT AND Apache-2.0",
        b"((",
        b"base_model: ",
        b"acme/x",
        b"#x",
    ),
    *(
        b"lineage:\n  ",
        b"lineage_version: ",
        b"derived_from: ",
        b"taught_by: ",
        b"trained_on: ",
        b"model: ",
        b"id: ",
        b"x-",
    ),
    *(
        b"{{ x }}",
        b"[More Information Needed]",
        b"<!-- modelcard: ignore[a] b -->",
        b"# modelcard: ignore[a, b] c\n",
    ),
    *("\ufeff", "\u2028", "\x85", "\u202e", "\U0001f600", "e\u0301", "\ufdd0", "\xa0", "\ud800"),
    *(b"\0", b"\x1b[31m", b"\x7f", b"\xff", b"\xc3", b"\\ud800", b"\\u0000", b"\\", b"0" * 50),
]
PIECES = [token.encode("utf-8", "surrogatepass") if isinstance(token, str) else token for token in TOKENS]


@st.composite
def bent(draw: st.DrawFn, form: Form) -> bytes:
    """A seed with some of its bytes taken out, doubled, moved, or replaced by others that mean something."""
    raw = draw(st.sampled_from(SEEDS[form]))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(raw)))
        end = min(start + draw(st.sampled_from([0, 0, 1, 2, 5, 20, 200])), len(raw))
        other = draw(
            st.sampled_from([b"", raw[start:end] * 2, raw[end : end + 30]]) | st.sampled_from(PIECES)
        )
        raw = raw[:start] + other + raw[end:]
    return raw


# Values where others are meant: what a reader or a rule takes for granted of a shape.
SHAPES: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        10**40,
        "",
        " ",
        "x",
        "acme/x",
        "#x",
        "{{ x }}",
        "1.0",
        "9.9",
        "unknown",
        "mit",
    ),
    *([], {}, [None], [[]], [{}], ["x", 1, None], {"": None}, {"id": None}, {"id": ["x"]}, {"id": {"id": 1}}),
    *([{"model": None}], [{"model": {"id": 5}}], {"model": []}, {"dataset": {"id": "x"}}, {"x": {"y": [{}]}}),
]
DATA = [
    document.data
    for form, seeds in SEEDS.items()
    for document in (read(raw, NAMES[form]) for raw in seeds)
    if isinstance(document.data, dict)
]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container in a value with every key or index of it."""
    found: list[tuple[Any, Any]] = []
    todo = [value]
    while todo:
        here = todo.pop()
        steps = here.items() if isinstance(here, dict) else enumerate(here)
        for step, child in steps:
            found.append((here, step))
            if isinstance(child, (dict, list)):
                todo.append(child)
    return found


@st.composite
def reshaped(draw: st.DrawFn) -> Document:
    """The data of a seed with values of other shapes in it, as front matter or as a side file."""
    data = copied(draw(st.sampled_from(DATA)))
    for _ in range(draw(st.integers(1, 4))):
        known = places(data)
        if not known:
            break
        container, step = draw(st.sampled_from(known))
        value = draw(st.sampled_from(SHAPES) | st.sampled_from([known[0][0], container[step]]))
        container[step] = copied(value)  # a shape is drawn again, and must be as it was
    name = draw(st.sampled_from(["README.md", "x.lineage.yaml", "x.lineage.json"]))
    if name == "README.md" and "lineage_version" in data:
        data = {"lineage": data}
    text = json.dumps(data, indent=draw(st.sampled_from([None, 1])))
    return read_text(f"---\n{text}\n---\n" if name == "README.md" else text, name)


def copied(value: Any) -> Any:
    return json.loads(json.dumps(value))


@st.composite
def bent_cards(draw: st.DrawFn) -> Card:
    forms = draw(st.sampled_from([[form] for form in Form] * 3 + [[*Form], [Form.FRONT_MATTER, Form.YAML]]))
    return card_of(tuple(read(draw(bent(form)), NAMES[form]) for form in forms))


POLICIES = [policy.named(str(path)) for path in sorted((TESTS.parent / "examples" / "policies").iterdir())]


def everything(card: Card, chosen: policy.Policy = policy.Policy()) -> CardReport:  # noqa: B008
    return judge(card._replace(strict=chosen.strict), (*all_rules(), *chosen.rules))


@settings(max_examples=EXAMPLES)
@given(
    bent_cards() | reshaped().map(lambda document: card_of((document,))),
    st.sampled_from([policy.Policy(), *POLICIES]),
)
def test_judging_never_fails(card: Card, chosen: policy.Policy) -> None:
    started = process_time()
    report = everything(card, chosen)
    texts = {document.path: document for document in card.documents}
    for finding in report.findings:
        at, document = finding.location, texts[finding.location.file]
        lines = re.split(r"\r\n|\r|\n", document.text)
        assert (1, 1) <= (at.line, at.column) <= (at.end_line, at.end_column)
        assert at.end_line <= len(lines)
        assert at.column <= len(lines[at.line - 1]) + 1
        assert at.end_column <= len(lines[at.end_line - 1]) + 1
        assert finding.message
        assert "\n" not in finding.message + finding.help
    ran = Report((report,), (*all_rules(), *chosen.rules), "0")
    printed = {name: formats.render(ran, name) for name in FORMATS}
    assert process_time() - started < SECONDS
    for text in printed.values():
        assert all(escape(line) == line for line in text.split("\n"))
    assert len(json.loads(printed["json"])["cards"][0]["findings"]) == len(report.findings)
    json.loads(printed["sarif"])


@settings(max_examples=EXAMPLES // 2)
@given(bent_cards(), bent_cards())
def test_judging_depends_on_nothing_else(one: Card, other: Card) -> None:
    """Not on what was judged before, nor on the order of cards."""
    first, second = everything(one), everything(other)
    assert (everything(other), everything(one)) == (second, first)


@settings(max_examples=EXAMPLES // 2)
@given(bent_cards())
def test_fixing_comes_to_an_end(card: Card) -> None:
    """A second run of `--fix` finds nothing more to do, and a fix never makes a card unreadable."""
    before = everything(card)
    fixed, changed = fix(before, everything)
    again, nothing = fix(everything(card_of(tuple(fixed.card.documents))), everything)
    assert nothing == ()
    assert again.findings == fixed.findings
    assert all(
        len(new.refusals) <= len(old.refusals)
        for new, old in zip(fixed.card.documents, card.documents, strict=True)
    )
    assert bool(changed) <= any(finding.fix for finding in before.findings)

"""Edits of a user's file: the bytes that are meant, and no others; and `--fix`, which makes them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelcard_validator import edit
from modelcard_validator.card import Card, card_of
from modelcard_validator.claims import Place
from modelcard_validator.document import Document, Pointer, read
from modelcard_validator.engine import CardReport, judge
from modelcard_validator.errors import ModelcardError
from modelcard_validator.finding import Edit, Fix, Kind, Severity
from modelcard_validator.fix import fix
from modelcard_validator.rules import LoadedRule, Problem, all_rules

SHARED = Path(os.environ.get("MODELCARD_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"
CORPUS = sorted(path for path in (SHARED / "corpus").rglob("*") if path.is_file())


def changed(text: str, name: str, make: Callable[[Place], Edit], pointer: Pointer) -> str:
    document = read(text.encode(), name)
    return edit.apply(document.text, [make(Place(document, pointer))])


REPLACED: dict[str, tuple[str, str, str]] = {
    # What is written, the new value of `a`, what is written then.
    "plain": ("a: x # c\n", "new", "a: new # c\n"),
    "plain that must be quoted": ("a: x\n", "y: z", 'a: "y: z"\n'),
    "single quotes": ("a: 'x'\n", "it's", "a: 'it''s'\n"),
    "double quotes": ('a:   "x"\n', 'y"z', 'a:   "y\\"z"\n'),
    "block": ("a: |\n  x\nb: c\n", "new", "a: new\nb: c\n"),
    "on two lines": ("a: x\n  x\nb: c\n", "new", "a: new\nb: c\n"),
    "anchor": ("a: &n x\nb: *n\n", "new", "a: &n new\nb: *n\n"),
    "alias": ("b: &n x\na: *n\n", "new", "b: &n x\na: new\n"),
    "flow": ("{a: x, b: c}", "new", "{a: new, b: c}"),
    "CRLF": ("a: x\r\nb: c\r\n", "new", "a: new\r\nb: c\r\n"),
    **{
        word: ("a: x\n", word, f'a: "{word}"\n')
        for word in ("no", "1.10", "2024-05-01", "1:30", "null", "y", "~")
    },
    **{
        word: ("a: x\n", word, f"a: {word}\n")
        for word in ("llama3.1", "acme/x", "cc-by-4.0", "0b1c2d", "a b", "x+y")
    },
}


@pytest.mark.parametrize("why", REPLACED)
def test_replace_value(why: str) -> None:
    before, value, after = REPLACED[why]
    assert changed(before, "x.yaml", lambda place: edit.replace_value(place, value), ("a",)) == after
    assert read(after.encode(), "x.yaml").data["a"] == value


def test_replace_value_in_json() -> None:
    after = changed('{"a" : "x"}', "x.json", lambda place: edit.replace_value(place, 'é "'), ("a",))
    assert after == '{"a" : "é \\""}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: x\n", "key: x\n"),
        ("'a': x\n", "'key': x\n"),
        ("? a\n: x\n", "? key\n: x\n"),
        ("{a: x}", "{key: x}"),
        ('{"a":1}', '{"key":1}'),
    ],
)
def test_rename_key(before: str, after: str) -> None:
    assert changed(before, "x.yaml", lambda place: edit.rename_key(place, "key"), ("a",)) == after


@pytest.mark.parametrize("written", ["1.10", "0x1F", "1e3", "true", "~"])
def test_quote_value_keeps_what_was_written(written: str) -> None:
    after = changed(f"a: {written} # c\n", "x.yaml", edit.quote_value, ("a",))
    assert after == f'a: "{written}" # c\n'
    assert read(after.encode(), "x.yaml").data == {"a": written}


def test_apply_takes_edits_in_any_order_and_equal_ones_once() -> None:
    edits = [Edit("x", 4, 5, "E"), Edit("x", 0, 1, "A"), Edit("x", 4, 5, "E"), Edit("x", 2, 2, "+")]
    assert edit.apply("abcdef", edits) == "Ab+cdEf"


def test_apply_refuses_edits_that_overlap() -> None:
    with pytest.raises(ValueError, match="overlap at offset 1"):
        edit.apply("abc", [Edit("x", 0, 2, ""), Edit("x", 1, 3, "")])


def test_write_file_keeps_mode_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text("old")
    file.chmod(0o640)
    edit.write_file(str(file), b"new")
    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["x"]


def test_write_file_makes_a_file_as_the_umask_says(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        edit.write_file(str(tmp_path / "x"), b"new")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


def test_write_file_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    (tmp_path / "x").symlink_to("target")
    edit.write_file(str(tmp_path / "x"), b"new")
    assert (tmp_path / "x").is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_write_file_never_replaces_what_is_no_file(tmp_path: Path) -> None:
    """As root, replacing `-o /dev/null` would destroy the device."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    edit.write_file(str(fifo), b"new")
    assert os.read(reader, 10) == b"new"
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    os.close(reader)


@pytest.mark.parametrize("path", ["missing/x", "."])
def test_write_file_says_why_it_cannot(path: str, tmp_path: Path) -> None:
    with pytest.raises(ModelcardError, match=r"cannot be written: (no such file|is a directory)"):
        edit.write_file(str(tmp_path / path), b"new")
    assert os.listdir(tmp_path) == []


def test_write_file_that_fails_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "x").write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ModelcardError, match="cannot be written: no space left"):
        edit.write_file(str(tmp_path / "x"), b"new")
    assert (tmp_path / "x").read_text() == "old"
    assert os.listdir(tmp_path) == ["x"]


def rule_of(make: Callable[[Card], Iterator[Edit | tuple[Edit, ...]]]) -> LoadedRule:
    """A rule that wants these edits."""

    def check(card: Card) -> Iterator[Problem]:
        for number, edits in enumerate(make(card)):
            wanted = (edits,) if isinstance(edits, Edit) else edits
            yield Problem(Place(card.documents[0]), f"{number}", "", Fix("", wanted))

    return LoadedRule("x", Kind.HYGIENE, Severity.WARNING, check, "")


def fixed(text: str, make: Callable[[Card], Iterator[Edit | tuple[Edit, ...]]]) -> str:
    def judged(card: Card) -> CardReport:
        return judge(card, [rule_of(make)])

    report, _ = fix(judged(card_of((read(text.encode(), "x.yaml"),))), judged)
    return report.card.documents[0].text


def once(*edits: Edit | tuple[Edit, ...]) -> Callable[[Card], Iterator[Edit | tuple[Edit, ...]]]:
    """The edits, as long as the text is still the first one."""
    return lambda card: iter(edits if card.documents[0].text == "a: 1\nb: 2\n" else ())


FIXED: dict[str, tuple[tuple[Edit | tuple[Edit, ...], ...], str]] = {
    "two": ((Edit("x.yaml", 3, 4, "x"), Edit("x.yaml", 8, 9, "y")), "a: x\nb: y\n"),
    "the same twice": ((Edit("x.yaml", 3, 4, "x"), Edit("x.yaml", 3, 4, "x")), "a: x\nb: 2\n"),
    "of two that meet the first": ((Edit("x.yaml", 3, 4, "x"), Edit("x.yaml", 3, 5, "")), "a: x\nb: 2\n"),
    "of two insertions at one place the first": (
        (Edit("x.yaml", 0, 0, "c: 1\n"), Edit("x.yaml", 0, 0, "d: 1\n")),
        "c: 1\na: 1\nb: 2\n",
    ),
    "all edits of a fix or none": (
        (Edit("x.yaml", 3, 4, "x"), (Edit("x.yaml", 3, 4, "z"), Edit("x.yaml", 8, 9, "y"))),
        "a: x\nb: 2\n",
    ),
    "none that makes it unreadable": ((Edit("x.yaml", 0, 1, "b"),), "a: 1\nb: 2\n"),
    "none of another file": ((Edit("y.yaml", 3, 4, "x"),), "a: 1\nb: 2\n"),
}


@pytest.mark.parametrize("why", FIXED)
def test_fix(why: str) -> None:
    edits, after = FIXED[why]
    assert fixed("a: 1\nb: 2\n", once(*edits)) == after


def test_fix_goes_on_while_one_uncovers_another() -> None:
    def count_down(card: Card) -> Iterator[Edit]:
        number = card.documents[0].data["a"]
        if number > 0:
            yield Edit("x.yaml", 3, 4, str(number - 1))

    assert fixed("a: 3\n", count_down) == "a: 0\n"


def test_fix_ends_where_two_rules_want_the_opposite() -> None:
    def toggle(card: Card) -> Iterator[Edit]:
        yield Edit("x.yaml", 3, 4, "0" if card.documents[0].data["a"] else "1")

    assert fixed("a: 1\n", toggle) in ("a: 0\n", "a: 1\n")


def everything(card: Card) -> CardReport:
    return judge(card, all_rules())


def check_fixes(raw: bytes) -> int:
    """Fix a card, one round after the other, and hold every byte outside of the edits to what it was.

    Says how many rounds it took until there was nothing left to do.
    """
    report = everything(card_of((read(raw, "README.md"),)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("modelcard_validator.fix.MAX_ROUNDS", 1)
        for count in range(5):
            document = report.card.documents[0]
            edits = sorted({one for finding in report.findings if finding.fix for one in finding.fix.edits})
            report, documents = fix(report, everything)
            if not documents:
                return count
            assert outside(document, edits, documents[0])
            written = edit.encode(documents[0], documents[0].text)
            assert everything(card_of((read(written, "README.md"),))).findings == report.findings
    raise AssertionError("the fixes come to no end")


def outside(document: Document, edits: list[Edit], after: Document) -> bool:
    """Whether what stands between the edits stands there still, in order."""
    at, found = 0, 0
    for one in [*edits, Edit("", len(document.text), len(document.text), "")]:
        kept = document.text[at : one.start]
        found = after.text.find(kept, found)
        if found < 0:
            return False
        found += len(kept)
        at = max(at, one.end)
    return len(after.text) - len(document.text) <= sum(len(one.replacement) for one in edits)


@pytest.mark.skipif(not CORPUS, reason="no corpus")
def test_fixes_of_real_cards_change_nothing_else() -> None:
    rounds = [check_fixes(path.read_bytes()) for path in CORPUS]
    assert sum(count > 0 for count in rounds) > 10
    assert max(rounds) < 4


LINES = st.lists(
    st.sampled_from(
        [
            *(
                "license: MIT  # c",
                "'licence': 'Apache 2.0'",
                'licence: "GPL-3.0-only"',
                "license:\n- MIT\n- ISC",
            ),
            *(
                "base_model : acme/x",
                "base model: acme/x",
                "base_model_relation: LoRA",
                "tags: [a,   b]",
                "# é",
            ),
            *("lineage:\n  lineage_version: 1.0\n  model: {id: acme/x, revision: 1234567}", "x: |\n   y", ""),
        ]
    ),
    max_size=5,
    unique=True,
)


@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from(["", "\n"]))
def test_fixes_keep_comments_order_quotes_line_breaks_and_mark(
    lines: list[str], line_break: str, bom: bool, before: str
) -> None:
    text = (before + "---\n" + "".join(f"{line}\n" for line in lines) + "---\n# T\n").replace(
        "\n", line_break
    )
    raw = b"\xef\xbb\xbf" * bom + text.encode()
    check_fixes(raw)
    report, _ = fix(everything(card_of((read(raw, "README.md"),))), everything)
    after = report.card.documents[0].text
    assert after.count("\n") == after.count(line_break) == text.count(line_break)
    assert [line.rpartition("#")[2] for line in after.splitlines() if "#" in line] == [
        line.rpartition("#")[2] for line in text.splitlines() if "#" in line
    ]

"""Reading: what a document says, where each word of it stands, and what is refused.

Three other readers are held against ours: `json`, PyYAML restricted to the core schema, and the Hub's own
regular expression.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from modelcard_validator.document import (
    MAX_DEPTH,
    MAX_NODES,
    Document,
    Lines,
    Mark,
    Pointer,
    Span,
    front_matter,
    read,
)
from modelcard_validator.document import yaml as yaml_reader

SHARED = Path(os.environ.get("MODELCARD_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data"
CORPUS = sorted(path for path in (SHARED / "corpus").rglob("*") if path.is_file())


def read_yaml(text: str) -> Document:
    return read(text.encode(), "x.yaml")


def value_of(scalar: str) -> Any:
    document = read_yaml(f"key: {scalar}\n")
    assert not document.refusals
    return document.data["key"]


# YAML 1.2.2, section 10.3.2; what JSON cannot hold stays the text that was written.
WORDS = """
    no yes on off y n No nULL tRUE none << = + - . 2024-05-01 2024-05-01T12:30:00Z 12:30 1:30:00 v1 1a 1.2.3
    .inf -.INF +.Inf .nan .NaN inf nan 1e999 -1e999 1_000 1,000 0b11 -0x1F -0o17 0x 0o8 0xG 1e e3 --1 ٣ 1٣ ²
"""
CORE = {
    **{word: word for word in (*WORDS.split(), "9" * 4001)},
    **dict.fromkeys(["null", "Null", "NULL", "~", ""]),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
    **{
        digits: int(digits)
        for digits in ("0", "17", "017", "-017", "+5", "-0", "12345678901234567890", "9" * 40)
    },
    **{digits: int(digits, 0) for digits in ("0o17", "0x1F", "0xff")},
    **{digits: float(digits) for digits in ("1.10", "1.", ".5", "-.5", "1e3", "1E-3", "+1.5e+3")},
}


@pytest.mark.parametrize("scalar", CORE, ids=lambda scalar: scalar[:30] or "empty")
def test_plain_scalar_by_the_core_schema(scalar: str) -> None:
    value = value_of(scalar) if scalar not in ("-", "=") else yaml_reader.resolve(scalar)
    assert (value, type(value)) == (CORE[scalar], type(CORE[scalar]))


@pytest.mark.parametrize("scalar", ["no", "1.10", "null", "~", "true", "017"])
@pytest.mark.parametrize("quote", ["'{}'", '"{}"', "|-\n  {}", ">-\n  {}"], ids=["'", '"', "|", ">"])
def test_quoted_is_text(scalar: str, quote: str) -> None:
    assert value_of(quote.format(scalar)) == scalar


def test_keys_are_text_as_written() -> None:
    assert read_yaml("1: a\n1.10: b\nno: c\n~: d\n'': e").data == {
        "1": "a",
        "1.10": "b",
        "no": "c",
        "~": "d",
        "": "e",
    }


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"], ids=["NEL", "LS", "PS"])
def test_line_breaks_of_yaml_1_1_end_no_line(character: str) -> None:
    """libyaml ends a line there: a key behind a comment would be ours alone."""
    document = read_yaml(f"a: b # {character}c: d\ne: f{character}g\nh: 'i{character}j'\n")
    assert document.data == {"a": "b", "e": f"f{character}g", "h": f"i{character}j"}
    assert document.position(document.span(("e",)).start) == (2, 4)


# What is written, and the source of each value and key in it.
POSITIONS: dict[str, tuple[str, dict[Pointer, str]]] = {
    "plain": ("a: b c # d\n", {("a",): "b c"}),
    "plain on two lines": ("a: b\n  c\n", {("a",): "b\n  c"}),
    "single quotes": ("a: 'b''c'\n", {("a",): "'b''c'"}),
    "double quotes": ('a: "b\\\n  c"\n', {("a",): '"b\\\n  c"'}),
    "literal": ("a: |\n  b\n  c\n# d\ne: f\n", {("a",): "|\n  b\n  c", ("e",): "f"}),
    "literal, kept": ("a: |+\n  b\n\n\ne: f\n", {("a",): "|+\n  b", ("e",): "f"}),
    "folded": ("a: >-\n  b\n\n\n  c\n   # no comment\n", {("a",): ">-\n  b\n\n\n  c\n   # no comment"}),
    "literal at the end": ("a: |\n  b", {("a",): "|\n  b"}),
    "null": ("a:\nb: ~\n", {("a",): "", ("b",): "~"}),
    "list": ("a:\n  - b\n  - c # d\n", {("a",): "- b\n  - c", ("a", 0): "b", ("a", 1): "c"}),
    "list without indentation": (
        "a:\n- b\n\n- c\n\nd: e\n",
        {("a",): "- b\n\n- c", ("a", 1): "c", ("d",): "e"},
    ),
    "flow": ("a: [b, {c: d}, ]\n", {("a",): "[b, {c: d}, ]", ("a", 1): "{c: d}", ("a", 1, "c"): "d"}),
    "flow on lines": ("a: [\n  b,\n  c\n]\n", {("a",): "[\n  b,\n  c\n]", ("a", 1): "c"}),
    "JSON in YAML": ('{"a":1,"b":["c"]}', {(): '{"a":1,"b":["c"]}', ("a",): "1", ("b", 0): '"c"'}),
    "anchor": ("a: &x b\nc: *x\n", {("a",): "b", ("c",): "*x"}),
    "anchor and comment": ("a: &x # d\n  # e\n  b\n", {("a",): "b"}),
    "anchor of a mapping": ("a: &x\n  b: c\nd: *x\n", {("a",): "b: c", ("d",): "*x", ("d", "b"): "c"}),
    "anchor of nothing": ("a: &x\nb: c\n", {("a",): "", ("b",): "c"}),
    "anchor in a flow": ("a: [&x, &y b, {c: &z}]\n", {("a", 0): "", ("a", 1): "b", ("a", 2, "c"): ""}),
    "anchor of a key": ("&x a: b\nc: *x\n", {("a",): "b", ("c",): "*x"}),
    "CRLF": ("a: b\r\nc:\r\n  - d\r\n", {("a",): "b", ("c", 0): "d"}),
    "CR": ("a: b\rc: d\r", {("a",): "b", ("c",): "d"}),
    "leading blank lines": ("\n\n  \na: b\n", {("a",): "b"}),
    "comments": ("# x\na: # y\n  b\n# z\n", {("a",): "b"}),
    "non-BMP": ("a\U0001f600: \U0001f600\nb: c\n", {("a\U0001f600",): "\U0001f600", ("b",): "c"}),
    "combining": ("e\u0301: e\u0301 x\nb: c\n", {("e\u0301",): "e\u0301 x", ("b",): "c"}),
    "explicit key": ("? a\n: b\n? c\n", {("a",): "b", ("c",): ""}),
    "tabs": ("a:\tb\t# c\nd: e\n", {("a",): "b", ("d",): "e"}),
}


@pytest.mark.parametrize(
    "prefix", ["", "\ufeff", "---\n", "%YAML 1.2\n---\n"], ids=["", "BOM", "dashes", "version"]
)
@pytest.mark.parametrize("why", POSITIONS)
def test_span_of_values_and_keys(why: str, prefix: str) -> None:
    text, sources = POSITIONS[why]
    document = read_yaml(prefix + text)
    assert not document.refusals
    assert {pointer: document.source(pointer) for pointer in sources} == sources
    for pointer in sources:
        if pointer and isinstance(pointer[-1], str) and pointer != ("d", "b"):
            span = document.span(pointer, key=True)
            assert document.text[span.start : span.end].strip('"') == pointer[-1]


def test_spans_are_the_same_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for text, _ in POSITIONS.values() if "&x, " not in text and "\t" not in text]
    ours = [spans(read_yaml(text)) for text in texts]
    monkeypatch.setattr(yaml_reader, "_Parser", yaml.SafeLoader)
    assert [spans(read_yaml(text)) for text in texts] == ours


def spans(document: Document) -> dict[Pointer, Span]:
    return {pointer: document.span(pointer) for pointer, _ in leaves(document)}


def leaves(document: Document) -> Iterator[tuple[Pointer, Span]]:
    """The values that hold no others, with the way to them."""
    todo: list[tuple[Pointer, Any]] = [((), document.mark)]
    while todo:
        pointer, mark = todo.pop()
        children: list[tuple[str | int, Any]] = []
        if isinstance(mark, Mark):
            children = [*(mark.values or {}).items(), *enumerate(mark.items or ())]
        todo += (((*pointer, step), child) for step, child in children)
        if not children:
            yield pointer, document.span(pointer)


@pytest.mark.parametrize("line_break", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("before", ["", "\n\n", "\ufeff"], ids=["", "blank lines", "BOM"])
def test_position_in_front_matter(before: str, line_break: str) -> None:
    text = before + "---\nlicense: mit\ntags:\n  - \U0001f600 a\n---  \n# body\n"
    document = read(text.replace("\n", line_break).encode(), "README.md")
    line, column = document.position(document.span(("tags", 0)).start)
    assert (line, column) == (4 + before.count("\n"), 5)
    assert document.lines.line(line) == "  - \U0001f600 a"
    assert document.bom == before.startswith("\ufeff")
    assert document.text[document.body.start :].startswith("# body")


@given(st.text("ab\r\n\u2028\x85\x0b\x0c\x1c", max_size=20))
def test_lines_end_at_lf_cr_and_crlf_only(text: str) -> None:
    lines = Lines(text)
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    for offset in range(len(text) + 1):
        line, column = lines.position(offset)
        assert starts[line - 1] + column - 1 == offset
        assert line == sum(start <= offset for start in starts)
        assert lines.line(line) == re.split(r"\r\n|\r|\n", text)[line - 1]


def texts_of(pieces: list[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=most).map("".join)


@given(texts_of(["-", "--", "---", "\n", "\r", "\r\n", " ", "\t", "a: 1", "\x1c", "\x85"], 12))
@example("---\r\n---\r\n")
@example("---\na: 1\n--- \t\n")
@example("\n \n---\na: 1\n---")
def test_front_matter_is_where_the_hub_sees_it(text: str) -> None:
    """But for U+FEFF, which is white space to the Hub's JavaScript and not to Python: no strategy has it."""
    hub = pytest.importorskip("huggingface_hub.repocard").REGEX_YAML_BLOCK.search(text)
    found = front_matter.find(text)
    assert (found if isinstance(found, Span) else None) == (Span(*hub.span(2)) if hub else None)


def test_byte_order_marks_before_front_matter() -> None:
    assert front_matter.find("\ufeff\n\ufeff---\na: 1\n---\n") == Span(7, 11)


# Every scalar and key of these is read as text by some reader and as something else by another.
TEXTS = st.one_of(
    st.sampled_from(
        [*CORE, "- a", "a: b", "# a", " a", "a ", "&a", "*a", "!a", "{a", "a\nb", "a\n\n b\n", "\t", "|", "%"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufdd0\ufdd1\ufdd2"), max_size=12),
)


def trees(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
        max_leaves=12,
    )


NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = trees(TEXTS | st.none() | st.booleans() | NUMBERS)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, True, False]),
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "width": st.sampled_from([5, 20, 80]),
        "indent": st.sampled_from([2, 4]),
        "allow_unicode": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n"]),
    }
)


class CoreLoader(yaml.CSafeLoader):
    """PyYAML with the tags of the core schema, and keys that are text."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        return {key.value: self.construct_object(value, deep=deep) for key, value in node.value}


for tag, pattern in {
    "null": r"null|Null|NULL|~|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), None)


def number(loader: CoreLoader, node: Any) -> Any:
    written = str(node.value)
    try:
        return int(written, 8 if written.startswith("0o") else 16 if written.startswith("0x") else 10)
    except ValueError:
        too_large = len(written) > 4000 or float(written) in (float("inf"), float("-inf"))
        return written if too_large else float(written)


CoreLoader.add_constructor("tag:yaml.org,2002:int", number)
CoreLoader.add_constructor("tag:yaml.org,2002:float", number)
CoreLoader.add_constructor("tag:yaml.org,2002:map", CoreLoader.construct_yaml_map)


@given(st.dictionaries(TEXTS, VALUES, max_size=4), st.dictionaries(TEXTS, trees(TEXTS), max_size=4), STYLES)
def test_yaml_agrees_with_pyyaml(data: dict[str, Any], texts: dict[str, Any], style: dict[str, Any]) -> None:
    if style["default_style"] is not None:  # PyYAML writes tags at what is no text then
        data = texts
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, **style)
    document = read_yaml(text)
    theirs = yaml.load(text.translate(yaml_reader._STAND_INS), Loader=CoreLoader)
    assert not document.refusals
    assert document.data == untranslated(theirs)
    for pointer, mark in leaves(document):
        source = document.text[mark.start : mark.end]
        if pointer and source[:1] not in ("|", ">", "*"):
            assert read_yaml(f"x: {source}\n").data == {"x": document.get(pointer)}


def untranslated(value: Any) -> Any:
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(text.translate(yaml_reader._OLD_BREAKS))


@pytest.mark.skipif(not CORPUS, reason="no corpus")
def test_yaml_agrees_with_pyyaml_on_real_cards() -> None:
    checked = 0
    for path in CORPUS:
        document = read(path.read_bytes(), "README.md")
        if document.metadata is None or document.refusals:
            continue
        source = document.text[document.metadata.start : document.metadata.end]
        assert document.data == (yaml.load(source, Loader=CoreLoader) or {}), path
        checked += 1
    assert checked > 900


JSON_TEXTS = st.one_of(
    st.builds(json.dumps, VALUES, ensure_ascii=st.booleans(), indent=st.sampled_from([None, 1, "\t"])),
    texts_of([*'{}[]:,"\\ \n\t0123456789.eE+-truefalsn', "true", "null", '"a"', "\\u00e9", "NaN"], 15),
)


def strict_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("duplicate key")
    return dict(pairs)


def no_constant(name: str) -> Any:
    raise ValueError(name)


@given(JSON_TEXTS, st.integers(0, 40), st.sampled_from(["", ",", "}", '"', "\\", "0", "\x00", "e", " "]))
def test_json_agrees_with_json(text: str, at: int, dirt: str) -> None:
    """Refused beyond what `json` refuses: duplicate keys, NaN and Infinity, half a surrogate pair. A number
    that no float can hold stays text."""
    text = '{"a": ' + text[:at] + dirt + text[at:] + "}"
    document = read(text.encode("utf-8", "surrogatepass"), "x.json")
    try:
        theirs = json.loads(
            text, object_pairs_hook=strict_pairs, parse_constant=no_constant, parse_float=number_of
        )
        json.dumps(theirs, ensure_ascii=False).encode()
    except ValueError:
        assert document.refusals
        assert document.data is None
    else:
        assert not document.refusals
        assert document.data == theirs
        for pointer, mark in leaves(document):
            assert json.loads(text[mark.start : mark.end], parse_float=number_of) == document.get(pointer)


def number_of(written: str) -> float | str:
    return written if float(written) in (float("inf"), float("-inf")) else float(written)


# What is refused: the file's name, what is in it, the rule, the line and column.
REFUSALS: dict[str, tuple[str, str | bytes, str, tuple[int, int]]] = {
    "duplicate key": ("x.yaml", "a: 1\nb:\n  c: 1\n  c: 2\n", "duplicate-key", (4, 3)),
    "duplicate key, quoted": ("README.md", "---\na: 1\n'a': 2\n---\n", "duplicate-key", (3, 1)),
    "duplicate key in JSON": ("x.json", '{"a": 1,\n "a": 2}', "duplicate-key", (2, 2)),
    "duplicate key by an escape": ("x.json", '{"a": 1, "\\u0061": 2}', "duplicate-key", (1, 10)),
    "tag": ("x.yaml", "a:\n  - !x b\n", "yaml-tag", (2, 5)),
    "tag of a list": ("x.yaml", "a: !!set [b]", "yaml-tag", (1, 4)),
    "tag of a key": ("x.yaml", "!x a: b", "yaml-tag", (1, 1)),
    "alias in its anchor": ("x.yaml", "a: &x\n  b: [*x]\n", "recursive-anchor", (2, 7)),
    "alias of nothing": ("x.yaml", "a: *x\n", "yaml-syntax", (1, 4)),
    "alias as a key": ("x.yaml", "a: &x b\n*x : c\n", "key-not-text", (2, 1)),
    "list as a key": ("x.yaml", "a:\n  ? [b]\n  : c\n", "key-not-text", (2, 5)),
    "template": ("README.md", "---\nlicense: {{ license }}\n---\n", "key-not-text", (2, 10)),
    "two documents": ("x.yaml", "a: 1\n---\nb: 2\n", "several-documents", (2, 1)),
    "deep": ("x.yaml", f"a: {'[' * MAX_DEPTH}{']' * MAX_DEPTH}", "too-deep", (1, 3 + MAX_DEPTH)),
    "deep JSON": ("x.json", f'{{"a":{"[" * MAX_DEPTH}{"]" * MAX_DEPTH}}}', "too-deep", (1, 5 + MAX_DEPTH)),
    "deep by aliases": ("x.yaml", f"a: &x {'[' * 40}{']' * 40}\nb: {'[' * 30}*x", "too-deep", (2, 34)),
    "large": ("README.md", f"---\na: {'b' * 1_100_000}\n---\n", "too-large", (2, 1)),
    "many": ("x.yaml", f"a: [{'b,' * MAX_NODES}]", "too-large", (1, 4)),
    "many in JSON": ("x.json", f'{{"a":[{"0," * MAX_NODES}0]}}', "too-large", (1, 3 + 2 * MAX_NODES)),
    "Latin-1": ("README.md", "---\na: b\nc: é".encode("latin-1"), "not-utf8", (3, 4)),
    "Latin-1 after a byte order mark": ("x.yaml", b"\xef\xbb\xbfa: \xe9", "not-utf8", (1, 4)),
    "control character": ("x.yaml", "a: 1\nb: \x1b[31m", "control-character", (2, 4)),
    "byte order mark inside": ("x.yaml", "a: \ufeff1", "control-character", (1, 4)),
    "half a pair": ("x.json", '{"a": "\\udc00"}', "control-character", (1, 7)),
    "list": ("x.yaml", "# x\n- a\n", "not-a-mapping", (2, 1)),
    "text": ("README.md", "---\njust words\n---\n", "not-a-mapping", (2, 1)),
    "list in JSON": ("x.json", " [1]", "not-a-mapping", (1, 2)),
    "unclosed": ("README.md", "\n---\nlicense: mit\n", "unclosed-front-matter", (2, 1)),
    "comment in JSON": ("x.json", '{"a": 1, // b\n}', "json-syntax", (1, 10)),
    "comma in JSON": ("x.json", '{"a": [1,]}', "json-syntax", (1, 9)),
    "NaN in JSON": ("x.json", '{"a": NaN}', "json-syntax", (1, 7)),
    "end of JSON": ("x.json", '{"a": [1', "json-syntax", (1, 9)),
    "two values of JSON": ("x.json", "{}\n{}", "json-syntax", (2, 1)),
    "empty JSON": ("x.json", "", "json-syntax", (1, 1)),
    "tab": ("x.yaml", "a:\n\tb: 1\n", "yaml-syntax", (2, 1)),
    "quote without an end": ("x.yaml", "a: 1\nb: 'c\n", "yaml-syntax", (2, 4)),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_refused_at_its_place_with_a_hint(why: str) -> None:
    name, content, rule, place = REFUSALS[why]
    document = read(content if isinstance(content, bytes) else content.encode(), name)
    (refusal,) = document.refusals
    assert (refusal.rule, document.position(refusal.span.start)) == (rule, place)
    assert refusal.help
    assert document.data is None


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", {}),
        ("# only a comment\n", {}),
        ("null", {}),
        ("a: 1\n...\n", {"a": 1}),
        ("---\na: 1\n", {"a": 1}),
    ],
)
def test_what_yaml_allows_is_fine(text: str, data: Any) -> None:
    document = read_yaml(text)
    assert (document.data, document.refusals) == (data, ())


def test_nearest_place_of_a_value_that_is_not_there() -> None:
    document = read_yaml("a: {b: [1]}\n")
    assert document.source(("a", "b", 7)) == "[1]"
    assert document.source(("a", "x", "y")) == "{b: [1]}"
    assert document.get(("a", "b", 7)) is None

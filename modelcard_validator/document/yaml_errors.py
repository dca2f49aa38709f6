"""A YAML parser's error in the words of a card's author, at the place of its cause.

A parser stops where it cannot go on, often a line or more after the mistake: at `tags: [a]`, because the line
above it is `license:mit`. `explain` looks at what is there. Imported only when there is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from .._named_tuple import NamedTuple


class Explanation(NamedTuple):
    """What is wrong, what to do, and the offsets of the place."""

    message: str
    help: str
    start: int
    end: int


class _Where(NamedTuple):
    """The text, where the parser stopped, and where what it was reading had begun."""

    source: str
    at: int
    begin: int


def explain(error: yaml.YAMLError, source: str) -> Explanation:
    """The likely cause of a parser's error; the parser's own words where none is known."""
    problem = getattr(error, "problem", None) or str(error)
    at = _index(getattr(error, "problem_mark", None), source, 0)
    where = _Where(source, at, _index(getattr(error, "context_mark", None), source, at))
    if conflict := _CONFLICT.search(source):
        message = "a merge conflict was never resolved"
        return Explanation(message, "Keep one side and remove the markers.", *conflict.span())
    if source[at : at + 1] == "\t":
        return Explanation("a tab stands where YAML wants spaces", "Indent with spaces.", at, at + 1)
    for part, cause in _CAUSES:
        if part in problem:
            return cause(where)
    return Explanation(
        problem, "Check the quotes and the indentation, here and on the line above.", at, at + 1
    )


def _index(mark: yaml.Mark | None, source: str, default: int) -> int:
    return default if mark is None else min(mark.index, len(source))


def _line(source: str, at: int) -> tuple[int, str]:
    """Offset and text of the line that holds `at`."""
    start = max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1
    end = _LINE_END.search(source, at)
    return start, source[start : end.start() if end else len(source)]


def _line_above(source: str, start: int) -> tuple[int, str]:
    """Offset and text of the nearest line above `start` that says something; (0, "") if there is none."""
    for _ in range(_MAX_LINES):
        if start == 0:
            break
        start, line = _line(source, start - 1)
        if line.strip() and not line.lstrip().startswith("#"):
            return start, line
    return 0, ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _first_character(where: _Where) -> Explanation:
    source, at, _ = where
    if source[max(at - 1, 0) : at + 1] == "{%":
        message = "`{%` begins a placeholder of a template"
        return Explanation(message, "Fill it in, or remove the line.", at - 1, at + 1)
    return _reserved(source, at)


def _reserved(source: str, at: int) -> Explanation:
    sign = source[at : at + 1]
    named = "a backtick" if sign == "`" else f"`{sign}`"
    return Explanation(f"a value cannot begin with {named}", "Quote the value.", at, at + 1)


def _second_colon(where: _Where) -> Explanation:
    """A `: ` where a value is already: its own line has two, or the line above is not what it seems."""
    source, at, _ = where
    start, line = _line(source, at)
    if re.search(r":\s", line[: at - start]):
        message = "a value holds `: ` and is not quoted"
        return Explanation(message, 'Quote the value, as in `name: "a: b"`.', at, at + 1)
    above, other = _line_above(source, start)
    if found := without_space(other, above):
        return found
    if re.search(r":(\s|$)", other) and _indent(line) > _indent(other):
        message = "this line is indented further than the one above, whose value is complete"
        help = "Give it the indentation of the line above, or move that line's value here."
        if other.lstrip().startswith("- "):
            help = "Give it the indentation of the key after the `- `."
        return Explanation(message, help, start + _indent(line), start + len(line))
    return _no_pair(above, other)


def without_space(line: str, start: int) -> Explanation | None:
    """For a line at `start` whose colon or dash lacks its space."""
    if match := _COLON_WITHOUT_SPACE.match(line):
        plain = match[3] == ":"
        message = "no space follows the colon" if plain else "a full-width colon follows the key"
        help = f"Write `{match[2]}: {match[4][:40]}`."
        return Explanation(message, help, start + match.start(3), start + match.end(3))
    if match := _DASH_WITHOUT_SPACE.match(line):
        help = f"Write `- {match[2][:40]}`."
        return Explanation("no space follows the dash", help, start + match.start(1), start + match.end(1))
    return None


def _no_pair(start: int, line: str) -> Explanation:
    begin, end = start + _indent(line), start + len(line)
    if line.lstrip().startswith("<!--"):
        message = "an HTML comment is no comment in YAML"
        return Explanation(message, "Begin the line with `#`, or remove it.", begin, end)
    if line.strip().startswith("{") and line.strip().endswith("}"):
        message = f"`{line.strip()[:60]}` is a placeholder, and no `key: value`"
        return Explanation(message, "Fill it in, or remove the line.", begin, end)
    message = "this line is neither `key: value` nor an item of a list"
    help = "Add what is missing; if it belongs to the value above, quote that value as a whole."
    return Explanation(message, help, begin, max(end, begin + 1))


def _no_colon(where: _Where) -> Explanation:
    start, line = _line(where.source, where.begin)
    return without_space(line, start) or _no_pair(start, line)


def _no_key(where: _Where) -> Explanation:
    """Something stands where the next key of a mapping should."""
    source, at, _ = where
    start, line = _line(source, at)
    before, rest = line[: at - start].rstrip(), line[at - start :]
    last = before[-1:]
    if last == "'":
        message = "text follows the closing quote"
        return Explanation(message, "Use double quotes; inside single ones, `'` is written `''`.", at, at + 1)
    if last == '"':
        help = 'Quote the value as a whole; inside double quotes, `"` is written `\\"`.'
        return Explanation("text follows the closing quote", help, at, at + 1)
    if last and last in "]}":
        help = "Quote the value as a whole." if last == "]" else "Quote the value, or fill the template in."
        return Explanation(f"text follows the closing `{last}`", help, at, at + 1)
    if rest.startswith("- ") or rest == "-":
        message = "a list item stands where a key belongs"
        help = "Give it the indentation of the items above, or put it below a key of its own."
    elif rest.startswith(":"):
        message, help = "a key is missing before the colon", "Write the key, or quote the value."
    else:
        message = "this line has the indentation of no line above it"
        help = "Give it the indentation of the key that it stands beside."
    return Explanation(message, help, at, max(start + len(line.rstrip()), at + 1))


def _list_on_the_line(where: _Where) -> Explanation:
    message = "a list cannot begin on the line of its key"
    help = "Put every `- item` on a line of its own below; quote a value that begins with `- `."
    return Explanation(message, help, where.at, where.at + 1)


def _no_dash(where: _Where) -> Explanation:
    start, line = _line(where.source, where.at)
    message = "this line stands among the items of a list and is none"
    help = "Begin it with `- `, or give it the indentation of the key that it stands beside."
    return Explanation(message, help, where.at, max(start + len(line.rstrip()), where.at + 1))


def _open_bracket(where: _Where) -> Explanation:
    source, at, begin = where
    bracket = source[begin : begin + 1]
    closing = "]" if bracket == "[" else "}"
    start, line = _line(source, begin)
    if found := _comment(start, line, begin - start):
        return found
    here, other = _line(source, at)
    if here == start or _indent(other) > _indent(line):
        message = f"a comma, or the closing `{closing}`, is missing before this"
        return Explanation(message, "Put it there; quote a value that holds `: ` or `, `.", at, at + 1)
    help = f"Put the `{closing}` where the value ends, or quote the value that begins with `{bracket}`."
    return Explanation(f"the `{bracket}` is never closed", help, begin, begin + 1)


def _comment(start: int, line: str, after: int) -> Explanation | None:
    """For a `#` behind an open bracket that has commented the rest of the line out."""
    match = _HASH.search(line, after)
    if match is None:
        return None
    message = "`#` begins a comment, and the bracket is closed inside it"
    help = "Quote an id that begins with `#`."
    return Explanation(message, help, start + match.start(1), start + match.end(1))


def _no_value(where: _Where) -> Explanation:
    source, at, _ = where
    sign = source[at : at + 1]
    if sign == ",":
        message = "a value is missing before the comma"
        return Explanation(message, "Remove the comma, or quote a value that begins with it.", at, at + 1)
    if sign and sign in "]}":
        return Explanation(f"this `{sign}` closes nothing", "Remove it, or quote the value.", at, at + 1)
    start, line = _line_above(source, len(source) if at >= len(source.rstrip()) else at)
    found = _comment(start, line, 0)
    return found or Explanation("a value is missing here", "Write it, or close the bracket.", at, at + 1)


def _open_quote(where: _Where) -> Explanation:
    quote = where.source[where.begin : where.begin + 1]
    inside = "''" if quote == "'" else '\\"'
    help = f"Close it where the value ends; inside these quotes, `{quote}` is written `{inside}`."
    return Explanation("this quote is never closed", help, where.begin, where.begin + 1)


def _escape(where: _Where) -> Explanation:
    start = where.source.rfind("\\", 0, where.at + 1)
    written = where.source[start : start + 2]
    help = "Use single quotes; inside double ones, a backslash is written `\\\\`."
    return Explanation(f"`{written}` is no escape of YAML", help, start, start + 2)


def _began(where: _Where) -> Explanation:
    return _reserved(where.source, where.begin)


def _colon_in_brackets(where: _Where) -> Explanation:
    help = "Quote the value, or put a space after the colon of a key."
    return Explanation("a colon inside brackets is neither a key's nor quoted", help, where.at, where.at + 1)


def _block_of_text(where: _Where) -> Explanation:
    source, _, begin = where
    message = f"`{source[begin : begin + 1]}` begins a block of text, which stands on the lines below"
    return Explanation(message, "Quote the value, or begin it on the next line.", begin, begin + 1)


def _second_document(where: _Where) -> Explanation:
    start, line = _line_above(where.source, where.at)
    if line.startswith("%"):
        return Explanation("a line cannot begin with `%`", "Remove it.", start, start + len(line))
    message = "something follows the end of the document"
    return Explanation(message, "Remove the `...` line, or what follows it.", where.at, where.at + 1)


_MAX_LINES = 100
_LINE_END = re.compile(r"[\r\n]")
_CONFLICT = re.compile(r"^<{7} [^\r\n]*", re.MULTILINE)
_COLON_WITHOUT_SPACE = re.compile(r"(\s*(?:- )?)([A-Za-z_][\w.-]*)(:(?=[^\s/:])|：[ ]*)([^\s].*)")
_DASH_WITHOUT_SPACE = re.compile(r"\s*(-)([^\s-].*)")
_HASH = re.compile(r"[\[{,:\s](#[^\s,\]}]*)")

# Parts of what libyaml says, and PyYAML's own parser where that says something else.
_CAUSES: tuple[tuple[str, Callable[[_Where], Explanation]], ...] = (
    ("cannot start any token", _first_character),
    ("mapping values are not allowed", _second_colon),
    ("could not find expected ':'", _no_colon),
    ("did not find expected key", _no_key),
    ("expected <block end>", _no_key),
    ("sequence entries are not allowed", _list_on_the_line),
    ("expected '-' indicator", _no_dash),
    ("expected ',' or", _open_bracket),
    ("node content", _no_value),
    ("unexpected end of stream", _open_quote),
    ("unexpected document", _open_quote),
    ("unknown escape character", _escape),
    ("comment or", _block_of_text),
    ("indentation indicator", _block_of_text),
    ("alphabetic or numeric character", _began),
    ("non-alphabetical character", _began),
    ("directive", _began),
    ("found unexpected ':'", _colon_in_brackets),
    ("mapping keys are not allowed", _first_character),
    ("whitespace or line break", _began),
    ("tag", _began),
    ("<document start>", _second_document),
)

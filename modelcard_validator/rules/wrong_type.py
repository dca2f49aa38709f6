"""A value of the record has the wrong type.

## What it does
Reports numbers where text is meant, text where a list or a mapping is meant, keys with nothing after them,
and so on.

## Why it matters
Unquoted, `1.10` is the number 1.1 and a revision of digits loses its zeros. A key with nothing after it is
null, which says neither "unknown" nor "none". What has another type than is expected is not read.

## How to fix
Do what the message says: quote the number, write `[x]` for a list of one, leave out a key that says
nothing. `modelcard validate --fix` does so where there is just one right way.

## Example
```record
lineage_version: 1.0
model: {id: acme/chat}
```
```record
lineage_version: "1.0"
model: {id: acme/chat}
```

## Source
SPEC.md, 2.4, 4.2 and 6.5; the keyword `type` of lineage.schema.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from .._named_tuple import NamedTuple
from ..card import Card, newer_minor
from ..document import JSON, Form, Pointer
from ..finding import Edit, Fix, Kind, Severity
from ..schema import CURRENT
from . import Problem, Rule, quoted
from ._faults import (
    WRONG_TYPE,
    Fault,
    Node,
    called,
    example_at,
    faults,
    nodes_at,
    one_of,
    pair,
    types_of,
    written,
)

RULE = Rule(Kind.STRUCTURE, Severity.ERROR, needs="record")

_KINDS = {
    bool: "a truth value",
    dict: "a mapping",
    float: "a number",
    int: "a number",
    list: "a list",
    str: "text",
}
_WANTED = {
    "array": "a list",
    "boolean": "`true` or `false`",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}
_LATER_ONE = r"1(\.0+)?"
_TRUE = frozenset(("true", "yes", "on", "y"))
_FALSE = frozenset(("false", "no", "off", "n"))
_NUMBER = r"(?a)-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"
_DIGEST = r"[0-9a-f]{64}"
_COMMENT = r"[ \t]*#\S"
# What may stand between brackets as it is: plain words without a sign of YAML, or one line in quotes.
_FLOW_SAFE = r"""(?a)[A-Za-z0-9_./](?:[\w./+@:-]*[\w./+@-])?|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*'"""


class _Advice(NamedTuple):
    """What to do, and the text that is to stand instead, if there is just one."""

    help: str
    instead: str | None = None


def check(card: Card) -> Iterator[Problem]:
    """See the module."""
    for fault in faults(card, WRONG_TYPE):
        types = types_of(fault.nodes)
        advice = _ADVICE[types[0]](fault) if fault.value is not None else _nothing(fault, types)
        fix = None
        if advice.instead is not None:
            span = fault.place.document.span(fault.place.pointer)
            edit = Edit(fault.place.document.path, span.start, span.end, advice.instead)
            fix = Fix(f"write {quoted(advice.instead)}", (edit,))
        yield Problem(fault.place, _message(fault, _WANTED[types[0]]), advice.help, fix)


def _message(fault: Fault, wanted: str) -> str:
    name = called(fault.pointer)
    if fault.value is None:
        return f"{name} is left empty; it must be {wanted}"
    kind = _KINDS[type(fault.value)]
    if isinstance(fault.value, (dict, list)):
        return f"{name} is {kind}; it must be {wanted}"
    return f"{quoted(_source(fault))} is {kind}; {name} must be {wanted}"


def _source(fault: Fault) -> str:
    """The value as it was written: `1.10`, and not 1.1."""
    return fault.place.document.source(fault.place.pointer)


def _inside(fault: Fault, *steps: str | int) -> str:
    return fault.place.document.source((*fault.place.pointer, *steps))


def _nothing(fault: Fault, types: tuple[str, ...]) -> _Advice:
    document, pointer = fault.place.document, fault.pointer
    after = document.span(fault.place.pointer).end
    if (
        types[0] == "string"
        and document.form is not Form.JSON
        and re.compile(_COMMENT).match(document.text, after)
    ):
        return _Advice("Quote what follows: after a space, `#` begins a comment.")
    if not pointer:
        return _Advice("Write the record, or remove the key.")
    if isinstance(pointer[-1], int):
        return _Advice("Write it, or remove the entry.")
    if any(pointer[-1] in node.get("required", ()) for node in nodes_at(pointer[:-1])):
        return _Advice(f"Write one, such as `{pair(pointer[-1], example_at(fault.pointer), document)}`.")
    if types[0] == "array" and "unknown" in _words_of(nodes_at((*pointer, 0))):
        return _Advice("Write `[unknown]` if that is not known, or leave the key out.")
    if types[0] == "array":
        return _Advice("Leave the key out if that is not known, or write `[]` for none.")
    return _Advice("Leave the key out: what is absent is unknown.")


def _no_text(fault: Fault) -> _Advice:
    value, source, document = fault.value, _source(fault), fault.place.document
    if fault.says("const") is not None:
        if source == CURRENT or newer_minor(source):
            return _Advice(f'Quote it: `"{source}"`.', f'"{source}"')
        instead = f'"{CURRENT}"' if re.compile(_LATER_ONE).fullmatch(source) else None
        return _Advice(f'Write `"{CURRENT}"`.', instead)
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], str):
            item = _inside(fault, 0)
            return _Advice(f"Write {quoted(item)}.", item if source.startswith("[") else None)
        return _Advice("Write one value.")
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            bare = source.startswith("{") and len(value) == 1
            return _Advice(
                f"Write the id alone: {quoted(value['id'])}.", _inside(fault, "id") if bare else None
            )
        if isinstance(inner := value.get("dataset", value.get("model")), dict) and "id" in inner:
            return _Advice(f"Write the id alone: {quoted(inner['id'])}.")
        if list(value.values()) == [None]:
            return _Advice("Quote it; or fill it in, if it is a template.")
        return _Advice(f"Write text, such as `{written(example_at(fault.pointer), document)}`.")
    if words := fault.says("enum"):
        return _Advice(one_of(words))
    if isinstance(value, bool):
        return _Advice(f"Quote it, if {quoted(source)} is the text that is meant.")
    if source.startswith("*"):
        return _Advice("Quote the value that it stands for.")
    in_quotes = json.dumps(source)
    return _Advice(f"Quote it: {quoted(in_quotes)}.", in_quotes)


def _no_list(fault: Fault) -> _Advice:
    value, source, document = fault.value, _source(fault), fault.place.document
    items = nodes_at((*fault.pointer, 0))
    wants_mappings = types_of(items)[:1] == ("object",)
    if isinstance(value, dict) and wants_mappings:
        if source.startswith("{"):
            return _Advice("Put `[` and `]` around it.", f"[{source}]")
        return _Advice("Begin it with `- `, and indent the lines below it as far.")
    if isinstance(value, str) and wants_mappings:
        mapping, _ = _mapping_of(items, value, (*fault.pointer, 0))
        return _Advice(_write(fault, mapping, in_list=True))
    if isinstance(value, str):
        words = _words_of(items)
        parts = re.split(r"\s*,\s*", value)
        if len(parts) > 1 and all(part in words for part in parts):
            plain = source == value
            return _Advice(f"Write `{written(parts, document)}`.", f"[{source}]" if plain else None)
        safe = document.form is Form.JSON or re.fullmatch(_FLOW_SAFE, source)
        return _Advice(f"Write {quoted(f'[{source}]')}.", f"[{source}]" if safe else None)
    return _Advice(f"Write a list, such as `{written(example_at(fault.pointer), document)}`.")


def _no_mapping(fault: Fault) -> _Advice:
    value, source, document = fault.value, _source(fault), fault.place.document
    if not fault.pointer:
        return _Advice("Write the record, or remove the key.")
    if isinstance(value, str):
        mapping, is_sure = _mapping_of(fault.nodes, value, fault.pointer)
        is_sure = is_sure and not _is_of_a_teacher(fault)
        safe = document.form is Form.JSON or re.fullmatch(_FLOW_SAFE, source)
        help = _write(fault, mapping)
        return _Advice(help, _in_braces(mapping, source, document.form) if is_sure and safe else None)
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        if len(value) == 1:
            unwrapped = _inside(fault, 0) if source.startswith("[") else None
            return _Advice("Take the one mapping out of the list.", unwrapped)
        if value and all(len(item) == 1 for item in value):
            return _Advice("Write its keys without the `- ` before them.")
    return _Advice(f"Write a mapping, such as `{written(example_at(fault.pointer), document)}`.")


def _is_of_a_teacher(fault: Fault) -> bool:
    """Whether it speaks of a teacher or evaluator: `openai/gpt-4o` is what a router calls one that is only a
    service, and no id of the Hub."""
    return "taught_by" in fault.pointer or "evaluated_by" in fault.pointer


def _write(fault: Fault, mapping: JSON, *, in_list: bool = False) -> str:
    """The help that says to write this mapping, or one of two where it may be a service that is meant."""
    document = fault.place.document

    def shown(mapping: JSON) -> str:
        return f"`{written([mapping] if in_list else mapping, document)}`"

    if mapping is None:
        example = example_at((*fault.pointer, 0) if in_list else fault.pointer)
        return f"Write a {'list' if in_list else 'mapping'}, such as {shown(example)}."
    pointer: Pointer = (*fault.pointer, 0) if in_list else fault.pointer
    service = _as_service(mapping, pointer, fault.value) if _is_of_a_teacher(fault) else None
    if service is None:
        return f"Write {shown(mapping)}."
    if re.search(r"\s", fault.value):
        return f"Write {shown(service)}."
    return f"Write {shown(mapping)} if it is on the Hub, else {shown(service)}."


def _as_service(mapping: JSON, pointer: Pointer, text: str) -> JSON:
    """The same mapping for a model that is only a service; None where it is of no model."""
    if not isinstance(mapping, dict) or text.startswith(("#", "https://", "http://")):
        return None
    if "provider" in _fields(nodes_at(pointer)):
        return {"name": text.rpartition("/")[2] or text, "provider": "…"}
    ((key, inner),) = list(mapping.items())[:1]
    found = _as_service(inner, (*pointer, key), text)
    return None if found is None else {key: found}


def _words_of(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The vocabulary of a field, if it has one."""
    return tuple(next((node["enum"] for node in nodes if "enum" in node), ()))


def _fields(nodes: tuple[Node, ...]) -> dict[str, Node]:
    return {name: part for node in nodes for name, part in node.get("properties", {}).items()}


def _mapping_of(nodes: tuple[Node, ...], text: str, pointer: Pointer) -> tuple[JSON, bool]:
    """The mapping that a bare text stands for, and whether it can stand for no other; None for no mapping."""
    fields = _fields(nodes)
    required = [name for node in nodes for name in node.get("required", ())]
    is_url = text.startswith(("https://", "http://"))
    is_license = "effective" in fields
    if is_license and not is_url and (id := _license_id(text)) is not None:
        return {"id": id}, id == text
    if "id" in fields and re.search(r"\s", text) is None:
        if is_license and is_url:
            return {"url": text}, True
        return {"id": text}, is_license or ("/" in text and not is_url) or text.startswith("#")
    if "name" in fields:
        return {"name": text}, False
    if len(required) == 1:
        inner = nodes_at((*pointer, required[0]))
        if "object" in types_of(inner):
            mapping, is_sure = _mapping_of(inner, text, (*pointer, required[0]))
            return None if mapping is None else {required[0]: mapping}, is_sure
        return {required[0]: text}, text in _words_of(inner) or re.compile(_DIGEST).fullmatch(
            text
        ) is not None
    if "url" in fields and is_url:
        return {"url": text}, True
    if "from" in fields:
        return {"from": text, "to": text}, False
    if "note" in fields:
        return {"note": text}, False
    return None, False


def _license_id(text: str) -> str | None:
    """The id of the licence that a text names, where there is just one."""
    from .. import license_names

    return text if license_names.is_known(text) else license_names.hub_id(text)


def _in_braces(mapping: JSON, source: str, form: Form) -> str:
    """The mapping as text, with its one value as it was written."""
    if not isinstance(mapping, dict):
        return source
    (key, value), *_ = mapping.items()
    name = json.dumps(key) if form is Form.JSON else key
    return f"{{{name}: {_in_braces(value, source, form)}}}"


def _no_number(fault: Fault) -> _Advice:
    if isinstance(fault.value, str) and re.compile(_NUMBER).fullmatch(fault.value):
        return _Advice("Write it without quotes.", fault.value)
    example = written(example_at(fault.pointer), fault.place.document)
    return _Advice(f"Write a number, such as `{example}`, without a unit.")


def _no_truth_value(fault: Fault) -> _Advice:
    word = fault.value.lower() if isinstance(fault.value, str) else None
    if word in _TRUE or word in _FALSE:
        right = "true" if word in _TRUE else "false"
        return _Advice(f"Write `{right}`.", right)
    return _Advice("Write `true` or `false`; leave the key out if it is not known.")


_ADVICE = {
    "array": _no_list,
    "boolean": _no_truth_value,
    "number": _no_number,
    "object": _no_mapping,
    "string": _no_text,
}

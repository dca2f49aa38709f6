"""The standard itself: its schemas compile, agree, and refuse what is wrong in the right place."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "schema" / "1.0"
EXAMPLES = SCHEMAS / "examples"
SHARED = Path(os.environ.get("MODELCARD_SHARED", ROOT.parent / "shared"))

NAMES = [f"{name}{draft}" for name in ("lineage", "modelcard", "policy") for draft in ("", ".draft-07")]
ENUMS_WITHOUT = {
    "AssertedBy": "publisher or not: there is no third case, and left out means publisher",
    "DisclosureLevel": "`other` than complete, partial and withheld cannot be",
    "Extent": "`other` than all and some cannot be",
    "HubRelation": "the Hub's vocabulary, not ours",
    "HubGatedKind": "the Hub's vocabulary, not ours",
}


# Reading: YAML 1.2 core, in which dates and `no` are strings.


class Core(yaml.CSafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for kind, pattern, first in [
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
]:
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(pattern), first)
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


@cache
def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


@cache
def validators(name: str) -> tuple[Any, Any]:
    reference = jsonschema.validators.validator_for(schema(name))
    return reference(schema(name)), jsonschema_rs.validator_for(schema(name))


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Core)


def words(text: str) -> set[str]:
    return set(text.split())


def pointer(path: Any) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def errors(name: str, document: Any) -> set[tuple[str, str]]:
    """Return (pointer, keyword) of every error, once both validators agree on them."""
    python, rust = validators(name)
    found = {(pointer(error.absolute_path), str(error.validator)) for error in python.iter_errors(document)}
    assert found == {(pointer(e.instance_path), str(e.schema_path[-1])) for e in rust.iter_errors(document)}
    return found


def examples(verdict: str) -> list[Any]:
    """Return every example of `verdict` with the schema it is an example of."""
    others = {name: EXAMPLES / name / verdict for name in ("modelcard", "policy")}
    folders = {"lineage": EXAMPLES / verdict, **others}
    return [
        pytest.param(name, path, id=path.relative_to(EXAMPLES).as_posix())
        for name, folder in folders.items()
        for path in sorted(folder.iterdir())
    ]


EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
RECORDS = sorted((SHARED / "data" / "records").glob("*.yaml"))


# The schemas.


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_a_schema(name: str) -> None:
    jsonschema.validators.validator_for(schema(name)).check_schema(schema(name))
    assert jsonschema_rs.meta.is_valid(schema(name))
    assert schema(name)["$id"] == f"https://w3id.org/model-lineage/schema/1.0/{name}.schema.json"


def test_generated_files_are_what_the_tool_makes() -> None:
    spec = importlib.util.spec_from_file_location("schema_tool", ROOT / "tools" / "schema.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    stale = [name for name, text in tool.generated().items() if (SCHEMAS / name).read_text("utf-8") != text]
    assert not stale, "run `python tools/schema.py`"


def subschemas(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema inside `node`; `examples` and the like hold data, not schemas."""
    if not isinstance(node, dict):
        return
    yield path, node
    for key in ("properties", "patternProperties", "$defs", "definitions"):
        for name, child in node.get(key, {}).items():
            yield from subschemas(child, f"{path}/{key}/{name}")
    for key in ("items", "additionalProperties", "propertyNames", "not"):
        yield from subschemas(node.get(key), f"{path}/{key}")
    for key in ("allOf", "anyOf"):
        for index, child in enumerate(node.get(key, [])):
            yield from subschemas(child, f"{path}/{key}/{index}")


ANNOTATIONS = words("$comment title description examples")
ANYWHERE = words("type enum const allOf anyOf not $defs definitions $ref $schema $id")
KEYWORDS = {
    "object": words("properties patternProperties additionalProperties propertyNames required minProperties"),
    "array": words("items uniqueItems"),
    "string": words("pattern minLength"),
    "number": words("minimum"),
}


@pytest.mark.parametrize("name", NAMES)
def test_schema_stays_in_the_subset(name: str) -> None:
    for path, node in subschemas(schema(name)):
        specific = node.keys() - ANNOTATIONS - ANYWHERE
        assert specific <= KEYWORDS.get(node.get("type", ""), set()), f"{path}: {specific} without its type"
        if "$ref" in node:
            assert list(node) == ["$ref"], f"{path}: draft-07 ignores what stands beside $ref"
            assert node["$ref"].startswith("#/"), f"{path}: leaves the file"


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_documented_once(name: str) -> None:
    """By itself or by what it refers to: an editor shows the description it meets first."""
    definitions = schema(name).get("$defs") or schema(name)["definitions"]
    for path, node in subschemas(schema(name)):
        for key, field in node.get("properties", {}).items():
            refs = [field, *field.get("allOf", [])]
            targets = [definitions[ref["$ref"].rsplit("/", 1)[1]] for ref in refs if "$ref" in ref]
            assert ["description" in each for each in (field, *targets)].count(True) == 1, f"{path}: {key}"
            if name == "lineage" and "properties" not in (targets or [field])[0]:
                assert any("examples" in each for each in (field, *targets)), f"{path}: {key} has no example"
    for key, definition in definitions.items():
        assert definition["title"], key
        assert "description" in definition or "$comment" in definition, key


@pytest.mark.parametrize("name", ["lineage", "modelcard", "policy"])
def test_every_example_in_a_schema_is_valid(name: str) -> None:
    definitions = schema(name)["$defs"]
    for path, node in subschemas(schema(name)):
        check = jsonschema_rs.validator_for({**node, "$defs": definitions})
        assert all(check.is_valid(example) for example in node.get("examples", [])), path


def test_policy_has_the_records_words() -> None:
    ours, theirs = schema("policy")["$defs"], schema("lineage")["$defs"]
    assert ours["Channel"]["enum"] == theirs["Access"]["enum"]
    verbs = {"forbid", "allow", "require"}
    assert ours["Rule"]["properties"].keys() - verbs == set(ours["Rule"]["not"]["propertyNames"]["enum"])


def test_records_are_closed() -> None:
    for path, node in subschemas(schema("lineage")):
        if "properties" in node:
            assert node["additionalProperties"] is False, path
            assert path == "" or "patternProperties" not in node, f"{path}: extensions stand at the top"


def test_something_must_name_what_is_named() -> None:
    naming = {
        "Model": {"id", "name", "provider"},
        "ModelReference": {"id", "name", "provider"},
        "DatasetReference": {"id", "name"},
        "CoveredEdge": {"teacher", "source", "dataset"},
    }
    for key, names in naming.items():
        definition = schema("lineage")["$defs"][key]
        assert definition["properties"].keys() - names == set(definition["not"]["propertyNames"]["enum"]), key


def test_every_vocabulary_has_other_and_unknown() -> None:
    vocabularies = {key: d["enum"] for key, d in schema("modelcard")["$defs"].items() if "enum" in d}
    without = {key for key, values in vocabularies.items() if not {"other", "unknown"} <= set(values)}
    assert without == ENUMS_WITHOUT.keys()


def test_other_can_be_explained() -> None:
    """A field whose value may be `other` has a `note` beside it; a model's modalities, that of its scope."""
    definitions = schema("lineage")["$defs"]
    vague = {key for key, definition in definitions.items() if "other" in definition.get("enum", [])}
    vague |= {key for key, definition in definitions.items() if refers_to(definition.get("items"), vague)}
    for key, definition in definitions.items():
        fields = definition.get("properties", {})
        if key != "Modalities" and any(refers_to(field, vague | {"Modalities"}) for field in fields.values()):
            assert "note" in fields, key


def refers_to(node: Any, names: set[str]) -> bool:
    """Whether a schema or what it holds, but for the records within, has a `$ref` to one of `names`."""
    return any(each.get("$ref", "").rpartition("/")[2] in names for _, each in subschemas(node))


# The examples.


@pytest.mark.parametrize(("name", "path"), examples("valid"))
def test_valid_example(name: str, path: Path) -> None:
    assert errors(name, read(path)) == set()
    assert errors(f"{name}.draft-07", read(path)) == set()


@pytest.mark.parametrize(("name", "path"), examples("invalid"))
def test_invalid_example(name: str, path: Path) -> None:
    expected = EXPECTED[path.relative_to(EXAMPLES).as_posix()]
    for variant in (name, f"{name}.draft-07"):
        found = errors(variant, read(path))
        assert (expected["pointer"], expected["keyword"]) in found
        assert {place for place, _ in found} == {expected["pointer"]}


def test_expectations_and_files_are_the_same() -> None:
    assert EXPECTED.keys() == {case.id for case in examples("invalid")}


@pytest.mark.skipif(not RECORDS, reason="the shared records are not here")
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_real_lineage_is_valid(path: Path) -> None:
    assert errors("lineage", read(path)) == set()
    assert errors("modelcard", {"lineage": read(path)}) == set()


# One-step corruptions: every value of a sound record, made wrong in every way that suits it.

WORDS = words(
    "access asserted_by basis distribution extent input kind lifts origin output personal_data purpose"
    " relation signal stage"
)
DATES = words("date effective from obtained released to")
REQUIRED = words("dataset lineage_version model sha256")

Place = tuple[str | int, ...]


def walk(value: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every value the standard speaks of, with where it stands."""
    yield path, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in pairs:
        if not str(key).startswith("x-"):
            yield from walk(child, (*path, key))


def wrong(path: Place, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what may be done to a value so that it must be refused, and the value then."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if key != "vendor":
        yield "null", None
    if isinstance(value, dict):
        yield "text for an object", "text"
        for name in value:
            rest = {k: v for k, v in value.items() if k != name}
            if not name.startswith("x-"):
                yield f"{name} misspelt", {**rest, f"{name}s_": value[name]}
            if name in REQUIRED:
                yield f"{name} left out", rest
    elif isinstance(value, list):
        yield "object for a list", {}
    else:
        yield "list for a value", []
    if isinstance(value, bool | int | float):
        yield "word for a number or truth value", "yes"
    if isinstance(value, str):
        yield "number for a string", 1
        if key in WORDS or (path[0] == "disclosure" and len(path) == 2):
            yield "no such word", "no-such-word"
        if key in DATES and path[0] != "permissions":
            yield "date with slashes", "01/02/2026"
        if key == "sha256":
            yield "digest cut", value[:40]
        if key == "id" and path[-2] in ("model", "dataset"):
            yield "id with a space", "an id"


def corruptions(record: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield (what was done, the pointer where, the record then)."""
    for path, value in walk(record):
        for done, instead in wrong(path, value):
            corrupted = copy.deepcopy(record) if path else instead
            if path:
                parent = corrupted
                for part in path[:-1]:
                    parent = parent[part]
                parent[path[-1]] = instead
            yield done, pointer(path), corrupted


SOUND = [*sorted((EXAMPLES / "valid").glob("*.yaml")), *RECORDS]


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_corruption_is_refused_in_its_place(path: Path) -> None:
    for done, where, corrupted in corruptions(read(path)):
        places = {place for place, _ in errors("lineage", corrupted)}
        assert places == {where}, f"{done} at {where or 'the top'}"


def test_corruptions_are_many() -> None:
    assert sum(1 for _ in corruptions(read(EXAMPLES / "valid" / "every-section.yaml"))) > 300

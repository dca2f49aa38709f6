"""Policies: what their rules find, how a policy is refused, and that they are rules like all others.

`tests/policies/<outcome>-<why>/` holds a policy and a card; the outcome is what the policy's own rules make
of it, in the words of test_rules.py. Beside each case that is not ok stands what the user sees, as
`expected.txt`; `UPDATE_GOLDENS=1` writes them anew.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import Run, here, modelcard
from test_rules import outcome_of

from modelcard_validator import policy, schema
from modelcard_validator.card import Card, card_of
from modelcard_validator.discover import load, read_file
from modelcard_validator.engine import CardReport, judge
from modelcard_validator.errors import BadConfiguration
from modelcard_validator.finding import Finding, Verdict, worst
from modelcard_validator.formats import text
from modelcard_validator.policy import Policy
from modelcard_validator.policy.matching import both, either
from modelcard_validator.report import Report
from modelcard_validator.rules import all_rules

__all__ = ["here", "modelcard"]  # fixtures

ROOT = Path(__file__).parent.parent
CASES = sorted(path for path in (ROOT / "tests" / "policies").iterdir() if path.is_dir())
EXAMPLES = sorted((ROOT / "examples" / "policies").glob("*.yaml"))
CARDS = [
    card_of((read_file(str(path)),))
    for path in sorted(ROOT.glob("tests/rules/*/*.lineage.yaml")) + sorted(ROOT.glob("tests/rules/*/*.md"))
]


def judged(card: Card, chosen: Policy, *, also: bool = True) -> CardReport:
    """As the command does it; without `also`, by the policy's own rules alone."""
    rules = all_rules() if also else ()
    return judge(card._replace(strict=chosen.strict), (*rules, *chosen.rules))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case)
    chosen = policy.named("policy.yaml")
    (card,) = load(["."], pytest.fail)
    report = judged(card, chosen, also=False)
    outcome = case.name.partition("-")[0]
    found = [finding.message for finding in report.findings]
    assert outcome_of(list(report.findings)) == outcome, found
    golden, shown = case / "expected.txt", text.render(Report((report,), chosen.rules, "0"))
    if outcome == "ok":
        assert not golden.exists()
    elif os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(shown)
    else:
        assert shown == golden.read_text()


# What is refused


RULE = "  - {id: a, why: Because., about: [teachers], allow: []}\n"
MISTAKES: dict[str, tuple[str, str, str]] = {
    # What is written; the message after the name of the file; a part of the hint.
    "unknown key": (f"rulse: []\nrules:\n{RULE}", "1:1: unknown key `rulse`", "`rules`"),
    "unknown key of a rule": ("rules:\n  - {id: a, wy: b}", "2:13: unknown key `wy`", "`why`"),
    "unknown key of a description": (
        f"rules:\n{RULE.replace('allow: []', 'allow: [{provder: x}]')}",
        "2:56: unknown key `provder`",
        "`provider`",
    ),
    "no rules": ("name: x", "1:1: the policy has no `rules`", "`rules:`"),
    "no id": ("rules:\n  - {why: b, about: [model], allow: []}", "has no `id`", "`id:`"),
    "id with a space": (f"rules:\n{RULE.replace('id: a', 'id: a b')}", "`a b` is no id", "small letters"),
    "two of one id": (f"rules:\n{RULE}{RULE}", "3:10: there is another rule `a`", "id of its own"),
    "id of the built-in rule": (
        f"rules:\n{RULE.replace('id: a', 'id: open-question')}",
        "there is another rule `open-question`",
        "id of its own",
    ),
    "no reason": (f"rules:\n{RULE.replace('Because.', '')}", "`why` is not a text", "docs/policies.md"),
    "blank reason": (f"rules:\n{RULE.replace('Because.', chr(34) * 2)}", "`why` is empty", "Say"),
    "nothing asked": ("rules:\n  - {id: a, why: b, about: [model]}", "asks for nothing", "`forbid`"),
    "about nothing": (f"rules:\n{RULE.replace('[teachers]', '[]')}", "`about` is empty", "Say"),
    "about what there is not": (
        f"rules:\n{RULE.replace('[teachers]', '[teacher]')}",
        "an entry of `about` is `teacher`",
        "`teachers`",
    ),
    "word for a list": (f"rules:\n{RULE.replace('[teachers]', 'teachers')}", "`about` is not a list", ""),
    "number for a text": (f"name: 7\nrules:\n{RULE}", "1:7: `name` is not a text", ""),
    "list for a mapping": ("- a", "1:1: ", ""),
    "rule that is a word": ("rules: [a]", "an entry of `rules` is not a mapping", ""),
    "extends a file": (f"extends: other.yaml\nrules:\n{RULE}", "`extends` is `other.yaml`", "strict"),
    "extends itself": (f"extends: policy.yaml\nrules:\n{RULE}", "`extends` is `policy.yaml`", "default"),
    "access of data": (
        "rules:\n  - {id: a, why: b, about: [teachers, datasets], forbid: [{access: api}]}",
        "only teachers have an `access`",
        "alone",
    ),
    "evidence of the model": (
        "rules:\n  - {id: a, why: b, about: [model], require: [evidence]}",
        "only sources have what `evidence` asks for",
        "of its own",
    ),
    "complete where": (
        "rules:\n  - {id: a, why: b, about: [teachers], where: [{id: x}], require: [complete]}",
        "`complete` is of a whole list",
        "of its own",
    ),
    "description of everything": (
        f"rules:\n{RULE.replace('allow: []', 'forbid: [{}]')}",
        "an entry of `forbid` fits everything",
        "provider",
    ),
    "no YAML": ("rules: [", "1:", ""),
    "empty file": ("", "1:1: ", ""),
    "key twice": (f"rules:\n{RULE}rules: []", "3:1: the key `rules` stands here a second time", "Keep one"),
    "too large": ("#" + "x" * 1024 * 1024, "larger than", ""),
    "too many descriptions": (
        f"rules:\n{RULE.replace('allow: []', 'allow: [' + '{id: x},' * 1001 + ']')}",
        "more than 1,000 descriptions",
        "globs",
    ),
}


@pytest.mark.parametrize("why", MISTAKES)
def test_mistake_is_said_with_its_place(why: str, here: Path, modelcard: Callable[..., Run]) -> None:
    written, message, hint = MISTAKES[why]
    (here / "README.md").write_text("---\nlicense: mit\n---\n")
    (here / "policy.yaml").write_text(written)
    run = modelcard("validate", "--policy", "policy.yaml")
    assert (run.code, run.out) == (2, "")
    first, *rest = run.err.splitlines()
    assert re.match(r"modelcard: policy\.yaml:\d+:\d+: ", first)
    assert message in first
    assert len(rest) == 1
    assert hint in rest[0]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("strcit", "strcit: no such file or directory\n  A policy is `default`, `strict` or a"),
        (".", ".: "),
        ("README.md", "README.md: not a policy\n  Its name ends in .yaml"),
        ("bytes.yaml", "bytes.yaml:1:7: byte 0xff is not UTF-8"),
        ("deep.json", "deep.json:1:"),
    ],
)
def test_what_is_no_policy(name: str, message: str, here: Path, modelcard: Callable[..., Run]) -> None:
    (here / "README.md").write_text("---\nlicense: mit\n---\n")
    (here / "bytes.yaml").write_bytes(b"name: \xff\n")
    (here / "deep.json").write_text("[" * 100_000)
    run = modelcard("validate", "--policy", name)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"modelcard: {message}")


def test_published_examples_are_read_as_the_schema_says(tmp_path: Path) -> None:
    for verdict in ("valid", "invalid"):
        for path in (Path(schema.root()) / "1.0" / "examples" / "policy" / verdict).iterdir():
            if verdict == "valid":
                assert policy.named(str(path)).rules
            else:
                with pytest.raises(BadConfiguration):
                    policy.named(str(path))


EXPECTED = {
    # The examples' own rules: which repositories they find something in, and the worst of it.
    "cleared-teachers": {
        "closed-api-student": Verdict.VIOLATION,
        "everyday-mistakes": Verdict.NEEDS_REVIEW,
        "llama-gpt4-noncommercial": Verdict.VIOLATION,
        "llama-outputs-student": Verdict.VIOLATION,
        "llama-relabelled": Verdict.NEEDS_REVIEW,
        "private-contract": Verdict.VIOLATION,
        "rival-testimony": Verdict.NEEDS_REVIEW,
        "undisclosed-teacher": Verdict.NEEDS_REVIEW,
    },
    "full-disclosure": {
        "everyday-mistakes": Verdict.VIOLATION,
        "llama-gpt4-noncommercial": Verdict.VIOLATION,
        "llama-outputs-student": Verdict.NEEDS_REVIEW,
        "llama-relabelled": Verdict.VIOLATION,
        "r1-distill": Verdict.NEEDS_REVIEW,
        "rival-testimony": Verdict.NEEDS_REVIEW,
        "static-embedding": Verdict.NEEDS_REVIEW,
        "undisclosed-teacher": Verdict.VIOLATION,
        "vision-language": Verdict.NEEDS_REVIEW,
    },
    "permissive-release": {
        "everyday-mistakes": Verdict.NEEDS_REVIEW,
        "gguf-quantization": Verdict.VIOLATION,
        "llama-fine-tune": Verdict.VIOLATION,
        "llama-gpt4-noncommercial": Verdict.VIOLATION,
        "llama-relabelled": Verdict.NEEDS_REVIEW,
        "merge": Verdict.VIOLATION,
        "r1-distill": Verdict.VIOLATION,
        "rival-testimony": Verdict.NEEDS_REVIEW,
    },
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example(example: Path) -> None:
    chosen = policy.named(str(example))
    found = {}
    for card in load([str(ROOT / "examples")], pytest.fail):
        report = judged(card, chosen, also=False)
        if report.verdict not in (Verdict.OK, Verdict.INVALID):
            found[Path(card.path).parent.name] = report.verdict
    assert found == EXPECTED[example.stem]


# Rules like all others


CARD = """---
license: mit
lineage:
  lineage_version: "1.0"
  model: {id: acme/Chat-7B}
  taught_by:
    - {model: {name: gpt-4o-2024-08-06, provider: openai}, signal: [outputs], access: api}
---
"""
NO_OPENAI = (
    "rules:\n  - {id: no-openai, why: Not cleared., about: [teachers], forbid: [{provider: openai}]}\n"
)


@pytest.fixture
def repository(here: Path) -> Path:
    (here / "README.md").write_text(CARD)
    (here / "policy.yaml").write_text(NO_OPENAI)
    return here


def rules_of(run: Run, key: str = "findings") -> list[str]:
    (card,) = json.loads(run.out)["cards"]
    return [finding["rule"] for finding in card[key] if finding["rule"].startswith("policy/")]


def test_configuration_names_a_policy_beside_it(repository: Path, modelcard: Callable[..., Run]) -> None:
    (repository / "policies").mkdir()
    (repository / "policy.yaml").rename(repository / "policies" / "ours.yaml")
    (repository / "modelcard.toml").write_text('policy = "policies/ours.yaml"')
    run = modelcard("validate", "--format", "json")
    assert (run.code, rules_of(run)) == (1, ["policy/no-openai"])
    assert rules_of(modelcard("validate", "--format", "json", "--policy", "default")) == []
    assert rules_of(modelcard("validate", "--format", "json", "--policy", "strict")) != []


def test_findings_are_selected_and_set_aside(repository: Path, modelcard: Callable[..., Run]) -> None:
    given = ("validate", "--format", "json", "--policy", "policy.yaml")
    assert rules_of(modelcard(*given, "--select", "license-missing")) == []
    assert rules_of(modelcard(*given, "--select", "policy/no-openai")) == ["policy/no-openai"]
    ignored = modelcard(*given, "--ignore", "policy/no-openai")
    assert (rules_of(ignored), rules_of(ignored, "suppressed")) == ([], ["policy/no-openai"])
    comment = "    # modelcard: ignore[policy/no-openai] cleared by hand\n    - {model"
    (repository / "README.md").write_text(CARD.replace("    - {model", comment))
    commented = modelcard(*given)
    assert (rules_of(commented), rules_of(commented, "suppressed")) == ([], ["policy/no-openai"])
    assert "suppression-without-reason" not in modelcard("validate").out  # nor where the policy is another


def test_baseline_holds_findings_of_a_policy(repository: Path, modelcard: Callable[..., Run]) -> None:
    (repository / "modelcard.toml").write_text('policy = "policy.yaml"\nbaseline = "known.json"')
    assert modelcard("validate", "--write-baseline", "known.json", "--reason", "Before.").code == 0
    run = modelcard("validate", "--format", "json")
    assert (run.code, rules_of(run, "suppressed")) == (0, ["policy/no-openai"])


@pytest.mark.parametrize(
    ("settings", "arguments"),
    [
        ("", ["--policy", "policy.yaml", "--select", "policy/no-opnai"]),
        ("", ["--policy", "policy.yaml", "--ignore", "policy/no-opnai"]),
        ("", ["--ignore", "policy/no-openai"]),
        ('policy = "policy.yaml"\nselect = ["policy/no-opnai"]', []),
        ('policy = "policy.yaml"\n[[ignore]]\nrule = "policy/no-opnai"\nreason = "x"', []),
    ],
)
def test_rule_that_the_policy_has_not(
    settings: str, arguments: list[str], repository: Path, modelcard: Callable[..., Run]
) -> None:
    (repository / "modelcard.toml").write_text(settings)
    run = modelcard("validate", *arguments)
    assert (run.code, run.out) == (2, "")
    assert "there is no rule named 'policy/no-op" in run.err


def test_ignore_of_a_policy_that_is_not_used_is_no_mistake(
    repository: Path, modelcard: Callable[..., Run]
) -> None:
    ignore = '[[ignore]]\nrule = "policy/no-openai"\nreason = "Cleared by hand."'
    (repository / "modelcard.toml").write_text(f'policy = "policy.yaml"\n{ignore}')
    assert modelcard("validate").code == 0
    assert modelcard("validate", "--policy", "default").code == 0


@pytest.mark.parametrize("format_name", ["text", "json", "sarif", "github"])
def test_every_format_names_rule_reason_and_place(
    format_name: str, repository: Path, modelcard: Callable[..., Run]
) -> None:
    run = modelcard("validate", "--policy", "policy.yaml", "--format", format_name)
    assert run.code == 1
    for part in ("policy/no-openai", "Not cleared", "policy.yaml:2", "README.md"):
        assert part in run.out
    assert "explain policy/" not in run.out


def test_sarif_describes_the_rule(repository: Path, modelcard: Callable[..., Run]) -> None:
    run = modelcard("validate", "--policy", "policy.yaml", "--format", "sarif")
    (log,) = json.loads(run.out)["runs"]
    (rule,) = [rule for rule in log["tool"]["driver"]["rules"] if rule["id"] == "policy/no-openai"]
    assert rule["name"] == "PolicyNoOpenai"
    assert rule["properties"]["tags"] == ["policy"]
    assert rule["helpUri"].endswith("docs/policies.md")
    assert "of teachers it forbids provider openai" in rule["fullDescription"]["text"]


def test_proof_is_the_policy(repository: Path, modelcard: Callable[..., Run]) -> None:
    import hashlib

    run = modelcard(
        "validate", "--policy", "./policy.yaml", "--select", "policy/no-openai", "--format", "json"
    )
    (finding,) = json.loads(run.out)["cards"][0]["findings"]
    assert finding["trail"] == ["acme/Chat-7B", "gpt-4o-2024-08-06"]
    assert finding["basis"]["terms"] == "policy.yaml"
    assert finding["basis"]["clause"] == "no-openai (policy.yaml:2)"
    assert finding["basis"]["sha256"] == hashlib.sha256(NO_OPENAI.encode()).hexdigest()


def test_fix_is_judged_by_the_policy_too(repository: Path, modelcard: Callable[..., Run]) -> None:
    (repository / "README.md").write_text(CARD.replace("license: mit", "license: MIT"))
    run = modelcard("validate", "--policy", "strict", "--fix", "--format", "json")
    assert "fixed README.md" in run.err
    assert "policy/open-question" in rules_of(run)


def test_default_policy_imports_nothing(repository: Path) -> None:
    code = "import sys, modelcard_validator.cli as c\ntry: c.main()\nexcept SystemExit: pass\n"
    code += "print([name for name in sys.modules if name.startswith('modelcard_validator.policy')])"
    for arguments, expected in (([], "[]"), (["--policy", "strict"], "strict")):
        command = [sys.executable, "-c", code, "validate", *arguments]
        done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True)
        assert expected in done.stdout.splitlines()[-1]


# What a policy may never do


RULES = [
    f"{{id: {verb}-{number}, why: Because., about: [{subject}], {verb}: [{what}]}}"
    for number, (subject, verb, what) in enumerate(
        [
            ("teachers", "forbid", "{provider: openai}"),
            ("teachers", "allow", "{access: own}"),
            ("parents", "allow", '{license: apache-2.0}, {id: "meta-*"}'),
            ("parents, datasets", "forbid", '{license: "*-nc-*"}'),
            ("datasets", "require", "license, revision, evidence, complete"),
            ("model, parents", "require", "license, revision"),
            ("teachers", "require", "permission, complete"),
            ("model", "allow", "{license: mit}"),
        ]
    )
]


def of_rules(tmp: Path, base: str, rules: list[str]) -> Policy:
    file = tmp / "policy.yaml"
    file.write_text(f"extends: {base}\nrules: [{', '.join(rules)}]\n")
    return policy.named(str(file))


@given(
    card=st.sampled_from(CARDS),
    rules=st.lists(st.sampled_from(RULES), unique=True, min_size=1),
    base=st.sampled_from(["default", "strict"]),
)
def test_a_rule_adds_findings_and_takes_none_away(
    card: Card, rules: list[str], base: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tmp = tmp_path_factory.getbasetemp()
    steps = [of_rules(tmp, base, rules[:count]) for count in range(len(rules) + 1)]
    found = [set(map(known_by, judged(card, step).findings)) for step in steps]
    assert all(fewer <= more for fewer, more in pairwise(found))


@pytest.mark.parametrize("base", ["default", "strict"])
def test_strict_is_never_milder(base: str, tmp_path: Path) -> None:
    lenient, strict = of_rules(tmp_path, "default", RULES), of_rules(tmp_path, "strict", RULES)
    if base == "default":
        lenient, strict = policy.named("default"), policy.named("strict")
    for card in CARDS:
        mild, hard = judged(card, lenient), judged(card, strict)
        assert hard.verdict >= mild.verdict
        for place in {finding.location for finding in mild.findings}:
            assert at(hard, place) >= at(mild, place), card.path


def at(report: CardReport, place: object) -> Verdict:
    return worst(finding for finding in report.findings if finding.location == place)


def known_by(finding: Finding) -> tuple[object, ...]:
    """What a finding says, but for where the policy's file has the rule."""
    return finding.rule, finding.severity, finding.message, finding.location


def test_strict_decides_what_texts_leave_to_a_policy() -> None:
    (card,) = load([str(ROOT / "examples" / "closed-api-student")], pytest.fail)
    assert judged(card, policy.named("default")).verdict is Verdict.NEEDS_REVIEW
    report = judged(card, policy.named("strict"))
    (finding,) = [one for one in report.findings if one.rule == "teacher-bars-competing-models"]
    assert finding.verdict is Verdict.VIOLATION
    assert "the policy takes this one to" in finding.message


DISPLAY = """
lineage_version: "1.0"
model: {id: acme/Llama-3-Chat-8B, license: {id: llama3}}
derived_from:
  - {model: {id: meta-llama/Meta-Llama-3-8B}, relation: finetune, license: {id: llama3}}
"""


@pytest.mark.parametrize(
    ("name", "record", "verdict"),
    [
        ("default", DISPLAY, Verdict.OK),
        ("strict", DISPLAY, Verdict.VIOLATION),
        ("strict", f"{DISPLAY}attribution: {{display: [Built with Meta Llama 3]}}\n", Verdict.OK),
        ("strict", DISPLAY.replace("acme", "meta-llama"), Verdict.OK),
    ],
)
def test_strict_asks_the_card_for_the_words_to_be_shown(name: str, record: str, verdict: Verdict) -> None:
    from modelcard_validator.document import read
    from modelcard_validator.rules import load as load_rule

    card = card_of((read(record.encode(), "x.lineage.yaml"),))
    rule = load_rule("display-string-missing")
    assert judge(card._replace(strict=policy.named(name).strict), (rule,)).verdict is verdict


@given(st.lists(st.sampled_from([True, False, None])))
def test_three_values(answers: list[bool | None]) -> None:
    opposite = [None if answer is None else not answer for answer in answers]
    assert both(answers) is (None if either(opposite) is None else not either(opposite))

"""`modelcard validate`: gather the cards, judge them, print the report."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice

import click

from .. import __version__, _folder, config, discover, formats, rules
from ..card import Card, card_of
from ..document import MAX_FILE, read
from ..engine import CardReport, judge, judge_all, refusing_rules
from ..errors import ModelcardError
from ..finding import Finding, Verdict
from ..report import Report
from ..suppress import Suppression, Suppressions
from ..terminal import escape
from . import consult, trouble

_FAILS = {"violation": Verdict.VIOLATION, "needs-review": Verdict.NEEDS_REVIEW}


@click.command("validate", short_help="Check model cards and lineage records.")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "format_name",
    default="text",
    metavar="NAME",
    help=f"How to print: {', '.join(_folder.names(formats.PACKAGE))} (default: text).",
)
@click.option("-o", "--output", metavar="FILE", help="Write the report to FILE instead of standard output.")
@click.option(
    "--fail-on", type=click.Choice(config.FAIL_ON), help="Exit 1 from this verdict on (default: violation)."
)
@click.option("--select", multiple=True, metavar="SLUG", help="Run only this rule; may be repeated.")
@click.option(
    "--ignore", multiple=True, metavar="SLUG", help="Set this rule's findings aside; may be repeated."
)
@click.option("--config", "config_file", metavar="FILE", help="Use this configuration, not the nearest one.")
@click.option("--policy", "policy_name", metavar="NAME", help="The policy: default, strict or a FILE.")
@click.option("--catalog", metavar="DIR", help="Consult the texts of DIR/*.yaml as well.")
@click.option("--baseline", "baseline_file", metavar="FILE", help="Set the findings of this baseline aside.")
@click.option("--write-baseline", metavar="FILE", help="Accept all findings of this run in a baseline file.")
@click.option("--reason", help="Why --write-baseline accepts them.")
@click.option("--fix", "do_fix", is_flag=True, help="Make the edits that have exactly one right answer.")
@click.option(
    "--stdin-filename", metavar="NAME", default="README.md", help="What `-` is called, and read as."
)
def command(
    paths: tuple[str, ...],
    format_name: str,
    output: str | None,
    fail_on: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config_file: str | None,
    policy_name: str | None,
    catalog: str | None,
    baseline_file: str | None,
    write_baseline: str | None,
    reason: str | None,
    do_fix: bool,
    stdin_filename: str,
) -> None:
    """Check model cards and lineage records.

    PATHS are files, model directories (searched for cards beneath), globs, or `-` for standard input; the
    current directory when left out.
    """
    settings = config.read(config_file) if config_file else config.find(os.getcwd())
    consult(catalog or settings.catalog)
    strict, own = _policy(policy_name or settings.policy)
    if not policy_name:  # else they may be of the policy that is not used
        _rules_of(own, tuple(one.rule for one in settings.ignore if one.rule))
    chosen = _rules_of(own, select or settings.select) or (*rules.judging_rules(), *own)
    _folder.load(formats.PACKAGE, format_name)  # a wrong name is said before any work is done
    if write_baseline and not (reason or "").strip():
        raise click.UsageError("--write-baseline needs --reason TEXT: why these findings are accepted")
    if do_fix and "-" in paths:
        raise click.UsageError("--fix edits files; standard input has none")
    earlier = _baseline(write_baseline if write_baseline and os.path.isfile(write_baseline) else None)
    used = baseline_file or settings.baseline
    if used and write_baseline and os.path.abspath(used) == os.path.abspath(write_baseline):
        used = None  # it need not be there yet; where it is, it has been read
    known = earlier if used is None else _baseline(used)
    suppressions = Suppressions((*settings.ignore, *_ignored(own, ignore), *known))

    def judged_one(card: Card) -> CardReport:
        return judge(card._replace(strict=True) if strict else card, chosen, suppressions)

    unreadable: list[ModelcardError] = []
    judged: list[CardReport] = []
    cards = _progress(_cards(paths or (".",), stdin_filename, unreadable))
    while batch := [card._replace(strict=True) if strict else card for card in islice(cards, discover.BATCH)]:
        results = judge_all(batch, chosen, suppressions)
        judged += [_fix(result, judged_one, unreadable) for result in results] if do_fix else results
    for error in unreadable:
        trouble(error)

    if write_baseline:
        _accept(write_baseline, judged, Suppressions(earlier), reason or "")
        sys.exit(2 if unreadable else 0)
    also = {finding.rule for result in judged for finding in result.findings}.difference(
        rule.slug for rule in chosen
    )
    ran = (*chosen, *(rules.load(slug) for slug in sorted(also)))
    report = Report(tuple(judged), ran, __version__)
    _print(report, format_name, output)
    sys.exit(_exit_code(report, fail_on or settings.fail_on, bool(unreadable), paths))


def _policy(name: str) -> tuple[bool, tuple[rules.LoadedRule, ...]]:
    """Whether a policy is strict, and the rules that it adds; the default one costs nothing."""
    if name == config.POLICIES[0]:
        return False, ()
    from .. import policy

    return policy.named(name)


def _rules_of(own: tuple[rules.LoadedRule, ...], slugs: tuple[str, ...]) -> tuple[rules.LoadedRule, ...]:
    """The rules of these names, of the package or of the policy; raises `UnknownName`."""
    named = {rule.slug: rule for rule in own}
    return tuple(named.get(slug) or rules.load(slug) for slug in slugs)


def _ignored(own: tuple[rules.LoadedRule, ...], slugs: tuple[str, ...]) -> Iterator[Suppression]:
    for rule in _rules_of(own, slugs):
        yield Suppression("--ignore", "given on the command line", rule.slug)


def _baseline(path: str | None) -> tuple[Suppression, ...]:
    if not path:
        return ()
    from .. import baseline

    return baseline.read(path)


def _accept(path: str, judged: list[CardReport], earlier: Suppressions, reason: str) -> None:
    """Write the baseline: what it had accepted and still applies, with its reasons, and what is new."""
    from .. import baseline, edit

    old: list[tuple[Finding, str]] = []
    new: list[tuple[Finding, str]] = []
    refused = 0
    for result in judged:
        refusing = refusing_rules(result.card)
        for finding in result.findings:
            if finding.rule in refusing:
                refused += 1
            elif before := earlier.covering(finding):
                old.append((finding, before.reason))
            else:
                new.append((finding, reason))
        for item in result.suppressed:
            if before := earlier.covering(item.finding):
                old.append((item.finding, before.reason))
            elif item.by == "baseline":
                old.append((item.finding, item.reason))
    edit.write_file(path, baseline.write(path, [*old, *new]).encode())
    click.echo(f"{path}: {len(new)} findings accepted: {reason}", err=True)
    if refused:
        click.echo(f"{refused} findings not accepted: a card that cannot be read stays invalid", err=True)


def _cards(paths: tuple[str, ...], stdin_filename: str, unreadable: list[ModelcardError]) -> Iterator[Card]:
    for path in paths:
        if path == "-":
            if sys.stdin is None:
                raise ModelcardError("standard input is closed", "Name a file instead of `-`.")
            yield card_of((read(sys.stdin.buffer.read(MAX_FILE + 1), stdin_filename),))
    named = [match for path in paths if path != "-" for match in _expand(path)]
    yield from discover.load(named, unreadable.append)


def _expand(path: str) -> list[str]:
    """A glob that no shell has expanded; a path that exists is itself, whatever its name."""
    if os.path.lexists(path) or not glob.has_magic(path):
        return [path]
    return sorted(glob.glob(path, recursive=True))


def _progress(cards: Iterator[Card]) -> Iterator[Card]:
    """Count on a terminal what takes longer than a second."""
    if not sys.stderr.isatty():
        yield from cards
        return
    from time import monotonic

    started = shown = monotonic()
    for count, card in enumerate(cards, 1):
        yield card
        if monotonic() - shown > 0.2 and monotonic() - started > 1:
            shown = monotonic()
            click.echo(f"\r{count} cards checked", nl=False, err=True)
    if shown != started:
        click.echo("\r" + " " * 40 + "\r", nl=False, err=True)


def _fix(report: CardReport, judge: Callable[[Card], CardReport], failed: list[ModelcardError]) -> CardReport:
    from .. import edit, fix

    fixed, changed = fix.fix(report, judge)
    for document in changed:
        try:
            edit.write_file(document.path, edit.encode(document, document.text))
        except ModelcardError as error:
            failed.append(error)
            return report
        click.echo(f"fixed {escape(document.path)}", err=True)
    return fixed


def _print(report: Report, format_name: str, output: str | None) -> None:
    if output:
        from .. import edit

        edit.write_file(output, formats.render(report, format_name).encode("utf-8", "backslashreplace"))
        return
    text = formats.render(report, format_name, color=_color())
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def _color() -> bool:
    """https://no-color.org and https://force-color.org; where both are set, none."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    return forced != "0" if forced else sys.stdout is not None and sys.stdout.isatty()


def _exit_code(report: Report, fail_on: str, unreadable: bool, paths: tuple[str, ...]) -> int:
    if unreadable:
        return 2
    if not report.cards:
        where = ", ".join(paths) or "this directory"
        trouble(
            ModelcardError(f"no model card in {where}", "A card is a README.md or a *.lineage.yaml file.")
        )
        return 3
    return int(fail_on != "never" and report.verdict >= _FAILS[fail_on])

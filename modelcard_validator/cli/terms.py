"""`modelcard terms`: what a text says, by clause, in our paraphrase."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterable, Iterator

import click

from .. import config
from ..errors import UnknownName
from ..terminal import escape
from ..terms import texts
from ..terms.texts import Fact, Text
from . import consult

_WIDTH = 100


@click.command("terms", short_help="Show what a licence or terms of service say.")
@click.argument("words", nargs=-1, metavar="[ID | search WORD...]")
@click.option("--on", metavar="DATE", help="The version in force on this day (YYYY-MM-DD, or a part of it).")
@click.option("--catalog", metavar="DIR", help="Consult the texts of DIR/*.yaml as well.")
@click.option("--lint", metavar="DIR", help="Check the texts of DIR/*.yaml, for --catalog, and show no text.")
def command(words: tuple[str, ...], on: str | None, catalog: str | None, lint: str | None) -> None:
    """Show what a text says, by clause; without ID, list the texts.

    ID is an id of the catalogue, with or without date, a Hub id, an SPDX id, a usual name or a link.
    `search WORD...` lists the texts in which all of the words occur.
    """
    if lint is not None:
        if words or on or catalog:
            raise click.UsageError("--lint checks a directory, and takes nothing else")
        sys.exit(_lint(lint))
    consult(catalog or config.find(os.getcwd()).catalog)
    if not words:
        _print(_listed(texts.ids()))
    elif words[0] == "search":
        _print(_listed(_found(words[1:])))
    else:
        for number, text in enumerate(_named(" ".join(words), on)):
            _print(("", *_shown(text)) if number else _shown(text))


def _print(lines: Iterable[str]) -> None:
    click.echo("\n".join(map(escape, lines)))


def _lint(directory: str) -> int:
    """Print what is wrong with the texts of a directory: 1 if anything is."""
    from ..terms import own

    count, problems = own.check(directory)
    for one in problems:
        click.echo(escape(f"{one.path}:{one.line}:{one.column}: {one.message}. {one.help}"))
    texts = f"{count} text{'' if count == 1 else 's'}"
    if problems:
        files = len({one.path for one in problems})
        click.echo(f"{len(problems)} problem{'' if len(problems) == 1 else 's'} in {files} of {texts}")
    else:
        click.echo(f"{texts}, nothing wrong")
    return int(bool(problems))


def _named(name: str, on: str | None) -> list[Text]:
    found = [text for id in texts.named(name) if (text := texts.text(id)) is not None]
    if not found:
        raise UnknownName(
            f"the catalogue has no text that is called {name!r}", "`modelcard terms search WORD`."
        )
    if on is None:
        return found
    then = [text for text in found if text.in_force(on)]
    if not then:
        since = ", ".join(text.effective or "without a date" for text in found)
        raise UnknownName(f"no version of {name!r} was in force on {on}", f"There are those of: {since}.")
    return then


def _found(words: tuple[str, ...]) -> Iterator[str]:
    for id in texts.ids():
        text = texts.text(id)
        if text is not None and all(word.lower() in "\n".join(_shown(text)).lower() for word in words):
            yield id


def _listed(ids: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    for id in ids:
        text = texts.text(id)
        if text is not None:
            yield f"{id:<45} {text.kind:<14} {text.title}"


def _shown(text: Text) -> Iterator[str]:
    """A text as lines: what it is, then each fact with its clause and how surely it is known."""
    yield f"{text.id}: {text.title}"
    since = f"in force from {text.effective}" if text.effective else "no date in the text"
    yield f"  {text.provider}, {text.kind}; {since}{f' to {text.until}' if text.until else ''}"
    if text.territory:
        yield f"  for: {', '.join(text.territory)}"
    if text.url:
        yield f"  {text.url}"
    read = f"read: {text.read}" + (f", sha256 {text.sha256}" if text.sha256 else "")
    yield f"  {read}" + (f", checked again {text.reviewed}" if text.reviewed else "")
    for fact in text.facts:
        yield from _fact(fact)
    if text.silent:
        yield from _wrapped("  silent on: ", ", ".join(sorted(text.silent)))


def _fact(fact: Fact) -> Iterator[str]:
    sure = "" if fact.is_stated else f" ({fact.confidence})"
    triggers = f" on {', '.join(fact.triggers)}" if fact.triggers else ""
    yield f"  {fact.clause or '-':<14} {fact.name}: {_value(fact)}{triggers}{sure}"
    if fact.says:
        yield from _wrapped(" " * 17, fact.says)


def _value(fact: Fact) -> str:
    if isinstance(fact.value, dict):
        return ", ".join(f"{key} {value}" for key, value in fact.value.items() if value is not None)
    if isinstance(fact.value, list):
        return ", ".join(map(str, fact.value))
    return str(fact.value)


def _wrapped(indent: str, text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))

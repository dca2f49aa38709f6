"""`modelcard notice`: what this model owes to those it was made from, and the NOTICE block that says so."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from .. import config, discover, edit
from ..card import Card
from ..duties import Duty, duties
from ..errors import ModelcardError
from ..terminal import escape
from . import consult, trouble

BEGIN = "--- begin of what the lineage asks for (modelcard notice) ---"
END = "--- end of what the lineage asks for ---"


@click.command("notice", short_help="Print the notices, names and copies that a model owes.")
@click.argument("path", default=".")
@click.option("--write", is_flag=True, help="Put the block into the NOTICE file of the model's directory.")
@click.option("--catalog", metavar="DIR", help="Consult the texts of DIR/*.yaml as well.")
def command(path: str, write: bool, catalog: str | None) -> None:
    """Print what the texts in a model's lineage ask of whoever distributes it, each with its source.

    With --write the block is placed in NOTICE beside the card; what else stands in that file stays as it is.
    """
    consult(catalog or config.find(os.getcwd()).catalog)
    unreadable: list[ModelcardError] = []
    cards = list(discover.load([path], unreadable.append))
    for error in unreadable:
        trouble(error)
    if unreadable or not cards:
        raise ModelcardError(f"no model card in {path}", "Name a model's directory or its card.")
    for card in cards:
        lines = list(block(card))
        if write and lines:
            _place(os.path.join(os.path.dirname(card.path), "NOTICE"), lines)
        else:
            click.echo(
                escape_lines(lines) if lines else f"{escape(card.path)}: nothing is owed by what is declared"
            )


def block(card: Card) -> Iterator[str]:
    """The lines of the NOTICE block; none where nothing is owed."""
    owed = duties(card.lineage.edges)
    if not owed:
        return
    yield f"What {card.name or 'this model'} owes, by the texts in its declared lineage:"
    for duty in owed:
        yield ""
        yield f"- {duty.what[0].upper()}{duty.what[1:]}{'' if duty.certain else ' (to be reviewed)'}."
        yield f"  {_source(duty)}"


def _source(duty: Duty) -> str:
    clause = f", {duty.fact.clause}" if duty.fact.clause else ""
    sure = "" if duty.fact.is_stated else f" ({duty.fact.confidence})"
    return f"[{duty.text.title}{clause}{sure}; through {' → '.join(duty.edge.trail[1:])}]"


def escape_lines(lines: list[str]) -> str:
    """The lines as they may be shown."""
    return "\n".join(escape(line) for line in lines)


def _place(path: str, lines: list[str]) -> None:
    """Put the block into the file, in place of an earlier one; nothing else in it changes."""
    old = ""
    if os.path.exists(path):
        document = discover.read_file(path)
        if document.refusals:
            raise ModelcardError(f"{path}: {document.refusals[0].message}", "Make it a UTF-8 text file.")
        old = document.text
    new = "\n".join((BEGIN, *lines, END)) + "\n"
    start, end = old.find(BEGIN), old.find(END)
    if 0 <= start < end:
        text = old[:start] + new + old[end + len(END) :].removeprefix("\n")
    else:
        text = old + ("\n" if old and not old.endswith("\n\n") else "") + new
    if text != old:
        edit.write_file(path, text.encode("utf-8", "surrogateescape"))
        click.echo(f"{escape(path)}: written")

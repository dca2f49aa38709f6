"""The command line: the only place that prints or exits. One module for each command.

Exit codes: 0 nothing at or above `--fail-on`, 1 something, 2 could not run, 3 no path matched a card.
The report goes to standard output, trouble to standard error; there is never a traceback
(`MODELCARD_DEBUG=1` shows one, for a report of a bug).
"""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

import click

from .. import __version__, _folder
from .._files import reason
from ..errors import ModelcardError, UnknownName
from ..terminal import escape

PACKAGE = __name__


class _Commands(click.Group):
    """Commands are modules of this package, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_folder.names(PACKAGE))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        try:
            command: click.Command = _folder.load(PACKAGE, cmd_name).command
        except UnknownName:
            return None
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            hint = _folder.did_you_mean(args[0], _folder.names(PACKAGE))
            raise click.UsageError(f"there is no command {args[0]!r}. {hint}".rstrip(), ctx)
        return super().resolve_command(ctx, args)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="modelcard")
def group() -> None:
    """Check where a model comes from: its parents, its teachers, its data and their terms."""


def main() -> NoReturn:
    """Run the command line and exit."""
    # What a run makes is needed to its end, and holds no cycles worth finding: the collector would only walk
    # through the cards that are already judged, again and again.
    gc.disable()
    try:
        group.main(prog_name="modelcard", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)  # interrupted: as shells say it
    except ModelcardError as error:
        _fail(error.message, error.hint)
    except OSError as error:  # a full disk, a directory that was removed: no fault of ours
        _fail(": ".join(filter(None, [error.filename, reason(error)])), "")
    except Exception as error:
        if os.environ.get("MODELCARD_DEBUG"):
            raise
        _fail(
            f"internal error: {type(error).__name__}: {error}",
            "This is a bug of modelcard. MODELCARD_DEBUG=1 shows where; please report it with the card.",
        )
    sys.exit(0)


def trouble(error: ModelcardError) -> None:
    """Say on standard error what could not be done, and what to do next."""
    click.echo(f"modelcard: {escape(error.message)}", err=True)
    if error.hint:
        click.echo(f"  {escape(error.hint)}", err=True)


def consult(directory: str | None) -> None:
    """Consult the texts of this directory as well, until the command is done; None adds none."""
    if directory is not None:
        from ..terms import own

        click.get_current_context().with_resource(own.use(directory))


def _fail(message: str, hint: str) -> NoReturn:
    trouble(ModelcardError(message, hint))
    sys.exit(2)

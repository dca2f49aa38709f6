"""`modelcard explain`: a rule in full: what, why, how to fix."""

from __future__ import annotations

import click

from .. import rules


@click.command("explain", short_help="Explain a rule.")
@click.argument("slug")
def command(slug: str) -> None:
    """Explain a rule: what it looks for, why that matters, how to fix it, and where that is written."""
    rule = rules.load(slug)
    click.echo(f"{rule.slug} ({rule.kind}, {rule.severity})\n\n{rule.documentation}")

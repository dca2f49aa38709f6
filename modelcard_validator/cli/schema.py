"""`modelcard schema`: the published schema, as it stands."""

from __future__ import annotations

import click

from .. import schema


@click.command("schema", short_help="Print the JSON Schema of the standard.")
@click.argument("version", default=schema.CURRENT)
@click.option(
    "--name",
    type=click.Choice(schema.NAMES),
    default="lineage",
    help="The record, a README's front matter, or a policy.",
)
@click.option("--draft-07", is_flag=True, help="The copy for tools that do not know draft 2020-12.")
@click.option("--list", "list_versions", is_flag=True, help="Name the published versions.")
def command(version: str, name: str, draft_07: bool, list_versions: bool) -> None:
    """Print the JSON Schema of the standard."""
    if list_versions:
        click.echo("\n".join(schema.versions()))
    else:
        click.echo(schema.schema_text(version, name, draft_07=draft_07), nl=False)

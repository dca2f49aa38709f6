"""`modelcard rules`: what is checked, one line a rule."""

from __future__ import annotations

import click

from .. import rules


@click.command("rules", short_help="List the rules.")
@click.option("--markdown", is_flag=True, help="The whole documentation of all rules, as Markdown.")
def command(markdown: bool) -> None:
    """List the rules: slug, kind, severity, and the problem in one line."""
    if markdown:
        click.echo("\n".join(rules.markdown()), nl=False)
        return
    listed = rules.all_rules()
    width = max(len(rule.slug) for rule in listed)
    for rule in listed:
        click.echo(f"{rule.slug:<{width}}  {rule.kind!s:<9}  {rule.severity!s:<7}  {rule.title}")

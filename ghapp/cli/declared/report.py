"""The command about hand-overs week by week."""

from pathlib import Path
from typing import Annotated

import typer

from ghapp.cli.declared.words import AsJson, Plain

app = typer.Typer()


@app.command(cls=Plain, short_help="Show how hand-overs go, week by week.")
def report(
    name: Annotated[str, typer.Argument(metavar="OWNER[/REPO]", help="As GitHub writes it.")],
    *,
    since: Annotated[
        str, typer.Option(metavar="TIME", help="From the week of a day, or of so long ago: 2026-01-05, 30d or 12w.")
    ] = "12w",
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a line of CSV for each week of each hand-over.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report as one page, too.")] = None,
) -> None:
    """Show how hand-overs go: how ready issues were, what was asked, who was waited for and how long, and rework.

    It is told by the database that DATABASE_URL names; a server may run meanwhile. GitHub is not asked.

    The exit code is 0 when the report is there, 2 when it could not be made.
    """
    from ghapp.cli import report as command
    from ghapp.cli.printed import Form

    if as_json and as_csv:
        raise typer.BadParameter("give --json or --csv, not both.")
    form = Form.of(as_json=as_json, as_csv=as_csv)
    raise typer.Exit(command.run(command.Order(name=name, since=since, form=form, html=html)))

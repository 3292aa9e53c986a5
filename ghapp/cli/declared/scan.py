"""The command about a whole backlog."""

from pathlib import Path
from typing import Annotated

import typer

from ghapp.cli.declared.words import AsJson, Plain

app = typer.Typer()


@app.command(cls=Plain, short_help="Say what of a backlog could be handed over today.")
def scan(
    repository: Annotated[str, typer.Argument(metavar="OWNER/REPO", help="As GitHub writes it.")],
    *,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a line of CSV for each subject.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report as one page, too.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew; else a scan that was stopped goes on.")] = False,
    last: Annotated[bool, typer.Option("--last", help="Show the newest one that is kept, and ask GitHub nothing.")]
    = False,
) -> None:  # fmt: skip
    """Judge all open issues and the newest pull requests of a repository, and say what could be handed over today.

    GitHub is asked as the App where it is installed, with the database that DATABASE_URL names, else with the token in
    GITHUB_TOKEN or GH_TOKEN. It is only read; nothing is written there.

    Stopped at any point, by Ctrl-C or by GitHub's rate limit, the same command goes on where it was.

    The exit code is 0 when it is done, 2 when it could not be, 130 after Ctrl-C.
    """
    from ghapp.cli import scan as command
    from ghapp.cli.printed import Form

    if as_json and as_csv:
        raise typer.BadParameter("give --json or --csv, not both.")
    if fresh and last:
        raise typer.BadParameter("give --fresh or --last, not both.")
    form = Form.of(as_json=as_json, as_csv=as_csv)
    order = command.Order(repository=repository, form=form, html=html, fresh=fresh, last=last)
    raise typer.Exit(command.run(order))

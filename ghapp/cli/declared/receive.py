"""The command that works on a recorded delivery."""

from typing import Annotated

import typer

from ghapp.cli.declared.words import Plain

app = typer.Typer()


@app.command(cls=Plain, short_help="Work on a recorded payload at once.")
def receive(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="As GitHub spells it: issues, pull_request, push.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The payload as JSON; - reads standard input.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it asks for, and do nothing.")] = False,
) -> None:
    """Work on a recorded payload at once, as on one that GitHub delivers now.

    The facts are read fresh from GitHub and the difference is written there; the database is the one that
    DATABASE_URL names. Each call is logged. --dry-run needs neither credentials nor a database.

    The exit code is 0 when all was done, 1 when something has to be tried again or was given up, 2 when it could
    not begin.
    """
    from ghapp.cli import receive as command

    raise typer.Exit(command.run(event, file, dry_run=dry_run))

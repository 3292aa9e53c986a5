"""The command that makes the App."""

from typing import Annotated

import typer

app = typer.Typer()


@app.command(short_help="Create the App at GitHub, and store its credentials.")
def setup(
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put another App in the place of the one that is stored.")
    ] = False,
    print_env: Annotated[
        bool, typer.Option("--print-env", help="Store nothing; print the settings as lines for an .env.")
    ] = False,
) -> None:
    """Create the App at GitHub in a browser, and store its credentials for `ghapp serve`.

    It opens the same page as a server without an App has, on this machine only, and ends when the App is created. They
    are stored in app.env beside the SQLite database that DATABASE_URL names.

    The exit code is 0 when they are stored or printed, 1 when they could only be printed, 2 when there is no App.
    """
    from ghapp.cli import setup as command

    raise typer.Exit(command.run(command.Order(replaces=replace, prints=print_env)))

"""The command about what people said over a verdict."""

from typing import Annotated

import typer

from ghapp.cli.declared.words import AsJson, Plain

app = typer.Typer()


@app.command(cls=Plain, short_help="List what people exempted or declared ready.")
def audit(
    repository: Annotated[
        str, typer.Argument(metavar="OWNER/REPO", help="As GitHub writes it, or wrote it; left out: all.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """List every exemption, and every issue that was declared ready: who said so, when, until when and why.

    They are read from the database that DATABASE_URL names; a server may run meanwhile. They are kept for ever, unless
    the App is uninstalled from the account.
    """
    from ghapp.cli import audit as command

    raise typer.Exit(command.run(repository, as_json=as_json))

"""The commands that run the server."""

import gc
from typing import Annotated, Literal, get_args

import typer

from ghapp.cli.declared.words import one_of

app = typer.Typer()

COLLECTED = gc.get_threshold()  # Python's own, for what runs long
Only = Literal["web", "worker"]


@app.command()
def serve(
    *,
    only: Annotated[
        Only | None,
        typer.Option(help="Start one half; else both run in one process.", parser=one_of(get_args(Only))),
    ] = None,
    tunnel: Annotated[
        str,
        typer.Option(metavar="URL", help="Where GitHub cannot reach this: a channel at smee.io, or `new` for one."),
    ] = "",
) -> None:
    """Start the server: the App and the playground.

    Settings come from the environment and from the file .env; `ghapp manual environment` lists them all. Without
    the App's credentials it serves the playground and the page that sets up the App, whose address it prints.
    """
    from ghapp.app import Half
    from ghapp.app import serve as start

    gc.set_threshold(*COLLECTED)
    if tunnel and only == "worker":
        raise typer.BadParameter("--tunnel brings deliveries to the webhook, and a worker has none.")
    start(Half(only) if only else Half.BOTH, relay=tunnel)


@app.command()
def migrate() -> None:
    """Bring the database up to date.

    It is the one that DATABASE_URL names. `ghapp serve` does it by itself; to do it twice changes nothing.
    """
    from ghapp.app import migrate as upgrade

    upgrade()
    typer.echo("The database is up to date.")

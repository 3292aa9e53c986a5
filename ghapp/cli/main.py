"""The command line: all commands together, and how it ends."""

import gc
import os
import sys
from typing import Annotated

import typer

import ghapp
from ghapp.cli.declared import audit, deliveries, doctor, manual, policy, receive, report, scan, server, setup, texts
from ghapp.cli.failed import SAYABLE, say

CANNOT = 2  # exit code: could not judge, could not start
MANY_OBJECTS = 100_000  # made before the collector looks through them all for garbage

app = typer.Typer(
    help="Judges whether an issue can be handed over and whether a pull request says why.",
    epilog="Begin with: ghapp check issue FILE, or ghapp serve and a browser.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def _version(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False
) -> None:
    if version:
        typer.echo(f"ghapp {ghapp.__version__}")
        raise typer.Exit


for each in (setup, texts, scan, report, policy, deliveries, audit, server, manual, doctor, receive):
    app.add_typer(each.app)


def main() -> None:
    """Run the command line; what the operator can mend is one sentence and exit code 2."""
    gc.set_threshold(MANY_OBJECTS)  # a start makes hardly any garbage, and looking for it takes a sixth of the time
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")  # we have none; looking for them takes 20 ms
    try:
        app()
    except SAYABLE as error:
        say(error)
        sys.exit(CANNOT)

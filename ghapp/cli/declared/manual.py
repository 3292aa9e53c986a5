"""The command that shows the manual."""

from typing import Annotated

import typer

app = typer.Typer()


@app.command(short_help="Show the manual, or the part that an error names.")
def manual(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="A page, words of a heading, an event of the log, or a setting."),
    ] = None,
) -> None:
    """Show the manual: its list of pages, a page, or the part that an error names."""
    from ghapp.cli.manual import run

    raise typer.Exit(run(" ".join(words or ())))

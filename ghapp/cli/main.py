"""The commands, one function each; the work is done in the rooms below."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

import ghapp
from checks.subject import Kind
from ghapp.errors import StartError

CANNOT = 2  # exit code: could not judge, could not start

Only = Literal["web", "worker"]

app = typer.Typer(
    help="Judges whether an issue can be handed over and whether a pull request says why.",
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


@app.command()
def check(
    kind: Annotated[Kind, typer.Argument(help="What the text is.")],
    file: Annotated[str, typer.Argument(help="A Markdown file, or - for standard input.")],
    *,
    title: Annotated[str, typer.Option(help="The title; left out: a first line that begins with `# `.")] = "",
    policy: Annotated[Path | None, typer.Option(help="A policy file; left out: the defaults.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Judge many: a JSON object a line in, a verdict a line out.")
    ] = False,
) -> None:
    """Judge an issue or a pull request without GitHub.

    FILE is Markdown, or a JSON object with `title` and `body` as `gh issue view N --json title,body` prints it.

    Exit code: 0 ready, 1 gaps, 2 could not judge.
    """
    from ghapp.cli import check as command

    raise typer.Exit(
        command.run(kind, file, title=title, policy=policy, form=command.Form.of(as_json=as_json, jsonl=jsonl))
    )


@app.command()
def serve(
    *,
    only: Annotated[Only | None, typer.Option(help="Run one half; left out: both in one process.")] = None,
) -> None:
    """Start the server; settings come from the environment and from .env.

    Without the App's credentials it serves the playground on loopback.
    """
    from ghapp.app import Half
    from ghapp.app import serve as start

    start(Half(only) if only else Half.BOTH)


@app.command()
def migrate() -> None:
    """Bring the database named by DATABASE_URL up to date; safe to repeat. `serve` does it by itself."""
    from ghapp.app import migrate as upgrade

    upgrade()
    typer.echo("The database is up to date.")


def main() -> None:
    """Run the command line; what the operator can mend is one sentence and exit code 2."""
    try:
        app()
    except StartError as error:
        typer.echo(f"ghapp: {error}", err=True)
        sys.exit(CANNOT)

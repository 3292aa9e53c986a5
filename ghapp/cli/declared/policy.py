"""The commands about policy files."""

from typing import Annotated

import typer

from ghapp.cli.declared.words import AsJson, Plain

app = typer.Typer()

policies = typer.Typer(
    help="Check a policy file, print its schema, and show what holds.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(policies, name="policy")


@policies.command(cls=Plain, short_help="Say everything that is wrong with a policy file.")
def validate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A policy file; - for standard input.")],
    *,
    owner: Annotated[
        bool, typer.Option("--owner", help="It is the one of an owner's .github repository, which may lock keys.")
    ] = False,
) -> None:
    """Say everything that is wrong with a policy file, each mistake with its line.

    The exit code is 0 when nothing is, 1 when something is, 2 when the file could not be read.
    """
    from ghapp.cli import policy as command

    raise typer.Exit(command.validates(file, is_owners=owner))


@policies.command(name="schema")
def print_schema() -> None:
    """Print the policy's JSON Schema, for editors."""
    from ghapp.cli import policy as command

    raise typer.Exit(command.prints_schema())


@policies.command(name="show", cls=Plain, short_help="Show the policy in force in a repository.")
def show_policy(
    repository: Annotated[str, typer.Argument(metavar="OWNER/REPO", help="As GitHub writes it.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show the policy in force in a repository: every value, and the file and line it comes from.

    GitHub is asked as the App, so it takes the server's settings, with the database that DATABASE_URL names.

    The exit code is 0 when it is shown, 2 when it could not be.
    """
    from ghapp.cli import policy as command

    raise typer.Exit(command.shows(repository, as_json=as_json))

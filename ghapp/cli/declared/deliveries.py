"""The commands about what was delivered."""

from typing import Annotated

import typer

from ghapp.cli.declared.words import AsJson, Plain

app = typer.Typer()

deliveries = typer.Typer(
    help="What waits, what was given up, and how to take it up again.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(deliveries, name="deliveries")


@deliveries.command(name="list")
def list_deliveries(*, as_json: AsJson = False) -> None:
    """List the dead letters, then the jobs that wait.

    They are read from the database that DATABASE_URL names; a server may run meanwhile.
    """
    from ghapp.cli import deliveries as command

    raise typer.Exit(command.run(command.lists(as_json=as_json)))


@deliveries.command(cls=Plain, short_help="Show a dead letter, a subject or a delivery.")
def show(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="A dead letter's id, a subject such as pull:12:5, or a GUID.")
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """Show all that is known of a dead letter, a subject or a delivery."""
    from ghapp.cli import deliveries as command

    raise typer.Exit(command.run(command.shows(name, as_json=as_json)))


@deliveries.command(cls=Plain, short_help="Look again at what was given up, or was recorded.")
def replay(
    letter: Annotated[
        str, typer.Argument(metavar="ID|FILE", help="A dead letter's id or subject, or a file with a delivery.")
    ] = "",
    *,
    every: Annotated[bool, typer.Option("--all", help="Replay every dead letter.")] = False,
) -> None:
    """Let a dead letter's job run again; its subject is looked at as it is now.

    A file holds a delivery with its headers, as the App's settings at GitHub show it, GitHub's API or a relay; - reads
    standard input. What it asks for is looked at as it is now, too.

    The exit code is 0 when it waits to run, 1 when one could not be read, 2 when there is none such.
    """
    from ghapp.cli import deliveries as command
    from ghapp.cli import replay as recorded

    if bool(letter) == every:
        raise typer.BadParameter("give a dead letter's id, a file with a delivery, or --all.")
    if recorded.is_file(letter):
        raise typer.Exit(recorded.run(letter))
    raise typer.Exit(command.run(command.replays(letter, every=every)))


@deliveries.command(cls=Plain, short_help="Print a delivery as GitHub sent it.")
def record(
    guid: Annotated[str, typer.Argument(metavar="GUID", help="The delivery, as GitHub's log names it.")],
) -> None:
    """Print a delivery as GitHub sent it, headers and payload, for `deliveries replay` and `receive`.

    It may hold words of a private repository. The exit code is 0, or 2 when GitHub's log has it no more.
    """
    from ghapp.cli import record as command

    raise typer.Exit(command.run(guid))


@deliveries.command(cls=Plain, short_help="Ask GitHub to send deliveries again.")
def redeliver(
    guid: Annotated[str, typer.Argument(metavar="GUID", help="The delivery, as GitHub's log names it.")] = "",
    *,
    since: Annotated[
        str, typer.Option(metavar="TIME", help="All since then that are not here: 6h, 2d or 2026-03-02T09:00 (UTC).")
    ] = "",
) -> None:
    """Ask GitHub to send deliveries again, as far as its log goes back: three days.

    `ghapp serve` does so by itself for what GitHub could not hand over; after a database was restored from a backup,
    --since brings what is missing from it.

    The exit code is 0 when GitHub sends them, 1 when it has some no more, 2 when it could not be asked.
    """
    from ghapp.cli import redeliver as command

    if bool(guid) == bool(since):
        raise typer.BadParameter("give a delivery's GUID, or --since with a time.")
    raise typer.Exit(command.run(guid, since=since))

"""The commands, one function each; the work is done in the rooms below."""

import gc
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Literal, TypeVar, get_args

import typer
from typer.core import TyperCommand

import ghapp
from checks.subject import Kind
from ghapp.errors import StartError

CANNOT = 2  # exit code: could not judge, could not start

Only = Literal["web", "worker"]
Word = TypeVar("Word", bound=str)

COLLECTED = gc.get_threshold()  # Python's own, for what runs long
MANY_OBJECTS = 100_000  # made before the collector looks through them all for garbage
EXAMPLES = """\
\b
Examples:
  ghapp check issue issue.md
  ghapp check pull - < description.md
  ghapp check issue issue.md --policy .github/handoff.yml

\b
With GitHub's own command line:
  gh issue view 12 --json title,body,labels,author |
    ghapp check issue -
  gh issue list --json number,title,body | jq -c '.[]' |
    ghapp check issue - --jsonl
"""


class Plain(TyperCommand):
    """A command whose usage line names its arguments as its help does; typer puts braces around them."""

    def collect_usage_pieces(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # its base is private
        """The words of the usage line after the command's name."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


def _one_of(words: Iterable[Word]) -> Callable[[str], Word]:
    """A reader of one of these words; typer's own refuses others with `Value error, ...`."""
    known = {str(word): word for word in words}

    def read(given: str) -> Word:
        if given not in known:
            raise typer.BadParameter(f"it has to be {' or '.join(known)}, not {given!r}.")
        return known[given]

    return read


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


@app.command(cls=Plain, epilog=EXAMPLES)
def check(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="What the text is.", parser=_one_of(Kind))],
    file: Annotated[str, typer.Argument(metavar="FILE", help="Markdown or JSON; - for standard input.")],
    *,
    title: Annotated[str, typer.Option(metavar="TEXT", help="The title, where the file has none or another one.")] = "",
    policy: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What is asked, as in .github/handoff.yml; else the defaults.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Judge many: a JSON object a line in, a verdict a line out.")
    ] = False,
) -> None:
    """Judge an issue or a pull request without GitHub.

    The title of a Markdown file is `title:` in its front matter, or its first line if that begins with "# ".
    JSON is an object with `title` and `body`, and with whatever else `gh issue view --json` prints.

    The exit code is 0 when it is ready, 1 when there are gaps, 2 when it could not be judged; of many, the worst.
    """
    from ghapp.cli import check as command

    form = command.Form.of(as_json=as_json, jsonl=jsonl)
    raise typer.Exit(command.run(command.Order(kind=kind, file=file, title=title, policy=policy, form=form)))


@app.command(cls=Plain)
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The root of a repository.")] = Path(),
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace templates that are there already.")] = False,
    prints: Annotated[bool, typer.Option("--print", help="Print the files and write nothing.")] = False,
) -> None:
    """Write a policy file, an issue form, an issue template and a pull request template.

    The templates ask for what the policy in DIR asks for, else for the defaults. A policy that is there is kept.

    The exit code is 0 when all is there, 1 when something else was there and is left alone, 2 when it could not be
    done.
    """
    from ghapp.cli import init as command

    raise typer.Exit(command.run(command.Order(folder=folder, force=force, prints=prints)))


policies = typer.Typer(
    help="Check a policy file, print its schema, and show what holds in a repository.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(policies, name="policy")


@policies.command(cls=Plain)
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


@policies.command(name="show", cls=Plain)
def show_policy(
    repository: Annotated[str, typer.Argument(metavar="OWNER/REPO", help="As GitHub writes it.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show the policy in force in a repository: every value, and the file and line it comes from.

    GitHub is asked as the App, so it takes the server's settings, with the database that DATABASE_URL names.

    The exit code is 0 when it is shown, 2 when it could not be.
    """
    from ghapp.cli import policy as command

    raise typer.Exit(command.shows(repository, as_json=as_json))


deliveries = typer.Typer(
    help="What waits, what was given up, and how to take it up again.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(deliveries, name="deliveries")

AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@deliveries.command(name="list")
def list_deliveries(*, as_json: AsJson = False) -> None:
    """List the dead letters, then the jobs that wait.

    They are read from the database that DATABASE_URL names; a server may run meanwhile.
    """
    from ghapp.cli import deliveries as command

    raise typer.Exit(command.run(command.lists(as_json=as_json)))


@deliveries.command(cls=Plain)
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


@deliveries.command(cls=Plain)
def replay(
    letter: Annotated[str, typer.Argument(metavar="ID", help="A dead letter's id, or its subject.")] = "",
    *,
    every: Annotated[bool, typer.Option("--all", help="Replay every dead letter.")] = False,
) -> None:
    """Let a dead letter's job run again; its subject is looked at as it is now.

    The exit code is 0 when it waits to run, 1 when one could not be read, 2 when there is none such.
    """
    from ghapp.cli import deliveries as command

    if bool(letter) == every:
        raise typer.BadParameter("give a dead letter's id, or --all.")
    raise typer.Exit(command.run(command.replays(letter, every=every)))


@deliveries.command(cls=Plain)
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


@app.command(cls=Plain)
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


@app.command()
def serve(
    *,
    only: Annotated[
        Only | None,
        typer.Option(help="Start one half; else both run in one process.", parser=_one_of(get_args(Only))),
    ] = None,
) -> None:
    """Start the server: the App and the playground.

    Settings come from the environment and from the file .env; .env.example names them all. Without the App's
    credentials the playground alone is served, on loopback.
    """
    from ghapp.app import Half
    from ghapp.app import serve as start

    gc.set_threshold(*COLLECTED)
    start(Half(only) if only else Half.BOTH)


@app.command()
def migrate() -> None:
    """Bring the database up to date.

    It is the one that DATABASE_URL names. `ghapp serve` does it by itself; to do it twice changes nothing.
    """
    from ghapp.app import migrate as upgrade

    upgrade()
    typer.echo("The database is up to date.")


def main() -> None:
    """Run the command line; what the operator can mend is one sentence and exit code 2."""
    gc.set_threshold(MANY_OBJECTS)  # a start makes hardly any garbage, and looking for it takes a sixth of the time
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")  # we have none; looking for them takes 20 ms
    try:
        app()
    except StartError as error:
        typer.echo(f"ghapp: {error}", err=True)
        sys.exit(CANNOT)

"""The page on the command line, made of what each command says of itself with `--help`."""

from collections.abc import Iterator

import click
import typer

from ghapp.cli import app

WIDE = 88  # columns

_HEAD = """\
<!-- Written by `make docs` from the commands' own help in `ghapp/cli/declared`; edit that. -->

# The command line

`ghapp` is the server and what goes with it. After `make run` it is `.venv/bin/ghapp`, in a container
`docker compose exec handoff ghapp`; [with systemd](deploy.md#one-machine-with-systemd) it needs the unit's settings.
A command that cannot do what it was asked ends with the exit code 2. It says why, with the remedy and the part of this
manual that says more, which `ghapp manual` shows in the terminal. Secrets are settings, never arguments.
"""


def command_line() -> str:
    """The whole page."""
    whole = typer.main.get_command(app)
    return "\n".join((_HEAD, *_commands(whole, click.Context(whole, info_name="ghapp", **_FORM))))


_FORM = {"terminal_width": WIDE, "max_content_width": WIDE}


def _commands(group: click.Command, context: click.Context) -> Iterator[str]:
    """Each command below a group, by its name, with its help; groups are gone through."""
    for name, command in sorted(getattr(group, "commands", {}).items()):
        inner = click.Context(command, info_name=name, parent=context, **_FORM)
        if hasattr(command, "commands"):
            yield from _commands(command, inner)
        else:
            yield f"## {inner.command_path}\n"
            yield f"```text\n{_help(command, inner)}\n```\n"


def _help(command: click.Command, context: click.Context) -> str:
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())

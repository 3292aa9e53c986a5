"""The command that looks at everything."""

import typer

from ghapp.cli.declared.words import AsJson

app = typer.Typer()


@app.command(short_help="Look at everything that has to be right.")
def doctor(*, as_json: AsJson = False) -> None:
    """Look at everything that has to be right for the App to work: what is wrong, and what mends it.

    It may run beside the server, with the same settings, and changes nothing there. Where the network is silent it
    ends within twenty seconds all the same.

    The exit code is 0 when nothing is wrong, warnings apart, 1 when something is, 2 when it could not be looked at: the
    settings cannot be read at all, or GitHub gives no answer.
    """
    from ghapp.cli import doctor as command

    raise typer.Exit(command.run(as_json=as_json))

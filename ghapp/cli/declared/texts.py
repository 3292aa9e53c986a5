"""The commands about texts at hand: to judge them, and to have templates that ask for the right ones."""

from pathlib import Path
from typing import Annotated

import typer

from checks.subject import Kind
from ghapp.cli.declared.words import Plain, one_of

app = typer.Typer()

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


@app.command(cls=Plain, epilog=EXAMPLES)
def check(
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help="What the text is.", parser=one_of(Kind))],
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


@app.command(cls=Plain, short_help="Write a policy file, and templates that fit it.")
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

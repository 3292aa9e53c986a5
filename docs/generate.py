"""Writes what the code already says: the manuals of criteria and policy, the policy's schema, the README's example.

`python -m docs.generate` writes the pages anew; with `--check` it writes nothing and fails when one is stale.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from checks.criteria import rationale, readiness
from checks.criterion import Criterion
from config import schema
from config.load import PATH, load
from config.policy import DEFAULTS
from config.section import Section
from docs.command_line import command_line
from docs.environment import environment, example
from docs.manifest import permissions
from ghapp.github.command import LONGEST
from ghapp.render import excerpt
from ghapp.render.commands import COMMANDS, KINDS, MOST, Command

ROOT = Path(__file__).parent.parent
EXAMPLE = "docs/examples/issue.md"
_EXAMPLE = re.compile(r"(<!-- example:[^\n]*\n```text\n).*?(^```$)", re.MULTILINE | re.DOTALL)

FAMILIES: tuple[tuple[str, str, tuple[Criterion[Any], ...], Section], ...] = (
    ("readiness", "Issues", tuple(readiness.ALL), DEFAULTS.readiness.criteria),
    ("rationale", "Pull requests", tuple(rationale.ALL), DEFAULTS.rationale.criteria),
)

CRITERIA_HEAD = f"""\
<!-- Written by `make docs` from the criteria's own files; edit those. -->

# What is asked, and why

Each criterion is one question. A finding quotes the words it rests on; a gap names the next edit. Mode and weight
are the defaults; a repository sets its own in [`{PATH}`](policy.md).
"""

HANDOVER = ("team", "people", "handover", "questions", "reviews", "updates", "digest")  # sections without criteria

WRONG = "readiness:\n  treshold: 80\n  comment: loud\n"


def mistakes() -> str:
    """What `ghapp policy validate` says of a file with two mistakes."""
    lines = excerpt.lines(WRONG)
    return "\n\n".join(excerpt.excerpt(mistake, lines) for mistake in load(WRONG).mistakes)


POLICY_HEAD = f"""\
<!-- Written by `make docs` from `config/policy.py`; edit that. -->

# The policy file

What a repository asks stands in `{PATH}` on its default branch. Without the file, or without a key, the
defaults below hold. Values are laid over the defaults key by key, so a file holds only what differs:

```yaml
readiness:
  threshold: 80
  criteria:
    engagement: {{mode: advisory, weight: 5}}
    clarity: {{mode: off}}
rationale:
  comment: silent
  exempt:
    branches: ["release/**"]
```

`on`, `off`, `yes` and `no` mean what they say: a truth value where one is asked for, a word elsewhere; a mode may be
`off`. A section without a value says nothing, and a key that wants a number or a word and has none is a mistake.

## Whose value holds

The owner's file stands at the same path in the repository `.github` of the same account, also on its default branch.
A repository's own file is laid over it, key by key, and it over the defaults. A list is one value: the nearer one
holds whole. `/handoff policy` in a comment and `ghapp policy show OWNER/REPO` show every value in force with the file
and the line it comes from; verdicts name the files.

The owner may keep keys to itself:

```yaml
lock:
  - readiness.threshold
  - rationale.criteria
```

A lock on a section holds for all keys in it, and a key may be locked at its default. Where a repository sets a locked
key, the owner's value holds, the rest of the file does too, and its checks and comments say which lines have no say.
`lock` in a repository's own file is a mistake.

The `.github` repository counts if it is public, or if the App is installed on it. A private one without the App is as
none, and `ghapp policy show` says so. Both files come with each look at an issue or a pull request, at no further
call, so a change holds from the next look on. After a push to a file, or when a repository gets another owner or
default branch, or `.github` another name or visibility, open issues and pull requests are looked at again by
themselves, behind people's own work: those that have a verdict made under another version. A verdict's version is
about its kind, so a change of `readiness` leaves pull requests alone.

A file with mistakes on a default branch does not hold: its last version without them does, and checks and comments
say so until it is mended. The owner's mistakes are told in the owner's repository only. When GitHub does not answer,
nothing is judged until it does.

## Mistakes

Unknown keys, wrong types, values out of range, keys written twice, tags and aliases are mistakes, and so is what is
longer than 64 KiB, deeper than 20 levels or has more than 5,000 values. `ghapp policy validate FILE` shows all of
them at once; `--owner` is for the file of a `.github` repository. The exit code is 0 without mistakes, 1 with some, 2
when there is no such file.

```text
{mistakes()}
```

An editor that knows JSON Schema checks the file while you type: `config/policy.schema.json`, served by a running
Handoff at `/schema/handoff.json` and printed by `ghapp policy schema`. It takes what Handoff takes, but for labels
that clash, days, time zones and countries that do not exist, locked keys, and `lock` in a repository's own file, which
no schema can tell.

## When and where

Nothing fails for work that began before anybody could know what is asked. An issue opened before the installation is
judged only once somebody asks: by the label, or by a command. A pull request opened before it is judged as all others,
but nothing is required of it: its check passes and shows the advice. `since` moves that day, in each section for
itself, also into the future: until then a repository gets advice and no failing check. In a repository that joins an
installation later the day it joined takes the installation's place.

An issue gets its comment and label when it carries a label of `applies-to`, is assigned, or was asked about; the team's
other issues only get a verdict for reports, and the public's none. A bot's own label or assignment does not count. On a
pull request a conclusion is always posted: `success` with the reason where the policy exempts it by author, bot, head
branch, label or paths, `neutral` for a draft. A small change needs one line of reason. `ghapp init` writes a policy
file with every key in it, and [templates](templates.md) that ask for the same.

In patterns for paths and branches `*`, `?` and `[...]` stay within one part of a path, and `**` stands for any number
of parts: `*.md` is at the root, `**/*.md` anywhere, `docs/**` or `docs/` all below `docs`. Capitals count. Put quotes
around a pattern, as YAML reads a `*` at its beginning as something else.

## A pull request that edits it

It is judged by the policy in force on the default branch, never by its own. Its check `handoff` says what becomes of
the policy:

- A file with mistakes would not come into force. Each mistake is a warning at its line, fifty at most; the check lists
  the first ten and counts the rest. Mistakes never fail the check: what is asked of the pull request is its reason.
- Of a file without mistakes the check shows each value in force that would change, with where it comes from, and what
  that would do to what is open: how many issues would be ready or not any more, how many pull requests would pass or
  fail.

That is counted from the verdicts that are kept, of the thousand issues and the thousand pull requests that changed
last; the check says when there are more. No text is read for it, so some cannot be told: where the policy asks for a
criterion that was off, for another language, or for other paths, sizes or exemptions. It is counted once for the same
two policies, and anew by `/handoff check`. What a person exempted or declared ready stays.

A file that is removed, or moved to another path, leaves the organization's policy and the defaults. A pull request into
another branch than the default one changes nothing: its check says so, and shows the mistakes, or what would change
once the file is on the default branch. In the `.github` repository the file is the
policy of all the owner's repositories; what is counted there is that repository only.
"""


COMMANDS_HEAD = f"""\
<!-- Written by `make docs` from `ghapp/render/commands.py`; edit that. -->

# Commands

Write a command at the start of a line of a new comment on an issue or a pull request:

```text
/handoff check
```

It counts in a comment that a person writes, in its first {LONGEST // 1024} KiB. In code, quotes, lists, headings and
HTML such as `<details>`, behind other words, in a review, and in an older comment that is edited it is none. Of one
comment the first {MOST} commands are obeyed, in their order; what a command takes stands in its line.

Access is what GitHub says of a person when the command runs. Author and assignees are those of the issue or pull
request.
"""

COMMANDS_TAIL = """\
## What you see

Eyes under the comment say that it was read, a thumb that it was done, a confused face that it was not: then one
sentence says why, and nothing was changed. Who has no access here and is neither author nor assignee gets one such
sentence and one table in a conversation, and a face for whatever follows.

## Exempt and ready

Both take a reason, and end with `until` and a day where they are not for good: `until 2026-12-31` holds to the end of
that day in UTC. A day to come that does not stand last is refused, as it would be lost. The check or the comment then
shows who said so, when, until when and why. The newest word counts; `/handoff unexempt` takes it back, and after its
last day it ends by itself, within five minutes.

A pull request that is exempt has the conclusion `success`. An issue that is exempt is not judged and loses our label.
An issue that is declared ready gets the label for it; a label that a person sets afterwards stays.

`ghapp audit` lists all of them, those that are over among them. They are kept for as long as the App is installed on
the account, and deleted with it.

## Buttons

The check run has the button `Re-check`, which does what `/handoff check` does, and where it fails `Exempt`, which asks
for the reason by a comment. The same people may use them.
"""


def pages() -> dict[str, str]:
    """Every generated file, by its path in the repository, with its text."""
    return {
        "docs/criteria.md": criteria(),
        "docs/policy.md": policy(),
        "docs/commands.md": commands(),
        "docs/cli.md": command_line(),
        "docs/permissions.md": permissions(),
        "docs/environment.md": environment(),
        ".env.example": example(),
        "config/policy.schema.json": schema.as_text(),
        "README.md": readme(),
    }


def criteria() -> str:
    """The manual of the criteria, from their modules' docstrings."""
    return "\n".join((CRITERIA_HEAD, *(line for family in FAMILIES for line in _family(*family))))


def policy() -> str:
    """The manual of the policy, from its schema."""
    return "\n".join((POLICY_HEAD, *_sections()))


def commands() -> str:
    """The manual of the commands, from their table."""
    return "\n".join((COMMANDS_HEAD, *_commands(), COMMANDS_TAIL))


def readme() -> str:
    """The README with what the command of its example prints today."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    command = [str(Path(sys.executable).with_name("ghapp")), "check", "issue", EXAMPLE]
    environment = {**os.environ, "COLUMNS": "88", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode > 1:
        raise RuntimeError(done.stderr)
    printed = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
    return _EXAMPLE.sub(lambda match: f"{match[1]}{printed}{match[2]}", text)


def _commands() -> Iterator[str]:
    yield "## The commands\n"
    for each in COMMANDS:
        yield f"### {each.name}\n"
        yield f"`{each.usage}`, for {each.who}{_only(each)}.\n"
        yield f"{each.does}\n"
        yield f"```text\n{each.example}\n```\n"


def _only(command: Command) -> str:
    return "" if command.only is None else f", on {KINDS[command.only]} only"


def _family(name: str, title: str, members: Iterable[Criterion[Any]], defaults: Section) -> Iterator[str]:
    yield f"## {title}\n"
    for criterion in members:
        counts = defaults.model_dump(mode="json", by_alias=True)[criterion.name]
        yield f"### {criterion.name}\n"
        yield f"**{criterion.asks}** By default {_counts(counts)}; set by `{name}.criteria.{criterion.name}`.\n"
        for part, text in criterion.manual.items():
            if text != criterion.asks:
                yield f"**{part}.** {text[:1].upper()}{text[1:]}\n"


def _counts(counts: dict[str, Any]) -> str:
    return f"{counts['mode']}, {counts['weight']} points" if counts["weight"] else f"{counts['mode']}, no points"


def _sections() -> Iterator[str]:
    yield "## The whole\n"
    yield from _table(path for path in schema.paths() if len(path) == 1)
    for name in ("readiness", "rationale"):
        node = schema.at((name,)) or {}
        yield f"## {name}\n"
        yield f"{node['description']}\n"
        yield from _table(path for path in schema.paths() if path[0] == name and "criteria" not in path)
        yield f"### {name}.criteria\n"
        yield "Each has a `mode` and a `weight`; [what they ask](criteria.md).\n"
        yield "| criterion | mode | weight | meaning |"
        yield "| --- | --- | --- | --- |"
        for key in schema.keys(schema.at((name, "criteria")) or {}):
            criterion = schema.at((name, "criteria", key)) or {}
            counts = criterion["default"]
            yield f"| `{key}` | {counts['mode']} | {counts['weight']} | {criterion['description']} |"
        yield ""
    for name in HANDOVER:
        node = schema.at((name,)) or {}
        yield f"## {name}\n"
        yield f"{node['description']} See [handing over](handover.md).\n"
        who = (name, "LOGIN") if name == "people" else (name,)
        yield from _table((*who, key) for key in schema.keys(schema.at(who) or {}))


def _table(paths: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| key | what it holds | default | meaning |"
    yield "| --- | --- | --- | --- |"
    for path in paths:
        node = schema.at(path) or {}
        if node["type"] != "object":
            cells = (f"`{'.'.join(path)}`", schema.allowed(node), _default(node["default"]), node["description"])
            yield f"| {' | '.join(cells)} |"
    yield ""


def _default(value: object) -> str:
    match value:
        case None:
            return "left out"
        case bool():
            return f"`{str(value).lower()}`"
        case list():
            return ", ".join(f"`{item}`" for item in value) or "none"
        case _:
            return f"`{value}`"


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Write the pages, or with `--check` name the stale ones; the exit status is 1 when there are any."""
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description="Write the generated pages.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    check = parser.parse_args(arguments).check
    stale = {path: text for path, text in pages().items() if _read(root / path) != text}
    for path, text in stale.items():
        print(f"{path} is stale: run `make docs`" if check else f"{path} written")  # noqa: T201 - a script
        if not check:
            (root / path).write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())

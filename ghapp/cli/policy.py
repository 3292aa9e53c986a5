"""`ghapp policy`: says what is wrong with a file, prints the schema, and shows what holds in a repository."""

import json
import re
import sys
from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from config import schema
from config.load import PATH, load
from config.locks import LOCK
from config.origin import Source
from config.standing import Standing
from config.values import Held, values
from ghapp import settings
from ghapp.cli import source
from ghapp.cli.deliveries import ended, opened
from ghapp.cli.failed import say
from ghapp.context import in_force, standing_policy
from ghapp.errors import Gone, Refused, StartError, UserError
from ghapp.github import read
from ghapp.github.app import App
from ghapp.github.client import Client, Transport, session
from ghapp.github.facts import Place
from ghapp.github.faults import Unsigned
from ghapp.github.identity import Credentials
from ghapp.render import excerpt
from ghapp.render import policy as render
from ghapp.render.headline import number
from ghapp.settings import Settings
from ghapp.subjects import Kind, Subject

GOOD, MISTAKES, CANNOT = 0, 1, 2

_NAME = re.compile(r"[A-Za-z0-9_-]+/(?!\.\.?$)[A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """The policy of a repository, and where it was looked for."""

    place: Place
    standing: Standing

    @property
    def notes(self) -> tuple[str, ...]:
        return in_force(self.standing, self.place.policy).notes

    @property
    def owner(self) -> str:
        """What there is of an owner's policy."""
        owner = self.place.policy.owner
        if not owner.is_there:
            return (
                f"no owner's policy: Handoff sees no repository {owner.repository}. Either there is none, or it is "
                "private and the App is not installed on it."
            )
        if not owner.oid:
            return f"no owner's policy: {owner.repository} has no {PATH} that Handoff may read."
        return f"the owner's policy is {owner.repository}/{PATH}."


def validates(file: str, *, is_owners: bool) -> int:
    """Print every mistake of a policy file; the exit code."""
    try:
        text = source.whole(file, remedy="give a policy file, or - for standard input", form="YAML")
    except UserError as error:
        say(error)
        return CANNOT
    loaded = load(text, file=file, source=Source.OWNER if is_owners else Source.REPOSITORY)
    if loaded.mistakes:
        lines = excerpt.lines(text)
        shown = "\n\n".join(excerpt.excerpt(mistake, lines) for mistake in loaded.mistakes)
        is_lock = any(mistake.path == LOCK for mistake in loaded.mistakes) and not is_owners
        owners = " Is it the file of a `.github` repository? Then give --owner." if is_lock else ""
        sys.stdout.write(f"{shown}\n\n{number(len(loaded.mistakes), 'mistake')}.{owners}\n")
        return MISTAKES
    locks = f" and locks {number(len(loaded.locks), 'key')}" if loaded.locks else ""
    sys.stdout.write(f"{file}: no mistakes; it sets {number(len(loaded.origins), 'value')}{locks}.\n")
    return GOOD


def prints_schema() -> int:
    """Print the policy's JSON Schema; the exit code."""
    sys.stdout.write(schema.as_text())
    return GOOD


def shows(repository: str, *, as_json: bool) -> int:
    """Print what holds in a repository, and where each value comes from; the exit code."""
    return ended(_shows(repository, as_json=as_json))


async def _shows(repository: str, *, as_json: bool) -> int:
    chosen = settings.load()
    if not chosen.has_app:
        raise StartError("GITHUB_APP_ID is not set, and GitHub is asked as the App: set its credentials.")
    shown = await _read(repository, chosen)
    if as_json:
        sys.stdout.write(json.dumps(_to_json(shown), indent=2, ensure_ascii=False) + "\n")
    else:
        _print(shown)
    return GOOD


async def _read(repository: str, chosen: Settings) -> _Shown:
    if not _NAME.fullmatch(repository):
        raise UserError(f"{repository!r} is no repository's name: give OWNER/REPO, as in acme/billing.")
    unknown = UserError(f"Handoff is not installed on {repository}, or there is no such repository.")
    key = Credentials(issuer=chosen.issuer, private_key=chosen.github_private_key.get_secret_value())
    owner, _, name = repository.partition("/")
    async with session() as http, opened(chosen) as (store, _):
        transport, where = Transport(http, chosen.github_api_url), {"owner": owner, "repo": name}
        try:
            there = await Client(transport, app=key).getitem("/repos/{owner}/{repo}/installation", where)
            found = await read.named_policy(await App(transport, key).client(there["id"]), repository)
        except Gone:
            raise unknown from None
        except (Refused, Unsigned) as error:
            raise UserError(f"GitHub does not let us ask ({error}).") from None
        if found is None:
            raise unknown
        subject = Subject(kind=Kind.POLICY, installation=there["id"], repository=found[0])
        return _Shown(place=found[1], standing=await standing_policy(store, subject, found[1].policy))


def _to_json(shown: _Shown) -> dict[str, object]:
    loaded, owner = shown.standing.loaded, shown.place.policy.owner
    return {
        "repository": shown.place.repository,
        "versions": {"issues": loaded.version_for("readiness"), "pull-requests": loaded.version_for("rationale")},
        "owner": {"repository": owner.repository, "there": owner.is_there, "file": bool(owner.oid)},
        "notes": list(shown.notes),
        "values": [_value(each) for each in values(loaded)],
    }


def _value(held: Held) -> dict[str, object]:
    came = asdict(held.origin) if held.origin else {"source": "default"}
    return {"key": held.key, "value": held.value, **came, "locked": held.lock is not None}


def _print(shown: _Shown) -> None:
    loaded = shown.standing.loaded
    out = Console(highlight=False, soft_wrap=True)
    versions = f"issues {loaded.version_for('readiness')}, pull requests {loaded.version_for('rationale')}"
    said = [line for note in shown.notes for line in note.split("\n")]
    owner = f"{shown.owner[0].upper()}{shown.owner[1:]}"
    for line in (f"{shown.place.repository}: {render.headline(loaded)}", owner, f"Versions: {versions}.", *said, ""):
        out.print(Text(line))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("key", "value", "from"):
        table.add_column(name, no_wrap=name == "key", overflow="fold")
    for held in values(loaded):
        table.add_row(held.key, Text(render.value(held.value)), render.origin(held))
    with out.capture() as captured:
        out.print(table)
    out.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())

"""As whom a backlog is read, and where it is kept: as the App with its database, or by a token with a folder."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from ghapp import clock, log, scan
from ghapp.cli.deliveries import opened
from ghapp.errors import Gone, Refused, UserError
from ghapp.github import read
from ghapp.github.app import App
from ghapp.github.client import Client, Transport, session
from ghapp.github.faults import Unsigned
from ghapp.github.identity import Credentials
from ghapp.github.read.scans import Named
from ghapp.github.tokens import Token
from ghapp.scan import InStore, Kept, PolicyOf
from ghapp.settings import Settings
from ghapp.store import Store
from ghapp.store.scan_file import ScanFile
from ghapp.subjects import Subject

TOKENS = ("GITHUB_TOKEN", "GH_TOKEN")  # as GitHub's own command line names them

_LONG = timedelta(days=1)  # a person's token is neither new nor ours to renew


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """Who reads a repository, and where what is read is kept; `store` is there for the App."""

    client: Client
    subject: Subject
    name: str  # owner/name, as GitHub writes it
    kept: Kept
    policy: PolicyOf
    store: Store | None = None


@asynccontextmanager
async def scanner(repository: str, chosen: Settings) -> AsyncIterator[Scanner]:
    """Sign in, and find a repository.

    Raises:
        UserError: nobody can read it, or nothing of it can be handed over.
        StartError: the database cannot be used.
        Again: GitHub does not answer now, or limits us.
    """
    token = given_token()
    log.configure(level="warning", secrets=(*chosen.secrets, token))
    async with AsyncExitStack() as stack:
        transport = Transport(await stack.enter_async_context(session()), chosen.github_api_url)
        try:
            found = await _as_app(repository, chosen, transport, stack) if chosen.has_app else None
            found = found or await _by_token(repository, chosen, transport, token)
        except (Refused, Unsigned) as error:
            raise UserError(f"GitHub does not let us read {repository} ({error}).") from None
        yield found


def given_token() -> str:
    """The token in the environment, or "".

    Raises:
        UserError: it cannot be one.
    """
    found = next(filter(None, (os.environ.get(name, "").strip() for name in TOKENS)), "")
    if not (found.isascii() and (found.isprintable() and " " not in found)):
        raise UserError("GITHUB_TOKEN or GH_TOKEN holds what no token has, such as a space: copy it anew.")
    return found


def folder(repository: str, chosen: Settings) -> ScanFile:
    """Where scans by a token are kept: the user's folder for what can be made again."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    host = urlsplit(chosen.github_api_url).hostname or "github"
    return ScanFile(cache / "handoff" / "scans" / host / repository.lower())


async def _as_app(repository: str, chosen: Settings, transport: Transport, stack: AsyncExitStack) -> Scanner | None:
    """The App where it is installed; None where it is not."""
    key = Credentials(issuer=chosen.issuer, private_key=chosen.github_private_key.get_secret_value())
    owner, _, name = repository.partition("/")
    where = {"owner": owner, "repo": name}
    try:
        there = await Client(transport, app=key).getitem("/repos/{owner}/{repo}/installation", where)
        client = await App(transport, key).client(there["id"])
        named = _usable(await read.named_repository(client, repository))
    except Gone:
        return None
    store, _ = await stack.enter_async_context(opened(chosen))
    subject = named.subject(there["id"])
    return Scanner(
        client=client,
        subject=subject,
        name=named.name,
        kept=InStore(store=store, subject=subject, name=named.name),
        policy=partial(scan.kept_policy, store, subject),
        store=store,
    )


async def _by_token(repository: str, chosen: Settings, transport: Transport, token: str) -> Scanner:
    if not token:
        raise UserError(
            f"Handoff is not installed on {repository}, or there is no such repository: install it there, or set "
            "GITHUB_TOKEN to a token that may read it."
            if chosen.has_app
            else "there is nobody to ask GitHub as: set GITHUB_TOKEN or GH_TOKEN to a token (for a public repository "
            "any will do), or the App's settings."
        )
    now = clock.now()
    client = Client(transport, token=Token(value=token, minted_at=now - _LONG, expires_at=now + _LONG))
    try:
        named = _usable(await read.named_repository(client, repository))
    except Unsigned:
        raise UserError("GitHub does not accept the token in GITHUB_TOKEN or GH_TOKEN: give one that holds.") from None
    except Gone:
        raise UserError(
            f"there is no {repository} that this token may read: check the name, and for a private repository give a "
            "token with read access to its contents, issues and pull requests."
        ) from None
    return Scanner(
        client=client,
        subject=named.subject(0),
        name=named.name,
        kept=folder(named.name, chosen),
        policy=scan.read_policy,
    )


def _usable(named: Named) -> Named:
    if named.archived:
        raise UserError(
            f"{named.name} is archived, so nothing there can be handed over: unarchive it, or name another repository."
        )
    if not named.has_issues:
        raise UserError(
            f"the issues of {named.name} are switched off: switch them on in its settings, or name the repository "
            "that has them."
        )
    return named

"""Where the App is installed, what the owners there granted, and what is left of the rate limits."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from gidgethub import GitHubException

from ghapp.clock import age
from ghapp.diagnosis import Diagnosis, good, unseen, warning, wrong
from ghapp.doctor.case import Case
from ghapp.doctor.check import Check
from ghapp.errors import Again, Gone, Refused
from ghapp.github import limits
from ghapp.github.facts import SeenInstallation
from ghapp.github.measured import Left
from ghapp.github.read.installations import RANKS

NAMED = 10  # accounts in one sentence
ASKED = 10  # installations whose limits are asked for: each takes a token of its own
LOW = 0.2  # of a limit
UNLIMITED = 404  # what a server without rate limits answers to a question about them


async def installations(case: Case) -> Diagnosis:
    """Where the App is installed, and where that is suspended."""
    found = await case.installations()
    if not found:
        return warning(
            "The App is installed nowhere, so nothing is delivered.",
            f"Install it at {await case.page('/installations')}.",
        )
    suspended = [each for each in found if each.suspended]
    if suspended:
        return warning(
            f"Suspended on {_accounts(suspended)}: nothing is looked at there.",
            f"An owner there unsuspends it at {_pages(suspended)}.",
        )
    return good(f"Installed on {_accounts(found)}.")


async def approvals(case: Case) -> Diagnosis:
    """Which permissions of the App an owner has not granted yet."""
    asked = (await case.registration()).permissions
    waiting = {each: [name for name in each.lacks if _asks(name, asked)] for each in await case.installations()}
    lacking = {each: names for each, names in waiting.items() if names}
    if lacking:
        said = "; ".join(
            f"{each.account} has not granted {', '.join(names)}" for each, names in _first(lacking.items())
        )
        return wrong(f"{said}{_more(lacking)}.", f"An owner there accepts it at {_pages(list(lacking))}.")
    return good("Every account has granted what the App asks for.")


async def rate_limits(case: Case) -> Diagnosis:
    """What is left of the limits of each installation, the least first."""
    if (await case.github()).status == UNLIMITED:
        return good("This GitHub has no rate limits.")
    active = [each for each in await case.installations() if not each.suspended]
    if not active:
        return unseen("The App is at work nowhere.", first="installations")
    answers = await asyncio.gather(*(_left(case, each) for each in active[:ASKED]))
    found = [(left.remaining / max(1, left.limit), account, left) for account, each in answers for left in each]
    if not found:
        return unseen("GitHub gives no token for any installation.", "Run it again in a minute.")
    share, account, left = min(found, key=lambda each: each[:2])
    full = age(left.resets_at - case.now())
    said = f"{account} has the least left: {left.remaining} of {left.limit} ({left.resource}), full again in {full}"
    silent = sum(not each for _, each in answers) + len(active[ASKED:])
    said += f"; not asked: {silent}." if silent else "."
    if share < LOW:
        often = "If it comes again, see how fast the server writes, and what else uses this App."
        return (warning if left.remaining else wrong)(said, f"Work waits, and nothing is lost. {often}")
    return good(said)


async def _left(case: Case, seen: SeenInstallation) -> tuple[str, tuple[Left, ...]]:
    try:
        return seen.account, await limits.left(await case.client(seen.id), seen.id)
    except (Again, Gone, Refused, GitHubException):
        return seen.account, ()


def _asks(lacking: str, asked: Mapping[str, str]) -> bool:
    """Whether the App itself asks for what an account lacks; where it does not, that is said by `permissions`."""
    name, _, level = lacking.partition(": ")
    return RANKS.get(asked.get(name, ""), 0) >= RANKS[level]


def _accounts(found: Sequence[SeenInstallation]) -> str:
    return ", ".join(each.account for each in found[:NAMED]) + _more(found)


def _pages(found: Sequence[SeenInstallation]) -> str:
    return ", ".join(each.settings for each in found[:NAMED])


def _first(items: Iterable[tuple[SeenInstallation, list[str]]]) -> list[tuple[SeenInstallation, list[str]]]:
    return list(items)[:NAMED]


def _more(found: Sequence[object] | dict[SeenInstallation, list[str]]) -> str:
    return f" and {len(found) - NAMED} more" if len(found) > NAMED else ""


INSTALLATIONS = Check(name="installations", asks="Where is the App installed?", look=installations, needs=("key",))
APPROVALS = Check(
    name="approvals", asks="Did the owners grant what the App asks for?", look=approvals, needs=("installations",)
)
RATE_LIMITS = Check(
    name="rate-limits", asks="What is left of the rate limits?", look=rate_limits, needs=("installations",)
)

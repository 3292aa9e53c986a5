"""What a failed call means: it passes (`Again`), the subject is gone (`Gone`), or somebody has to act (`Refused`).

A limit is told apart from these, since it is the whole installation's; so is our App's signature where GitHub does not
accept it, since that is no job's fault.

See "Troubleshooting the REST API" and "Rate limits for the REST API" in GitHub's documentation.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from gidgethub import GitHubBroken, HTTPException, RedirectionException

from ghapp.errors import Again, Gone, Paced, Refused

GRAPHQL_LIMITS = frozenset({"RATE_LIMITED", "RATE_LIMIT"})  # both spellings are in use (githubkit#271)
SECONDARY = "secondary rate limit"  # as GitHub words it, in refusals and in errors of queries
SUSPENDED = "suspended"
FORBIDDEN = "resource not accessible by integration"  # a permission is missing
AWAY = (404, 410, 451)  # not there or not ours to see, deleted, blocked for legal reasons
UNSIGNED = timedelta(minutes=1)  # until our signature is tried again
SIGNATURE = (
    "GITHUB_APP_ID, GITHUB_CLIENT_ID and GITHUB_PRIVATE_KEY have to be of one App,"
    " and this machine's clock has to be right"
)


class Unsigned(Paced):
    """GitHub does not accept our App's signature: nothing that we do succeeds until an operator has acted."""


def meaning(error: HTTPException, *, call: str, as_app: bool, now: datetime) -> Exception:
    """Sort a failed REST call that is no limit; a validation's exceptions stay what they are for their caller."""
    status = int(error.status_code)
    if status == 401 and as_app:
        return Unsigned(f"401 {call}: {error}; {SIGNATURE}", at=now + UNSIGNED)
    if status == 401:
        return Again(f"401 {call}: {error}")  # with a new token
    if status in AWAY:
        return Gone(f"{status} {call}: {error}")
    if status == 403:
        return Refused(f"403 {call}: {error}{_wanted(error.headers)}")
    if status == 409 or isinstance(error, (RedirectionException, GitHubBroken)):
        return Again(f"{status} {call}: {error}")
    return error


def is_suspension(error: Exception) -> bool:
    """Whether a refusal is an installation's that its owner has suspended: it ends when the owner says so."""
    return SUSPENDED in str(error).lower()


def is_decided(error: HTTPException) -> bool:
    """Whether a refusal says what we may not do, so that it is none of a token that has not spread yet."""
    return int(error.status_code) == 403 and (FORBIDDEN in str(error).lower() or is_suspension(error))


def lacking(permission: str, *, account: str) -> Refused:
    """The same of a permission that an account is known not to grant: nobody has to ask GitHub for that."""
    return Refused(f"{account} does not grant the permission {permission}")


def is_limit(error: HTTPException) -> bool:
    """Whether a refusal is GitHub's rate limit, primary or secondary; gidgethub sees only the primary one."""
    if int(error.status_code) not in (403, 429):
        return False
    return (
        int(error.status_code) == 429
        or "retry-after" in error.headers
        or error.headers.get("x-ratelimit-remaining") == "0"
        or SECONDARY in str(error).lower()
    )


def free_at(headers: Mapping[str, str], *, now: datetime) -> datetime | None:
    """When GitHub answers again, by what it says in its order of precedence; None when it names no time."""
    after = headers.get("retry-after", "")
    if after.isdecimal():
        return now + timedelta(seconds=int(after))
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
        return max(datetime.fromtimestamp(int(reset), UTC), now)
    return None


def is_query_limit(errors: Iterable[Mapping[str, Any]]) -> bool:
    """Whether GraphQL's errors, which come with status 200, are its rate limit, primary or secondary."""
    return any(
        error.get("type") in GRAPHQL_LIMITS or SECONDARY in str(error.get("message")).lower() for error in errors
    )


def _wanted(headers: Mapping[str, str]) -> str:
    wanted = headers.get("x-accepted-github-permissions")
    return f" (it takes the permission {wanted})" if wanted else ""

"""What a failed call means: it passes (`Again`), the subject is gone (`Gone`), or somebody has to act (`Refused`).

A limit is told apart from these, since it is the whole installation's.

See "Troubleshooting the REST API" and "Rate limits for the REST API" in GitHub's documentation.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from gidgethub import GitHubBroken, HTTPException, RedirectionException

from ghapp.errors import Again, Gone, Refused

GRAPHQL_LIMITS = frozenset({"RATE_LIMITED", "RATE_LIMIT"})  # both spellings are in use (githubkit#271)
SECONDARY = "secondary rate limit"  # as GitHub words it, in refusals and in errors of queries
SUSPENDED = "suspended"
AWAY = (404, 410, 451)  # not there or not ours to see, deleted, blocked for legal reasons


def meaning(error: HTTPException, *, call: str, as_app: bool) -> Exception:
    """Sort a failed REST call that is no limit; a validation's exceptions stay what they are for their caller."""
    status = int(error.status_code)
    if status == 401:
        return _unsigned(f"401 {call}: {error}", as_app=as_app)
    if status in AWAY or (status == 403 and SUSPENDED in str(error).lower()):
        return Gone(f"{status} {call}: {error}")
    if status == 403:
        return Refused(f"403 {call}: {error}{_wanted(error.headers)}")
    if status == 409 or isinstance(error, (RedirectionException, GitHubBroken)):
        return Again(f"{status} {call}: {error}")
    return error


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


def _unsigned(what: str, *, as_app: bool) -> Exception:
    if not as_app:
        return Again(what)  # with a new token
    return Refused(
        f"{what}; GITHUB_APP_ID, GITHUB_CLIENT_ID and GITHUB_PRIVATE_KEY have to be of one App,"
        " and this machine's clock has to be right"
    )


def _wanted(headers: Mapping[str, str]) -> str:
    wanted = headers.get("x-accepted-github-permissions")
    return f" (it takes the permission {wanted})" if wanted else ""

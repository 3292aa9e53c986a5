"""What a failed call means: it passes (`Again`), the subject is gone (`Gone`), or somebody has to act (`Refused`).

See "Troubleshooting the REST API" and "Rate limits for the REST API" in GitHub's documentation.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from gidgethub import GitHubBroken, HTTPException, RedirectionException

from ghapp.errors import Again, Gone, Refused

LEAST_PAUSE = timedelta(seconds=60)  # GitHub's advice where it names no time
GRAPHQL_LIMITS = frozenset({"RATE_LIMITED", "RATE_LIMIT"})  # both spellings are in use (githubkit#271)
SUSPENDED = "suspended"


def meaning(error: HTTPException, *, call: str, now: datetime, installation: int) -> Exception:
    """Sort a failed REST call; the exceptions of a validation stay what they are, their caller knows the field."""
    status = int(error.status_code)
    if is_limit(error):
        return Again(f"GitHub limits us: {call}", at=free_at(error.headers, now=now), installation=installation)
    if status == 401:
        return _unsigned(f"401 {call}: {error}", as_app=not installation)
    if status in (404, 410) or (status == 403 and SUSPENDED in str(error).lower()):
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
        or "secondary rate limit" in str(error).lower()
    )


def free_at(headers: Mapping[str, str], *, now: datetime) -> datetime:
    """When GitHub answers again: what it says, in its order of precedence, or its least pause."""
    after = headers.get("retry-after", "")
    if after.isdecimal():
        return now + timedelta(seconds=int(after))
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
        return max(datetime.fromtimestamp(int(reset), UTC), now)
    return now + LEAST_PAUSE


def is_query_limit(kinds: Iterable[object]) -> bool:
    """Whether GraphQL's errors, which come with status 200, are its rate limit."""
    return not GRAPHQL_LIMITS.isdisjoint(kinds)


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

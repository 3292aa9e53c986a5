"""Which route a call takes: a template out of a short list, so that what is counted by it stays countable."""

import re
from functools import lru_cache

OTHER = "other"
_REPOSITORY = "/repos/{owner}/{repo}"
ROUTES = (
    "/app",
    "/app/hook/config",
    "/app/hook/deliveries",
    "/app/hook/deliveries/{id}",
    "/app/hook/deliveries/{id}/attempts",
    "/app/installations",
    "/app/installations/{id}",
    "/app/installations/{id}/access_tokens",
    "/graphql",
    "/installation/repositories",
    "/rate_limit",
    _REPOSITORY,
    f"{_REPOSITORY}/check-runs",
    f"{_REPOSITORY}/check-runs/{{id}}",
    f"{_REPOSITORY}/collaborators/{{login}}/permission",
    f"{_REPOSITORY}/installation",
    f"{_REPOSITORY}/issues",
    f"{_REPOSITORY}/issues/comments/{{id}}",
    f"{_REPOSITORY}/issues/comments/{{id}}/reactions",
    f"{_REPOSITORY}/issues/{{number}}",
    f"{_REPOSITORY}/issues/{{number}}/comments",
    f"{_REPOSITORY}/issues/{{number}}/labels",
    f"{_REPOSITORY}/issues/{{number}}/labels/{{name}}",
    f"{_REPOSITORY}/labels",
    f"{_REPOSITORY}/pulls/{{number}}/files",
)

# Links to further pages name a repository by its number, and GitHub Enterprise Server answers below /api.
_START = r"(?:/api(?:/v3)?)?"
_ANY_REPOSITORY = r"/(?:repos/[^/]+/[^/]+|repositories/[0-9]+)"


def _pattern(template: str) -> re.Pattern[str]:
    escaped = re.escape(template).replace(re.escape(_REPOSITORY), _ANY_REPOSITORY)
    return re.compile(_START + re.sub(r"\\\{[a-z]+\\\}", "[^/]+", escaped))


_PATTERNS = tuple((_pattern(template), template) for template in ROUTES)


@lru_cache(maxsize=1024)
def route(path: str) -> str:
    """The template that a path, percent-encoded as it is sent, was made of; `other` when there is none."""
    return next((template for pattern, template in _PATTERNS if pattern.fullmatch(path)), OTHER)

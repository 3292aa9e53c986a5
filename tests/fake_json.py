"""Bodies as GitHub's REST API answers them, with every key that its description requires."""

from datetime import datetime
from typing import Any

from tests.fake_state import FakeIssue, FakeRepository

API = "https://api.github.com"
SOME_TIME = "2026-03-02T09:00:00Z"


def user(login: str) -> dict[str, Any]:
    """An account; a login with `[bot]` is one."""
    links = ("events", "followers", "following", "gists", "organizations", "received_events", "repos", "starred")
    return {
        "login": login,
        "id": sum(login.encode()),
        "node_id": f"U_{login}",
        "type": "Bot" if login.endswith("[bot]") else "User",
        "site_admin": False,
        "gravatar_id": "",
        "avatar_url": f"{API}/avatars/{login}",
        "html_url": f"https://github.com/{login}",
        "url": f"{API}/users/{login}",
        "subscriptions_url": f"{API}/users/{login}/subscriptions",
        **{f"{link}_url": f"{API}/users/{login}/{link}" for link in links},
    }


def app(number: int, slug: str) -> dict[str, Any]:
    """Our App."""
    return {
        "id": number,
        "slug": slug,
        "node_id": "A_1",
        "client_id": "Iv1.made-up",
        "owner": user("acme"),
        "name": slug.title(),
        "description": "",
        "external_url": "https://handoff.example/",
        "html_url": f"https://github.com/apps/{slug}",
        "created_at": SOME_TIME,
        "updated_at": SOME_TIME,
        "permissions": {"checks": "write", "issues": "write"},
        "events": ["issues"],
    }


def installation(
    number: int, *, account: str, created_at: str, suspended_at: str | None, permissions: dict[str, str]
) -> dict[str, Any]:
    """Our App on one account."""
    return {
        "id": number,
        "app_id": 4711,
        "app_slug": "handoff",
        # A list's description asks for a user's keys and an enterprise's.
        "account": user(account) | {"name": account, "slug": account, "created_at": SOME_TIME, "updated_at": SOME_TIME},
        "target_id": 1,
        "target_type": "Organization",
        "single_file_name": None,
        "repository_selection": "all",
        "access_tokens_url": f"{API}/app/installations/{number}/access_tokens",
        "html_url": f"https://github.com/settings/installations/{number}",
        "repositories_url": f"{API}/installation/repositories",
        "events": ["issues"],
        "permissions": permissions,
        "created_at": created_at,
        "updated_at": created_at,
        "suspended_by": user("acme") if suspended_at else None,
        "suspended_at": suspended_at,
    }


def comment(number: int, text: str, author: str, *, url: str, by_app: dict[str, Any] | None) -> dict[str, Any]:
    """A comment of a conversation."""
    return {
        "id": number,
        "node_id": f"IC_{number}",
        "body": text,
        "user": user(author),
        "url": f"{API}/{number}",
        "html_url": f"https://github.com/{number}",
        "issue_url": url,
        "author_association": "NONE",
        "created_at": SOME_TIME,
        "updated_at": SOME_TIME,
        "performed_via_github_app": by_app,
    }


def label(name: str, colour: str) -> dict[str, Any]:
    """A label of a repository."""
    return {
        "id": sum(name.encode()),
        "node_id": f"LA_{name}",
        "url": f"{API}/labels",
        "name": name,
        "description": None,
        "color": colour,
        "default": False,
    }


def reaction(number: int, login: str, content: str) -> dict[str, Any]:
    """A pair of eyes, or a thumb."""
    return {"id": number, "node_id": f"RE_{number}", "user": user(login), "content": content, "created_at": SOME_TIME}


def access(login: str, role: str) -> dict[str, Any]:
    """What somebody may do in a repository; a role that GitHub does not know is the organization's own, upon triage."""
    steps = ("pull", "triage", "push", "maintain", "admin")
    last = {"none": -1, "read": 0, "write": 2}.get(role, steps.index(role) if role in steps else 1)
    permission = ("none", "read", "read", "write", "write", "admin")[last + 1]
    permissions = {step: number <= last for number, step in enumerate(steps)}
    person = user(login) | {"role_name": role, "permissions": permissions}
    return {"permission": permission, "role_name": role, "user": person}


def check_run(number: int, sha: str, sent: dict[str, Any], *, by: dict[str, Any]) -> dict[str, Any]:
    """A check run as it was sent."""
    url = f"{API}/check-runs/{number}"
    return {
        "id": number,
        "node_id": f"CR_{number}",
        "head_sha": sha,
        "name": sent["name"],
        "url": url,
        "html_url": f"https://github.com/runs/{number}",
        "details_url": None,
        "status": sent["status"],
        "conclusion": sent["conclusion"],
        "started_at": None,
        "completed_at": sent["completed_at"],
        "external_id": sent["external_id"],
        "check_suite": {"id": 1},
        "output": {
            **sent["output"],
            "annotations_count": len(sent["output"].get("annotations", [])),
            "annotations_url": f"{url}/annotations",
        },
        "app": by,
        "pull_requests": [],
    }


def changed_file(path: str, additions: int, deletions: int, *, before: str | None) -> dict[str, Any]:
    """A file of a pull request."""
    return {
        "sha": "f" * 40,
        "filename": path,
        "status": "renamed" if before else "modified",
        "additions": additions,
        "deletions": deletions,
        "changes": additions + deletions,
        "blob_url": f"{API}/blob",
        "raw_url": f"{API}/raw",
        "contents_url": f"{API}/contents",
        **({"previous_filename": before} if before else {}),
    }


def log_entry(number: int, guid: str, *, at: datetime, status: int, event: str) -> dict[str, Any]:
    """An attempt to hand over a delivery."""
    return {
        "id": number,
        "guid": guid,
        "delivered_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "redelivery": False,
        "duration": 0.2,
        "status": "OK" if status < 300 else "failed to connect",
        "status_code": status,
        "event": event,
        "action": "opened",
        "installation_id": 99,
        "repository_id": 12,
        "throttled_at": None,
    }


def repository(number: int, node: str, name: str, *, archived: bool) -> dict[str, Any]:
    """A repository."""
    owner, short = name.split("/")
    links = (
        "archive assignees blobs branches collaborators comments commits compare contents contributors deployments "
        "downloads events forks git_commits git_refs git_tags hooks html issue_comment issue_events issues keys labels "
        "languages merges milestones notifications pulls releases stargazers statuses subscribers subscription tags "
        "teams trees clone git mirror ssh svn"
    )
    counts = "forks forks_count open_issues open_issues_count size stargazers_count watchers watchers_count"
    features = "has_downloads has_issues has_projects has_wiki has_pages fork private disabled"
    return {
        **{f"{link}_url": f"{API}/repos/{name}/{link}" for link in links.split()},
        **dict.fromkeys(counts.split(), 0),
        **dict.fromkeys(features.split(), False),
        **dict.fromkeys(("description", "homepage", "language", "license")),
        "id": number,
        "node_id": node,
        "name": short,
        "full_name": name,
        "owner": user(owner),
        "url": f"{API}/repos/{name}",
        "default_branch": "main",
        "archived": archived,
        "pushed_at": SOME_TIME,
        "created_at": SOME_TIME,
        "updated_at": SOME_TIME,
    }


def whole_repository(number: int, node: str, name: str, *, archived: bool, has_issues: bool) -> dict[str, Any]:
    """A repository that was asked for by its name."""
    listed = repository(number, node, name, archived=archived)
    return listed | {"has_issues": has_issues, "has_discussions": False, "network_count": 0, "subscribers_count": 0}


def issue(seen: FakeIssue, place: FakeRepository, *, by_app: dict[str, Any] | None) -> dict[str, Any]:
    """An issue; `by_app` wrote it."""
    url = f"{API}/repos/{place.name}/issues/{seen.number}"
    links = ("comments", "events", "labels")
    return {
        **{f"{link}_url": f"{url}/{link}" for link in links},
        **dict.fromkeys(("assignee", "milestone", "closed_at")),
        "id": place.id * 1_000_000 + seen.number,
        "node_id": f"I_{place.id}_{seen.number}",
        "number": seen.number,
        "title": seen.title,
        "body": seen.body,
        "state": seen.state.lower(),
        "locked": seen.locked,
        "labels": [label(name, "ededed") for name in seen.labels],
        "comments": 0,
        "user": user(seen.author),
        "url": url,
        "html_url": f"https://github.com/{place.name}/issues/{seen.number}",
        "repository_url": f"{API}/repos/{place.name}",
        "created_at": SOME_TIME,
        "updated_at": SOME_TIME,
        "performed_via_github_app": by_app,
    }

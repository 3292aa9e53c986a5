"""Hand-overs: an issue, the pull requests that answer it, and what happened on them, by one GraphQL query."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.command import commands
from ghapp.github.facts import SeenHandover
from ghapp.github.read.answers import POLICY, Json, ask, conversation, is_bot, login, nodes, outside
from ghapp.handover.facts import Deed, Event, Facts, Handback, Opinion
from ghapp.subjects import Subject

SKEW = timedelta(hours=1)  # by which a contractor's clock may be ahead
INSIDERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
DEEDS = {
    "AssignedEvent": Deed.ASSIGNED,
    "UnassignedEvent": Deed.UNASSIGNED,
    "IssueComment": Deed.COMMENTED,
    "PullRequestReview": Deed.REVIEWED,
    "PullRequestCommit": Deed.PUSHED,
    "HeadRefForcePushedEvent": Deed.PUSHED,
    "ReviewRequestedEvent": Deed.REQUESTED,
    "ReviewRequestRemovedEvent": Deed.RELEASED,
    "ReadyForReviewEvent": Deed.READIED,
    "ConvertToDraftEvent": Deed.DRAFTED,
    "MergedEvent": Deed.MERGED,
    "ClosedEvent": Deed.CLOSED,
    "ReopenedEvent": Deed.REOPENED,
}
OPINIONS = {each.value.upper(): each for each in Opinion}  # a pending review is nobody's opinion yet


async def handover(client: Client, subject: Subject, *, now: datetime) -> SeenHandover:
    """An issue with the pull requests that answer it; they count in its own repository only.

    Raises:
        Gone: the issue is deleted, transferred, a pull request, or out of our reach.
    """
    node = await ask(client, queries.HANDOVER, subject, needs="issue", number=subject.number, policy=POLICY)
    found = node["issue"]
    closing = nodes(found.get("closedByPullRequestsReferences"))
    pulls = [each for each in closing if each["repository"] and each["repository"]["id"] == subject.repository_node]
    return SeenHandover(
        **conversation(node, found, subject.number),
        facts=Facts(
            number=subject.number,
            title=found["title"],
            body=found["body"],
            author=login(found["author"]),
            is_open=found["state"] == "OPEN",
            by_team=found.get("authorAssociation") in INSIDERS,
            assignees=tuple(each["login"] for each in nodes(found.get("assignees"))),
            pulls=tuple(map(_handback, pulls)),
            events=tuple(sorted(_past(_all_events(found, pulls), now), key=lambda event: event.at)),
            outside=outside(node),
            read_at=now,
            whole_since=max(_cut(found, *pulls), default=None),
        ),
    )


def _handback(found: Json) -> Handback:
    return Handback(
        number=found["number"],
        title=found["title"],
        body=found["body"],
        author=login(found["author"]),
        is_open=found["state"] == "OPEN",
        is_merged=found["state"] == "MERGED",
        is_draft=found["isDraft"],
        is_locked=found["locked"],
        created_at=datetime.fromisoformat(found["createdAt"]),
        closes=tuple(
            f"{each['repository']['nameWithOwner']}#{each['number']}"
            for each in nodes(found.get("closingIssuesReferences"))
            if each["repository"]
        ),
    )


def _all_events(issue: Json, pulls: list[Json]) -> Iterator[Event]:
    yield from _events(issue, 0)
    for pull in pulls:
        at = datetime.fromisoformat(pull["createdAt"])
        yield Event(deed=Deed.OPENED, at=at, by=login(pull["author"]), pull=pull["number"])
        yield from _events(pull, pull["number"])


def _past(events: Iterator[Event], now: datetime) -> Iterator[Event]:
    """The events without commits of a clock that is far ahead: they would have the last word for as long."""
    return (event for event in events if event.at <= now + SKEW)


def _events(found: Json, pull: int) -> Iterator[Event]:
    for each in nodes(found.get("timelineItems")):
        deed = DEEDS.get(each["__typename"])
        if deed is Deed.PUSHED and "commit" in each:
            yield _commit(each["commit"], pull)
        elif deed in (Deed.COMMENTED, Deed.REVIEWED):
            if each.get("state") != "PENDING":
                yield _said(each, pull, deed)
        elif deed is not None:
            who = each.get("assignee") or each.get("requestedReviewer") or {}
            at = datetime.fromisoformat(each["createdAt"])
            yield Event(deed=deed, at=at, by=login(each["actor"]), pull=pull, to=who.get("login", ""))


def _said(each: Json, pull: int, deed: Deed) -> Event:
    text = each["body"] or ""
    return Event(
        deed=deed,
        at=datetime.fromisoformat(each["createdAt"]),
        by=login(each["author"]),
        pull=pull,
        id=int(each["fullDatabaseId"] or 0),
        text=text,
        inline=tuple(comment["body"] for comment in nodes(each.get("comments"))),
        opinion=OPINIONS.get(each.get("state", "")),
        is_insider=each["authorAssociation"] in INSIDERS,
        by_bot=is_bot(each["author"]),
        is_ours=each["viewerDidAuthor"],
        edited_by=login(each.get("editor")),
        edited_at=datetime.fromisoformat(each["lastEditedAt"]) if each.get("lastEditedAt") else None,
        commands=tuple((command.word, command.rest) for command in commands(text)),
    )


def _commit(commit: Json, pull: int) -> Event:
    """A commit says when it was made, not when it was pushed; that is as near as GitHub's timeline tells."""
    user = (commit.get("author") or {}).get("user") or {}
    return Event(
        deed=Deed.PUSHED, at=datetime.fromisoformat(commit["committedDate"]), by=user.get("login", ""), pull=pull
    )


def _cut(*conversations: Json) -> Iterator[datetime]:
    """Where those conversations begin that were not read whole."""
    for each in conversations:
        items = each.get("timelineItems") or {}
        events = list(_events(each, 0))
        if events and items["pageInfo"]["hasPreviousPage"]:
            yield min(event.at for event in events)

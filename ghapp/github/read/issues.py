"""Issues, by one GraphQL query."""

from datetime import datetime

from checks.subject import Issue
from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import LabelEvent, SeenIssue
from ghapp.github.read.answers import POLICY, Json, ask, bodies, conversation, is_bot, login, names, nodes, outside
from ghapp.subjects import Subject

TEAM = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


async def issue(client: Client, subject: Subject) -> SeenIssue:
    """An issue.

    Raises:
        Gone: it is deleted, transferred, a pull request, or out of our reach.
    """
    node = await ask(client, queries.ISSUE, subject, needs="issue", number=subject.number, policy=POLICY)
    found = node["issue"]
    events = found["timelineItems"]
    return SeenIssue(
        **conversation(node, found, subject.number),
        issue=as_issue(node, found),
        created_at=datetime.fromisoformat(found["createdAt"]),
        by_team=found["authorAssociation"] in TEAM,
        repository_labels=names(node.get("labels")),
        label_events=tuple(LabelEvent(event["label"]["name"], login(event["actor"])) for event in nodes(events)),
        has_older_label_events=events["pageInfo"]["hasPreviousPage"],
        assigned_by=next((login(each["actor"]) for each in nodes(found.get("assigned"))), ""),
        outside=outside(node),
    )


def as_issue(node: Json, found: Json) -> Issue:
    """An issue as it is judged, of its repository `node`."""
    return Issue(
        title=found["title"],
        body=found["body"],
        author=login(found["author"]),
        author_is_bot=is_bot(found["author"]),
        labels=names(found["labels"]),
        templates=bodies(node.get("issueTemplates")),
    )

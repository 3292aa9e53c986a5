"""Reads the facts of a subject: one GraphQL query each, and the few REST reads that commands need."""

from ghapp.github.client import Client
from ghapp.github.facts import Thread
from ghapp.github.read.backlog import backlog
from ghapp.github.read.digests import digest, own_digest
from ghapp.github.read.handovers import handover
from ghapp.github.read.installations import installation, installations, repositories, unchecked_pulls
from ghapp.github.read.issues import issue
from ghapp.github.read.policies import named_policy, owner_policy, policy
from ghapp.github.read.pulls import CHECK, commit, head, pull
from ghapp.github.read.rest import (
    access,
    command_comment,
    own_comment,
    own_comments,
)
from ghapp.github.read.scans import named as named_repository
from ghapp.github.read.scans import page as scan_page
from ghapp.subjects import Kind, Subject

__all__ = [
    "CHECK",
    "access",
    "backlog",
    "command_comment",
    "commit",
    "digest",
    "handover",
    "head",
    "installation",
    "installations",
    "issue",
    "named_policy",
    "named_repository",
    "own_comment",
    "own_comments",
    "own_digest",
    "owner_policy",
    "policy",
    "pull",
    "repositories",
    "scan_page",
    "thread",
    "unchecked_pulls",
]


async def thread(client: Client, subject: Subject, *, app: int) -> Thread:
    """The conversation of an issue or a pull request."""
    return await (issue(client, subject) if subject.kind is Kind.ISSUE else pull(client, subject, app=app))

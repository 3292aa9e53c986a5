"""Reads the facts of a subject: one GraphQL query each, and the few REST reads that commands need."""

from ghapp.github import queries
from ghapp.github.client import Client
from ghapp.github.facts import Place, Thread
from ghapp.github.read import answers
from ghapp.github.read.installations import installation, installations, repositories, unchecked_pulls
from ghapp.github.read.issues import issue
from ghapp.github.read.pulls import CHECK, commit, head, pull
from ghapp.github.read.rest import (
    command_comment,
    may_triage,
    own_comment,
    own_comments,
    own_comments_since,
)
from ghapp.subjects import Kind, Subject

__all__ = [
    "CHECK",
    "command_comment",
    "commit",
    "head",
    "installation",
    "installations",
    "issue",
    "may_triage",
    "own_comment",
    "own_comments",
    "own_comments_since",
    "policy",
    "pull",
    "repositories",
    "thread",
    "unchecked_pulls",
]


async def thread(client: Client, subject: Subject, *, app: int) -> Thread:
    """The conversation of an issue or a pull request."""
    return await (issue(client, subject) if subject.kind is Kind.ISSUE else pull(client, subject, app=app))


async def policy(client: Client, subject: Subject) -> Place:
    """A repository with its policy file."""
    return answers.place(await answers.ask(client, queries.POLICY, subject, policy=answers.POLICY))

"""Which subjects a delivery names: it says where to look and why, never what is there."""

import re
from collections.abc import Callable, Mapping

from pydantic import ValidationError

from config.load import PATH
from ghapp.github import payloads
from ghapp.github.command import commands
from ghapp.github.identity import Identity
from ghapp.subjects import Job, Kind, Subject

ISSUE_ACTIONS = {"opened", "edited", "reopened", "labeled", "unlabeled", "assigned", "unassigned", "unlocked"}
HANDOVER_ACTIONS = {"closed"}  # that change no verdict on an issue
HANDBACK_ACTIONS = {"closed", "review_requested", "review_request_removed"}  # that change no verdict on a pull request
SAID_ACTIONS = {"created", "edited", "deleted", "submitted", "dismissed"}
PULL_ACTIONS = {
    "opened",
    "edited",
    "synchronize",
    "reopened",
    "ready_for_review",
    "converted_to_draft",
    "labeled",
    "unlabeled",
}
OWNERS = ".github"  # the repository with what holds for all of an owner's
OWNERS_ACTIONS = {"renamed", "transferred", "privatized", "publicized", "edited"}
QUEUE = "merge-group"  # external id of our check runs on commits of the merge queue
QUEUE_BRANCHES = "gh-readonly-queue/"
PUSH_LISTS = 2048  # commits that a push delivery names at most

_PULL_ID = re.compile(r"pr:([1-9][0-9]{0,17})")  # see `pull_id`; no longer than what databases hold
_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,100}")  # enterprises add _ and their own name
_WANTED = {
    "missing": "is missing",
    "model_type": "has to be an object",
    "list_type": "has to be a list",
    "string_type": "has to be text",
    "string_unicode": "holds half a character (a lone surrogate)",
    "string_pattern_mismatch": "has to be an id as GitHub writes it",
    "string_too_long": "is longer than any word of GitHub",
    "int_type": "has to be a whole number",
    "greater_than_equal": "has to be 1 or more",
    "less_than": "is larger than any id of GitHub",
}

Jobs = tuple[Job, ...]


def jobs(event: str, payload: Mapping[str, object], *, app: Identity) -> Jobs:
    """The jobs a delivery asks for; none when it is of no concern to us, or echoes what we did ourselves.

    Raises:
        ValueError: the payload lacks what its event always has; the text says what.
    """
    if event not in EVENTS:
        return ()
    try:
        return EVENTS[event](payload, app)
    except ValidationError as error:
        raise ValueError(f"{event}: {_explain(error)}") from None


def pull_id(number: int) -> str:
    """The external id of a check run: which pull request it speaks of, as GitHub names none for forks."""
    return f"pr:{number}"


def _issues(payload: Mapping[str, object], app: Identity) -> Jobs:
    seen = payloads.Issues.model_validate(payload)
    if seen.action in HANDOVER_ACTIONS:
        return (Job(subject=_subject(seen, Kind.HANDOVER, number=seen.issue.number), why=f"issues.{seen.action}"),)
    if seen.action not in ISSUE_ACTIONS or _is_echo(seen, app):
        return ()
    return (Job(subject=_subject(seen, Kind.ISSUE, number=seen.issue.number), why=f"issues.{seen.action}"),)


def _pull_request(payload: Mapping[str, object], app: Identity) -> Jobs:
    seen = payloads.PullRequest.model_validate(payload)
    pull, why = seen.pull_request, f"pull_request.{seen.action}"
    handback = Job(subject=_subject(seen, Kind.HANDBACK, number=pull.number), why=why)
    if seen.action == "closed" and pull.head and pull.head.sha:
        # Others may have the same head: its check run no longer speaks of this one.
        return (Job(subject=_subject(seen, Kind.COMMIT, sha=pull.head.sha), why=why), handback)
    if seen.action in HANDBACK_ACTIONS:
        return (handback,)
    if seen.action not in PULL_ACTIONS or _is_echo(seen, app):
        return ()
    return (Job(subject=_subject(seen, Kind.PULL, number=pull.number), why=why),)


def _issue_comment(payload: Mapping[str, object], _app: Identity) -> Jobs:
    seen = payloads.IssueComment.model_validate(payload)
    why, on_issue = f"issue_comment.{seen.action}", seen.issue.pull_request is None
    is_told = seen.action in SAID_ACTIONS and _is_persons(seen)
    told = (_handover(seen, why, number=seen.issue.number, on_issue=on_issue),) if is_told else ()
    by_person = seen.comment.user is not None and seen.comment.user.is_person
    if seen.action != "created" or not by_person or not commands(seen.comment.body or ""):
        return told
    subject = _subject(seen, Kind.ISSUE if on_issue else Kind.PULL, number=seen.issue.number)
    return (Job(subject=subject, why=why, command=seen.comment.id), *told)


def _review(payload: Mapping[str, object], _app: Identity) -> Jobs:
    """A review, or a comment of one: it may pass on the next move of a hand-over."""
    seen = payloads.Review.model_validate(payload)
    if seen.action not in SAID_ACTIONS or not _is_persons(seen):
        return ()
    return (_handover(seen, f"review.{seen.action}", number=seen.pull_request.number, on_issue=False),)


def _handover(seen: payloads.Located, why: str, *, number: int, on_issue: bool) -> Job:
    """A look at the hand-over that an issue, or a pull request, may be part of."""
    return Job(subject=_subject(seen, Kind.HANDOVER if on_issue else Kind.HANDBACK, number=number), why=why)


def _is_persons(seen: payloads.Envelope) -> bool:
    return seen.sender is not None and seen.sender.is_person


def _check_run(payload: Mapping[str, object], app: Identity) -> Jobs:
    seen = payloads.CheckRun.model_validate(payload)
    run = seen.check_run
    if seen.action not in ("rerequested", "requested_action") or run.app is None or run.app.id != app.id:
        return ()
    about = run.external_id or ""
    pull = _PULL_ID.fullmatch(about)
    if seen.action == "requested_action":
        return _pressed(seen, int(pull[1])) if pull else ()
    if pull:
        subject = _subject(seen, Kind.PULL, number=int(pull[1]))
    else:
        subject = _subject(seen, Kind.MERGE_GROUP if about == QUEUE else Kind.COMMIT, sha=run.head_sha)
    return (Job(subject=subject, why="check_run.rerequested", again=True),)


def _pressed(seen: payloads.CheckRun, number: int) -> Jobs:
    """A button of ours, pressed by a person: what that sets off is decided where their permission can be asked for."""
    action, sender = seen.requested_action, seen.sender
    if action is None or sender is None or not sender.is_person or not _LOGIN.fullmatch(sender.login):
        return ()
    subject = _subject(seen, Kind.PULL, number=number)
    return (Job(subject=subject, why="check_run.requested_action", button=action.identifier, by=sender.login),)


def _check_suite(payload: Mapping[str, object], app: Identity) -> Jobs:
    seen = payloads.CheckSuite.model_validate(payload)
    suite = seen.check_suite
    if seen.action != "rerequested" or suite.app is None or suite.app.id != app.id:
        return ()
    in_queue = (suite.head_branch or "").startswith(QUEUE_BRANCHES)
    subject = _subject(seen, Kind.MERGE_GROUP if in_queue else Kind.COMMIT, sha=suite.head_sha)
    return (Job(subject=subject, why="check_suite.rerequested", again=True),)


def _merge_group(payload: Mapping[str, object], _app: Identity) -> Jobs:
    seen = payloads.MergeGroup.model_validate(payload)
    if seen.action != "checks_requested":
        return ()
    subject = _subject(seen, Kind.MERGE_GROUP, sha=seen.merge_group.head_sha)
    return (Job(subject=subject, why="merge_group.checks_requested"),)


def _installation(payload: Mapping[str, object], _app: Identity) -> Jobs:
    return _installed(payload, "installation")


def _installation_repositories(payload: Mapping[str, object], _app: Identity) -> Jobs:
    """What joined comes first: the look at the installation's open pull requests asks which of them are older."""
    seen = payloads.InstallationRepositories.model_validate(payload)
    joined = (
        Subject(
            kind=Kind.REPOSITORY, installation=seen.installation.id, repository=each.id, repository_node=each.node_id
        )
        for each in seen.repositories_added
    )
    why = f"installation_repositories.{seen.action}"
    return (*(Job(subject=subject, why=why) for subject in joined), *_installed(payload, "installation_repositories"))


def _installed(payload: Mapping[str, object], event: str) -> Jobs:
    seen = payloads.Envelope.model_validate(payload)
    subject = Subject(kind=Kind.INSTALLATION, installation=seen.installation.id)
    return (Job(subject=subject, why=f"{event}.{seen.action}"),)


def _repository(payload: Mapping[str, object], _app: Identity) -> Jobs:
    """What changes which policy files hold: for all of an owner's repositories, or for the one itself."""
    seen = payloads.Repository.model_validate(payload)
    why, jobs = f"repository.{seen.action}", []
    if OWNERS in (seen.repository.name, seen.was_called) and seen.action in OWNERS_ACTIONS:
        jobs.append(Job(subject=_owner_policy(seen), why=why))
    if seen.action == "transferred" or (seen.action == "edited" and seen.has_new_default_branch):
        jobs.append(Job(subject=_subject(seen, Kind.POLICY), why=why))
    return tuple(jobs)


def _push(payload: Mapping[str, object], _app: Identity) -> Jobs:
    seen = payloads.Push.model_validate(payload)
    on_default = seen.ref == f"refs/heads/{seen.repository.default_branch}"
    touched = (path for commit in seen.commits for path in (*commit.added, *commit.modified, *commit.removed))
    if not on_default or (PATH not in touched and len(seen.commits) < PUSH_LISTS):
        return ()
    is_owners = seen.repository.name == OWNERS
    return (Job(subject=_owner_policy(seen) if is_owners else _subject(seen, Kind.POLICY), why="push"),)


Reading = Callable[[Mapping[str, object], Identity], Jobs]

EVENTS: Mapping[str, Reading] = {
    "issues": _issues,
    "issue_comment": _issue_comment,
    "pull_request": _pull_request,
    "pull_request_review": _review,
    "pull_request_review_comment": _review,
    "check_run": _check_run,
    "check_suite": _check_suite,
    "merge_group": _merge_group,
    "installation": _installation,
    "installation_repositories": _installation_repositories,
    "push": _push,
    "repository": _repository,
}


def _subject(seen: payloads.Located, kind: Kind, *, number: int = 0, sha: str = "") -> Subject:
    return Subject(
        kind=kind,
        installation=seen.installation.id,
        repository=seen.repository.id,
        repository_node=seen.repository.node_id,
        number=number,
        sha=sha,
    )


def _owner_policy(seen: payloads.Located) -> Subject:
    return Subject(kind=Kind.OWNER_POLICY, installation=seen.installation.id, repository_node=seen.repository.node_id)


def _is_echo(seen: payloads.Envelope, app: Identity) -> bool:
    return seen.sender is not None and seen.sender.type == "Bot" and seen.sender.login == app.login


def _explain(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_input=False)
    return "; ".join(
        f"{'.'.join(map(str, problem['loc']))} {_WANTED.get(problem['type'], 'is not what GitHub sends')}"
        for problem in problems
    )

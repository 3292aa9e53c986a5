"""Where we speak, and whose hand stays: the rules about facts that no criterion judges.

Pure: what is read goes in, what to write comes out.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from checks.subject import Issue
from config.policy import Labels, Rationale, Readiness, Volume
from ghapp.github.facts import Place, SeenIssue, SeenPull
from ghapp.handover.digest import MARKER


class Audience(StrEnum):
    """Who gets to know an issue's verdict."""

    EVERYBODY = "everybody"  # a comment and a label
    REPORTS = "reports"  # kept, not shown
    NOBODY = "nobody"  # not judged


def is_digest(issue: Issue) -> bool:
    """Whether an issue is one that we wrote ourselves: it is no work, and nobody judges it."""
    return issue.author_is_bot and issue.body.startswith(MARKER)


def audience(seen: SeenIssue, readiness: Readiness, *, first_day: datetime, asked: bool) -> Audience:
    """Who gets to know: those who asked, by command, label or assignment; else only the team's own reports.

    The label counts on an issue older than the installation too: a person set it, which is asking.
    """
    judged = readiness.enabled and seen.is_open
    if seen.closed_to_us or not (asked or judged):
        return Audience.NOBODY
    if asked or _labelled(seen, readiness):
        return Audience.EVERYBODY
    if seen.created_at < _first(readiness.since, first_day):
        return Audience.NOBODY
    if readiness.applies_to.assigned and _assigned(seen):
        return Audience.EVERYBODY
    return Audience.REPORTS if seen.by_team and not seen.issue.author_is_bot else Audience.NOBODY


def is_old_work(created_at: datetime, rationale: Rationale, *, first_day: datetime) -> bool:
    """Whether a pull request was opened before anything was asked here: it gets advice, and fails for nothing."""
    return created_at < _first(rationale.since, first_day)


def _first(since: date | None, first_day: datetime) -> datetime:
    return datetime.combine(since, time(), UTC) if since else first_day


def _labelled(seen: SeenIssue, readiness: Readiness) -> bool:
    wanted = {label.casefold() for label in readiness.applies_to.labels}
    last = _last_actors(seen)
    found = (label.casefold() for label in seen.issue.labels)
    return any(label in wanted and _is_asking(seen, by=last.get(label, "")) for label in found)


def _assigned(seen: SeenIssue) -> bool:
    return bool(seen.assignees) and _is_asking(seen, by=seen.assigned_by)


def _is_asking(seen: SeenIssue, *, by: str) -> bool:
    """Whether a label or an assignment asks for us: on a bot's issue only if a person gave it, not the bot itself."""
    return not seen.issue.author_is_bot or (bool(by) and not by.endswith("[bot]"))


def _last_actors(seen: SeenIssue) -> dict[str, str]:
    """By label, casefolded: who set or removed it last."""
    return {event.label.casefold(): event.actor for event in seen.label_events}


def wants_check(place: Place, *, is_open: bool, asked: bool) -> bool:
    """Whether a pull request gets a check run: always while it is open, later only when asked for."""
    return not place.archived and (is_open or asked)


def is_held_back(seen: SeenPull, rationale: Rationale) -> bool:
    """Whether a pull request is a draft that the policy does not hold to its rules yet."""
    return seen.pull.is_draft and not rationale.drafts


def wants_comment(volume: Volume, *, passes: bool, spoken: bool, asked: bool = False) -> bool:
    """Whether a comment is written; one that stands there is kept true, unless the policy silences us."""
    if volume is Volume.SILENT:
        return asked
    return volume is Volume.ALWAYS or spoken or asked or not passes


@dataclass(frozen=True, slots=True)
class LabelChange:
    """Labels to add and to remove, and the one that a person set against the verdict, or ""."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    contested: str = ""


def label_change(seen: SeenIssue, labels: Labels, *, ready: bool | None, us: str) -> LabelChange:
    """How to make an issue's labels follow the verdict; what somebody else set or removed last stays as it is.

    `us` is our own login; where `ready` is None neither label is to be there. A label bot counts as somebody else, so
    that we never undo each other by turns. A label whose last actor is not known counts as somebody else's too; one
    that is not there and has no past is nobody's.
    """
    ours = {label.casefold(): label for label in (labels.ready, labels.not_ready)}
    last = _last_actors(seen)
    present = {label.casefold() for label in seen.issue.labels} & ours.keys()
    wanted = "" if ready is None else (labels.ready if ready else labels.not_ready).casefold()
    without_past = set() if seen.has_older_label_events else ours.keys() - present - last.keys()
    kept = {label for label in ours.keys() - without_past if last.get(label) != us}
    contested = (present & kept) - {wanted}
    if contested:
        return LabelChange(
            remove=tuple(ours[label] for label in sorted(present - kept)), contested=ours[min(contested)]
        )
    add = () if not wanted or wanted in present | kept else (ours[wanted],)
    return LabelChange(add=add, remove=tuple(ours[label] for label in sorted(present - kept - {wanted})))


def labels_of_ready(seen: SeenIssue, labels: Labels) -> LabelChange:
    """How to make an issue's labels say what a person just declared: their word is newer than every hand before."""
    there = {label.casefold() for label in seen.issue.labels}
    add = () if labels.ready.casefold() in there else (labels.ready,)
    return LabelChange(add=add, remove=(labels.not_ready,) if labels.not_ready.casefold() in there else ())

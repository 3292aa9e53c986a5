"""Where we speak, and whose hand stays: the rules about facts that no criterion judges.

Pure: what is read goes in, what to write comes out.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from config.policy import Labels, Rationale, Readiness, Volume
from ghapp.github.facts import SeenIssue, SeenPull


class Audience(StrEnum):
    """Who gets to know an issue's verdict."""

    EVERYBODY = "everybody"  # a comment and a label
    REPORTS = "reports"  # kept, not shown
    NOBODY = "nobody"  # not judged


def audience(seen: SeenIssue, readiness: Readiness, *, installed_at: datetime, asked: bool) -> Audience:
    """Who gets to know: those who asked, by command, label or assignment; else only the team's own reports.

    The label counts on an issue older than the installation too: a person set it, which is asking.
    """
    since = datetime.combine(readiness.since, time(), UTC) if readiness.since else installed_at
    judged = readiness.enabled and seen.is_open and not seen.issue.author_is_bot
    if seen.closed_to_us or not (asked or judged):
        return Audience.NOBODY
    if asked or _labelled(seen, readiness):
        return Audience.EVERYBODY
    if seen.created_at < since:
        return Audience.NOBODY
    if readiness.applies_to.assigned and seen.assignees:
        return Audience.EVERYBODY
    return Audience.REPORTS if seen.by_team else Audience.NOBODY


def _labelled(seen: SeenIssue, readiness: Readiness) -> bool:
    wanted = {label.casefold() for label in readiness.applies_to.labels}
    return any(label.casefold() in wanted for label in seen.issue.labels)


def wants_check(seen: SeenPull, *, asked: bool) -> bool:
    """Whether a pull request gets a check run: always while it is open, later only when asked for."""
    return not seen.place.archived and (seen.is_open or asked)


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


def label_change(seen: SeenIssue, labels: Labels, *, ready: bool, us: str) -> LabelChange:
    """How to make an issue's labels follow the verdict; what somebody else set or removed last stays as it is.

    `us` is our own login. A label bot counts as somebody else, so that we never undo each other by turns.
    """
    ours = {label.casefold(): label for label in (labels.ready, labels.not_ready)}
    last = {event.label.casefold(): event.actor for event in seen.label_events}
    present = {label.casefold() for label in seen.issue.labels} & ours.keys()
    wanted = (labels.ready if ready else labels.not_ready).casefold()
    kept = {label for label in ours if last.get(label, us) != us}
    contested = (present & kept) - {wanted}
    if contested:
        return LabelChange(
            remove=tuple(ours[label] for label in sorted(present - kept)), contested=ours[min(contested)]
        )
    add = () if wanted in present | kept else (ours[wanted],)
    return LabelChange(add=add, remove=tuple(ours[label] for label in sorted(present - kept - {wanted})))

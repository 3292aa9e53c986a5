"""The check run named `handoff`: title, summary, details and conclusion."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checks.trace import Traced
from checks.verdict import Outcome, Status, Verdict
from checks.walk import Step
from ghapp.errors import See
from ghapp.render import findings, gaps, headline, more, quote, skeleton, trace
from ghapp.render import notes as say
from ghapp.render.body import body
from ghapp.render.buttons import Button, buttons
from ghapp.render.footer import footer, timeless
from ghapp.render.policy_edit import Annotation


@dataclass(frozen=True, slots=True)
class CheckRun:
    """What GitHub shows of a check run; `conclusion` is `success`, `failure` or `neutral`."""

    title: str
    summary: str
    text: str
    conclusion: str
    annotations: tuple[Annotation, ...] = ()
    buttons: tuple[Button, ...] = ()


def check_run(
    verdict: Verdict, *, manual: str, as_of: datetime, draft: bool = False, notes: tuple[str, ...] = ()
) -> CheckRun:
    """A pull request's verdict as a check run; a draft that is not held to it yet sees the same gaps, in neutral."""
    if verdict.outcome is Outcome.SKIPPED:
        return _skipped(verdict, notes, manual=manual, as_of=as_of)
    missing = headline.required(verdict.findings, Status.MISSING)
    title = headline.pull(verdict)
    listed = gaps.of(verdict)[: gaps.SHOWN] if missing or headline.passes_thinly(verdict) else ()
    numbered = gaps.ordered(verdict, listed, manual=manual)
    summary = body([_lead(verdict, draft=draft), numbered, say.sentences(verdict, notes)])
    folds = (findings.fold(verdict, manual=manual, listed=len(listed)), skeleton.fold(verdict) if listed else "")
    text = body(
        [_mistakes(notes, manual=manual)],
        folds=folds,
        footer=footer(as_of, policy=verdict.policy_version, first="Judged anew on every edit"),
    )
    conclusion = "neutral" if draft else "failure" if missing else "success"
    title = f"Draft: {_lowered(title)}" if draft else title
    return CheckRun(title, summary, text, conclusion, buttons=buttons(conclusion))


def with_policy_edit(
    run: CheckRun, section: str, *, title: str = "", annotations: tuple[Annotation, ...] = ()
) -> CheckRun:
    """The same with what the pull request does to the policy; a title that is given takes the place of "passes"."""
    shown = title if title and run.conclusion == "success" else run.title
    return replace(run, title=shown, summary=body([run.summary, section]), annotations=annotations)


def with_trace(run: CheckRun, traced: Sequence[Traced], walked: Iterable[Step] = ()) -> CheckRun:
    """The same with the table of the acceptance criteria before the other folds, as far as there is room for it."""
    longer = "\n\n".join(filter(None, [trace.fold(traced, walked), run.text]))
    return replace(run, text=longer) if len(longer.encode()) <= quote.LIMIT else run


def _lead(verdict: Verdict, *, draft: bool) -> str:
    if draft:
        return "A draft is not held to this yet; it counts once the pull request is ready for review."
    if headline.required(verdict.findings, Status.MISSING):
        return "Edit the description; this check runs again by itself."
    return "Nothing required is missing."


def _lowered(title: str) -> str:
    return title[0].lower() + title[1:]


def _skipped(verdict: Verdict, notes: tuple[str, ...], *, manual: str, as_of: datetime) -> CheckRun:
    reason = quote.prose(verdict.reason)
    why = more.link("Why a check is not judged", See.NOT_JUDGED, manual=manual)
    last = footer(as_of, policy=verdict.policy_version, first=why)
    title = quote.plain(verdict.reason.replace("`", ""), 70).rstrip(".")
    summary = body([reason, say.sentences(verdict, notes)])
    text = body([_mistakes(notes, manual=manual)], footer=last)
    return CheckRun(f"Not judged: {title}", summary, text, "success", buttons=buttons("success"))


def _mistakes(notes: tuple[str, ...], *, manual: str) -> str:
    details = say.details(notes)
    head = more.link("In the policy file", See.POLICY, manual=manual) or "In the policy file"
    return f"**{head}**\n\n{details}" if details else ""


def failed(*, manual: str, as_of: datetime) -> CheckRun:
    """The App stopped with a fault of its own: that must not hold anybody up."""
    summary = (
        "Handoff stopped with a fault of its own; nothing is asked of the author. "
        "Re-run this check to try again. The operator finds the cause in the log at the time below."
    )
    text = body([summary], footer=footer(as_of, first=more.link("What to do", See.FAULT, manual=manual)))
    return CheckRun("Could not judge: Handoff had a fault", text, "", "neutral", buttons=buttons("neutral"))


def queue(*, manual: str, as_of: datetime) -> CheckRun:
    """A commit of the merge queue: its pull requests were judged before they were queued."""
    summary = "Each pull request in this group was judged before it was queued; the queue changes no description."
    why = more.link("Why a check is not judged", See.NOT_JUDGED, manual=manual)
    text = body([summary], footer=footer(as_of, first=why))
    return CheckRun("Judged before it was queued", text, "", "success")


def same(old: CheckRun, new: CheckRun) -> bool:
    """Whether two check runs say the same, but for their as-of time."""
    return _timeless(old) == _timeless(new)


def _timeless(run: CheckRun) -> CheckRun:
    marked = tuple(sorted(run.annotations, key=lambda each: (each.path, each.line, each.message)))
    return CheckRun(run.title.strip(), timeless(run.summary), timeless(run.text), run.conclusion, marked)

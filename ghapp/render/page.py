"""The playground's two views of a verdict: what would be posted, and the author's text with its findings marked."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from checks.verdict import TITLE_LINE, Outcome, Verdict
from config.policy import Labels, Policy, Volume
from ghapp.render import check_run, headline, markdown, quote, sticky
from ghapp.render.marks import TONES, Mark, apart, marks

LINES = 2_000  # shown of a text; more would only slow the page down
NOTHING = Markup()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What GitHub would show: a comment with its label, or a check run, with a comment while it fails."""

    title: str
    comment: Markup = NOTHING
    label: str = ""
    check: Markup = NOTHING
    conclusion: str = ""


def posted(verdict: Verdict, policy: Policy, *, manual: str, as_of: datetime, draft: bool = False) -> Posted:
    """What would be posted for a verdict where nothing has been posted before."""
    if verdict.kind == "pull":
        return _pull(verdict, policy, manual=manual, as_of=as_of, draft=draft)
    comment = _html(sticky.issue_comment(verdict, manual=manual, as_of=as_of))
    return Posted(title=headline.issue(verdict), comment=comment, label=_label(verdict, policy.readiness.labels))


def _pull(verdict: Verdict, policy: Policy, *, manual: str, as_of: datetime, draft: bool) -> Posted:
    run = check_run.check_run(verdict, manual=manual, as_of=as_of, draft=draft)
    comment = NOTHING
    if run.conclusion == "failure" and policy.rationale.comment is not Volume.SILENT:
        comment = _html(sticky.pull_comment(verdict, manual=manual, as_of=as_of))
    check = _html(run.summary) + _html(run.text)
    return Posted(title=run.title, comment=comment, check=check, conclusion=run.conclusion)


def _html(text: str) -> Markup:
    # Sanitised by nh3; the places are put in afterwards, from numbers only.
    return Markup(markdown.with_places(markdown.html(text)))  # noqa: S704


def _label(verdict: Verdict, labels: Labels) -> str:
    if verdict.outcome is Outcome.SKIPPED:
        return ""
    return labels.ready if verdict.outcome is Outcome.READY else labels.not_ready


def marked(title: str, body: str, verdict: Verdict) -> Markup:
    """The author's text line by line, each line that a finding quotes marked and named after its criteria."""
    lines = [title, *body.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")]
    found = marks(lines, verdict)
    rows = [_row(number, line, found.get(number, [])) for number, line in enumerate(lines[: LINES + 1])]
    more = len(lines) - 1 - LINES
    if more > 0:
        rows.append(Markup('<li class="more">{}</li>').format(_unseen(more, verdict)))
    return Markup('<ol class="lines">{}</ol>').format(Markup("").join(rows))


def _unseen(more: int, verdict: Verdict) -> str:
    counted = f"{more} more line is" if more == 1 else f"{more:,} more lines are"
    return f"{counted} not shown{', and not all of them were read' if verdict.truncated else '; they count as well'}."


def _row(number: int, line: str, found: list[Mark]) -> Markup:
    place = "title" if number == TITLE_LINE else str(number)
    row = Markup('<li id="line-{0}"{1}><span class="place">{2}</span><span class="words">{3}</span>{4}</li>')
    names: dict[str, str] = {}
    for mark in sorted(found, key=_weight):
        if mark.is_first:
            names.setdefault(mark.criterion, mark.tone)
    tone = min(found, key=_weight).tone if found else ""
    reachable = Markup(' class="{}" tabindex="-1"').format(tone) if names else ""
    return row.format(number, reachable, place, _words(line, found), _tags(names))


def _weight(mark: Mark) -> int:
    return TONES.index(mark.tone)


def _tags(names: dict[str, str]) -> Markup:
    tags = Markup(" ").join(Markup('<span class="tag {}">{}</span>').format(tone, name) for name, tone in names.items())
    return Markup('<span class="tags">{}</span>').format(tags) if names else Markup()


def _words(line: str, found: list[Mark]) -> Markup:
    pieces, end = [], 0
    for mark in apart(found):
        words = _seen(line[mark.start : mark.stop])
        pieces += [_seen(line[end : mark.start]), Markup('<mark class="{}">{}</mark>').format(mark.tone, words)]
        end = mark.stop
    return Markup("").join([*pieces, _seen(line[end:])])


def _seen(text: str) -> Markup:
    return escape(quote.visible(text))

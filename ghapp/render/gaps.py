"""The gaps of a verdict: each criterion's name, the edit that closes it, the quoted words and where they stand."""

from checks.verdict import TITLE_LINE, Evidence, Finding, Status, Verdict
from ghapp.render import headline, quote

SHOWN = 3  # design: at most three gaps before the folds
QUOTES = 2  # of one gap; the table of all findings has as many again

STATUS = {
    Status.MET: "met",
    Status.PARTLY: "partly met",
    Status.MISSING: "not met",
    Status.NOT_ASKED: "not asked",
}


def of(verdict: Verdict) -> tuple[Finding, ...]:
    """The gaps as people read them: an open question to the team first, since somebody waits for its answer."""
    asked = headline.open_decision(verdict)
    rest = (gap for gap in verdict.gaps if gap is not asked)
    return (asked, *rest) if asked else verdict.gaps


def ordered(gaps: tuple[Finding, ...], *, manual: str, start: int = 1) -> str:
    """A numbered list: the first one is the next step."""
    return "\n".join(f"{number}. {_gap(gap, manual)}" for number, gap in enumerate(gaps, start))


def _gap(gap: Finding, manual: str) -> str:
    mode = "required" if gap.mode == "required" else "optional"
    head = f"**{link(gap.criterion, manual)}** ({mode}, {STATUS[gap.status]}). {quote.prose(gap.advice)}"
    # A title that the advice repeats is before the reader's eyes already.
    told = [each for each in gap.evidence if each.line != TITLE_LINE or each.quote not in gap.advice]
    quotes = [f"{place(each)}: {quote.code(each.quote)}" for each in told[:QUOTES]]
    return "\n   > ".join([head, "\\\n   > ".join(quotes)]) if quotes else head


def link(criterion: str, manual: str) -> str:
    """A criterion's name, linked to its page of the manual, if there is an address where people find one."""
    return f"[{criterion}]({manual}/{criterion})" if manual else f"`{criterion}`"


def place(evidence: Evidence) -> str:
    """Where a quote stands, in words."""
    return "title" if evidence.line == TITLE_LINE else f"line {evidence.line}"

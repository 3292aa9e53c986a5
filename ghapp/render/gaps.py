"""The gaps of a verdict: each criterion's name, the edit that closes it, the quoted words and where they stand."""

import re

from checks.verdict import TITLE_LINE, Evidence, Finding, Verdict
from ghapp.render import headline, quote
from ghapp.render.counting import counting

SHOWN = 3  # design: at most three gaps before the folds
QUOTES = 2  # of one gap; the table of all findings has as many again

# Facts that stand on no line: the lines that `size` counts, the issue that GitHub's sidebar links.
_FACT = re.compile(r"[\d,]+ changed lines? in |[\w.-]{0,100}/[\w.-]{1,100}#\d+ ")
_NAMED = 30  # characters by which a quote is found again in the advice


def of(verdict: Verdict) -> tuple[Finding, ...]:
    """The gaps as people read them: an open question to the team first, since somebody waits for its answer."""
    asked = headline.open_decision(verdict)
    rest = tuple(gap for gap in verdict.gaps if headline.counts(gap) and gap is not asked)
    return (asked, *rest) if asked else rest


def suggestions(verdict: Verdict) -> tuple[Finding, ...]:
    """The gaps that cost nothing; the headline leaves them out as well."""
    counted = of(verdict)
    return tuple(gap for gap in verdict.gaps if gap not in counted)


def ordered(verdict: Verdict, gaps: tuple[Finding, ...], *, manual: str, start: int = 1) -> str:
    """A numbered list: the first one is the next step."""
    return "\n".join(f"{number}. {_gap(verdict, gap, manual)}" for number, gap in enumerate(gaps, start))


def listed(verdict: Verdict, gaps: tuple[Finding, ...], *, manual: str) -> str:
    """A list without numbers, for what nobody counts."""
    return "\n".join(f"- {_gap(verdict, gap, manual)}" for gap in gaps)


def quotes(verdict: Verdict, gap: Finding) -> list[tuple[Evidence, str]]:
    """The quotes to show of a gap, each with the remark that follows it: " (counts)", or nothing."""
    counted = counting(verdict, gap)
    return [(each, _remark(each, gap) if each in counted else "") for each in _chosen(gap, counted)]


def _gap(verdict: Verdict, gap: Finding, manual: str) -> str:
    head = f"**{link(gap.criterion, manual)}** ({gap.mode}, {status(gap)}). {quote.prose(gap.advice)}"
    quoted = [f"{before(each)}{quote.code(each.quote)}{remark}" for each, remark in quotes(verdict, gap)]
    return "\n   > ".join([head, "\\\n   > ".join(quoted)]) if quoted else head


def _chosen(gap: Finding, counted: tuple[Evidence, ...]) -> list[Evidence]:
    """The quotes to show: of wishes and words that count, where a gap has both, one each."""
    # A title that the advice repeats is before the reader's eyes already.
    told = [each for each in gap.evidence if each.line != TITLE_LINE or each.quote not in gap.advice]
    kept = [each for each in told if each in counted]
    wanting = [each for each in told if each not in counted]
    return [wanting[0], kept[0]] if kept and wanting else told[:QUOTES]


def _remark(evidence: Evidence, gap: Finding) -> str:
    is_named = " ".join(evidence.quote.split())[:_NAMED].rstrip() in gap.advice  # then the advice says what it lacks
    return "" if is_named else " (counts)"


def link(criterion: str, manual: str) -> str:
    """A criterion's name, linked to its page of the manual, if there is an address where people find one."""
    return f"[{criterion}]({manual}/{criterion})" if manual else f"`{criterion}`"


def status(finding: Finding) -> str:
    """A finding's status in the words of the verdict's JSON."""
    return finding.status.value.replace("-", " ")


def place(evidence: Evidence) -> str:
    """Where a quote stands, in words; "" for a fact that nobody wrote, which stands nowhere."""
    if evidence.line != TITLE_LINE:
        return f"line {evidence.line}"
    return "" if _FACT.match(evidence.quote) else "title"


def before(evidence: Evidence) -> str:
    """What stands before a quote: its place and a colon, or nothing."""
    where = place(evidence)
    return f"{where}: " if where else ""

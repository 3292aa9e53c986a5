"""Which quotes of a finding count for the author: a finding that is partly met may quote good words beside wishes."""

from checks.verdict import Evidence, Finding, Status, Verdict

_FAULTS = ("clarity", "self-contained")  # they quote what is wrong with words; all others quote what is there
_MOST = 8  # quotes of `clarity` at most: what stands below the last of them may be vague as well


def counting(verdict: Verdict, finding: Finding) -> tuple[Evidence, ...]:
    """The quotes that earned points: all of what is met, none of what is missing, of the rest those without a fault."""
    if finding.status is not Status.PARTLY:
        return finding.evidence if finding.status is Status.MET else ()
    if finding.criterion in _FAULTS:
        return ()
    wanting = {evidence for gap in verdict.gaps if gap.criterion in _FAULTS for evidence in gap.evidence}
    last = _last_judged(verdict, finding)
    return tuple(each for each in finding.evidence if each not in wanting and each.line <= last)


def _last_judged(verdict: Verdict, finding: Finding) -> float:
    """The last line of which it is known whether its words are vague; a policy may leave that unasked."""
    clarity = next((each for each in verdict.findings if each.criterion == "clarity"), None)
    if clarity is None:
        return -1 if finding.criterion == "acceptance" else float("inf")  # it alone quotes wishes beside what counts
    return clarity.evidence[-1].line if len(clarity.evidence) >= _MOST else float("inf")

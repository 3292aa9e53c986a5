"""What is asked of a pull request, in report order."""

from checks.criteria.rationale import (
    acceptance_trace,
    decisions,
    language,
    linked_issue,
    size,
    verification,
    what,
    why,
)

ALL = (
    what.CRITERION,
    why.CRITERION,
    decisions.CRITERION,
    verification.CRITERION,
    linked_issue.CRITERION,
    acceptance_trace.CRITERION,
    size.CRITERION,
    language.CRITERION,
)

"""What is asked of an issue, in report order."""

from checks.criteria.readiness import (
    acceptance,
    clarity,
    context,
    contract,
    edge_cases,
    engagement,
    language,
    scope,
    self_contained,
    size,
)

ALL = (
    acceptance.CRITERION,
    context.CRITERION,
    contract.CRITERION,
    scope.CRITERION,
    edge_cases.CRITERION,
    self_contained.CRITERION,
    clarity.CRITERION,
    engagement.CRITERION,
    language.CRITERION,
    size.CRITERION,
)

"""The manual page of a criterion: what its module says of it, as HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from checks.criteria import rationale, readiness
from checks.criterion import Criterion
from config.policy import DEFAULTS, CriterionPolicy, Section
from ghapp.render import markdown

KINDS = {"issue": "Issues", "pull": "Pull requests"}

_CRITERIA: dict[str, tuple[str, Iterable[Criterion[Any]], Section]] = {
    "issue": ("readiness", readiness.ALL, DEFAULTS.readiness.criteria),
    "pull": ("rationale", rationale.ALL, DEFAULTS.rationale.criteria),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """One criterion of one kind: its question, what it counts by default, and each part under its name."""

    kind: str
    section: str
    question: str
    mode: str
    points: int
    parts: tuple[tuple[str, Markup], ...]


def manuals(name: str) -> tuple[Manual, ...]:
    """A criterion's pages: one for each kind that has it, none when nobody asks that."""
    return tuple(
        _manual(kind, section, criterion, getattr(policy, name.replace("-", "_")))
        for kind, (section, criteria, policy) in _CRITERIA.items()
        for criterion in criteria
        if criterion.name == name
    )


def _manual(kind: str, section: str, criterion: Criterion[Any], policy: CriterionPolicy) -> Manual:
    return Manual(
        kind=KINDS[kind],
        section=f"{section}.criteria.{criterion.name}",
        question=criterion.asks,
        mode=policy.mode.value,
        points=policy.weight,
        parts=tuple((part, _html(text)) for part, text in criterion.manual.items() if text != criterion.asks),
    )


def _html(text: str) -> Markup:
    return Markup(markdown.html(text[:1].upper() + text[1:]))  # noqa: S704 - sanitised by nh3

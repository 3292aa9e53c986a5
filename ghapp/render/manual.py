"""The manual of a criterion: what its module says of it, as a page, and as the answer to `/handoff explain`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from markupsafe import Markup

from checks.criteria import rationale, readiness
from checks.criterion import Criterion
from config.policy import DEFAULTS, CriterionPolicy, Mode, Policy
from config.section import Section
from ghapp.render import gaps, markdown, quote

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


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion, and the kind of subject that it is asked of."""

    kind: str
    criterion: Criterion[Any]


def find(kind: str, words: str) -> Asked | None:
    """The criterion that somebody means, of this kind before the other: "Edge cases" is `edge-cases`."""
    name = "-".join(words.casefold().replace("_", " ").strip("`. ").split())
    kinds = (kind, *(other for other in KINDS if other != kind))
    found = (Asked(each, criterion) for each in kinds for criterion in _CRITERIA[each][1] if criterion.name == name)
    return next(found, None)


def names(kind: str) -> str:
    """What can be explained, in a sentence."""
    return f"{KINDS[kind]} are asked for {', '.join(f'`{criterion.name}`' for criterion in _CRITERIA[kind][1])}."


def unknown(kind: str, words: str) -> str:
    """There is no such criterion: the nearest, and all there are."""
    known = [criterion.name for criterion in _CRITERIA[kind][1]]
    near = get_close_matches("-".join(words.casefold().split())[: quote.QUOTE], known, n=1)
    hint = f"; did you mean `{near[0]}`?" if near else "."
    return f"{quote.code(words, 40)} is no criterion{hint} {names(kind)}"


def explanation(asked: Asked, policy: Policy, *, verdict: Mapping[str, Any] | None, address: str) -> str:
    """What a criterion asks and why, what it counts under this policy, and how a text came out, if it was judged.

    `verdict` is the JSON of the last one; `address` is below which each criterion has its page.
    """
    criterion = asked.criterion
    parts = [f"{part}: {text}" for part, text in criterion.manual.items() if text != criterion.asks]
    head = f"**{gaps.link(criterion.name, address)}**, asked of {KINDS[asked.kind].lower()}: {criterion.asks}"
    here = " ".join(filter(None, (_counts(asked, policy), _came_out(criterion.name, verdict))))
    return "\n\n".join((head, "\n".join(f"- {quote.prose(part)}" for part in parts), here))


def _counts(asked: Asked, policy: Policy) -> str:
    criteria = getattr(policy, _CRITERIA[asked.kind][0]).criteria
    counts: CriterionPolicy = getattr(criteria, asked.criterion.name.replace("-", "_"))
    if counts.mode is Mode.OFF:
        return "Here it is off: nothing is asked."
    points = f"with {counts.weight} points" if counts.weight else "without points"
    return f"Here it is {counts.mode.value}, {points}."


def _came_out(name: str, verdict: Mapping[str, Any] | None) -> str:
    findings = verdict["findings"] if verdict else ()
    found = next((each for each in findings if each["criterion"] == name), None)
    if found is None:
        return ""
    status = found["status"].replace("-", " ")
    return f"At the last look: **{status}**. {quote.prose(found['advice'])}".rstrip()

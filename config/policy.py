"""The policy's typed models: every key, its default and its meaning; schema and manual are made from them."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from config.clash import Clash, refuse
from config.handover import Digest, Handover, Questions, Reviews, Updates
from config.people import People, Team
from config.section import Names, Section

MOST_LINES = 1_000_000  # a limit above it would mean none
LabelName = Annotated[str, Field(min_length=1, max_length=50)]  # GitHub's limit


class Mode(StrEnum):
    """How much a criterion counts: a required gap fails, an advisory one is only said, off is not judged."""

    REQUIRED = "required"
    ADVISORY = "advisory"
    OFF = "off"


class Volume(StrEnum):
    """When a comment is written: never, while something required is missing, or always."""

    SILENT = "silent"
    ON_FAILURE = "on-failure"
    ALWAYS = "always"


class CriterionPolicy(Section):
    """How one criterion counts."""

    mode: Mode = Field(
        Mode.ADVISORY,
        strict=False,
        description="A required gap fails, an advisory one is only said; what is off is not judged.",
    )
    weight: Annotated[int, Field(ge=0, le=100)] = Field(
        0, description="Points of the score; the score is the share of all points asked for."
    )


def _required(weight: int) -> CriterionPolicy:
    return CriterionPolicy(mode=Mode.REQUIRED, weight=weight)


def _advisory(weight: int = 0) -> CriterionPolicy:
    return CriterionPolicy(mode=Mode.ADVISORY, weight=weight)


class ReadinessCriteria(Section):
    """What is asked of an issue."""

    acceptance: CriterionPolicy = Field(_required(20), description="Would two strangers agree when this is done?")
    context: CriterionPolicy = Field(_required(10), description="Which part of which system, how it behaves, why.")
    contract: CriterionPolicy = Field(_required(15), description="What goes in and what comes out.")
    scope: CriterionPolicy = Field(_required(25), description="One finish line, and what is left out.")
    edge_cases: CriterionPolicy = Field(_advisory(5), description="Failures, limits, empty and wrong input.")
    self_contained: CriterionPolicy = Field(_required(20), description="Nothing a stranger cannot open or ask.")
    clarity: CriterionPolicy = Field(_advisory(5), description="No vague word where a fact is needed.")
    engagement: CriterionPolicy = Field(_advisory(), description="Deliverable, timeline, review.")
    language: CriterionPolicy = Field(_required(0), description="Written in the policy's language.")
    size: CriterionPolicy = Field(_advisory(), description="Small enough for one engagement.")


class RationaleCriteria(Section):
    """What is asked of a pull request."""

    what: CriterionPolicy = Field(_required(35), description="What was built or changed.")
    why: CriterionPolicy = Field(_required(45), description="The reason, with substance.")
    decisions: CriterionPolicy = Field(_advisory(5), description="What was decided, rejected, or is still open.")
    verification: CriterionPolicy = Field(_advisory(10), description="How it was checked, or why not.")
    linked_issue: CriterionPolicy = Field(_advisory(5), description="The issue it answers.")
    acceptance_trace: CriterionPolicy = Field(
        _advisory(), description="Each acceptance criterion of the linked issues against what the author claims."
    )
    size: CriterionPolicy = Field(_advisory(), description="A reviewable increment.")
    language: CriterionPolicy = Field(_advisory(), description="Written in the policy's language.")

    def as_advice(self) -> Self:
        """The same with nothing required: for work that began before anybody could know what is asked."""
        asked = {name: getattr(self, name) for name in type(self).model_fields}
        softened = {
            name: each.model_copy(update={"mode": Mode.ADVISORY})
            for name, each in asked.items()
            if each.mode is Mode.REQUIRED
        }
        return self.model_copy(update=softened)


class Labels(Section):
    """The two labels that show an issue's verdict."""

    ready: LabelName = Field("handoff: ready", description="Set on an issue that can be handed over.")
    not_ready: LabelName = Field("handoff: not ready", description="Set on an issue that cannot be handed over yet.")


class AppliesTo(Section):
    """Which issues get a comment and a label without being asked about."""

    labels: Names = Field(("handoff",), description="An issue with one of these labels.")
    assigned: bool = Field(default=True, description="An issue that is assigned to somebody.")


class Readiness(Section):
    """Issues: can a stranger start?"""

    enabled: bool = Field(default=True, description="Whether issues are judged at all.")
    applies_to: AppliesTo = Field(AppliesTo(), description="Which issues are commented on without being asked about.")
    since: date | None = Field(
        None,
        examples=["2026-11-22"],
        description="First day whose new issues are judged unasked; left out: from the installation on.",
    )
    threshold: Annotated[int, Field(ge=0, le=100)] = Field(70, description="Score from which an issue is ready.")
    comment: Volume = Field(
        Volume.ALWAYS,
        strict=False,
        description="When the comment is written: never, only while the issue is not ready, or either way.",
    )
    labels: Labels = Field(Labels(), description="The names of the two labels.")
    criteria: ReadinessCriteria = Field(ReadinessCriteria(), description="Mode and weight of each criterion.")

    @model_validator(mode="after")
    def _labels_differ(self) -> Self:
        refuse(self._clashes())
        return self

    def _clashes(self) -> Iterator[Clash]:
        """GitHub takes names that differ in capitals for one label; ours must be neither one nor what asks for us."""
        ours = {"ready": self.labels.ready.casefold(), "not-ready": self.labels.not_ready.casefold()}
        if ours["ready"] == ours["not-ready"]:
            yield _clash(("labels", "not-ready"), ("labels", "ready"))
        for index, asking in enumerate(self.applies_to.labels):
            for key, label in ours.items():
                if asking.casefold() == label:
                    yield _clash(("labels", key), ("applies-to", "labels", index))


def _clash(one: tuple[str | int, ...], other: tuple[str | int, ...]) -> Clash:
    def another(than: tuple[str | int, ...]) -> str:
        return f"a name that is not in `readiness.{'.'.join(str(step) for step in than if isinstance(step, str))}`"

    return Clash(((one, another(other)), (other, another(one))))


class SmallChange(Section):
    """Changes that need one line of reason only: within the limits, or nothing but the named paths."""

    lines: Annotated[int, Field(ge=0, le=MOST_LINES)] = Field(
        10, description="Changed lines up to which a change is small."
    )
    paths: Names = Field(
        ("docs/**", "**/*.md", "**/*.txt", "**/*.rst"), description="Paths whose changes are small up to `path-lines`."
    )
    path_lines: Annotated[int, Field(ge=0, le=MOST_LINES)] = Field(
        100, description="Changed lines up to which such paths are small."
    )


class Exempt(Section):
    """Pull requests that pass with the exemption as the reason."""

    authors: Names = Field((), description="Logins.")
    bots: bool = Field(default=True, description="Every author that GitHub marks as a bot.")
    branches: Names = Field(("release/**", "gh-readonly-queue/**"), description="Names of head branches.")
    labels: Names = Field((), description="Labels on the pull request.")
    paths: Names = Field((), description="Pull requests that change nothing but these paths.")


class Rationale(Section):
    """Pull requests: do they say what was built and why?"""

    enabled: bool = Field(default=True, description="Whether pull requests are judged; the check passes either way.")
    since: date | None = Field(
        None,
        examples=["2026-11-22"],
        description="First day whose new pull requests can fail, older ones get advice; left out: from the "
        "installation on.",
    )
    comment: Volume = Field(
        Volume.ON_FAILURE,
        strict=False,
        description="When a comment is written: never, from the first failure of the check on, or either way.",
    )
    drafts: bool = Field(default=False, description="Whether drafts are held to it; else their check is neutral.")
    small_change: SmallChange = Field(SmallChange(), description="What counts as a small change.")
    size: Annotated[int, Field(ge=1, le=MOST_LINES)] = Field(
        600, description="Changed lines up to which an increment is reviewable."
    )
    exempt: Exempt = Field(Exempt(), description="What passes unjudged.")
    criteria: RationaleCriteria = Field(RationaleCriteria(), description="Mode and weight of each criterion.")


class Policy(Section):
    """What one repository asks, whole."""

    language: Annotated[str, Field(pattern="^[a-z]{2}$")] = Field(
        "en",
        examples=["en"],
        description="Two letters of ISO 639-1: the language issues and pull requests are written in.",
    )
    readiness: Readiness = Field(Readiness(), description="Issues: can a stranger start?")
    rationale: Rationale = Field(Rationale(), description="Pull requests: what was built, and why?")
    team: Team = Field(Team(), description="The company's side: when it works.")
    people: People = Field({}, description="By login: the side somebody is on, and when they work.")
    handover: Handover = Field(Handover(), description="Work that is handed to a contractor: who waits for whom.")
    questions: Questions = Field(Questions(), description="What a contractor asks, and where the answer stands.")
    reviews: Reviews = Field(Reviews(), description="Feedback: written down, where it is read.")
    updates: Updates = Field(Updates(), description="What is written at the end of a contractor's day.")
    digest: Digest = Field(Digest(), description="What waits for whom, once a morning.")


DEFAULTS = Policy()

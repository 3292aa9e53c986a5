"""How findings become a score, an outcome and one sentence."""

import pytest

from checks.assess import verdict
from checks.subject import Kind
from checks.verdict import Evidence, Finding, Outcome, Status
from config.policy import CriterionPolicy, Mode, RationaleCriteria, ReadinessCriteria

QUOTE = (Evidence(1, "words"),)


def weighs(weight, mode=Mode.REQUIRED):
    return CriterionPolicy(mode=mode, weight=weight)


ASKED = ReadinessCriteria(
    acceptance=weighs(25),
    context=weighs(15),
    contract=weighs(15),
    scope=weighs(15),
    edge_cases=weighs(10, Mode.ADVISORY),
    self_contained=weighs(10),
    clarity=weighs(10, Mode.ADVISORY),
)
ORDER = ("acceptance", "context", "contract", "scope", "edge-cases", "self-contained", "clarity", "engagement")


def finding(name, status):
    met = status in (Status.MET, Status.PARTLY)
    gap = status in (Status.PARTLY, Status.MISSING)
    return Finding(criterion=name, status=status, evidence=QUOTE if met else (), advice="Write it." if gap else "")


def issue(*, threshold=70, criteria=None, **statuses):
    given = {name.replace("_", "-"): status for name, status in statuses.items()}
    findings = [finding(name, given.get(name, Status.MET)) for name in ORDER]
    return verdict(Kind.ISSUE, findings, criteria or ASKED, threshold=threshold)


MET, PARTLY, MISSING, NOT_ASKED = Status.MET, Status.PARTLY, Status.MISSING, Status.NOT_ASKED


@pytest.mark.parametrize(
    ("statuses", "score", "outcome", "reason"),
    [
        pytest.param({}, 100, Outcome.READY, "Everything asked for is there.", id="all met"),
        pytest.param(
            {"edge_cases": MISSING, "clarity": PARTLY},
            85,
            Outcome.READY,
            "Nothing required is missing; could be clearer: edge-cases, clarity.",
            id="advisory gaps, above the threshold",
        ),
        pytest.param(
            {"engagement": MISSING},
            100,
            Outcome.READY,
            "Nothing required is missing; could be clearer: engagement.",
            id="a gap without weight",
        ),
        pytest.param({"scope": MISSING}, 85, Outcome.ALMOST, "Required and missing: scope.", id="one required missing"),
        pytest.param(
            {"scope": MISSING, "context": MISSING},
            70,
            Outcome.NOT_READY,
            "Required and missing: context, scope.",
            id="two required missing, score at the threshold",
        ),
        pytest.param(
            {"acceptance": PARTLY, "context": PARTLY, "contract": PARTLY, "edge_cases": MISSING},
            63,
            Outcome.ALMOST,
            "Nothing required is missing, but the score of 63 is below 70; start with acceptance.",
            id="nothing required missing, below the threshold",
        ),
        pytest.param(
            {"acceptance": MISSING, "context": PARTLY, "scope": PARTLY, "edge_cases": MISSING, "clarity": MISSING},
            40,
            Outcome.NOT_READY,
            "Required and missing: acceptance.",
            id="one required missing, far below the threshold",
        ),
        pytest.param(
            dict.fromkeys(("acceptance", "context", "contract", "scope", "self_contained", "clarity"), PARTLY)
            | {"edge_cases": MISSING},
            45,
            Outcome.ALMOST,
            "Nothing required is missing, but the score of 45 is below 70; start with acceptance.",
            id="exactly as far off as almost allows",
        ),
        pytest.param(
            {"edge_cases": NOT_ASKED, "clarity": NOT_ASKED, "acceptance": PARTLY},
            84,
            Outcome.READY,
            "Nothing required is missing; could be clearer: acceptance.",
            id="what is not asked counts in neither sum",
        ),
    ],
)
def test_an_issue_is_weighed_by_the_policy(statuses, score, outcome, reason):
    found = issue(**statuses)
    assert (found.score, found.outcome, found.reason) == (score, outcome, reason)


def test_each_finding_says_its_mode_and_its_points():
    found = issue(acceptance=PARTLY, edge_cases=MISSING, clarity=NOT_ASKED)
    shown = [(each.criterion, each.mode, each.points, each.of) for each in found.findings]
    assert shown == [
        ("acceptance", "required", 12.5, 25),
        ("context", "required", 15, 15),
        ("contract", "required", 15, 15),
        ("scope", "required", 15, 15),
        ("edge-cases", "advisory", 0, 10),
        ("self-contained", "required", 10, 10),
        ("clarity", "advisory", 0, 0),
        ("engagement", "advisory", 0, 0),
    ]


def test_a_criterion_that_is_off_is_left_out():
    off = ReadinessCriteria(edge_cases=CriterionPolicy(mode=Mode.OFF, weight=10))
    found = issue(criteria=off, edge_cases=MISSING)
    assert found.score == 100
    assert "edge-cases" not in [each.criterion for each in found.findings]


@pytest.mark.parametrize(
    ("status", "mode", "score", "outcome"),
    [
        pytest.param(MET, Mode.REQUIRED, 100, Outcome.READY, id="met"),
        pytest.param(MISSING, Mode.ADVISORY, 100, Outcome.READY, id="an advisory gap"),
        pytest.param(MISSING, Mode.REQUIRED, 0, Outcome.NOT_READY, id="a required gap"),
    ],
)
def test_where_nothing_carries_points_only_what_is_required_decides(status, mode, score, outcome):
    criteria = ReadinessCriteria(language=CriterionPolicy(mode=mode))
    found = verdict(Kind.ISSUE, [finding("language", status)], criteria, threshold=70)
    assert (found.score, found.outcome) == (score, outcome)


def test_no_findings_at_all_leave_nothing_to_ask_for():
    found = verdict(Kind.ISSUE, [], ReadinessCriteria(), threshold=70)
    assert (found.score, found.outcome, found.findings) == (100, Outcome.READY, ())


@pytest.mark.parametrize(
    ("what", "why", "verification", "outcome"),
    [
        pytest.param(MET, MET, MET, Outcome.READY, id="all there"),
        pytest.param(PARTLY, PARTLY, MISSING, Outcome.READY, id="thin, but nothing required is missing"),
        pytest.param(MET, MISSING, MET, Outcome.ALMOST, id="one required missing"),
        pytest.param(MISSING, MISSING, MET, Outcome.NOT_READY, id="two required missing"),
        pytest.param(MISSING, MISSING, MISSING, Outcome.NOT_READY, id="an empty description"),
    ],
)
def test_a_pull_request_has_no_threshold(what, why, verification, outcome):
    findings = [finding("what", what), finding("why", why), finding("verification", verification)]
    assert verdict(Kind.PULL, findings, RationaleCriteria(), threshold=0).outcome is outcome


def test_a_pull_request_with_nothing_in_it_is_never_almost():
    only_why = RationaleCriteria(what=CriterionPolicy(mode=Mode.OFF))
    found = verdict(Kind.PULL, [finding("what", MISSING), finding("why", MISSING)], only_why, threshold=0)
    assert (found.score, found.outcome) == (0, Outcome.NOT_READY)

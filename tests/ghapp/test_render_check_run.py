"""The check run's texts, whole; and which verdict ends in which conclusion."""

from dataclasses import replace

import pytest

from checks.subject import Pull
from checks.verdict import Status
from config.load import Loaded
from ghapp import judgement
from ghapp.render import check_run as render
from ghapp.render import quote
from tests.ghapp import verdicts
from tests.ghapp.verdicts import AS_OF, LATER, MANUAL, OUR_PAGES

POLICY = f"[In the policy file]({OUR_PAGES}the-policy-has-no-effect)"


def run(verdict, **kwargs):
    return render.check_run(verdict, manual=MANUAL, as_of=AS_OF, **kwargs)


def whole(check):
    return f"{check.conclusion}\n{check.title}\n=== summary\n{check.summary}\n=== text\n{check.text}\n"


VERDICTS = {
    "nothing": verdicts.NOTHING,
    "no-reason": verdicts.NO_REASON,
    "thin": verdicts.THIN,
    "open-decision": verdicts.OPEN,
    "passes": verdicts.PASSES,
    "skipped": verdicts.PULL_SKIPPED,
}


@pytest.mark.parametrize("name", VERDICTS)
def test_a_verdict_reads_well_as_a_check_run(name, snapshot):
    assert whole(run(VERDICTS[name])) == snapshot


def test_a_draft_sees_its_gaps_in_neutral(snapshot):
    assert whole(run(verdicts.NO_REASON, draft=True)) == snapshot


def test_a_note_stands_after_the_gaps(snapshot):
    notes = ("`.github/handoff.yml`, line 3: unknown key `treshold`; did you mean `threshold`?",)
    assert whole(run(verdicts.NO_REASON, notes=notes)) == snapshot


def test_the_details_of_a_note_stand_in_the_text_only():
    for verdict in (verdicts.NO_REASON, verdicts.PULL_SKIPPED):
        check = run(verdict, notes=("The policy file has a mistake.\n.github/handoff.yml:3:1: found `treshold`",))
        assert "The policy file has a mistake." in check.summary
        assert "treshold" not in check.summary
        assert check.text.startswith(f"**{POLICY}**\n\n- .github/handoff.yml:3:1: found `treshold`")


def test_a_text_that_was_not_read_to_its_end_is_said():
    assert "- Only the first 256 KiB" in run(replace(verdicts.NO_REASON, truncated=True)).summary


def test_a_suggestion_has_no_number():
    split = verdicts.finding("size", Status.PARTLY, (0, "900 changed lines in 2 files"), advice="Split it.")
    check = run(verdicts.pull("not-ready", 35, verdicts.WHAT, verdicts.NO_WHY, split))
    assert "size" not in check.summary
    assert "\n- **[size](https://handoff.example/criteria/size)** (advisory, partly). Split it." in check.text
    assert "\n   > `900 changed lines in 2 files`" in check.text


def test_a_fault_of_ours_and_a_queued_commit_never_fail(snapshot):
    assert [
        whole(render.failed(manual=MANUAL, as_of=AS_OF)),
        whole(render.queue(manual=MANUAL, as_of=AS_OF)),
    ] == snapshot


@pytest.mark.parametrize(
    ("verdict", "draft", "conclusion"),
    [
        pytest.param(verdicts.NOTHING, False, "failure", id="required-missing"),
        pytest.param(verdicts.NOTHING, True, "neutral", id="required-missing-in-a-draft"),
        pytest.param(verdicts.THIN, False, "success", id="required-partly-met"),
        pytest.param(verdicts.PASSES, False, "success", id="advisory-missing"),
        pytest.param(verdicts.PASSES, True, "neutral", id="draft-without-required-gaps"),
        pytest.param(verdicts.PULL_SKIPPED, False, "success", id="skipped"),
        pytest.param(verdicts.PULL_SKIPPED, True, "success", id="skipped-draft"),
    ],
)
def test_only_a_missing_required_criterion_fails(verdict, draft, conclusion):
    assert run(verdict, draft=draft).conclusion == conclusion


@pytest.mark.parametrize(
    ("missing", "title"),
    [
        (["why"], "Say why: the reason is missing"),
        (["what", "why"], "Say what and why: both are missing"),
        (["verification"], "Say how it was checked: nothing is named"),
        (["why", "linked-issue"], "Say why: the reason is missing (and 1 more required)"),
        (["why", "linked-issue", "verification"], "Say why: the reason is missing (and 2 more required)"),
        (["glossary"], "Write down: glossary"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_the_title_names_what_to_write(missing, title):
    findings = [verdicts.finding(name, Status.MISSING, advice="Write it.", mode="required") for name in missing]
    assert run(verdicts.pull("not-ready", 0, *findings)).title == title


def test_a_small_change_needs_no_more_than_its_reason():
    small = verdicts.pull("ready", 100, verdicts.finding("what", Status.NOT_ASKED), verdicts.WHY)
    assert run(small).title == "The reason is written down"


def test_another_required_part_that_is_thin_is_named_as_it_is_called():
    thin = verdicts.finding("verification", Status.PARTLY, (1, "tested"), advice="Say how.", mode="required")
    assert run(verdicts.pull("ready", 90, verdicts.WHAT, thin)).title == "Passes; say more about verification"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        pytest.param("Needs a decision: keep the old column order, or sort by date?", True, id="open"),
        pytest.param("I kept the old column order, since every customer's script reads it.", False, id="taken"),
    ],
)
def test_an_open_decision_is_told_from_one_that_was_taken(line, title):
    body = f"Rows are streamed now instead of built in memory.\n\nLarge exports ran out of memory.\n\n{line}\n"
    judged = judgement.pull(Pull(title="Stream the export", body=body), Loaded())
    (decisions,) = [finding for finding in judged.findings if finding.criterion == "decisions"]
    verdict = verdicts.pull("ready", 90, verdicts.WHAT, verdicts.WHY, decisions)
    assert (run(verdict).title == "Passes; a decision by the team is open") is title


def test_check_runs_are_the_same_whatever_their_time():
    later = render.check_run(verdicts.NO_REASON, manual=MANUAL, as_of=LATER)
    assert later != run(verdicts.NO_REASON)
    assert render.same(run(verdicts.NO_REASON), later)


@pytest.mark.parametrize("other", [verdicts.THIN, verdicts.NOTHING], ids=["thin", "nothing"])
def test_check_runs_that_say_something_else_are_not_the_same(other):
    assert not render.same(run(verdicts.NO_REASON), run(other))


def test_an_endless_verdict_stays_within_githubs_limit():
    many = [
        verdicts.finding(f"c{n}", Status.MISSING, (1, "ф" * 500), advice="ж" * 5_000, mode="required")
        for n in range(300)
    ]
    check = run(verdicts.pull("not-ready", 0, *many), notes=("щ" * 5_000,) * 300)
    assert len(check.summary.encode()) <= quote.LIMIT
    assert len(check.text.encode()) <= quote.LIMIT
    assert len(check.title) <= 120

"""The reviewer's walk in words: our comment of boxes, what is kept of it, what could not be read."""

from checks import walk
from checks.subject import LinkedIssue, Pull
from checks.trace import trace
from checks.walk import Grade, Step, Walk
from ghapp.render import walk as render
from tests.ghapp.verdicts import AS_OF, LATER

ISSUE = LinkedIssue(
    repository="acme/shop",
    number=12,
    title="Uploads are lost",
    body="## Acceptance criteria\n\n- A failed upload is retried three times\n- The customer @sam gets one e-mail\n",
)
TRACED = trace(Pull(title="Retry", body="AC1: `backoff.py`", linked=(ISSUE,)))
NAMES = [each.name for each in TRACED]
STEPS = (Step("AC1", Grade.MET), Step("AC2", Grade.PARTLY, "no test, see #7"))


def test_the_comment_has_a_line_and_three_boxes_for_each(snapshot):
    assert render.comment(TRACED, as_of=AS_OF) == snapshot


def test_the_comment_shows_what_was_ticked(snapshot):
    assert render.comment(TRACED, STEPS, as_of=AS_OF) == snapshot


def test_what_the_comment_shows_is_what_is_read_of_it():
    assert walk.boxes(render.comment(TRACED, STEPS, as_of=AS_OF), NAMES) == Walk(steps=STEPS)
    assert walk.boxes(render.comment(TRACED, as_of=AS_OF), NAMES) == Walk()


def test_ids_of_several_issues_are_told_apart_in_the_boxes():
    other = LinkedIssue(repository="acme/api", number=4, title="Exports", body=ISSUE.body)
    both = trace(Pull(title="Retry", body="", linked=(ISSUE, other)))
    steps = (Step("acme/shop#12 AC1", Grade.MET), Step("acme/api#4 AC1", Grade.NOT))
    assert walk.boxes(render.comment(both, steps, as_of=AS_OF), [each.name for each in both]).steps == steps


def test_what_was_found_in_one_sentence():
    assert render.kept(STEPS) == "Walked: `AC1` met, `AC2` partly (`no test, see #7`)."
    assert render.kept(()) == ""


def test_what_could_not_be_read_is_told():
    assert render.faults(Walk(unknown=("AC7", "AC8"), contradicted=("AC1",)), NAMES) == (
        "`AC7`, `AC8`: not an acceptance criterion here, or of several issues; there are `AC1`, `AC2`.",
        "`AC1` has two different words; say one of met, partly, not.",
    )
    assert render.faults(Walk(), NAMES) == ("No acceptance criterion is named with met, partly or not behind it.",)
    assert render.faults(Walk(steps=STEPS), NAMES) == ()


def test_many_names_are_cut_and_none_is_said():
    [sentence] = render.faults(Walk(unknown=("AC9",)), [f"AC{number}" for number in range(20)])
    assert sentence.endswith("`AC11` and 8 more.")
    assert render.faults(Walk(unknown=("AC9",)), [])[0].endswith("there are none.")


def test_only_the_time_is_no_difference():
    assert render.same(render.comment(TRACED, as_of=AS_OF), render.comment(TRACED, as_of=LATER))
    assert not render.same(render.comment(TRACED, as_of=AS_OF), render.comment(TRACED, STEPS, as_of=AS_OF))

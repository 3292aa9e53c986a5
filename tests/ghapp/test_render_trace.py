"""The trace in words: the table of the check run, what changed since pick-up, the table to be filled in."""

from dataclasses import replace

import pytest

from checks.acceptance_criteria import drift, of
from checks.subject import Issue, LinkedIssue, Pull
from checks.trace import Change, trace
from checks.verdict import Outcome, Status
from checks.walk import Grade, Step
from config.load import Loaded
from config.policy import DEFAULTS
from ghapp import judgement
from ghapp.render import check_run, quote, skeleton, templates
from ghapp.render import trace as render
from ghapp.render.new_file import Editor
from tests.ghapp import verdicts
from tests.ghapp.verdicts import AS_OF, MANUAL

HEAD = "The worker gives up at the first error.\n\n## Acceptance criteria\n\n"
KEPT = """- Failed uploads are tried 3 times
- After the third failure the row gets the status `failed`
- The customer receives one e-mail, not three
"""
NOW = """- Failed uploads are tried 5 times
- The customer receives one e-mail, not three
- A picture | drawing of 5 MB or more is refused, see #7 and @sam
"""
BODY = """Files are lost when the connection breaks, since the worker gives up at the first error.

- [x] Failed uploads are tried 5 times: `backoff.py`, 3fa81c2, `pytest tests/test_backoff.py`
- AC3: left out, the mail server is #13
"""
EDITOR = Editor(web="https://github.com", repository="acme/shop", branch="main")


def issue(body, number=12, **facts):
    return LinkedIssue(repository="acme/shop", number=number, title="Uploads are lost", body=HEAD + body, **facts)


def criteria(body):
    return of(Issue(title="Uploads are lost", body=HEAD + body))


def pull(*linked, body=BODY):
    return Pull(title="Retry failed uploads", body=body, linked=linked or (issue(NOW, kept=criteria(KEPT)),))


TRACED = trace(pull())


def test_the_table_of_the_check_run(snapshot):
    assert render.fold(TRACED) == snapshot


def test_the_table_with_a_reviewer_s_word(snapshot):
    walked = (Step("AC1", Grade.PARTLY, "no test for `backoff`"), Step("AC3", Grade.MET))
    assert render.fold(TRACED, walked) == snapshot


def test_several_issues_are_named(snapshot):
    other = issue("- Exports answer 200\n- Exports end with a new line\n", number=40)
    assert render.fold(trace(pull(issue(KEPT), other, body="acme/shop#40 AC2: done"))) == snapshot


def test_nothing_traced_is_nothing_shown():
    assert (render.fold(()), render.table(()), render.counted(())) == ("", (), "")


def test_a_table_is_cut():
    many = tuple(replace(TRACED[0], name=f"AC{number}") for number in range(render.SHOWN + 5))
    assert render.fold(many).count("\n| `AC") == render.SHOWN


def test_one_is_counted_in_the_singular():
    assert render.counted(TRACED[:1]) == "Of 1 acceptance criterion 1 is addressed."


def test_what_changed_since_pick_up_is_told_in_both_versions():
    assert render.drift_lines(drift(criteria(KEPT), criteria(NOW))) == (
        "`AC1` changed since pick-up: was `Failed uploads are tried 3 times`, now `Failed uploads are tried 5 times`.",
        "`AC2` was dropped since pick-up: `` After the third failure the row gets the status `failed` ``.",
        "`AC4` was added since pick-up: `A picture | drawing of 5 MB or more is refused, see #7 and @sam`.",
    )


def test_an_issue_is_named_where_several_are_told_of():
    [first, *_] = render.drift_lines(drift(criteria(KEPT), criteria(NOW)), issue="acme/shop#12")
    assert first.startswith("`acme/shop#12 AC1` changed")


def test_the_notes_of_a_pull_request_say_the_same_and_what_cannot_be_read():
    unread = LinkedIssue(repository="acme/secret", number=5, title="", body="", is_readable=False)
    assert render.notes(TRACED, (unread,)) == (
        "`acme/secret#5` cannot be read from here, so nothing is asked for its acceptance criteria.",
        *render.drift_lines(drift(criteria(KEPT), criteria(NOW)))[::2],
        render.drift_lines(drift(criteria(KEPT), criteria(NOW)))[1],
    )


def test_many_changes_are_counted():
    many = tuple(replace(TRACED[1], change=Change.ADDED, name=f"AC{number}") for number in range(9))
    assert render.notes(many)[render.LINES :] == ("4 more.",)


def test_unchanged_acceptance_criteria_need_no_note():
    assert render.notes(trace(pull(issue(KEPT)))) == ()
    assert render.drift_lines(drift(criteria(KEPT), criteria(KEPT))) == ()


def test_the_table_to_fill_in_holds_what_was_written():
    assert render.table(TRACED) == (
        "| id | acceptance criterion | where |",
        "| --- | --- | --- |",
        "| AC1 | Failed uploads are tried 5 times | `backoff.py`, 3fa81c2, `pytest tests/test_backoff.py` |",
        "| AC3 | The customer receives one e-mail, not three | left out, the mail server is #13 |",
        "| AC4 | A picture \\| drawing of 5 MB or more is refused, see #7 and @sam |  |",
    )


def test_a_tick_alone_is_filled_in_as_a_word():
    table = render.table(trace(pull(issue(KEPT), body="- [x] Failed uploads are tried 3 times")))
    assert table[2].endswith("| addressed |")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing written"),
        pytest.param("- [ ] Failed uploads are tried 3 times", id="a box left open"),
    ],
)
def test_left_unfilled_the_table_says_nothing(body):
    table = "\n".join(render.table(trace(pull(issue(KEPT), body=body))))
    assert {each.state for each in trace(pull(issue(KEPT), body=table))} == {"not mentioned"}


def test_pasted_as_it_is_the_table_says_what_was_said_before():
    table = "\n".join(render.table(TRACED))
    said = trace(pull(body=table))
    assert [(each.name, each.state, each.named) for each in said] == [
        (each.name, each.state, each.named) for each in TRACED
    ]


def test_the_template_s_answer_holds_the_table(snapshot):
    subject = pull()
    verdict = judgement.pull(subject, Loaded())
    assert skeleton.lines(verdict, judgement.traced(subject)) == snapshot
    text = templates.answer(verdict, DEFAULTS, EDITOR, judgement.traced(subject))
    assert "| AC3 | The customer receives one e-mail, not three | left out, the mail server is #13 |" in text


def test_where_every_one_is_answered_no_table_is_offered():
    met = verdicts.finding("acceptance-trace", Status.MET, (3, "AC1: done"))
    assert skeleton.lines(verdicts.pull(Outcome.READY, 100, met), TRACED) == ()


def test_the_check_run_holds_the_table_before_its_other_folds():
    run = check_run.check_run(verdicts.NO_REASON, manual=MANUAL, as_of=AS_OF)
    with_table = check_run.with_trace(run, TRACED)
    assert with_table.text == f"{render.fold(TRACED)}\n\n{run.text}"
    assert with_table.summary == run.summary
    assert check_run.with_trace(run, ()) == run


def test_a_check_run_without_room_has_no_table():
    full = check_run.CheckRun("t", "s", "x" * quote.LIMIT, "success")
    assert check_run.with_trace(full, TRACED) == full


def test_the_judgement_reads_no_more_of_the_issues_than_for_the_verdict():
    long = issue("- The row is gone at once\n" + "word " * judgement.LINKED, number=1)
    assert {each.issue for each in judgement.traced(pull(long, issue(KEPT, number=2)))} == {"acme/shop#1"}


def test_the_table_is_offered_before_there_is_a_pull_request():
    assert render.offer(TRACED[1:2]) == (
        "**A table to trace the acceptance criteria by**, for the description of the pull request.\n\n"
        "```markdown\n"
        "| id | acceptance criterion | where |\n"
        "| --- | --- | --- |\n"
        "| AC3 | The customer receives one e-mail, not three | left out, the mail server is #13 |\n"
        "```"
    )
    assert render.offer(()) == ""

"""Every text we post, every word in it hostile: it calls nobody, links nowhere, holds no HTML or marker but ours."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from checks.verdict import Evidence, Finding, Outcome, Status, Verdict
from config.changes import changes
from config.load import BARE, PATH, load
from config.policy import DEFAULTS
from ghapp import judgement
from ghapp.overrides import Override, Word
from ghapp.render import check_run, commands, manual, notes, overrides, page, policy_edit, quote, sticky
from ghapp.render.asks import asks
from tests.fuzz.effort import tries
from tests.fuzz.hostile import HOSTILE, LONG, assert_postable, assert_sticky, is_seen
from tests.ghapp.verdicts import AS_OF, MANUAL

KINDS = {kind: tuple(asks(kind)) for kind in ("issue", "pull")}
STATUSES = st.lists(st.tuples(st.sampled_from(Status), st.booleans(), st.integers(0, 3)), max_size=5)
TEXTS = st.lists(LONG, min_size=1, max_size=4).map(cycle)


@st.composite
def verdicts(draw, kind):
    """A verdict in which everything that can hold words of others does."""
    words, outcome = draw(TEXTS), draw(st.sampled_from(Outcome))
    findings = tuple(
        Finding(
            criterion=criterion,
            status=status,
            evidence=tuple(Evidence(number * 7 % 5, next(words)) for number in range(max(quotes, 1))),
            advice=next(words) or "x",
            mode="required" if required else "advisory",
            points=5,
            of=10,
        )
        for criterion, (status, required, quotes) in zip(KINDS[kind], draw(STATUSES), strict=False)
    )
    return Verdict(
        kind=kind,
        score=50,
        outcome=outcome,
        reason=next(words),
        findings=findings,
        policy_version=next(words),
        truncated=draw(st.booleans()),
    )


NOTES = st.lists(LONG, max_size=3).map(tuple)


@tries(40)
@given(verdicts("issue"), NOTES)
def test_an_issues_comment_is_harmless(verdict, said):
    comment = sticky.issue_comment(verdict, manual=MANUAL, as_of=AS_OF, notes=said)
    assert_sticky(comment)
    later = sticky.issue_comment(verdict, manual=MANUAL, as_of=AS_OF + timedelta(days=40), notes=said)
    assert sticky.same(comment, later)


@tries(40)
@given(verdicts("pull"), NOTES, HOSTILE)
def test_a_pull_requests_comments_are_harmless(verdict, said, before):
    assert_sticky(sticky.pull_comment(verdict, manual=MANUAL, as_of=AS_OF, notes=said))
    assert_sticky(sticky.passing_comment(verdict, as_of=AS_OF, before=before))


@tries(40)
@given(verdicts("pull"), NOTES, st.booleans())
def test_a_check_run_is_harmless(verdict, said, draft):
    run = check_run.check_run(verdict, manual=MANUAL, as_of=AS_OF, draft=draft, notes=said)
    for text in (run.summary, run.text):
        assert_postable(text)
        assert "<!-- handoff:" not in text
    assert len(run.title) <= 120
    assert is_seen(run.title)
    assert "<!--" not in run.title
    assert run.conclusion in ("success", "failure", "neutral")


@tries(5)
@given(verdicts("pull"), HOSTILE)
def test_too_many_words_are_cut_at_the_limit_and_stay_harmless(verdict, words):
    said = tuple(f"{'word ' * 80}{number} {words}" for number in range(200))
    run = check_run.check_run(verdict, manual=MANUAL, as_of=AS_OF, notes=said)
    assert len(run.summary.encode()) > quote.LIMIT - 8
    assert_postable(run.summary)


@tries(40)
@given(HOSTILE)
def test_answers_to_commands_are_harmless(words):
    for reason in (f"`/handoff {words}` is not a command.", commands.unknown(words), manual.unknown("issue", words)):
        refused = commands.refusal(reason, manual=MANUAL)
        answer = commands.addressed(refused, commands.Answer.REFUSAL, to="octo-cat[bot]", about="7")
        assert_postable(answer)
        assert answer.count("<!-- handoff:") == 1
        assert commands.is_addressed([answer], commands.Answer.REFUSAL, to="octo-cat[bot]")
        assert commands.is_about([answer], "7")


@tries(40)
@given(verdicts("issue"), verdicts("pull"), HOSTILE)
def test_the_reason_of_a_person_is_harmless(issue, pull, words):
    said = Override(word=Word.READY, by="octo-cat", reason=words or "x", at=AS_OF, until=AS_OF.date(), comment=7)
    declared = overrides.sentence(said)
    assert_sticky(sticky.issue_comment(issue, manual=MANUAL, as_of=AS_OF, declared=declared))
    exempt = judgement.exempted(pull, overrides.sentence(replace(said, word=Word.EXEMPT)))
    run = check_run.check_run(exempt, manual=MANUAL, as_of=AS_OF)
    assert run.conclusion == "success"
    assert is_seen(run.title)
    assert_postable(run.summary)
    assert_sticky(sticky.passing_comment(exempt, as_of=AS_OF, before=""))


@tries(40)
@given(HOSTILE, HOSTILE, st.booleans())
def test_notes_on_a_policy_file_and_on_labels_are_harmless(words, label, kept):
    text = f"readiness:\n  {words!r}: {label!r}\n  threshold: {words}\n{words}: {label}\n"
    said = (*notes.broken_policy(PATH, load(text).mistakes, kept=kept), notes.label_by_hand(label))
    verdict = Verdict(kind="pull", score=0, outcome=Outcome.SKIPPED, reason=words)
    assert_postable(notes.sentences(verdict, said))
    assert_postable(notes.details(said))


@tries(40)
@given(HOSTILE, HOSTILE)
def test_what_is_said_of_an_edited_policy_is_harmless(words, label):
    text = f"readiness:\n  {words!r}: {label!r}\n  threshold: {words}\n{words}: {label}\n"
    found = load(text).mistakes
    assert_postable(policy_edit.broken(found))
    assert_postable(policy_edit.elsewhere(policy_edit.Branches(base=words, default=label), found, ()))
    for mark in policy_edit.annotations(found, text=text):
        assert mark.message.isprintable()
        assert 1 <= mark.line <= max(len(text.splitlines()), 1)
    new = load(
        f"readiness: {{labels: {{ready: {json.dumps(label[:50])}}}}}\nrationale: {{exempt: {{labels: [{words}]}}}}"
    )
    assert_postable(policy_edit.valid(changes(BARE, new), None, overruled=found, deed="edits", owner=words))


@tries(30)
@given(verdicts("issue") | verdicts("pull"), HOSTILE, HOSTILE)
def test_the_playground_shows_words_and_runs_none(verdict, title, body):
    shown = page.posted(verdict, DEFAULTS, manual="/criteria", as_of=AS_OF)
    marked = page.marked(title, body, verdict)
    for html in (shown.comment, shown.check, marked):
        assert "<script" not in html
        assert "<img" not in html
        assert 'href="javascript' not in html.lower()
        assert is_seen(html.replace("\n", ""))


@pytest.mark.parametrize("manner", ["cell", "code", "fence"])
@tries(60)
@given(HOSTILE)
def test_a_quote_ends_where_it_began(manner, text):
    if manner == "fence":
        [block, end] = MarkdownIt("commonmark").parse(f"{quote.fence(tuple(text.splitlines()))}\n\nend")[:2]
        assert (block.type, end.type) == ("fence", "paragraph_open")
        return
    quoted = quote.cell(text) if manner == "cell" else quote.code(text)
    table = f"| a | b |\n|---|---|\n| {quoted} | end |" if manner == "cell" else f"> 1. {quoted} end"
    html = MarkdownIt("commonmark").enable("table").render(table)
    assert html.count("<code>") == 1
    assert ("<td>end</td>" if manner == "cell" else "</code> end") in html

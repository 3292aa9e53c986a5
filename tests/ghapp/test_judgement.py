"""The judgement as the server uses it: bounded in what it reads of others' texts."""

from checks.subject import LinkedIssue, Pull
from config.load import load
from ghapp import judgement

LINE = "- [ ] `GET /invoices` answers 404 when there is none.\n"


def linked(*bodies):
    issues = tuple(LinkedIssue(repository="a/b", number=n, title="t", body=body) for n, body in enumerate(bodies))
    return Pull(title="Retry", body="Adds a retry, because invoices were lost.", linked=issues)


def test_linked_issues_are_read_in_whole_lines_up_to_a_limit_for_all():
    whole = LINE * (judgement.LINKED // len(LINE) - 1)
    first, second, third = judgement._bounded(linked(whole, LINE * 9, LINE).linked)
    assert first.body == whole
    assert second.body + "\n" == LINE
    assert third.body == ""


def test_only_what_is_longer_than_the_limit_is_cut():
    assert not judgement.is_linked_text_cut(linked("x" * judgement.LINKED))
    assert judgement.is_linked_text_cut(linked("x" * judgement.LINKED, "x"))


def test_what_is_beyond_the_limit_is_not_judged():
    long = "x\n" * (judgement.LINKED // 2)
    with_promise, without = (judgement.pull(linked(long, text), load("")) for text in (LINE, ""))
    assert with_promise == without

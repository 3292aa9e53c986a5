import pytest

from checks.criteria.readiness.context import CRITERION
from checks.verdict import Status

MET = {
    "today and why": (
        "Add revocation of keys",
        "Currently a key can only be removed in `admin/keys`. That takes hours, so that leaked keys stay valid.",
    ),
    "a bug that is told": (
        "Export drops the last row",
        "`reports/export.py` stops one page early. It compares with the wrong operator.",
    ),
    "title tells, body gives the reason": (
        "Login fails after a restart",
        "We need this fixed because users have to sign in twice a day.",
    ),
}
PARTLY = {
    "today only": (
        "Add revocation of keys",
        "Currently a key can only be removed by support.",
        'Beside "Currently a key can only be removed by support.", say where that happens and why it matters.',
    ),
    "symptom only": (
        "Login fails after a restart",
        "",
        "Below the title, say where that happens and what leads to it.",
    ),
    "symptom at a place that is told": (
        "Login fails after a restart",
        "Open `/login` twice.",
        "Below the title, say why it matters: who meets it, and what it keeps them from.",
    ),
    "today and the reason in one breath": (
        "Add revocation of keys",
        "Currently this is important for everybody.",
        'Beside "Currently this is important for everybody.", say how it behaves today, step by step.',
    ),
    "only a wish that mentions today": (
        "Add revocation of keys",
        "Ideally keys end now.",
        'Beside "Ideally keys end now.", say how it behaves today and why that should change.',
    ),
    "reason only": (
        "Add revocation of keys",
        "This would help customers whose key has leaked.",
        'Beside "This would help customers whose key has leaked.", say how it behaves today and where.',
    ),
    "place only": (
        "Delete `src/polyfill.js`",
        "",
        "Below the title, say how it behaves today and why that should change.",
    ),
}
MISSING = {
    "title only": ("Add revocation of keys", ""),
    "heading without content": ("Add revocation of keys", "## Background\n\n## Why\n"),
    "placeholder": ("Add revocation of keys", "## Background\n\nN/A"),
    "greeting": ("Add revocation of keys", "Hi all!\n\nThanks."),
    "keywords": (
        "Add revocation of keys",
        "## Context\n\ncontext background motivation impact system service user value",
    ),
}


@pytest.mark.parametrize(("title", "body"), MET.values(), ids=MET)
def test_today_and_the_reason_meet_it(judge, title, body):
    assert judge(CRITERION, title, body).status is Status.MET


@pytest.mark.parametrize(("title", "body", "advice"), PARTLY.values(), ids=PARTLY)
def test_half_of_it_meets_it_partly(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert (finding.status, finding.advice) == (Status.PARTLY, advice)


@pytest.mark.parametrize(("title", "body"), MISSING.values(), ids=MISSING)
def test_neither_is_missing(judge, title, body):
    assert judge(CRITERION, title, body).status is Status.MISSING

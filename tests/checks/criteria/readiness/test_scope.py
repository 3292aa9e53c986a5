import pytest

from checks.criteria.readiness.scope import CRITERION
from checks.verdict import Status

MET = {
    "one deliverable": ("Add revocation of keys", "Add `DELETE /v1/keys/{id}` to `api/keys.py`."),
    "bounds beside it": (
        "Add revocation of keys",
        "We should improve the keys.\n\n## Out of scope\n\n- The button in the web interface",
    ),
    "title with a fact": ("Upgrade `ruff` to 0.14", ""),
    "a defect bounds itself": ("The export fails", "The export does not end.\n\n```\nKeyError: 'id'\n```"),
    "a spike with a time box": ("Investigate the slow start", "Time box: 8 hours."),
}
PARTLY = {
    "bare title": (
        "Rework the settings page",
        "",
        'Below the title "Rework the settings page"',
    ),
    "vague wish": (
        "Improve the keys",
        "We should make it more robust. It should be easy to use.",
        'Draw the line around "Improve the keys"',
    ),
    "defect without a fact": ("Login fails", "", 'Say where the work ends: which behaviour instead of "Login fails"'),
    "told, not asked": (
        "Certificate of the shop",
        "The certificate of the shop is from last year.",
        "Say what should be",
    ),
}
MISSING = {
    "ownership": ("Own the payments platform", "Take ownership of it.", "ownership has no end"),
    "maintenance": ("Maintain the build scripts", "Keep improving them over time.", "ownership has no end"),
    "epic": ("Epic: add single sign-on", "", "ownership has no end"),
    "support question": ("How do I revoke a key?", "Any help is welcome.", "it asks for help, not for work"),
    "question in the title": ("Streaming supported?", "", "it asks for help, not for work"),
    "spike without an answer": ("Investigate the slow start", "", "what is handed over as the answer"),
    "no title": ("", "It happens in `api/keys.py`.", "Say what should be delivered"),
    "nothing": ("", "", "Say what should be delivered"),
}


@pytest.mark.parametrize(("title", "body"), MET.values(), ids=MET)
def test_one_thing_with_an_end_meets_it(judge, title, body):
    assert judge(CRITERION, title, body).status is Status.MET


@pytest.mark.parametrize(("title", "body", "advice"), PARTLY.values(), ids=PARTLY)
def test_a_thing_without_a_line_around_it_meets_it_partly(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert finding.status is Status.PARTLY
    assert advice in finding.advice


@pytest.mark.parametrize(("title", "body", "advice"), MISSING.values(), ids=MISSING)
def test_what_has_no_end_or_no_deliverable_is_missing(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert finding.status is Status.MISSING
    assert advice in finding.advice

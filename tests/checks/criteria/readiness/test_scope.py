import pytest

from checks.criteria.readiness.scope import CRITERION
from checks.verdict import Status

MET = {
    "one deliverable": ("Add revocation of keys", "Add `DELETE /v1/keys/{id}` to `api/keys.py`."),
    "bounds beside it": (
        "Add revocation of keys",
        "We should improve the keys.\n\n## Out of scope\n\n- The button in the web interface",
    ),
    "a list of one kind": (
        "Add types to the models",
        "\n".join(f"- Add types to `{name}.py`" for name in "abcdefg"),
    ),
    "a behaviour that lasts": ("Keep the index up to date when a row is deleted", "`index.py` is stale then."),
    "title with a fact": ("Upgrade `ruff` to 0.14", ""),
    "a defect bounds itself": ("The export fails", "The export does not end.\n\n```\nKeyError: 'id'\n```"),
    "a spike with a time box": ("Investigate the slow start", "Time box: 8 hours."),
}
PARTLY = {
    "bare title": (
        "Rework the settings page",
        "",
        "Below the title, say what belongs to it",
    ),
    "a wish without one name": (
        "Add a history",
        "There should be a history of all changes that people can look at.",
        "Below the title, draw the line",
    ),
    "vague wish": (
        "Improve the keys",
        "We should make it more robust. It should be easy to use.",
        "Below the title, draw the line",
    ),
    "a question before the end": (
        "Add `--json`",
        "Add `--json` to `ls`. Should it list hidden files too?",
        'Keep here only what can be done whatever the answer to "Should it list hidden files too?"',
    ),
    "defect without a fact": ("Login fails", "", "Say where the work ends: what should happen instead"),
    "told, not asked": (
        "Certificate of the shop",
        "The certificate of the shop is from last year.",
        "Say what should be",
    ),
}
MISSING = {
    "ownership": ("Own the payments platform", "Take ownership of it.", "Ownership without an end is not a hand-over"),
    "maintenance": (
        "Maintain the build scripts",
        "Keep improving them over time.",
        "Ownership without an end is not a hand-over",
    ),
    "epic": ("Epic: add single sign-on", "", "Ownership without an end is not a hand-over"),
    "a person looked for": (
        "Look after the backend",
        "We need someone to own and improve the backend over time.",
        'out of "We need someone to own and improve the backend over time."',
    ),
    "kept for ever": ("Keep the dependencies up to date", "", "Ownership without an end"),
    "several projects": (
        "Work of the autumn",
        "- Move mails\n- Upgrade Rails\n- Build reports\n- Rewrite search\n- Store files\n- Speed up CI\n- Drop XML",
        'Give each of the 7 projects its own issue, beginning with "Move mails"',
    ),
    "waits for other work": (
        "Switch to the new login",
        "Blocked by the new login. Switch `login.py` to it.",
        'so far it waits, "Blocked by the new login."',
    ),
    "report of what was done": ("On-call log week 19", "- Mon 03:12: restarted `api-2`", "nothing to hand over"),
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

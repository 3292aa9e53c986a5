import pytest

from checks.reviews import elsewhere, hands_back, is_empty
from checks.verdict import Evidence

EMPTY = ["", "Needs work.", "See comments.", "Nope.", "> The parser is done.\n\nNot really.", ":eyes:", "As discussed."]
SAYS = [
    "Missing tests.",
    "Use `Decimal`.",
    "See #12.",
    "```suggestion\nreturn None\n```",
    "![screen](a.png)",
    "Please rebase.",
    "src/app.py",
]
MOVED = {
    "call": "Let's jump on a call.",
    "chat": "Ping me on Slack.",
    "direct": "DM me.",
    "after-a-comma": "Too much to write, call me.",
    "asked": "Could you call me?",
    "meeting": "Let's discuss this in the stand-up.",
    "one-on-one": "I'll bring it up in our next 1:1.",
    "live": "Better to discuss live.",
    "told": "I answered you on Slack.",
    "appointment": "Can we set up 15 minutes tomorrow?",
    "details": "Details in Slack.",
    "talk": "We should talk.",
    "code-beside": "On `save`: let's have a quick call.",
    "imperative": "Explain it to me on the phone.",
}
HERE = {
    "code-call": "as the call returns 404 this never runs",
    "webhook": "The Slack webhook is called twice.",
    "thing-after-the-phrase": "Add a quick call endpoint.",
    "thing-after-the-channel": "Explain this in the email template.",
    "product": "The bot should reply on Slack.",
    "denied": "No need for a call, see my notes.",
    "without-a-person": "We can send the invoice by email.",
    "not-asked": "This should call me back with the id.",
    "told-of-others": "They talk on Slack.",
    "no-place": "Please explain the phone field.",
    "live-mode": "Let's discuss live mode here.",
    "quoted": "> Let's jump on a call\n\nWritten below instead.",
    "nothing": "",
}
BACK = [
    "PTAL",
    "Ready for another look.",
    "I think this is ready.",
    "Addressed all comments.",
    "All review comments resolved.",
    "Back to you, @sam.",
    "Could you take another look?",
    "Should be ready for review now.",
    "Can you check again?",
]
KEPT = [
    "Not ready for review yet.",
    "Is this ready for review?",
    "Is it back on the list?",
    "I'll get back to you tomorrow.",
    "Addressed two of the comments.",
    "I took another look at the lock.",
    "Take a look at line 12.",
    "Is the ball in your court?",
    'The button says "Back to you".',
    "",
]


@pytest.mark.parametrize("text", EMPTY)
def test_a_review_that_names_nothing_is_empty(text):
    assert is_empty(text)


@pytest.mark.parametrize("text", SAYS)
def test_a_review_that_names_something_is_not(text):
    assert not is_empty(text)


@pytest.mark.parametrize("text", MOVED.values(), ids=MOVED)
def test_talk_is_moved_elsewhere(text):
    assert elsewhere(text) == Evidence(1, text)


@pytest.mark.parametrize("text", HERE.values(), ids=HERE)
def test_talk_stays_on_the_page(text):
    assert elsewhere(text) is None


@pytest.mark.parametrize("text", BACK)
def test_the_next_move_is_handed_over(text):
    assert hands_back(text)


@pytest.mark.parametrize("text", KEPT)
def test_the_next_move_is_kept(text):
    assert not hands_back(text)

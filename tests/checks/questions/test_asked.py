import pytest

from checks.questions import Question, is_nudge, questions

ASKS = {
    "direct": "Should the export include archived invoices?",
    "statement-of-doubt": "I am not sure whether the retry should be per item or per batch.",
    "please-clarify": "Please clarify which currencies the endpoint accepts.",
    "unclear": "It is unclear if `limit` counts deleted rows.",
    "waiting": "I am waiting for the schema of the payload.",
    "no-access": "I don't have access to the billing repository.",
    "cannot-open": "We cannot open the shared design page.",
    "polite-and-informing": "Could you confirm that the amounts are in cents?",
    "permission": "Can I drop the old column?",
    "without-a-mark": "should I also update the import job",
    "silent-issue": "The issue does not say what happens to refunds.",
    "not-stated": "It is not specified in the issue how names are matched.",
    "thing-not-understood": "One thing I don't understand is the discount.",
    "tag-after-a-plan": "I would cache the token for an hour. Is that fine with you?",
    "leans-on-the-sentence-before": "The spec says 30 days, the code 31. Which is right?",
    "in-an-open-box": "- [ ] Which zone applies to the cut-off?",
    "bold-line": "**Which zone applies to the cut-off?**",
    "short-with-a-fact": "By `id`?",
    "if-so-with-a-plan": "Is the limit per user? If so I would add an index.",
}
ASKS_NOT = {
    "a-look": "Could you take a look?",
    "a-deed": "Could you restart the runner?",
    "a-deed-of-nobody": "Could you?",
    "a-merge": "Ok to merge?",
    "news": "Any update?",
    "courtesy": "Any questions?",
    "rhetorical": "What could possibly go wrong?",
    "only-a-tag": "Is that right?",
    "tag-after-a-fact": "I pushed the fix. Ok?",
    "one-word": "Bug?",
    "answered-by-yes": "Should it retry? Yes, I took 3.",
    "answered-in-the-next-paragraph": "Should it retry?\n\nYes, I took 3.",
    "answered-by-echo": "Do we have tests for this? We do, in `test_export.py`.",
    "explained": "Why did it fail? The lock was held.",
    "fragment-explained": "The naming? Changed.",
    "heading-with-its-text": "**Why?**\n\nTwo workers took the same row.",
    "ticked-box": "- [x] Which zone applies?",
    "form": "- [ ] Have you read the guide?",
    "quoted": "> Should it be sorted?",
    "inside-quotation-marks": 'The dialog asks "Delete all rows?"',
    "aside": "I used local time (or should it be UTC?)",
    "past-doubt": "I was not sure whether to keep both, so I kept the newer one.",
    "own-doubt": "I don't know what caused it.",
    "condition": "If it is unclear which one is used, see the log.",
    "settled-doubt": "I'm not sure which of them should win, so I took the newer one.",
    "conditional-inversion": "Should we need it later, it is in the archive.",
    "waiting-for-something-else": "I am waiting for the schema migration to finish.",
    "greeting": "Thanks!",
    "nothing": "",
}


@pytest.mark.parametrize("text", ASKS.values(), ids=ASKS)
def test_a_question_is_found(text):
    assert len(questions(text)) == 1


@pytest.mark.parametrize("text", ASKS_NOT.values(), ids=ASKS_NOT)
def test_what_needs_no_answer_is_left_alone(text):
    assert questions(text) == ()


def test_each_question_comes_with_its_line_its_words_and_the_thin_criterion():
    text = "Two things:\n\n1. Is the id a UUID or an integer?\n2. What is returned when the customer was deleted?"
    assert questions(text) == (
        Question("Is the id a UUID or an integer?", 3, "contract"),
        Question("What is returned when the customer was deleted?", 4, "edge-cases"),
    )


def test_short_questions_that_follow_belong_to_the_one_before():
    assert [one.text for one in questions("Is the limit per user? Or per key?")] == [
        "Is the limit per user? Or per key?"
    ]


def test_a_question_and_the_statement_of_doubt_after_it_are_one():
    assert len(questions("Which zone applies? It is not clear which one is meant.")) == 1


def test_the_same_question_twice_is_one():
    assert len(questions("Which zone applies here?\n\nWhich zone applies here?")) == 1


@pytest.mark.parametrize(
    ("question", "thin", "about"),
    [
        ("Which status code should an empty file give?", (), "contract"),
        ("Which status code should an empty file give?", ("edge-cases",), "edge-cases"),
        ("Which status code should an empty file give?", ("scope",), "contract"),
        ("How will you accept this?", (), "acceptance"),
        ("Do we need to support Windows too?", (), "scope"),
        ("In which service does it live?", (), "context"),
        ("Can I get access to the wiki?", (), "self-contained"),
        ("What is the deadline for this one?", (), "engagement"),
        ("Would you like the blue one more?", (), ""),
    ],
)
def test_a_question_names_the_criterion_that_was_thin_and_prefers_the_issues_gaps(question, thin, about):
    assert [one.criterion for one in questions(question, thin)] == [about]


@pytest.mark.parametrize("text", ["Any update?", "@dana ping", "Still waiting", "Hi! Friendly reminder."])
def test_a_nudge_only_asks_for_news(text):
    assert is_nudge(text)


@pytest.mark.parametrize(
    "text",
    [
        "Any update? And is the id a UUID?",
        "Bump aiohttp to 3.14",
        "Any news feed item without a date is skipped.",
        "I was still waiting for your review when the vendor changed the whole format of the file again.",
        "Thanks!",
        "",
    ],
)
def test_what_says_more_is_no_nudge(text):
    assert not is_nudge(text)

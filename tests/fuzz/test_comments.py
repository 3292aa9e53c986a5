"""Any comment is read: no exception, every quote and line really there, and time that grows with the text only."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import reviews, updates
from checks.choices import Choice, closes, open_choices
from checks.questions import Question, answers, in_spec, is_nudge, questions
from tests.fuzz.effort import tries
from tests.fuzz.hostile import HOSTILE

SAID = st.sampled_from(
    [
        "Should it retry?", "Or not?", "I am not sure whether it should.", "Yes, I took 3.", "Any update?", "410.",
        "`x`?",
        "Needs a decision: A or B? @dana by Friday", "- A: keep it", "1. yes", "2) no", "> Should it retry?", "Done: a",
        "**Next:** b", "- [x] c", "Let's jump on a call.", "PTAL", "Addressed all comments.", "let's go with B",
        "by 2026-02-31",
        "## Needs a decision", "whether to A or to B", "between A and B", "A) x B) y", "| a | b |", "Yesterday",
        "update: a b c",
    ]
)  # fmt: skip
COMMENTS = st.lists(
    st.tuples(st.one_of(SAID, SAID, HOSTILE), st.sampled_from([" ", "\n", "\n\n", "\r\n", ", "])), max_size=14
).map(lambda parts: "".join(piece + end for piece, end in parts))
DAY = date(2026, 3, 4)
CHOICE = Choice("Which?", ("keep it", "drop it"), "dana", DAY, 1)
ASKED = [Question("Should it retry?", 1), Question("Which one is kept?", 2)]


@tries(120)
@given(COMMENTS, COMMENTS)
def test_any_comment_is_read(text, other):
    count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    lines = [one.line for one in questions(text)] + [one.line for one in open_choices(text, today=DAY)]
    lines += [one.line for one in answers(ASKED, text, latest=2)]
    lines += [evidence.line for finding in updates.judge(text) for evidence in finding.evidence]
    moved = reviews.elsewhere(text)
    assert all(1 <= line <= count for line in lines)
    assert moved is None or moved.quote
    assert is_nudge(text) in (True, False)
    assert reviews.is_empty(text) in (True, False)
    assert reviews.hands_back(text) in (True, False)
    assert in_spec(text, other, other, text) in (True, False)
    assert isinstance(closes(CHOICE, text), str)


READERS = {
    "questions": questions,
    "nudge": is_nudge,
    "answers": lambda text: answers(ASKED * 25, text, latest=50),
    "in-spec": lambda text: in_spec(text, text, "", text),
    "updates": updates.judge,
    "empty": reviews.is_empty,
    "elsewhere": reviews.elsewhere,
    "hands-back": reviews.hands_back,
    "choices": lambda text: open_choices(text, today=DAY),
    "closes": lambda text: closes(CHOICE, text),
}
PIECES = ["Should it? ", "`", "1. x\n", "Needs a decision: a or b?\n", "talk about it ", "10 "]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_the_text_only(reader, piece):
    def seconds(length):
        begun = process_time()
        reader(piece * (length // len(piece)))
        return process_time() - begun

    seconds(1_000)
    small = min(seconds(4_000) for _ in range(2))
    assert min(seconds(16_000) for _ in range(2)) < 16 * small + 0.5  # four times the text; the square would be sixteen

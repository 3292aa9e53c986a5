import pytest

from checks.questions import Answer, Question, answers

ID = Question("Is the id a UUID or an integer?", 1)
DELETED = Question("What is returned when the customer was deleted?", 2)
FLAG = Question("Should I rename the flag as well?", 1)
ZONE = Question("Which time zone applies to the cut-off?", 1)

ANSWERED = {
    "fact": ([FLAG], "Leave it as it is.", 1, [0]),
    "yes": ([FLAG], "Yes.", 1, [0]),
    "thumb": ([FLAG], "\N{THUMBS UP SIGN}", 1, [0]),
    "value": ([ZONE], "UTC", 1, [0]),
    "choice": ([ID], "The former.", 1, [0]),
    "link": ([ZONE], "https://docs.example/zones", 1, [0]),
    "after-a-courtesy": ([ZONE], "Good question. UTC.", 1, [0]),
    "before-a-promise": ([ZONE], "I'll check again, but take UTC.", 1, [0]),
    "numbered": ([ID, DELETED], "1. A UUID.\n2. 410.", 2, [0, 1]),
    "numbered-among-all": ([ID, DELETED], "2) 410", 0, [1]),
    "by-place": ([ID, DELETED], "On the second one: 410 with an empty body.", 2, [1]),
    "quoted": ([ID, DELETED], "> returned when the customer was deleted\n\n410.", 0, [1]),
    "in-the-order-asked": ([ID, DELETED], "A UUID.\n\n410 and nothing else.", 2, [0, 1]),
    "by-likeness": ([ZONE, DELETED], "The cut-off is in UTC.", 0, [0]),
    "right-after": ([ZONE, FLAG], "UTC, leave the other as it is.", 2, [0, 1]),
}
OPEN = {
    "promise": ([ZONE], "Will check.", 1),
    "courtesy": ([ZONE], "Good question!", 1),
    "another-person": ([ZONE], "Let me ask Bob.", 1),
    "counter-question": ([ZONE], "What does the old one do?", 1),
    "yes-to-which": ([ZONE], "Yes.", 1),
    "yes-to-either-or": ([ID], "Yes", 1),
    "thanks": ([ZONE], "Thanks", 1),
    "far-away": ([ZONE], "The README has a typo.", 0),
    "shared-by-several": ([ZONE, Question("Which zone is the log in?", 1)], "The zone is a setting.", 0),
    "quotation-of-something-else": ([ZONE], "> the parser is done\n\nGreat, it reads well.", 0),
    "quotation-of-a-word": ([ZONE], "> zone\n\nWritten twice here.", 0),
    "number-beyond": ([ZONE], "3. Something else.", 0),
    "no-question": ([], "UTC.", 1),
    "nothing": ([ZONE], "", 1),
}


@pytest.mark.parametrize(("asked", "reply", "latest", "numbers"), ANSWERED.values(), ids=ANSWERED)
def test_a_reply_answers(asked, reply, latest, numbers):
    assert [one.question for one in answers(asked, reply, latest=latest)] == numbers


@pytest.mark.parametrize(("asked", "reply", "latest"), OPEN.values(), ids=OPEN)
def test_a_question_stays_open(asked, reply, latest):
    assert answers(asked, reply, latest=latest) == ()


def test_an_answer_comes_with_its_words_and_their_line():
    reply = "> Is the id a UUID\n\nGood question. A UUID.\n\n> customer was deleted\n\nWill check."
    assert answers([ID, DELETED], reply) == (Answer(0, "A UUID.", 3),)


def test_the_first_words_that_answer_are_kept():
    assert [one.text for one in answers([ZONE], "1. UTC\n1. CET", latest=1)] == ["UTC"]


def test_lines_may_end_in_any_way():
    assert answers([ZONE], "\rUTC", latest=1) == (Answer(0, "UTC", 2),)


def test_of_very_many_questions_the_last_are_looked_at():
    assert [one.question for one in answers([FLAG] * 60 + [ZONE], "UTC", latest=1)] == [60]

"""Questions that a contractor asks, the replies that answer them, and whether the answer has reached the issue."""

from checks.questions.answers import Answer, answers
from checks.questions.asked import Question, is_nudge, questions
from checks.questions.spec import in_spec

__all__ = ["Answer", "Question", "answers", "in_spec", "is_nudge", "questions"]

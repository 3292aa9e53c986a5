import pytest

from checks.reader.structure import Hint, hint

HINTS = {
    "Acceptance Criteria": Hint.ACCEPTANCE,
    "Expected behavior": Hint.EXPECTED,
    "Describe the solution you'd like": Hint.WANTED,
    "Is your feature request related to a problem? Please describe.": Hint.PRESENT,
    "Feature request": Hint.WANTED,
    "Steps To Reproduce": Hint.STEPS,
    "OS": Hint.ENVIRONMENT,
    "Out of scope": Hint.OUTSIDE,
    "Why": Hint.REASON,
    "Relevant log output": Hint.LOG,
    "Oscillation": None,
    "Payments": None,
    "": None,
    "expected " * 30: None,
}


@pytest.mark.parametrize(("heading", "expected"), HINTS.items())
def test_a_heading_hints_at_the_role_of_what_stands_below(heading, expected):
    assert hint(heading) is expected

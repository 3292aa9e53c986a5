import pytest

from checks.questions import in_spec

HELD = {
    "number": ("How often should it retry?", "3 times.", "Mails.", "Mails.\nIt should retry 3 times."),
    "code": ("Which queue?", "`mail-low`", "By queue.", "By queue `mail-low`."),
    "quoted": ("Which text?", 'It says "Try again".', "A text.", 'The text "Try again".'),
    "words": ("What on overlap?", "The second run waits.", "Hourly.", "Hourly. A second run waits."),
    "yes": ("Include archived invoices?", "Yes.", "An export.", "An export.\nArchived invoices are included."),
    "no-in-other-words": ("Do deleted users count?", "No, leave them out.", "A figure.", "Deleted users do not count."),
    "pointed-to": (
        "Include archived invoices?",
        "I put it into the description.",
        "An export.",
        "An export.\nArchived invoices are included.",
    ),
    "stood-there": ("What is the time-out?", "30 s, as written.", "The time-out is 30 s.", "The time-out is 30 s."),
}
NOT_HELD = {
    "unchanged": ("How often?", "3 times.", "Mails.", "Mails."),
    "another-number": ("How often should it retry?", "3 times.", "Mails.", "It should retry 33 times."),
    "another-place": ("How often should it retry?", "3 times.", "In 3 languages.", "In 3 languages."),
    "another-name": ("Which queue?", "`mail-low`", "By queue.", "By queue `mail-high`."),
    "pointed-to-other-lines": ("Include archived invoices?", "Added to the issue.", "Export.", "Export.\nA file."),
    "yes-and-other-lines": ("Include archived invoices?", "Yes.", "An export.", "An export.\nOne file."),
    "choice-that-stood-there": ("CSV or XLSX?", "CSV.", "CSV or XLSX.", "CSV or XLSX."),
    "nothing": ("How often?", "3 times.", "", ""),
}


@pytest.mark.parametrize(("question", "answer", "before", "now"), HELD.values(), ids=HELD)
def test_the_body_holds_what_was_answered(question, answer, before, now):
    assert in_spec(answer, question, before, now)


@pytest.mark.parametrize(("question", "answer", "before", "now"), NOT_HELD.values(), ids=NOT_HELD)
def test_the_body_does_not_hold_it(question, answer, before, now):
    assert not in_spec(answer, question, before, now)

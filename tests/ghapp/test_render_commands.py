"""Answers to commands."""

from ghapp.render import commands
from ghapp.render.commands import Answer, addressed, is_addressed


def test_help_shows_every_command(snapshot):
    text = commands.help_comment()
    assert text == snapshot
    assert all(command.usage in text for command in commands.COMMANDS)


def test_a_refusal_says_why(snapshot):
    assert commands.refusal("@sam has no triage access to this repository.") == snapshot


def test_an_answer_is_found_again_by_its_kind_and_its_person(snapshot):
    said = addressed(commands.refusal("No."), Answer.REFUSAL, to="sam")
    assert said == snapshot
    assert is_addressed(said + "\n", Answer.REFUSAL, to="sam")
    assert not is_addressed(said, Answer.HELP, to="sam")
    assert not is_addressed(said, Answer.REFUSAL, to="am")

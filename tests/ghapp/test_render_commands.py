"""Answers to commands."""

from ghapp.render import commands


def test_help_shows_every_command(snapshot):
    text = commands.help_comment()
    assert text == snapshot
    assert all(command.usage in text for command in commands.COMMANDS)


def test_a_refusal_says_why(snapshot):
    assert commands.refusal("@sam has no triage access to this repository.") == snapshot

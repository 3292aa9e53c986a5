"""Answers to commands."""

import pytest

from ghapp.github.command import commands as read
from ghapp.render import buttons, commands
from ghapp.render.commands import COMMANDS, LONGEST, Answer, addressed, is_about, is_addressed, together
from tests.ghapp.verdicts import MANUAL


def test_help_shows_every_command(snapshot):
    text = commands.help_comment()
    assert text == snapshot
    assert all(command.usage in text for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_example_is_a_command(command):
    [found] = read(command.example)
    assert found.word == command.name
    assert bool(found.rest) == bool(command.takes)
    assert command.usage.startswith(f"/handoff {command.name}")


def test_a_refusal_says_why(snapshot):
    assert commands.refusal("@sam has no triage access to this repository.", manual=MANUAL) == snapshot


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("", "A command is missing after `/handoff`."),
        ("exmept", "`/handoff exmept` is not a command; did you mean `/handoff exempt`?"),
        ("launch", "`/handoff launch` is not a command."),
        ("`" * 3, "```` /handoff ``` ```` is not a command."),
        ("x" * 4000, f"`/handoff {'x' * 30}…` is not a command."),
    ],
    ids=["none", "nearly one", "another", "backticks", "long"],
)
def test_an_unknown_command_names_the_nearest(word, sentence):
    assert commands.unknown(word) == sentence


def test_an_answer_is_found_again_by_its_kind_and_its_person(snapshot):
    said = addressed(commands.refusal("No.", manual=""), Answer.REFUSAL, to="sam", about="7")
    assert said == snapshot
    assert is_addressed([said + "\n"], Answer.REFUSAL, to="sam")
    assert not is_addressed([said], Answer.HELP, to="sam")
    assert not is_addressed([said], Answer.REFUSAL, to="am")


def test_an_answer_is_found_again_by_what_was_asked():
    said = together(addressed("x", answer, to="sam", about="17") for answer in (Answer.HELP, Answer.POLICY))
    assert is_about([said], "17")
    assert not is_about([said], "7")


def test_answers_that_do_not_fit_are_left_out():
    assert together(["a", "b", "a"]) == "a\n\nb"
    assert together(["a", "b" * LONGEST, "c"]) == "a\n\nc"


@pytest.mark.parametrize("button", buttons.buttons("failure"), ids=lambda button: button.identifier)
def test_a_button_does_what_a_command_does_within_githubs_limits(button):
    assert commands.find(button.identifier) is not None
    assert max(len(button.label), len(button.identifier)) <= 20
    assert len(button.description) <= 40

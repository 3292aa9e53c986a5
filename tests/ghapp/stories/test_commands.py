"""Commands in comments: who is obeyed, how it is acknowledged, what is ignored."""

import pytest

from ghapp import handlers
from ghapp.handlers.commands import OBEY
from ghapp.render.commands import COMMANDS
from ghapp.render.sticky import MARKER
from ghapp.subjects import Job, Kind, Subject
from tests.fakes import US

ISSUE = Subject(kind=Kind.ISSUE, installation=99, repository=12, repository_node="R_acme_billing", number=1)

THIN = "Make invoices retry."


def test_every_command_of_the_table_is_obeyed_and_no_other():
    assert [*OBEY] == [command.name for command in COMMANDS]


async def test_check_is_acknowledged_and_the_issue_gets_its_comment(world):
    world.github.issue(1, body=THIN, association="NONE", author="pat")
    asked = await world.say(1, "/handoff check", "pat")
    assert world.github.repository.reactions == [(asked.id, "eyes"), (asked.id, "+1")]
    assert len(world.github.ours(1)) == 1


async def test_an_issue_that_was_asked_about_is_followed_from_then_on(world):
    issue = world.github.issue(1, body=THIN, association="NONE", author="pat")
    await world.say(1, "/handoff check", "pat")
    [comment] = world.github.ours(1)
    before = comment.text
    issue.body = "Retry failed invoices: `POST /invoices/{id}/retry` answers 202.\n\n## Out of scope\nThe page."
    await world.issue("edited")
    assert comment.text != before


async def test_check_on_a_pull_request_writes_the_check_anew(world):
    world.github.pull(5, body="Adds retries because the bank times out and invoices were lost.")
    await world.pull("opened")
    await world.say(5, "/handoff check", on_pull=True)
    [run] = world.github.repository.runs
    assert world.github.writes[-1] == f"PATCH /repos/acme/billing/check-runs/{run.id}"


@pytest.mark.parametrize("role", ["triage", "write", "maintain", "admin"])
async def test_check_is_for_anybody_with_triage_access(world, role):
    world.github.issue(1, body=THIN)
    world.github.repository.roles["eli"] = role
    await world.say(1, "/handoff check", "eli")
    [comment] = world.github.ours(1)
    assert "Not done" not in comment.text


async def test_check_is_for_assignees(world):
    world.github.issue(1, body=THIN, assignees=["eli"])
    await world.say(1, "/handoff check", "eli")
    assert ("Not done" in world.github.ours(1)[0].text) is False


async def test_a_stranger_is_told_who_may_check(world):
    world.github.issue(1, body=THIN)
    await world.say(1, "/handoff check", "mallory")
    [comment] = world.github.ours(1)
    assert comment.text.startswith("**Not done.** `/handoff check` is for the author, an assignee, anybody with triage")


async def test_help_answers_everybody_with_the_table(world):
    world.github.issue(1)
    await world.say(1, "Hello\n\n/handoff help", "pat")
    [comment] = world.github.ours(1)
    assert "| `/handoff check` |" in comment.text


async def test_an_unknown_command_is_answered_in_one_sentence_and_a_confused_face(world):
    world.github.issue(1)
    asked = await world.say(1, "/handoff chekc")
    [comment] = world.github.ours(1)
    sentence = "**Not done.** `/handoff chekc` is not a command; did you mean `/handoff check`?"
    assert comment.text.startswith(sentence)
    assert world.github.repository.reactions == [(asked.id, "eyes"), (asked.id, "confused")]


async def test_the_commands_of_one_comment_are_obeyed_in_order_and_answered_in_one(world):
    world.github.issue(1, body=THIN)
    asked = await world.say(1, "/handoff check\n/handoff launch\n/handoff explain scope")
    answer, comment = world.github.ours(1)
    assert comment.text.startswith(MARKER)
    assert answer.text.index("is not a command") < answer.text.index("asked of issues")
    assert world.github.repository.reactions == [(asked.id, "eyes"), (asked.id, "confused")]


async def test_of_many_commands_in_one_comment_the_first_five_are_obeyed(world):
    world.github.issue(1)
    names = ("scope", "clarity", "context", "contract", "engagement", "edge-cases")
    await world.say(1, "".join(f"/handoff explain {name}\n" for name in names))
    [comment] = world.github.ours(1)
    assert comment.text.count("asked of issues") == 5
    assert comment.text.count("**Not done.** Only the first 5 commands of a comment are obeyed.") == 1


async def test_a_command_that_is_tried_twice_is_answered_once(world):
    world.github.issue(1)
    asked = await world.say(1, "/handoff help")
    part = {"id": asked.id, "body": asked.text, "user": {"login": "dana"}}
    await world.deliver("issue_comment", "created", issue={"number": 1}, comment=part)
    assert len(world.github.ours(1)) == 1
    assert len(world.github.repository.reactions) == 2


async def test_a_stranger_is_refused_in_words_once_and_by_a_reaction_from_then_on(world):
    world.github.issue(1, body=THIN)
    for word in ("check", "check", "launch"):
        await world.say(1, f"/handoff {word}", "mallory")
    assert len(world.github.ours(1)) == 1
    assert [content for _, content in world.github.repository.reactions] == ["eyes", "confused"] * 3


async def test_a_stranger_gets_the_table_once(world):
    world.github.issue(1)
    for _ in range(3):
        await world.say(1, "/handoff help", "mallory")
    assert len(world.github.ours(1)) == 1


async def test_each_stranger_is_told(world):
    world.github.issue(1, body=THIN)
    await world.say(1, "/handoff check", "mallory")
    await world.say(1, "/handoff check", "trudy")
    assert len(world.github.ours(1)) == 2


async def test_who_may_work_here_is_told_of_every_slip(world):
    world.github.issue(1)
    world.github.repository.roles["eli"] = "triage"
    for author in ("dana", "dana", "eli", "eli"):
        await world.say(1, "/handoff lunch", author)
    assert len(world.github.ours(1)) == 4


async def test_in_a_conversation_too_long_to_be_read_whole_a_stranger_gets_a_reaction(world):
    world.github.issue(1)
    for number in range(101):
        world.github.comment(1, f"word {number}")
    await world.say(1, "/handoff check", "mallory")
    assert world.github.ours(1) == []
    assert len(world.github.repository.reactions) == 2


async def test_help_that_is_asked_for_again_is_given_again(world):
    world.github.issue(1)
    await world.say(1, "/handoff help")
    await world.say(1, "/handoff help", "pat")
    assert len(world.github.ours(1)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "`/handoff check`",
        "```\n/handoff check\n```",
        "    /handoff check",
        "> /handoff check",
        "<!--\n/handoff check\n-->",
        "please /handoff check",
        "- /handoff check",
        "/handoffs check",
    ],
    ids=["code", "fence", "indented", "quote", "HTML", "not at the start", "list", "another word"],
)
async def test_words_that_only_look_like_a_command_ring_nothing(world, text):
    world.github.issue(1, body=THIN)
    await world.say(1, text)
    assert world.github.calls == []


async def test_a_bot_is_not_obeyed(world):
    world.github.issue(1, body=THIN)
    await world.say(1, "/handoff check", "helper[bot]")
    assert world.github.calls == []


async def test_a_command_that_was_edited_away_is_not_obeyed(world):
    world.github.issue(1, body=THIN)
    comment = world.github.comment(1, "never mind")
    part = {"id": comment.id, "body": "/handoff check", "user": {"login": "dana"}}
    await world.deliver("issue_comment", "created", issue={"number": 1}, comment=part)
    assert world.github.writes == []


async def test_a_deleted_command_is_not_obeyed(world):
    world.github.issue(1, body=THIN)
    part = {"id": 31, "body": "/handoff check", "user": {"login": "dana"}}
    await world.deliver("issue_comment", "created", issue={"number": 1}, comment=part)
    assert world.github.writes == []


async def test_a_locked_conversation_is_left_in_peace(world):
    world.github.issue(1, body=THIN, locked=True)
    await world.say(1, "/handoff check")
    assert world.github.writes == []


async def test_an_edited_comment_rings_nothing(world):
    world.github.issue(1, body=THIN)
    comment = world.github.comment(1, "/handoff check")
    part = {"id": comment.id, "body": comment.text, "user": {"login": "dana"}}
    await world.deliver("issue_comment", "edited", issue={"number": 1}, comment=part)
    assert world.github.calls == []


async def test_our_own_comments_ring_nothing(world):
    world.github.issue(1, body=THIN)
    await world.say(1, "/handoff check", US.login)
    assert world.github.calls == []


@pytest.mark.parametrize(
    ("text", "author", "calls"),
    [
        ("/handoff check", "dana", 4),
        ("/handoff check", "eli", 5),
        ("/handoff explain scope", "mallory", 5),
        ("/handoff exempt vendored", "eli", 5),
        ("/handoff exempt", "eli", 6),
        ("/handoff exempt vendored", "mallory", 6),
        ("/handoff exempt one\n/handoff unexempt\n/handoff check", "eli", 5),
    ],
    ids=["involved", "by permission", "in words", "exempt", "no reason", "refused", "three commands"],
)
async def test_a_command_costs_few_calls(world, text, author, calls):
    """The conversation, the comment, two reactions; the permission where it matters, the answer where there is one."""
    world.github.issue(1, body=THIN)
    world.github.repository.roles["eli"] = "write"
    asked = world.github.comment(1, text, author)
    job = Job(subject=ISSUE, why="issue_comment.created", command=asked.id)
    await handlers.handle(world.context(), job)
    assert len(world.github.calls) == calls

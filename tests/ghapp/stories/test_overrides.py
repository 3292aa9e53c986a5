"""People overrule verdicts: for a reason, until a day, and never in silence."""

from datetime import timedelta

import pytest

from ghapp.overrides import Word
from tests.fakes import US

THIN = "Make invoices retry, as discussed with Bob. It should work well."
WHAT_ONLY = "Adds a retry table and a worker that walks it."
WHAT_AND_WHY = (
    "Adds a retry table and a worker that walks it every minute.\n\n"
    "Invoices that failed on a bank timeout were lost because nobody tried them again; finance sent them by hand."
)
READY, NOT_READY = "handoff: ready", "handoff: not ready"
TWO_DAYS = "until 2026-03-03"  # it is noon of 2 March


@pytest.fixture
def team(world):
    """A world in which dana may write, eli may triage and mallory may look."""
    world.github.repository.roles |= {"dana": "write", "eli": "triage"}
    return world


@pytest.fixture
async def failing(team):
    """A pull request whose check fails, by a contractor."""
    team.github.pull(5, body=WHAT_ONLY, author="pat")
    await team.pull("opened")
    return team


@pytest.fixture
async def thin(team):
    """An issue that is not ready, and says so."""
    team.github.issue(1, body=THIN, labels=["handoff"], author="pat")
    await team.issue("labeled")
    return team


def run(world):
    return world.github.repository.runs[-1]


def issue_comment(world):
    return world.github.ours(1)[0].text


def answers(world, number):
    return [each.text for each in world.github.ours(number) if "handoff:sticky" not in each.text]


def reactions(world):
    return [content for _, content in world.github.repository.reactions]


class TestExempt:
    async def test_an_exempt_pull_request_passes_and_its_check_says_who_when_and_why(self, failing, snapshot):
        assert run(failing).conclusion == "failure"
        await failing.say(5, "/handoff exempt copied from the vendor as it is", on_pull=True)
        assert (run(failing).conclusion, run(failing).title, run(failing).summary) == snapshot

    async def test_the_comment_says_it_as_well(self, failing, snapshot):
        await failing.say(5, f"/handoff exempt copied from the vendor {TWO_DAYS}", on_pull=True)
        [comment] = failing.github.ours(5)
        assert comment.text == snapshot

    async def test_it_is_acknowledged_and_not_answered_in_words(self, failing):
        await failing.say(5, "/handoff exempt copied from the vendor", on_pull=True)
        assert reactions(failing) == ["eyes", "+1"]
        assert answers(failing, 5) == []

    async def test_an_edit_and_a_push_leave_it_exempt(self, failing):
        await failing.say(5, "/handoff exempt copied from the vendor", on_pull=True)
        failing.github.repository.issues[5].head = "d" * 40
        await failing.pull("synchronize")
        assert (run(failing).sha, run(failing).conclusion) == ("d" * 40, "success")

    async def test_of_pull_requests_with_one_head_only_the_one_that_is_exempt_passes(self, failing):
        failing.github.pull(6, body=WHAT_ONLY, base="stable")
        await failing.pull("opened", 6)
        await failing.say(5, "/handoff exempt copied from the vendor", on_pull=True)
        assert run(failing).conclusion == "failure"
        assert "this is about number 6" in run(failing).summary
        await failing.say(6, "/handoff exempt the same", on_pull=True)
        assert run(failing).conclusion == "success"

    async def test_an_exempt_issue_is_left_unjudged_and_its_label_goes(self, thin, snapshot):
        assert NOT_READY in thin.github.repository.issues[1].labels
        await thin.say(1, "/handoff exempt it collects the others")
        assert thin.github.repository.issues[1].labels == ["handoff"]
        assert issue_comment(thin) == snapshot

    async def test_the_same_comment_twice_changes_nothing(self, failing):
        asked = await failing.say(5, "/handoff exempt copied from the vendor", on_pull=True)
        before = (run(failing).sent, len(failing.github.writes))
        part = {"id": asked.id, "body": asked.text, "user": {"login": "dana"}}
        issue = {"number": 5, "pull_request": {}}
        await failing.deliver("issue_comment", "created", issue=issue, comment=part)
        assert run(failing).sent == before[0]
        assert (
            failing.github.writes[before[1] :] == [f"POST /repos/acme/billing/issues/comments/{asked.id}/reactions"] * 2
        )
        assert len(failing.store.words) == 1

    async def test_a_comment_that_is_delivered_again_does_not_revive_what_was_taken_back(self, failing):
        asked = await failing.say(5, "/handoff exempt copied from the vendor", on_pull=True)
        await failing.say(5, "/handoff unexempt", on_pull=True)
        part = {"id": asked.id, "body": asked.text, "user": {"login": "dana"}}
        await failing.deliver("issue_comment", "created", issue={"number": 5, "pull_request": {}}, comment=part)
        assert run(failing).conclusion == "failure"

    async def test_words_of_others_are_harmless_in_the_check(self, failing, snapshot):
        reason = "@acme/all see #1, <b>`x`</b> [y](https://evil.example) <!-- handoff:sticky v1 --> " + "long " * 99
        await failing.say(5, f"/handoff exempt {reason}", on_pull=True)
        assert run(failing).summary == snapshot


class TestWhatIsRefused:
    """One sentence, a confused face, and no change."""

    @pytest.mark.parametrize(
        "words",
        [
            "exempt",
            "exempt until 2026-12-31",
            "exempt ...",
            "exempt vendored until 2026-03-01",
            "exempt vendored until 2026-02-30",
            "exempt vendored until next week",
            "ready agreed with the contractor",
            "unexempt",
            "exemptt vendored",
            "explain whyy",
            "explain",
            "questions is it urgent",
        ],
    )
    async def test_a_slip_gets_one_sentence(self, failing, snapshot, words):
        await failing.say(5, f"/handoff {words}", on_pull=True)
        [answer] = answers(failing, 5)
        assert answer == snapshot
        assert reactions(failing) == ["eyes", "confused"]
        assert run(failing).conclusion == "failure"
        assert failing.store.words == {}

    @pytest.mark.parametrize("author", ["pat", "eli", "mallory"], ids=["author", "triage", "stranger"])
    async def test_only_who_may_write_exempts(self, failing, author):
        await failing.say(5, "/handoff exempt I am in a hurry", author, on_pull=True)
        [answer] = answers(failing, 5)
        assert answer.startswith(
            "**Not done.** `/handoff exempt REASON [until DATE]` is for anybody with write access."
        )
        assert (run(failing).conclusion, failing.store.words) == ("failure", {})

    @pytest.mark.parametrize("word", ["ready agreed", "unexempt"])
    async def test_an_author_without_access_declares_nothing(self, thin, word):
        await thin.say(1, f"/handoff {word}", "pat")
        [answer] = answers(thin, 1)
        assert "is for anybody with triage access." in answer
        assert (thin.github.repository.issues[1].labels, thin.store.words) == (["handoff", NOT_READY], {})

    async def test_membership_that_github_claims_in_the_issue_gives_no_access(self, team):
        team.github.issue(1, body=THIN, author="pat", association="OWNER", labels=["handoff"])
        await team.say(1, "/handoff ready it is mine", "pat")
        assert team.store.words == {}


class TestUntil:
    async def test_it_stands_to_the_end_of_its_last_day_and_then_ends_by_itself(self, failing):
        await failing.say(5, f"/handoff exempt copied from the vendor {TWO_DAYS}", on_pull=True)
        await failing.tick(hours=35)
        assert run(failing).conclusion == "success"
        await failing.tick(hours=1)
        assert run(failing).conclusion == "failure"

    async def test_an_issue_that_was_declared_ready_is_judged_again(self, thin):
        await thin.say(1, f"/handoff ready agreed with the contractor {TWO_DAYS}", "eli")
        assert READY in thin.github.repository.issues[1].labels
        await thin.tick(days=2)
        assert thin.github.repository.issues[1].labels == ["handoff", NOT_READY]
        assert "Declared ready" not in issue_comment(thin)

    async def test_its_end_is_told_once(self, failing):
        await failing.say(5, f"/handoff exempt copied from the vendor {TWO_DAYS}", on_pull=True)
        await failing.tick(days=2)
        before = len(failing.github.calls)
        await failing.tick(minutes=5)
        asked = [call.body["query"] for call in failing.github.calls[before:] if call.path == "/graphql"]
        assert [query for query in asked if "query Pull(" in query] == []

    async def test_a_look_after_its_end_needs_no_sweep(self, failing):
        await failing.say(5, f"/handoff exempt copied from the vendor {TWO_DAYS}", on_pull=True)
        failing.now += timedelta(days=2)
        await failing.pull("edited")
        assert run(failing).conclusion == "failure"

    async def test_a_longer_word_stands_on_when_the_shorter_one_ends(self, failing):
        await failing.say(5, f"/handoff exempt copied from the vendor {TWO_DAYS}", on_pull=True)
        await failing.say(5, "/handoff exempt for good", on_pull=True)
        await failing.tick(days=2)
        assert run(failing).conclusion == "success"
        assert "for good" in run(failing).summary


class TestReady:
    async def test_the_label_says_ready_and_the_comment_who_said_so(self, thin, snapshot):
        await thin.say(1, "/handoff ready the open points are agreed with the contractor", "eli")
        assert thin.github.repository.issues[1].labels == ["handoff", READY]
        text = issue_comment(thin)
        assert text[: text.index("<details>")] == snapshot

    async def test_an_issue_nobody_asked_about_gets_label_and_comment(self, team):
        team.github.issue(1, body=THIN, author="pat", association="NONE")
        await team.say(1, "/handoff ready small enough to talk about", "eli")
        assert team.github.repository.issues[1].labels == [READY]
        assert "Declared ready by eli" in issue_comment(team)

    async def test_a_quiet_policy_sets_the_label_only(self, team):
        team.github.repository.policy = "readiness:\n  comment: silent\n"
        team.github.issue(1, body=THIN, labels=["handoff"])
        await team.say(1, "/handoff ready agreed", "eli")
        assert team.github.repository.issues[1].labels == ["handoff", READY]
        assert team.github.ours(1) == []

    async def test_a_policy_that_speaks_of_failures_says_who_declared_it(self, team):
        team.github.repository.policy = "readiness:\n  comment: on-failure\n"
        team.github.issue(1, body=THIN, association="NONE")
        await team.say(1, "/handoff ready agreed", "eli")
        assert "Declared ready by eli" in issue_comment(team)

    async def test_an_edit_leaves_it_ready(self, thin):
        await thin.say(1, "/handoff ready agreed", "eli")
        thin.github.repository.issues[1].body = "Later."
        await thin.issue("edited")
        assert thin.github.repository.issues[1].labels == ["handoff", READY]

    async def test_it_is_newer_than_a_label_set_by_hand_before(self, thin):
        thin.github.remove_label(1, NOT_READY, by="dana")
        thin.github.set_label(1, NOT_READY, by="dana")
        await thin.say(1, "/handoff ready agreed", "eli")
        assert thin.github.repository.issues[1].labels == ["handoff", READY]

    async def test_a_label_set_by_hand_after_it_sticks(self, thin):
        await thin.say(1, "/handoff ready agreed", "eli")
        thin.github.remove_label(1, READY, by="dana")
        thin.github.set_label(1, NOT_READY, by="dana")
        await thin.issue("labeled")
        await thin.issue("edited")
        assert thin.github.repository.issues[1].labels == ["handoff", NOT_READY]
        assert issue_comment(thin).count("was set by hand and stays") == 1

    async def test_the_comment_delivered_again_leaves_a_label_set_by_hand_since(self, thin):
        asked = await thin.say(1, "/handoff ready agreed", "eli")
        thin.github.remove_label(1, READY, by="dana")
        thin.github.set_label(1, NOT_READY, by="dana")
        part = {"id": asked.id, "body": asked.text, "user": {"login": "eli"}}
        await thin.deliver("issue_comment", "created", issue={"number": 1}, comment=part)
        assert thin.github.repository.issues[1].labels == ["handoff", NOT_READY]

    async def test_it_is_taken_back(self, thin):
        await thin.say(1, "/handoff ready agreed", "eli")
        await thin.say(1, "/handoff unexempt", "eli")
        assert thin.github.repository.issues[1].labels == ["handoff", NOT_READY]
        assert [each.override.word for each in thin.store.words.values()] == [Word.READY, Word.UNEXEMPT]


class TestUnexempt:
    async def test_the_verdict_counts_again(self, failing):
        await failing.say(5, "/handoff exempt copied from the vendor", on_pull=True)
        asked = await failing.say(5, "/handoff unexempt", "eli", on_pull=True)
        assert run(failing).conclusion == "failure"
        assert failing.github.repository.reactions[-1] == (asked.id, "+1")

    async def test_tried_twice_it_is_done_once(self, failing):
        await failing.say(5, "/handoff exempt copied from the vendor", on_pull=True)
        asked = await failing.say(5, "/handoff unexempt", on_pull=True)
        part = {"id": asked.id, "body": asked.text, "user": {"login": "dana"}}
        await failing.deliver("issue_comment", "created", issue={"number": 5, "pull_request": {}}, comment=part)
        assert answers(failing, 5) == []
        assert len(failing.store.words) == 2

    async def test_what_has_ended_needs_no_taking_back(self, failing):
        await failing.say(5, f"/handoff exempt copied from the vendor {TWO_DAYS}", on_pull=True)
        failing.now += timedelta(days=2)
        await failing.say(5, "/handoff unexempt", on_pull=True)
        [answer] = answers(failing, 5)
        assert answer.startswith("**Not done.** Nothing is exempt or declared ready here.")


class TestButtons:
    async def test_a_failing_check_has_both_and_a_passing_one_the_first(self, failing):
        assert [each["identifier"] for each in run(failing).sent["actions"]] == ["check", "exempt"]
        failing.github.repository.issues[5].body = WHAT_AND_WHY
        await failing.pull("edited")
        assert [each["identifier"] for each in run(failing).sent["actions"]] == ["check"]

    async def test_re_check_writes_the_check_anew(self, failing):
        before = len(failing.github.writes)
        await failing.press("check", "eli")
        assert failing.github.writes[before:] == [f"PATCH /repos/acme/billing/check-runs/{run(failing).id}"]

    async def test_re_check_works_for_the_author_like_the_command(self, failing):
        before = len(failing.github.writes)
        await failing.press("check", "pat")
        assert len(failing.github.writes) == before + 1

    async def test_exempt_asks_for_a_reason_and_changes_nothing(self, failing, snapshot):
        await failing.press("exempt", "dana")
        assert answers(failing, 5) == snapshot
        assert (run(failing).conclusion, failing.store.words) == ("failure", {})

    async def test_the_reason_is_asked_for_once_on_one_head(self, failing):
        await failing.press("exempt", "dana")
        await failing.press("exempt", "dana")
        assert len(answers(failing, 5)) == 1
        failing.github.repository.issues[5].head = "d" * 40
        await failing.pull("synchronize")
        await failing.press("exempt", "dana")
        assert len(answers(failing, 5)) == 2

    @pytest.mark.parametrize("button", ["check", "exempt"])
    async def test_who_may_not_is_told_once(self, failing, button):
        before = run(failing).sent
        await failing.press(button, "mallory")
        await failing.press(button, "mallory")
        [answer] = answers(failing, 5)
        assert answer.startswith(f"**Not done.** `/handoff {button}")
        assert run(failing).sent == before

    async def test_nothing_is_said_in_a_locked_conversation(self, failing):
        failing.github.repository.issues[5].locked = True
        await failing.press("exempt", "dana")
        assert answers(failing, 5) == []

    async def test_a_button_of_another_version_does_nothing(self, failing):
        before = len(failing.github.writes)
        run(failing).sent["actions"].append({"identifier": "ready"})
        await failing.press("ready", "dana")
        assert len(failing.github.writes) == before

    async def test_a_bot_presses_nothing(self, failing):
        before = len(failing.github.calls)
        await failing.press("check", US.login)
        assert len(failing.github.calls) == before


class TestExplain:
    @pytest.mark.parametrize("name", ["why", "Linked Issue", "size", "contract"])
    async def test_a_criterion_is_explained_with_what_it_counts_here(self, failing, snapshot, name):
        failing.github.repository.policy = "rationale:\n  criteria:\n    size: off\n"
        await failing.say(5, f"/handoff explain {name}", on_pull=True)
        assert answers(failing, 5) == snapshot

    async def test_what_was_never_judged_is_explained_as_well(self, team):
        team.github.issue(1, body=THIN)
        await team.say(1, "/handoff explain scope")
        [answer] = answers(team, 1)
        assert "At the last look" not in answer


class TestWhatHolds:
    async def test_the_policy_in_force_is_shown(self, failing):
        failing.github.repository.policy = "rationale:\n  size: 300\n"
        await failing.say(5, "/handoff policy", on_pull=True)
        [answer] = answers(failing, 5)
        assert "| `rationale.size` | `300` | `.github/handoff.yml`, line 2 |" in answer

    async def test_the_policy_is_not_shown_to_a_stranger(self, failing):
        await failing.say(5, "/handoff policy", "mallory", on_pull=True)
        [answer] = answers(failing, 5)
        assert answer.startswith("**Not done.** `/handoff policy` is for the author, an assignee, anybody with triage")

    async def test_templates_are_offered_with_a_skeleton_of_what_this_text_lacks(self, failing):
        await failing.say(5, "/handoff template", "pat", on_pull=True)
        [answer] = answers(failing, 5)
        assert answer.startswith("**A skeleton of the missing parts.**")
        assert "https://github.com/acme/billing/new/main?filename=.github%2Fpull_request_template.md&value=" in answer

    async def test_an_issue_gets_those_of_issues(self, thin):
        await thin.say(1, "/handoff template", "pat")
        [answer] = answers(thin, 1)
        assert "https://github.com/acme/billing/new/main?filename=.github%2FISSUE_TEMPLATE%2Fwork.yml&value=" in answer

    async def test_answers_to_one_comment_stand_once_and_fit_into_one(self, failing):
        await failing.say(5, "/handoff help\n/handoff policy\n/handoff help\n/handoff template", on_pull=True)
        [answer] = answers(failing, 5)
        assert answer.count("Shows this table.") == 1
        assert len(answer.encode()) < 65_536

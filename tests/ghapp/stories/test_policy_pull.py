"""A pull request that edits the policy: who judges it, and what its check says of the file before it is in force."""

import pytest

from config.load import PATH
from ghapp.errors import Again
from tests.fake_state import NO_TEXT, FakeRepository

BASE = "readiness:\n  threshold: 60\n"
STRICTER = (
    "rationale:\n  criteria:\n    verification: {mode: required}\n"
    "readiness:\n  threshold: 95\n  criteria:\n    engagement: {mode: required}\n"
)
BROKEN = "readiness:\n  treshold: 80\nrationale:\n  comment: loud\n"
SAYS_WHY = (
    "Raises the score that an issue needs before it goes to a contractor.\n\n"
    "Three issues came back last month because they named no error case, so the score was too low."
)
EDITS = [(PATH, 1, 1), ("billing/retry.py", 90, 10)]
GOOD_ISSUE = (
    "The nightly job in `billing/retry.py` skips invoices whose bank answered 504, because it treats a timeout as a "
    "refusal. Finance sends them by hand each morning.\n\n"
    "## Acceptance criteria\n\n"
    "- [ ] `retry(invoice)` is called again after 60 s when the bank answers 504, at most 3 times.\n"
    "- [ ] After the third 504 the invoice has the status `parked` and `GET /invoices?status=parked` lists it.\n\n"
    "Out of scope: refusals (402) stay as they are.\n"
)


@pytest.fixture
def edit(world):
    """A pull request into a repository with a policy; arguments change what it makes of the file."""

    def open_pull(policy=STRICTER, **changes):
        return world.github.pull(5, **{"body": SAYS_WHY, "files": EDITS, "policy": policy} | changes)

    world.github.repository.policy = BASE
    return open_pull


def asked(world, query):
    return [call for call in world.github.calls if f"query {query}(" in str(call.body)]


def newest(world):
    return world.github.repository.runs[-1]


async def test_it_is_judged_by_the_policy_in_force_and_not_by_its_own(world, edit):
    edit("rationale:\n  enabled: false\n  criteria:\n    why: {mode: off}\n", body="Sets the policy.")
    await world.pull("opened")
    assert newest(world).conclusion == "failure"
    assert "| `rationale.enabled` | `true` (the default) | `false` (the repository) |" in newest(world).summary


async def test_its_mistakes_are_warnings_at_their_lines_and_fail_nothing(world, edit):
    edit(BROKEN)
    await world.pull("opened")
    run = newest(world)
    assert [(each["path"], each["start_line"], each["annotation_level"]) for each in run.annotations] == [
        (PATH, 2, "warning"),
        (PATH, 4, "warning"),
    ]
    assert "did you mean `threshold`?" in run.annotations[0]["message"]
    assert (run.conclusion, run.title) == ("success", "Passes; the new policy file has 2 mistakes")
    assert "has 2 mistakes, so it would not come into force." in run.summary


async def test_a_failing_check_keeps_its_title_beside_mistakes(world, edit):
    edit(BROKEN, body="Sets the policy.")
    await world.pull("opened")
    assert "why" in newest(world).title.lower()


async def test_an_edit_that_changes_nothing_costs_one_call_and_marks_nothing_twice(world, edit):
    edit(BROKEN)
    await world.pull("opened")
    assert await world.calls_of(world.pull("edited")) == 1


@pytest.mark.parametrize("again", [False, True], ids=["by an edit", "by a re-check"])
async def test_a_run_that_changes_keeps_each_mark_once(world, edit, again):
    pull = edit(BROKEN)
    await world.pull("opened")
    pull.body = "" if not again else pull.body
    if again:
        await world.say(5, "/handoff check", on_pull=True)
    else:
        await world.pull("edited")
    [run] = world.github.repository.runs
    assert len(run.annotations) == 2


async def test_marks_that_hold_no_more_give_way_to_a_new_run(world, edit):
    pull = edit(BROKEN)
    await world.pull("opened")
    pull.policy = STRICTER  # the same head: as a newer version of ours would read the same file
    await world.pull("edited")
    first, second = world.github.repository.runs
    assert (len(first.annotations), len(second.annotations)) == (2, 0)
    assert await world.calls_of(world.pull("edited")) == 1


async def test_an_answer_that_is_lost_marks_nothing_twice(world, edit):
    edit(BROKEN)
    await world.pull("opened")
    world.github.repository.issues[5].body = ""
    world.github.losses.append(("PATCH .*check-runs", TimeoutError()))
    with pytest.raises(Again):
        await world.pull("edited")
    await world.pull("edited")
    [run] = world.github.repository.runs
    assert len(run.annotations) == 2


async def test_of_very_many_mistakes_fifty_are_marked_and_the_rest_is_said(world, edit):
    edit("".join(f"key{number}: 1\n" for number in range(120)))
    await world.pull("opened")
    run = newest(world)
    assert len(run.annotations) == 50
    assert "has 120 mistakes" in run.summary
    assert "- 110 more" in run.summary
    assert "The first 50 are marked at their lines." in run.summary


async def test_a_mistake_at_the_end_of_the_file_is_marked_at_its_last_line(world, edit):
    edit('language: "en\n')
    await world.pull("opened")
    assert [each["start_line"] for each in newest(world).annotations] == [1]


async def test_what_would_change_is_a_table_with_what_it_would_do(world, edit, snapshot):
    world.github.issue(1, body=GOOD_ISSUE, labels=["handoff"])
    world.github.issue(2, body="It should be faster.", labels=["handoff"])
    world.github.issue(3, body="Nobody asked about this one.", association="NONE", author="sam")
    world.github.pull(6, body=SAYS_WHY, head="c" * 40)
    world.github.pull(7, body="", head="d" * 40, author="dependabot[bot]")
    for number in (1, 2):
        await world.issue("opened", number)
    for number in (6, 7):
        await world.pull("opened", number)
    edit()
    await world.pull("opened")
    assert newest(world).summary == snapshot


async def test_what_a_person_decided_does_not_count_as_changed(world, edit):
    world.github.repository.roles["lea"] = "write"
    world.github.issue(1, body=GOOD_ISSUE, labels=["handoff"])
    await world.issue("opened", 1)
    await world.say(1, "/handoff ready The bank answers on Tuesday.", "lea")
    world.github.repository.name = "acme/invoices"  # what was decided outlives the name
    edit()
    await world.pull("opened")
    assert "Of 1 open issue with a verdict, none would change." in newest(world).summary


async def test_what_would_change_costs_three_calls_and_an_edit_one(world, edit):
    await world.deliver("installation", "created")
    edit()
    assert await world.calls_of(world.pull("opened")) == 3
    assert await world.calls_of(world.pull("edited")) == 1


async def test_more_than_a_hundred_open_ones_are_all_counted(world, edit):
    for number in range(100, 202):
        world.github.issue(number, body="It should be faster.", labels=["handoff"])
    await world.issue("opened", 201)
    edit("readiness: {enabled: off}")
    await world.pull("opened")
    assert "Of 1 open issue with a verdict, 1 would no longer be judged." in newest(world).summary
    assert "Only the" not in newest(world).summary


async def test_it_is_counted_once_for_the_same_two_policies(world, edit):
    pull = edit()
    await world.pull("opened")
    pull.body += "\n\nChecked by hand against the backlog."
    await world.pull("edited")
    pull.head = "b" * 40  # a push that leaves the file alone
    await world.pull("synchronize")
    assert len(asked(world, "Backlog")) == 1
    assert "Counted 2026-03-02 12:00 UTC" in newest(world).summary


@pytest.mark.parametrize("why", ["the file changed", "the default branch changed", "somebody asked"])
async def test_it_is_counted_anew_when(world, edit, why):
    pull = edit()
    await world.pull("opened")
    match why:
        case "the file changed":
            pull.policy = "readiness:\n  threshold: 96\n"
            await world.pull("synchronize")
        case "the default branch changed":
            world.github.repository.policy = "readiness:\n  threshold: 65\n"
            await world.pull("edited")
        case _:
            await world.say(5, "/handoff check", on_pull=True)
    assert len(asked(world, "Backlog")) == 2


async def test_it_does_not_count_itself(world, edit):
    edit()
    await world.pull("opened")
    await world.say(5, "/handoff check", on_pull=True)
    assert "No other open pull request has a verdict." in newest(world).summary


async def test_a_change_of_comments_changes_nothing_and_counts_nothing(world, edit):
    edit(f"# agreed on Monday\n{BASE}")
    await world.pull("opened")
    assert "edits the policy file, and would change nothing that is in force." in newest(world).summary
    assert asked(world, "Backlog") == []


async def test_a_file_that_is_removed_leaves_the_defaults(world, edit):
    edit(None)
    await world.pull("opened")
    assert "**This pull request removes the policy file, and would change what is asked.**" in newest(world).summary
    assert "| `readiness.threshold` | `60` (the repository) | `70` (the default) |" in newest(world).summary


async def test_a_file_that_is_added_is_compared_with_the_defaults(world, edit):
    edit()
    world.github.repository.policy = None
    await world.pull("opened")
    assert "**This pull request adds the policy file, and would change what is asked.**" in newest(world).summary
    assert "| `readiness.threshold` | `70` (the default) | `95` (the repository) |" in newest(world).summary


async def test_a_file_that_goes_to_another_path_is_no_longer_read(world, edit):
    edit(None, files=[("handoff.yml", 0, 0)], renamed={"handoff.yml": PATH})
    await world.pull("opened")
    assert "moves the policy file, and would change what is asked" in newest(world).summary
    assert "| `readiness.threshold` | `60` (the repository) | `70` (the default) |" in newest(world).summary


async def test_another_file_that_is_renamed_on_an_old_branch_says_nothing_of_the_policy(world, edit):
    edit(None, files=[("new.py", 0, 0)], renamed={"new.py": "old.py"})
    await world.pull("opened")
    assert "policy" not in newest(world).summary


async def test_a_branch_that_is_behind_says_nothing_of_the_policy(world, edit):
    edit("readiness:\n  threshold: 50\n", files=[("billing/retry.py", 90, 10)])
    assert await world.calls_of(world.pull("opened")) <= 3
    assert "policy" not in newest(world).summary


async def test_a_file_beyond_the_first_hundred_is_found(world, edit):
    edit(files=[*((f".circleci/{number}.yml", 1, 0) for number in range(100)), (PATH, 1, 1)])
    await world.pull("opened")
    assert "| `readiness.threshold` |" in newest(world).summary


async def test_a_large_pull_request_with_the_file_as_it_is_asks_nothing_more(world, edit):
    await world.deliver("installation", "created")
    edit(BASE, files=[(f"src/{number}.py", 1, 0) for number in range(120)])
    assert await world.calls_of(world.pull("opened")) == 2


async def test_pull_requests_that_share_a_head_end_with_one_run(world, edit):
    edit(BROKEN)
    world.github.pull(6, body=SAYS_WHY, files=EDITS, policy=BROKEN)
    await world.pull("opened")
    await world.pull("opened", 6)
    await world.say(6, "/handoff check", on_pull=True)
    [run] = world.github.repository.runs
    assert len(run.annotations) == 2


async def test_pull_requests_that_share_a_head_agree_on_what_was_counted(world, edit):
    edit()
    world.github.pull(6, body=SAYS_WHY, files=EDITS, policy=STRICTER)
    await world.pull("opened")
    await world.say(6, "/handoff check", on_pull=True)
    [run] = world.github.repository.runs
    assert "other open pull request" in run.summary


async def test_a_fork_that_is_gone_is_read_all_the_same(world, edit):
    edit(author="", branch="")
    await world.pull("opened")
    assert "| `readiness.threshold` |" in newest(world).summary


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (NO_TEXT, "The policy file of this pull request is no text that can be read"),
        ("# " + "x" * 70_000, "found 70002 bytes, allowed is at most 65536"),
    ],
    ids=["a picture", "over the bound"],
)
async def test_a_file_that_cannot_be_read_is_one_sentence(world, edit, policy, said):
    edit(policy)
    await world.pull("opened")
    assert said in newest(world).summary
    assert newest(world).conclusion == "success"


async def test_a_branch_that_nobody_reads_the_policy_from_changes_nothing(world, edit):
    edit(base="release/2")
    await world.pull("opened")
    assert "`release/2`; the policy is read from the default branch, `main`" in newest(world).summary
    assert "On `main` it would change this:\n\n| key | now | then |" in newest(world).summary
    assert asked(world, "Backlog") == []


async def test_mistakes_on_a_branch_that_nobody_reads_the_policy_from_stand_at_their_lines_too(world, edit):
    edit(BROKEN, base="release/2")
    await world.pull("opened")
    run = newest(world)
    assert "The file has 2 mistakes, and would not come into force on `main` either." in run.summary
    assert (run.title, len(run.annotations)) == ("Passes; the new policy file has 2 mistakes", 2)


async def test_a_pull_request_that_mends_a_broken_file_is_compared_with_the_last_good_one(world, edit):
    await world.deliver("push", "")
    world.github.repository.policy = BROKEN
    edit()
    await world.pull("opened")
    run = newest(world)
    assert "its last version without mistakes stays in force" in run.summary
    assert "| `readiness.threshold` | `60` (the repository) | `95` (the repository) |" in run.summary


async def test_a_file_of_the_owner_says_for_whom_it_is(world, edit):
    world.github.repository.name = "acme/.github"
    edit("lock: [readiness.threshold]\nreadiness:\n  threshold: 95\n")
    await world.pull("opened")
    run = newest(world)
    assert "The file is also the policy of every other repository of `acme`" in run.summary
    assert "| `lock` | `[]` (the default) | `[readiness.threshold]` (the organization) |" in run.summary
    assert "| `readiness.threshold` | `60` (the organization) | `95` (the organization) |" in run.summary


async def test_mistakes_in_a_file_of_the_owner_stand_at_their_lines_too(world, edit):
    world.github.repository.name = "acme/.github"
    edit(BROKEN)
    await world.pull("opened")
    assert [(each["path"], each["start_line"]) for each in newest(world).annotations] == [(PATH, 2), (PATH, 4)]


async def test_what_the_organization_locks_is_marked_and_said(world, edit):
    world.github.others.append(FakeRepository(name="acme/.github", policy="lock: [readiness.threshold]\n"))
    edit()
    await world.pull("opened")
    run = newest(world)
    assert [each["start_line"] for each in run.annotations] == [5]
    assert "What the organization locks would not hold:\n\n- line 5: readiness.threshold: " in run.summary


async def test_a_skipped_pull_request_shows_it_too(world, edit):
    edit(author="dependabot[bot]")
    await world.pull("opened")
    assert "| `readiness.threshold` |" in newest(world).summary
    assert await world.calls_of(world.pull("edited")) == 1


async def test_a_pull_request_that_leaves_the_file_alone_costs_two_calls(world, edit):
    await world.deliver("installation", "created")
    edit(BASE, files=[("billing/retry.py", 90, 10)])
    assert await world.calls_of(world.pull("opened")) == 2

"""GitHub's faults, each by name: what stands at GitHub afterwards, what it cost, and that nobody else had to wait.

The rows are those of "Troubleshooting the REST API" and "Rate limits for the REST API" in GitHub's documentation.
Writes that took effect though their answer was lost are beside this file, in `test_lost_answers.py`, and what somebody
has to end, in `test_refusals.py`; what a single call does about each fault is in `test_github_client.py`, how fast we
write in `test_github_pace.py`.
"""

import pytest

from ghapp.github import queries
from tests import fake_queries
from tests.fakes import INSTALLATION, US, Response
from tests.ghapp.stories.stage import NEIGHBOUR, staged

WHAT_AND_WHY = (
    "Adds a retry table and a worker that walks it every minute.\n\n"
    "Invoices that failed on a bank timeout were lost because nobody tried them again; finance sent them by hand."
)
WHAT_ONLY = "Adds a retry table and a worker that walks it."
THIN = "Invoices should be better."
NOT_READY = "handoff: not ready"
RESET, TIMEOUT = ConnectionResetError(), TimeoutError()
RUN, READ, TOKEN, COMMENT = "POST .*/check-runs", "/graphql", "/access_tokens", "POST .*/issues/./comments"
ONE_LOOK = ["read", "run+"]
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


def refusal(status, message="No", **headers):
    """An answer; `retry_after` is the header `retry-after`."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, {"message": message}, given)


def in_part(kind=None, message="Something went wrong while executing your query.", data=None):
    return Response(200, {"data": data, "errors": [{"type": kind, "message": message, "path": ["node"]}]})


@pytest.fixture
async def stage(tmp_path):
    async with staged(tmp_path) as opened:
        opened.github.pull(5, body=WHAT_AND_WHY)
        opened.github.pull(6, body=WHAT_AND_WHY, head="c" * 40)
        opened.neighbour.github.pull(5, body=WHAT_AND_WHY)
        yield opened


async def open_pulls(stage):
    """The first is met by the fault; then another of ours, and one of another account."""
    await stage.deliver("pull_request", "opened", pull_request={"number": 5})
    await stage.deliver("pull_request", "opened", pull_request={"number": 6})
    await stage.deliver("pull_request", "opened", pull_request={"number": 5}, to=stage.neighbour)
    await stage.settle()


def runs(stage, head="a" * 40):
    return [run.conclusion for run in stage.github.repository.runs if run.sha == head]


def neighbour_was_served_at_once(stage):
    return stage.waited(5, NEIGHBOUR) == 0 and stage.neighbour.calls == ONE_LOOK


async def letters(stage):
    return [letter.reason for letter in await stage.queue.dead_letters()]


# What passes

PASSING = {
    "a read times out": (READ, TIMEOUT, ["read"]),
    "a read's connection is reset": (READ, RESET, ["read"]),
    "500 on a read": (READ, refusal(500), ["read"]),
    "502 on a read": (READ, refusal(502), ["read"]),
    "503 on a read": (READ, refusal(503), ["read"]),
    "504 on a read, GitHub's own ten seconds": (READ, refusal(504), ["read"]),
    "a query answered with 200 and errors alone": (READ, in_part(), ["read"]),
    "a query answered in part, the needed part failing": (READ, in_part("INTERNAL"), ["read"]),
    "a query answered with something else than JSON": (READ, Response(200, "unicorn"), ["read"]),
    "401 on a token that expired": (READ, refusal(401, "Bad credentials"), ["read", "token"]),
    "the token cannot be made: time-out": (TOKEN, TIMEOUT, ["read", "token", "token"]),
    "the token cannot be made: 502": (TOKEN, refusal(502), ["read", "token", "token"]),
    "a write times out before it takes effect": (RUN, TIMEOUT, ["read", "run+"]),
    "a write's connection is reset before it takes effect": (RUN, RESET, ["read", "run+"]),
    "409 on a write": (RUN, refusal(409), ["read", "run+"]),
    "500 on a write": (RUN, refusal(500), ["read", "run+"]),
    "503 on a write": (RUN, refusal(503), ["read", "run+"]),
    "422, a push took the commit away": (RUN, refusal(422, "No commit found for SHA: aaaa"), ["read", "run+"]),
}


@pytest.mark.parametrize(("call", "fault", "lost"), PASSING.values(), ids=PASSING)
async def test_what_passes_is_tried_again_and_the_check_is_posted_once(stage, call, fault, lost):
    await stage.grow_old()
    if call == TOKEN:
        stage.fault(READ, refusal(401, "Bad credentials"))
    stage.fault(call, fault)
    await open_pulls(stage)
    assert runs(stage) == runs(stage, "c" * 40) == ["success"]
    assert sorted(stage.ours.calls) == sorted([*lost, *ONE_LOOK, *ONE_LOOK])
    assert 0 < stage.waited(5) <= 21
    assert neighbour_was_served_at_once(stage)
    assert await letters(stage) == []


YOUNG = {
    "401 on a young token": 401,
    "403 on a young token": 403,
    "404 on a young token": 404,
}


@pytest.mark.parametrize("status", YOUNG.values(), ids=YOUNG)
async def test_a_young_token_is_given_time_and_not_made_anew(stage, status):
    await stage.grow_old()
    stage.ours.app.drop_token(INSTALLATION)
    stage.fault("POST .*/check-runs", refusal(status), times=3)
    await open_pulls(stage)
    assert runs(stage) == ["success"]
    assert stage.ours.calls == ["token", *ONE_LOOK, "run+", "run+", *ONE_LOOK, *ONE_LOOK]
    assert sum(stage.ours.pauses) == 2
    assert 14 < stage.waited(5) < 16
    assert await letters(stage) == []
    assert neighbour_was_served_at_once(stage)


# Limits

LIMITS = {
    "403 with Retry-After": (RUN, refusal(403, SECONDARY, retry_after="120"), 120),
    "403 without Retry-After, by its text": (RUN, refusal(403, SECONDARY), 60),
    "429 with Retry-After": (RUN, refusal(429, retry_after="90"), 90),
    "429 without Retry-After": (RUN, refusal(429), 60),
    "403, the primary limit is gone": (RUN, 900, 900),
    "429, the primary limit is gone": (READ, 900, 900),
    "a query's primary limit, RATE_LIMITED": (READ, in_part("RATE_LIMITED"), 60),
    "a query's primary limit, RATE_LIMIT": (READ, in_part("RATE_LIMIT"), 60),
    "a query's secondary limit, with 200": (READ, in_part(message=SECONDARY), 60),
    "a query's secondary limit, with 403": (READ, refusal(403, SECONDARY, retry_after="75"), 75),
    "the token's making is limited": (TOKEN, refusal(403, SECONDARY, retry_after="120"), 120),
    "401 on a call signed as the App, until the key or the clock is right": (TOKEN, refusal(401, "JWT"), 60),
}


@pytest.mark.parametrize(("call", "fault", "seconds"), LIMITS.values(), ids=LIMITS)
async def test_a_limit_parks_its_installation_and_no_other(stage, call, fault, seconds):
    await stage.grow_old()
    if call == TOKEN:
        stage.ours.app.drop_token(INSTALLATION)
    if isinstance(fault, int):
        status = 403 if call == RUN else 429
        fault = Response(status, {"message": "API rate limit exceeded"}, stage.limited_for(fault))
    stage.fault(call, fault)
    await open_pulls(stage)
    assert runs(stage) == runs(stage, "c" * 40) == ["success"]
    for number in (5, 6):
        assert seconds - 2 <= stage.waited(number) <= seconds + 16  # with a jitter
    before = {RUN: ONE_LOOK, READ: ["read"], TOKEN: ["token", "token"]}[call]
    assert stage.ours.calls == [*before, *ONE_LOOK, *ONE_LOOK]
    assert neighbour_was_served_at_once(stage)
    assert await letters(stage) == []


async def test_a_limit_that_goes_on_without_a_time_is_asked_about_ever_more_rarely(stage):
    await stage.grow_old()
    stage.fault(READ, refusal(403, SECONDARY), times=4)
    await open_pulls(stage)
    assert runs(stage) == ["success"]
    assert 60 + 120 + 240 + 480 - 5 <= stage.waited(5) <= 60 + 120 + 240 + 480 + 60
    assert stage.ours.calls == [*["read"] * 4, *ONE_LOOK, *ONE_LOOK]
    assert await letters(stage) == []


# What moved


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_write_to_a_renamed_repository_is_not_redirected_but_made_where_it_is_now(stage, status):
    await stage.grow_old()

    async def renamed():
        stage.github.repository.name = "acme/ledger"

    stage.github.meanwhile.append((RUN, renamed))
    stage.fault(RUN, Response(status, {"message": "Moved"}, {"location": "/repositories/12/check-runs"}))
    await open_pulls(stage)
    assert runs(stage) == ["success"]
    written = [call.path for call in stage.github.calls if call.path.endswith("check-runs")]
    assert written == ["/repos/acme/billing/check-runs", *["/repos/acme/ledger/check-runs"] * 2]
    assert neighbour_was_served_at_once(stage)


async def test_an_issue_that_was_transferred_meanwhile_ends_quietly(stage):
    await stage.grow_old()
    stage.github.issue(1, body=THIN, labels=["handoff"])

    async def transferred():
        del stage.github.repository.issues[1]

    stage.github.meanwhile.append((COMMENT, transferred))
    stage.fault(COMMENT, Response(301, {"message": "Moved Permanently"}, {"location": "/repositories/13/issues/2"}))
    await stage.deliver("issues", "edited", issue={"number": 1})
    await open_pulls(stage)
    assert stage.github.ours(1) == []
    assert await letters(stage) == []
    assert neighbour_was_served_at_once(stage)


# What does not pass

GONE = {
    "404, no longer there or not ours to see": refusal(404, "Not Found"),
    "410, deleted": refusal(410, "This was deleted"),
    "451, blocked for legal reasons": refusal(451, "Repository access blocked"),
}


@pytest.mark.parametrize("fault", GONE.values(), ids=GONE)
async def test_what_is_gone_ends_without_a_word_and_without_a_second_try(stage, fault):
    await stage.grow_old()
    stage.fault(RUN, fault)
    await open_pulls(stage)
    assert (runs(stage), runs(stage, "c" * 40)) == ([], ["success"])
    assert stage.ours.calls == [*ONE_LOOK, *ONE_LOOK]
    assert await letters(stage) == []
    assert neighbour_was_served_at_once(stage)


READ_ONLY = {
    "403, the conversation was locked meanwhile": ("locked", "Unable to create comment because issue is locked."),
    "403, the repository was archived meanwhile": ("archived", "Repository was archived so is read-only."),
}


@pytest.mark.parametrize(("state", "message"), READ_ONLY.values(), ids=READ_ONLY)
async def test_what_can_no_longer_be_written_to_is_left_alone_at_the_second_look(stage, state, message):
    await stage.grow_old()
    issue = stage.github.issue(1, body=THIN, labels=["handoff"])

    async def closed_to_us():
        issue.locked = state == "locked"
        stage.github.repository.archived = state == "archived"

    stage.github.meanwhile.append((COMMENT, closed_to_us))
    stage.fault(COMMENT, refusal(403, message))
    await stage.deliver("issues", "edited", issue={"number": 1})
    await stage.settle()
    assert (stage.github.ours(1), issue.labels) == ([], ["handoff"])
    assert stage.ours.calls == ["read", "comment+", "token", "read"]
    assert await letters(stage) == []


async def test_422_a_text_that_github_does_not_take_is_said_with_its_code_and_leaves_the_check_alone(stage):
    await stage.grow_old()
    stage.github.pull(5, body=WHAT_ONLY)
    problem = {"resource": "IssueComment", "code": "unprocessable", "field": "data", "message": "no"}
    body = {"message": "Validation Failed", "errors": [problem], "documentation_url": "https://docs.github.com"}
    stage.fault(COMMENT, Response(422, body), times=2)
    await open_pulls(stage)
    assert runs(stage) == ["failure"]
    [reason] = await letters(stage)
    assert reason.startswith("Refused: 422, GitHub does not take what we write (unprocessable)")
    assert [call for call in stage.ours.calls if call.startswith(("run", "comment"))].count("comment+") == 2
    assert neighbour_was_served_at_once(stage)


async def test_422_a_label_that_exists_already_is_a_success(stage):
    await stage.grow_old()
    issue = stage.github.issue(1, body=THIN, labels=["handoff"])

    async def somebody_was_faster():
        stage.github.repository.labels[NOT_READY] = "ededed"

    stage.github.meanwhile.append(("POST .*billing/labels", somebody_was_faster))
    await stage.deliver("issues", "edited", issue={"number": 1})
    await stage.settle()
    assert issue.labels == ["handoff", NOT_READY]
    assert await letters(stage) == []


async def test_an_outage_of_a_day_ends_in_a_dead_letter_that_can_be_replayed(stage):
    await stage.grow_old()
    stage.fault(READ, refusal(502), times=30)
    await stage.deliver("pull_request", "opened", pull_request={"number": 5})
    await stage.deliver("pull_request", "opened", pull_request={"number": 5}, to=stage.neighbour)
    await stage.settle()
    [letter] = await stage.queue.dead_letters()
    assert (letter.attempts, letter.reason) == (30, "Again: 502 POST /graphql: No")
    assert await stage.queue.replay(letter.id)
    await stage.settle()
    assert runs(stage) == ["success"]
    assert neighbour_was_served_at_once(stage)


# What is seen in part

PARTS = {
    "linked issues we may not see": ("FORBIDDEN", "closingIssuesReferences"),
    "files we may not see": ("FORBIDDEN", "files"),
    "a part that is not found": ("NOT_FOUND", "closingIssuesReferences"),
}


@pytest.mark.parametrize(("kind", "part"), PARTS.values(), ids=PARTS)
async def test_a_query_answered_without_a_part_that_can_be_spared_is_good_enough(stage, kind, part):
    await stage.grow_old()
    variables = {"repository": "R_acme_billing", "number": 5}
    body = fake_queries.answer(stage.github.repository, queries.PULL, variables, app=US)
    body["data"]["node"]["pullRequest"][part] = None
    body["errors"] = [{"type": kind, "path": ["node", "pullRequest", part], "message": "No"}]
    stage.fault(READ, Response(200, body))
    await open_pulls(stage)
    assert runs(stage) == ["success"]
    assert stage.ours.calls == [*ONE_LOOK, *ONE_LOOK]
    assert neighbour_was_served_at_once(stage)


async def test_a_query_answered_without_a_part_that_is_needed_is_for_the_operator(stage):
    await stage.grow_old()
    error = {"type": "FORBIDDEN", "path": ["node", "pullRequest"], "message": "Resource not accessible by integration"}
    stage.fault(READ, Response(200, {"data": {"node": None}, "errors": [error]}), times=2)
    await stage.deliver("pull_request", "opened", pull_request={"number": 5})
    await stage.deliver("pull_request", "opened", pull_request={"number": 5}, to=stage.neighbour)
    await stage.settle()
    assert runs(stage) == []
    assert await letters(stage) == ["Refused: GraphQL pullRequest: Resource not accessible by integration"]
    assert neighbour_was_served_at_once(stage)

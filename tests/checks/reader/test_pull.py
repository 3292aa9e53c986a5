"""Reading a pull request: which line does what."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.reader.pull.read import read
from checks.reading import Role
from checks.subject import Pull

TITLE = "Retry failed uploads"
PIECES = st.sampled_from(
    [
        "## Why",
        "## Testing",
        "- [x] ",
        "- ",
        "> ",
        "```",
        "`",
        "<!--",
        "-->",
        "because",
        "closes #1",
        "?",
        ":",
        "**",
        "\n",
    ]
)


def roles(body, *, title=TITLE, templates=()):
    """What the reader gives each line, by its line; several sentences of one line are joined."""
    reading = read(Pull(title=title, body=body, templates=templates))
    found = {}
    for unit, given_roles in zip(reading.document.units, reading.roles, strict=True):
        found.setdefault(unit.line, set()).update(given_roles)
    return found


CHANGE = "Waits between attempts."
REASON = "The proxy cuts uploads after 30 seconds, because it was made for pages."

LINES = [
    pytest.param(CHANGE, {Role.WHAT}, id="a change"),
    pytest.param(REASON, {Role.WHY}, id="a reason"),
    pytest.param("Adds a lock so that two workers never take one row.", {Role.WHAT, Role.WHY}, id="both at once"),
    pytest.param("The nightly run never finds the rows of the day before.", {Role.WHY}, id="a trouble, told"),
    pytest.param("It never worked on old phones.", {Role.WHY}, id="a trouble, told briefly"),
    pytest.param("It never worked yesterday.", set(), id="a trouble, hinted at"),
    pytest.param("The unit tests never see a lost connection today.", {Role.WHY}, id="a trouble of the tests"),
    pytest.param("Refunds are typed in manually and two were lost.", {Role.WHY}, id="by hand, and no check"),
    pytest.param("Deletes `loader` and its nine files.", {Role.WHAT}, id="code between a change and the rest"),
    pytest.param("This patch keeps plain rows.", {Role.WHAT}, id="whatever the patch does"),
    pytest.param("This patch depends on rows of the archive.", {Role.WHAT}, id="what the patch needs"),
    pytest.param("The queue keeps each row for a day now.", {Role.WHAT}, id="a new state"),
    pytest.param("Thanks for the review, the cache never held it.", set(), id="a closing remark"),
    pytest.param("`make test` and `make lint` pass.", {Role.VERIFICATION}, id="a command and its outcome"),
    pytest.param("```\n$ pytest\n41 passed in 2 s\n```", {Role.VERIFICATION}, id="the output of a run"),
    pytest.param("| threads | time |\n|-|-|\n| 2 | 4.1 s |", {Role.VERIFICATION}, id="a table of measures"),
    pytest.param("| field | meaning |\n|-|-|", set(), id="the head of a table"),
    pytest.param(
        "{{./gradlew test}} green, run twice.", {Role.VERIFICATION}, id="a command as another tracker marks it"
    ),
    pytest.param("Retry the uploads.", set(), id="the title again"),
    pytest.param("> " + REASON, set(), id="a quotation"),
    pytest.param("```\n" + REASON + "\n```", set(), id="code"),
    pytest.param("<!-- " + REASON + " -->", {Role.TEMPLATE}, id="a comment"),
    pytest.param("![before and after](shot.png)", {Role.VERIFICATION}, id="a picture"),
    pytest.param("Closes #12", {Role.LINK}, id="a link"),
    pytest.param("Part of #12", {Role.LINK, Role.VAGUE}, id="an issue named, not linked"),
    pytest.param("Tested by hand.", {Role.VERIFICATION, Role.VAGUE}, id="a claim"),
    pytest.param("Is three the right number?", {Role.NEEDS_DECISION}, id="a question"),
]
BELOW = [
    pytest.param("## Why\n\n", "Customers write ten of these mails on every working day.", {Role.WHY}, id="why"),
    pytest.param("## Why\n\n", "Fewer mails.", {Role.WHY, Role.VAGUE}, id="too little to be a reason"),
    pytest.param(
        "Reason\n---\n\n", "Customers write ten of these mails on every working day.", {Role.WHY}, id="underlined"
    ),
    pytest.param(
        "**Motivation**\n\n", "Customers write ten of these mails on every working day.", {Role.WHY}, id="bold"
    ),
    pytest.param(
        "## Why\n\n### Support\n\n", "They answer ten of these mails a day.", {Role.WHY}, id="a topic below why"
    ),
    pytest.param("## Why\n\n## Details\n\n", "A column holds the number.", {Role.WHAT}, id="after why has ended"),
    pytest.param("## What and why\n\n", "A column holds the number.", {Role.WHAT}, id="a heading for both"),
    pytest.param(
        "## Fix the problem of lost uploads\n\n", "A column holds the number.", {Role.WHAT}, id="a title as heading"
    ),
    pytest.param("## Test plan\n\n", "`make test`", {Role.VERIFICATION}, id="a command"),
    pytest.param("## Test plan\n\n", "```\n12 passed\n```", {Role.VERIFICATION}, id="output"),
    pytest.param("## Test plan\n\n", "- [ ] `make test`", set(), id="a box not ticked"),
    pytest.param("## Test plan\n\n", REASON, {Role.VERIFICATION}, id="a reason below tests is no reason"),
    pytest.param("## Open questions\n\n", "How long rows are kept.", {Role.NEEDS_DECISION}, id="open"),
    pytest.param("## Related issue\n\n", "#12", {Role.LINK, Role.VAGUE}, id="a number"),
    pytest.param("## Checklist\n\n", "- [x] Docs are up to date with the code", {Role.TEMPLATE}, id="a checklist"),
    pytest.param("## Limitations\n\n", "Only the first region retries.", {Role.DECISION}, id="limits"),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_a_line_by_itself(line, expected):
    found = roles(line)

    assert set().union(*(given for number, given in found.items() if number)) == expected


@pytest.mark.parametrize(("above", "line", "expected"), BELOW)
def test_a_line_below_a_heading(above, line, expected):
    found = roles(above + line)

    assert set().union(*(given for number, given in found.items() if number > above.count("\n"))) == expected


@pytest.mark.parametrize(
    ("line", "role"),
    [
        pytest.param("Why: customers write ten of these mails on every working day.", Role.WHY, id="a label"),
        pytest.param(
            "- **Why** \N{EM DASH} customers write ten of these mails a day.", Role.WHY, id="bold, with a dash"
        ),
        pytest.param("Note: only the first region retries.", Role.DECISION, id="a note"),
        pytest.param("Failed tests: they stay in the table.", Role.WHAT, id="no label of a part"),
    ],
)
def test_a_label_stands_for_a_heading(line, role):
    assert role in roles(line)[1]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Retry failed uploads", {Role.WHAT}, id="names the change"),
        pytest.param("Fix typos in the guide for rows", {Role.WHAT, Role.WHY, Role.VAGUE}, id="names a defect"),
        pytest.param("Fixes", {Role.VAGUE}, id="one word"),
        pytest.param("codex/retry-failed-uploads-of-rows", {Role.VAGUE}, id="a branch"),
        pytest.param("", {Role.VAGUE}, id="empty"),
    ],
)
def test_the_title(title, expected):
    assert roles("", title=title)[0] == expected


ROBOTS = [
    pytest.param("Co-authored-by: Ana <ana@example.com>", id="a trailer"),
    pytest.param("Generated with [an agent](https://example.com), because it was asked to.", id="generated by"),
    pytest.param(
        "<!-- auto-generated comment: start -->\nFixed, because it failed.\n<!-- end of auto-generated comment -->",
        id="a block",
    ),
    pytest.param("Share your feedback on Copilot coding agent, since it is new", id="a survey"),
    pytest.param("<!-- Reviewable:start -->\n[](https://example.com)\n<!-- Reviewable:end -->", id="a badge"),
    pytest.param("<!-- start pr-codex -->\nFixed, because it failed.\n<!-- end pr-codex -->", id="an overview"),
    pytest.param("## Summary by CodeRabbit\n\n- Fixed uploads that failed because of the proxy.", id="a section"),
    pytest.param(
        "### Summary by Sourcery\n\n#### Fixes\n\nUploads failed because of the proxy.", id="its own headings"
    ),
]


@pytest.mark.parametrize("body", ROBOTS)
def test_what_robots_write_is_noise(body):
    found = roles(body)

    assert set().union(*(given for number, given in found.items() if number)) == {Role.NOISE}


def test_a_robot_s_section_ends_with_the_next_heading_as_high():
    found = roles(f"## Summary by CodeRabbit\n\n- Faster.\n\n## Why\n\n{REASON}")

    assert (found[3], found[7]) == ({Role.NOISE}, {Role.WHY})


def test_a_robot_s_comment_that_nothing_closes_hides_nothing():
    assert roles(f"<!-- ELLIPSIS_HIDDEN -->\n\n{REASON}")[3] == {Role.WHY}


@pytest.mark.parametrize(
    "first",
    [
        pytest.param("Bumps [left](https://example.com/left) from 1.0 to 1.1.", id="Dependabot"),
        pytest.param("This PR contains the following updates:", id="Renovate"),
    ],
)
def test_the_notes_below_a_bump_are_somebody_else_s(first):
    found = roles(
        f"{first}\n\n## Release notes\n\n- Fixes a crash, because the socket was closed twice.\n\nCommits follow."
    )

    assert (found[5], found[7]) == ({Role.NOISE}, {Role.NOISE})
    assert found[1] != {Role.NOISE}


def test_the_repository_s_own_template_is_left_over():
    template = "## Why\n\nReasons live here, because we read them.\n"

    assert roles(template, templates=(template,))[3] == {Role.TEMPLATE}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Please keep your pull request small, because reviewers are busy.", id="a rule for authors"),
        pytest.param("If a column was added, make sure that the schema fails without it.", id="a condition"),
        pytest.param("[Optional flag:] [Optional issue:]", id="nothing but brackets"),
        pytest.param("A few sentences on what fails without it.", id="a prompt"),
    ],
)
def test_words_for_authors_are_the_template_s(line):
    assert roles(line)[1] == {Role.TEMPLATE}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Maintainers cannot see which contributions were paid.", id="of maintainers"),
        pytest.param("If you upload a file twice, your first one is lost.", id="to the reader"),
        pytest.param("Reviewers never see the lock file, which hides what a patch pulls in.", id="of reviewers"),
    ],
)
def test_an_author_may_speak_of_maintainers_and_to_the_reader(line):
    assert Role.WHY in roles(f"## Why\n\n{line}")[3]


def test_beside_a_prompt_words_to_the_reader_are_the_template_s():
    found = roles("A few sentences on your change.\n\nYou lose nothing when you write too little.")

    assert found[3] == {Role.TEMPLATE}


def test_a_template_s_question_in_a_comment_stands_for_a_heading():
    found = roles("<!-- Why is it needed? -->\nThe month is closed early.\n\n<!-- How was it tested? -->\n`make test`")

    assert (found[2], found[5]) == ({Role.WHY, Role.VAGUE}, {Role.VERIFICATION})


def test_a_template_s_comment_below_a_heading_changes_nothing():
    found = roles("## Why\n\n<!-- What did you test? -->\nThe finance team closes the month on the second day.")

    assert found[4] == {Role.WHY}


def test_few_reasons_in_a_long_list_are_stray():
    items = [f"- touch module number {number} of the importer" for number in range(20)]
    items[3] = "- drop the cache because it never held the second page"
    items[5] = "- use rows rather than files because a file cannot be locked"

    found = roles("\n".join(items))

    assert found[4] == {Role.WHAT, Role.WHY, Role.VAGUE}
    assert found[6] == {Role.WHAT, Role.DECISION}


@given(st.lists(PIECES | st.text(max_size=8), max_size=60).map(" ".join), st.text(max_size=30))
def test_every_unit_of_any_text_is_read(body, title):
    reading = read(Pull(title=title, body=body))

    assert len(reading.roles) == len(reading.document.units)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "fixes ",
            "fixes #",
            "a/b",
            "a/",
            "a.",
            "**why",
            "why ",
            "why: ",
            "- ",
            "https://a/b/c/issues/",
            "`",
            "#1 ",
            "<!--",
        ),
        *("bumps from to ", "because ", "test_", "\n- why: because\n", "\n## why\n", "\n> x\n"),
    ],
)
def test_hostile_text_is_read_in_linear_time(piece):
    def seconds(size):
        body = piece * (size // len(piece))
        started = time.perf_counter()
        read(Pull(title=TITLE, body=body))
        return time.perf_counter() - started

    small = min(seconds(1 << 12) for _ in range(3))
    large = min(seconds(1 << 15) for _ in range(2))

    assert large < max(32 * small, 1.0)  # eight times the text; a quadratic reader needs 64 times as long

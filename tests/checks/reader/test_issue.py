import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.reader import LocalReader
from checks.reading import IssueKind, Role
from checks.subject import Issue

READ = LocalReader().issue


def roles(body, title="Add revocation of keys"):
    """The roles of the last unit of a body."""
    return set(READ(Issue(title=title, body=body)).roles[-1])


HAS = {
    "today's state": ("Currently the key is kept for ever.", Role.PRESENT),
    "a defect": ("The export does not hold the last row.", Role.PRESENT),
    "a title that tells what is broken": ("", Role.PRESENT, "The export does not hold the last row"),
    "obligation": ("The key should be kept for a day.", Role.WANTED),
    "polite wish": ("Could you add a button for that?", Role.WANTED),
    "imperative": ("Add a button to the page.", Role.WANTED),
    "negative imperative": ("Don't ask twice.", Role.WANTED),
    "title as deliverable": ("", Role.WANTED, "Single sign-on support"),
    "label at the line's beginning": ("Expected result: the list is empty", Role.WANTED, "List fails"),
    "under a heading of wishes": ("## Proposed solution\n\nA column with the date", Role.WANTED),
    "code span": ("It answers `204`.", Role.IO),
    "method and path": ("A client calls GET /keys first.", Role.IO),
    "path": ("The code stands in src/keys/api.py today.", Role.IO),
    "number with its unit": ("It takes 40 seconds.", Role.IO),
    "quoted text": ('The page says "no such key" then.', Role.IO),
    "error name": ("It stops with KeyError there.", Role.IO),
    "step": ("## Steps to reproduce\n\n1. Open the page twice", Role.IO),
    "name of what is to be changed": ("Bump Node to 22.1", Role.IO),
    "line of code": ("```\nparse(x)\n```", Role.IO),
    "acceptance criterion": ("## Acceptance criteria\n\n- A revoked key is refused", Role.CHECK),
    "demand with a condition": ("When a key is revoked, the next call must be refused.", Role.CHECK),
    "tick box with a fact": ("- [ ] the answer is `204` for everybody", Role.CHECK),
    "bound": ("We should change only the API.", Role.BOUND),
    "out of scope": ("## Out of scope\n\n- The old console", Role.BOUND),
    "failure": ("If the list is empty, it shows nothing.", Role.FAILURE),
    "limit that is asked for": ("It must hold at most ten keys, an empty one included.", Role.FAILURE),
    "reason": ("This matters because leaked keys stay valid.", Role.REASON),
    "question": ("Which store do we use?", Role.OPEN),
    "doubt": ("Not sure where that belongs.", Role.OPEN),
    "point under open questions": ("## Open questions\n\n- the name of the column", Role.OPEN),
    "private talk": ("As discussed yesterday, it stays.", Role.HIDDEN),
    "vague wish": ("It should be fast.", Role.VAGUE),
    "estimate": ("Estimate: 6 hours", Role.ENGAGEMENT),
    "ownership": ("Take ownership of the payments.", Role.ONGOING),
    "epic in the title": ("", Role.ONGOING, "Epic: add single sign-on"),
    "looking after something": ("Continuously update the packages.", Role.ONGOING),
    "keeping something in shape": ("You will keep the workers running.", Role.ONGOING),
    "waiting for something": ("Blocked by the new login.", Role.BLOCKED),
    "something not decided": ("The design of the call is not decided yet.", Role.BLOCKED),
    "ticket that holds the rest": ("It is described in #12.", Role.HIDDEN),
    "errors handled somehow": ("## Done when\n\n- Errors are handled", Role.VAGUE),
    "the title said again": ("- The revocation of keys is done", Role.VAGUE),
    "fashionable wish": ("We should leverage a holistic approach.", Role.VAGUE),
    "finish line": ("Done when `make test` passes.", Role.CHECK),
    "outcome that a command tells": ("All jobs are green.", Role.CHECK),
    "measure": ("At most 4 queries in 200 ms for each page.", Role.CHECK),
    "answer under a condition": ("With an unknown key the call answers 404.", Role.CHECK),
    "what is shown as expected": ("It should print:\n\n```\nkey: 1\n```", Role.CHECK),
    "failure with its answer": ("An unknown key is rejected with 404.", Role.FAILURE),
    "fashionable words": ("Keys are a cornerstone of a seamless journey.", Role.NOISE),
    "words of the rubric": ("Edge cases: timeout retry empty null.", Role.NOISE),
    "words of the rubric with numbers": ("Acceptance criteria: given, when, then status 200, 404.", Role.NOISE),
    "dummy text": ("- Ut enim ad minim veniam", Role.NOISE),
    "what a form asks for": ("## Output\n\nDescribe the output.", Role.NOISE),
    "offer of help": ("I am happy to submit a pull request if that is acceptable.", Role.NOISE),
    "today below a heading of wishes": ("## Feature request\n\nCurrently each key stays for ever.", Role.PRESENT),
    "greeting": ("Hi all, thanks!", Role.NOISE),
    "log line": ("```\n2024-03-01 10:00:00 INFO start\n```", Role.NOISE),
    "frame of a stack trace": ("```\nat com.acme.Keys.find(Keys.java:12)\n```", Role.NOISE),
    "frame without `at`": ("```\ncom.acme.Keys.find(Keys.java:12)\n```", Role.NOISE),
    "line in a log section": ("## Logs\n\n```\nstarting the worker\n```", Role.NOISE),
    "version of the environment": ("## Environment\n\nmacOS 15", Role.NOISE),
    "robot": ("This issue was automatically created by a workflow.", Role.NOISE),
    "ruler of signs": ("a\n\n!!!", Role.NOISE),
    "more signs than letters": ("- [ ] *a_`<- [ ] *a_`<- [ ] *a_`<- [ ] *a_`<", Role.NOISE),
    "list of keywords": ("schema endpoint payload status error timeout rollback migration", Role.NOISE),
    "word to whoever fills in the form": ("What actually happened in your bug report", Role.NOISE),
    "placeholder": ("_No response_", Role.TEMPLATE),
}
HAS_NOT = {
    "a complaint is no wish": ("You need to restart it each day.", Role.WANTED),
    "an indirect question is no wish": ("Nobody knows whether it should be kept.", Role.WANTED),
    "a step is no wish": ("## Steps to reproduce\n\n1. Add a key", Role.WANTED),
    "a noun is no imperative": ("Export drops the last row", Role.WANTED, "Export drops the last row"),
    "a noun before a verb is no imperative": ("", Role.WANTED, "Update fails after a restart"),
    "we send is no imperative": ("We send invoices each night.", Role.WANTED),
    "working as expected is no expectation": ("Chrome works as expected.", Role.CHECK),
    "a promise is no present": ("This will remove the old keys.", Role.PRESENT),
    "a slow present is not vague": ("The page is slow today.", Role.VAGUE),
    "a fact excuses a vague word": ("It should be fast: 20 ms.", Role.VAGUE),
    "today below a heading of wishes is no wish": (
        "## Feature request\n\nCurrently each key stays for ever.",
        Role.WANTED,
    ),
    "an offer with a fact is work": ("I am happy to add `DELETE /keys`.", Role.NOISE),
    "what a sentence says of the one before": ("This affects the ability to easily revoke them.", Role.VAGUE),
    "what is defined by an example": ("Let's allow for more keys to be defined like this.", Role.OPEN),
    "where a ticket came from": (
        "_Originally posted by @al in https://example.org/a/b/pull/1#discussion_r12_",
        Role.LINK,
    ),
    "a plea under expected is no check": ("## Expected\n\nGrateful for any tips.", Role.CHECK),
    "an introduction is no check": ("The call must do this if it is empty:", Role.CHECK),
    "and/or is no path": ("Use keys and/or tokens.", Role.IO),
    "a year is no status": ("It dates from 2024.", Role.IO),
    "an error in a log section is kept": ("## Logs\n\n```\nKeyError: 'id'\n```", Role.NOISE),
    "code is no wish": ("```\nshould be fast\n```", Role.WANTED),
    "a heading has no role": ("## The key should be kept", Role.WANTED),
    "what was considered instead is settled": ("## Alternatives\n\nMaybe a cron job.", Role.OPEN),
    "a product is not private talk": ("Post it to the Slack webhook.", Role.HIDDEN),
    "one fashionable word may slip in": ("The robust parser reads keys.", Role.NOISE),
    "a firewall is nothing to wait for": ("The call was blocked by a rule.", Role.BLOCKED),
    "a value that lasts": ("The index must be updated continuously.", Role.ONGOING),
    "what a team does today": ("Support copies them by hand each month.", Role.ONGOING),
    "a word that only abbreviates": ("The key (i.e. its hash) should answer 204.", Role.OPEN),
    "an item to describe is work": ("- Describe the flags in `README.md`", Role.NOISE),
    "what is expected of a bug is no wish": ("## Expected\n\nThe list will work.", Role.VAGUE, "List fails"),
    "no longer being seen is no wish": ("The list should not fail.", Role.VAGUE, "List fails"),
    "a product is no person": ("Please check with Docker first.", Role.HIDDEN),
}
KINDS = {
    "defect in the title": ("The export fails", "", IssueKind.BUG),
    "marked as a bug": ("[Bug]: umlauts", "", IssueKind.BUG),
    "sections of a bug": ("Umlauts", "## Steps to reproduce\n\n1. Open `ä.txt`", IssueKind.BUG),
    "imperative with steps and actual": (
        "Fix the umlauts",
        "## Steps\n\n1. Open it\n\n## Actual\n\nIt is empty.",
        IssueKind.BUG,
    ),
    "defect told in the body": ("Umlauts", "The list cannot show them.", IssueKind.BUG),
    "behaviour shown with code": ("Umlauts", "It prints this:\n\n```\n?\n```", IssueKind.BUG),
    "imperative": ("Add revocation of keys", "", IssueKind.FEATURE),
    "named feature": ("Feature: keys", "", IssueKind.FEATURE),
    "wish in the body": ("Keys", "We would like to revoke them.", IssueKind.FEATURE),
    "failed things can be worked on": ("Retry failed invoices", "", IssueKind.FEATURE),
    "fix of what is broken": ("Fix the export", "It fails on umlauts.", IssueKind.BUG),
    "title of code only": ("`string-buffer`", "Add it to the library.", IssueKind.FEATURE),
    "adverb before the verb": ("Automatically rotate the keys", "", IssueKind.FEATURE),
    "less of something": ("Decrease the start-up time to below 2 s", "", IssueKind.FEATURE),
    "text of a pull request": ("Add keys", "This PR adds the keys to the table.", IssueKind.RECORD),
    "release notes": ("v1.2.0", "* Add keys by @al in #12", IssueKind.RECORD),
    "changelog of a robot": ("Packages", "### Patch Changes\n\n### Minor Changes", IssueKind.RECORD),
    "log of a week": ("On-call log week 19", "The disk was full.", IssueKind.RECORD),
    "notes of a day": ("Notes 12 March", "We met.", IssueKind.RECORD),
    "notes to be written": ("Write the notes of 12 March", "", IssueKind.FEATURE),
    "upgrade": ("Upgrade Node to 22", "", IssueKind.CHORE),
    "docs": ("Typo in the README", "", IssueKind.DOCS),
    "spike": ("Spike: keys", "", IssueKind.SPIKE),
    "support": ("Keys", "How do I revoke one?", IssueKind.QUESTION),
    "question in the title": ("Streaming supported?", "", IssueKind.QUESTION),
    "a wish asked politely": ("Would it be possible to expose the id?", "", IssueKind.FEATURE),
    "called a question": ("Question: lost rows", "It loses a row here:\n\n```\nf(1)\n```", IssueKind.QUESTION),
    "a page of questions": ("Add a question to the form", "", IssueKind.FEATURE),
    "nothing asked": ("Certificate", "It is from last year.", IssueKind.NOTHING),
    "no title": ("", "Add a key.", IssueKind.NOTHING),
}


@pytest.mark.parametrize("case", HAS.values(), ids=HAS)
def test_a_line_has_the_role_that_its_words_give(case):
    body, role, *title = case
    assert role in roles(body, *title)


@pytest.mark.parametrize("case", HAS_NOT.values(), ids=HAS_NOT)
def test_a_line_has_no_role_that_only_looks_like_it(case):
    body, role, *title = case
    assert role not in roles(body, *title)


@pytest.mark.parametrize(("title", "body", "kind"), KINDS.values(), ids=KINDS)
def test_the_kind_comes_from_the_text(title, body, kind):
    assert READ(Issue(title=title, body=body)).kind is kind


def test_what_was_said_before_in_the_same_words_is_noise():
    reading = READ(Issue(title="Keys", body="The key should be kept.\n\nThe key should be kept."))
    assert Role.WANTED in reading.roles[1]
    assert reading.roles[2] == {Role.NOISE}


def test_a_line_of_the_repositorys_template_is_left_over():
    template = "## Goal\n\nName the goal in one line.\n"
    reading = READ(Issue(title="Keys", body=template, templates=(template,)))
    assert reading.roles[-1] == {Role.TEMPLATE}


def test_the_same_words_about_another_file_are_not_said_before():
    reading = READ(Issue(title="Keys", body="- Add types to `a.py`\n- Add types to `b.py`"))
    assert Role.WANTED in reading.roles[2]


FORM = "Show the output that you saw.\n\n{}\n\n## Steps\n\n## Expected\n\nWhat should your page show?\n"


def test_in_a_form_that_nobody_filled_in_its_questions_are_left_over():
    reading = READ(Issue(title="Add a key", body=FORM.format("Add any other notes.")))
    assert not reading.units(Role.WANTED, Role.IO, Role.OPEN)[1:]


@pytest.mark.parametrize(
    "answer",
    [
        "I see an empty page when I open `keys.html`, which I did not expect.",
        "The page stays empty.\n\nIt holds no row of the table.\n\nThe console shows nothing.\n\nIt was fine in May.",
    ],
    ids=["in the first person", "several lines"],
)
def test_in_a_form_that_is_filled_in_the_answers_stay(answer):
    reading = READ(Issue(title="Add a key", body=FORM.format(answer)))
    first = answer.partition("\n")[0]
    assert all(Role.TEMPLATE not in roles for unit, roles in pairs(reading) if unit.text == first)


def test_an_answer_left_out_on_purpose_makes_no_form_empty():
    body = "### Where\n\n`POST /files`\n\n### Version\n\n_No response_\n\n### Notes\n\n_No response_"
    reading = READ(Issue(title="Add a key", body=body))
    assert [unit.text for unit in reading.units(Role.IO)] == ["`POST /files`"]


def pairs(reading):
    return zip(reading.document.units, reading.roles, strict=True)


def test_a_body_that_only_points_elsewhere_leans_on_it():
    reading = READ(Issue(title="Add the header", body="See https://example.org/headers"))
    assert Role.HIDDEN in reading.roles[1]


def test_a_link_beside_words_of_its_own_is_no_crutch():
    reading = READ(Issue(title="Add the header", body="It should answer `204`.\n\nSee https://example.org/headers"))
    assert Role.HIDDEN not in reading.roles[2]


@given(st.text(max_size=200), st.text(max_size=2000))
def test_every_text_is_read_with_one_set_of_roles_for_each_unit(title, body):
    reading = READ(Issue(title=title, body=body))
    assert len(reading.roles) == len(reading.document.units)


@given(
    st.lists(
        st.sampled_from(
            [
                "## Acceptance criteria",
                "- [ ] ",
                "`",
                "should ",
                "![",
                "](",
                "<b>",
                "http://",
                "\n",
                "\n\n",
                "```\n",
                "etc",
            ]
        )
    )
)
def test_pieces_of_markdown_in_any_order_are_read(pieces):
    reading = READ(Issue(title="".join(pieces[:3]), body="".join(pieces)))
    assert len(reading.roles) == len(reading.document.units)

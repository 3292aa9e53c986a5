"""Why it was done."""

import pytest

from checks.criteria.rationale.why import CRITERION
from checks.verdict import Status

MET = [
    pytest.param("Uploads over 5 MB fail, because the proxy cuts them after 30 seconds.", id="a cause"),
    pytest.param("The import runs at night so that nobody waits for it in the morning.", id="a goal"),
    pytest.param("Keep the lock until the row is written to avoid a second worker taking it.", id="what it avoids"),
    pytest.param(
        "Currently a lost connection drops the file and the customer never hears of it.", id="how it is today"
    ),
    pytest.param(
        "Fix a bug where the second attempt was counted twice and the file was given up.", id="a defect, placed"
    ),
    pytest.param("This is needed for the new billing run, which reads the same table.", id="a need"),
    pytest.param("A rename locks the table for minutes, so we copy the rows instead.", id="a trade-off"),
    pytest.param(
        "Since version 3 the parser rejects dates without a zone and fails the whole file.", id="a regression"
    ),
    pytest.param(
        "## Why\n\nThe finance team closes the month on the second day and needs the rows by then.", id="a heading"
    ),
    pytest.param("**Motivation**: the finance team closes the month early and has no rows by then.", id="a bold label"),
    pytest.param("Why - the nightly job reads rows that are half written by then.", id="a label with a dash"),
    pytest.param(
        "- swap the client\n- the old one leaks a socket for each call, which means a restart a day", id="in a list"
    ),
]
TOLD = [  # without any word that announces a reason
    pytest.param("Previously, adding a row without a zone would fail with a wrong date.", id="after a word in -ly"),
    pytest.param("The reports scan the whole table and take 30 s at the biggest tenant.", id="a measure"),
    pytest.param("Two refunds were sent for one order on Tuesday.", id="what happened"),
    pytest.param("Broken since 2.3.\n\nSends the header again.", id="a regression"),
    pytest.param("Floats lose cents in sums.\n\nAmounts are integers now.", id="five words"),
    pytest.param("Every deploy logs all customers out.", id="what users meet"),
    pytest.param("The auditors found three keys in the repository.", id="what people found"),
    pytest.param("Support gets five mails a week from people with a plus in their address.", id="how often"),
    pytest.param("The last browser with it was retired in March.\n\nDeletes the loader.", id="beside the change"),
    pytest.param(
        "Invoices wait in one queue, each for 40 minutes. The queue is split by region now.", id="a new state"
    ),
    pytest.param("GDPR: we may not keep addresses longer than that.", id="a law"),
    pytest.param("It was written by hand and took a colleague two days a month.", id="work by hand"),
]
MISSING = [
    pytest.param(
        "",
        'Add one sentence on why "Retry failed uploads" is needed: the cause, the goal, or what goes wrong without it.',
        id="nothing",
    ),
    pytest.param(
        "Fixes #12",
        "Say in one sentence why, in your own words; line 1 only points to the issue.",
        id="only a link",
    ),
    pytest.param(
        "Done as requested by Ana.",
        '"Done as requested by Ana." leaves the reason with somebody else: write down what was wanted and what for.',
        id="as requested",
    ),
    pytest.param(
        "## Why\n\nBug fix",
        '"Bug fix" leaves the reason with somebody else: write down what was wanted and what for.',
        id="a word under the heading",
    ),
    pytest.param(
        "Retries uploads because they failed.",
        '"Retries uploads because they failed." says the title again: '
        "add the cause, or what goes wrong without the change.",
        id="the title again",
    ),
    pytest.param(
        "Improves the performance of the nightly worker process.",
        '"Improves the performance of the nightly worker process." says what was changed: '
        "add the cause, the goal, or what goes wrong without it.",
        id="improves something",
    ),
    pytest.param(
        "This change quietly improves the nightly run of the importer.",
        '"This change quietly improves the nightly run of the ..." says what was changed: '
        "add the cause, the goal, or what goes wrong without it.",
        id="improves something, and how",
    ),
    pytest.param(
        "- add a column to handle attempts\n- [x] prepare code cleanup of the importer",
        'Add one sentence on why "Retry failed uploads" is needed: the cause, the goal, or what goes wrong without it.',
        id="a list of changes, one with a purpose",
    ),
    pytest.param(
        "## Issue(s)",
        'Add one sentence on why "Retry failed uploads" is needed: the cause, the goal, or what goes wrong without it.',
        id="a heading for links",
    ),
    pytest.param(
        "Original issue description:\n\n> Uploads fail because the proxy cuts them.",
        'Add one sentence on why "Retry failed uploads" is needed: the cause, the goal, or what goes wrong without it.',
        id="a heading for the issue's words",
    ),
    pytest.param(
        "Better quality for everybody.",
        '"Better quality for everybody." would fit many changes: '
        "say what was wrong before, or who needs it and for what.",
        id="a general good",
    ),
    pytest.param(
        "## Why\n\n#12",
        'Put one sentence on the cause or the goal below "Why", at line 1.',
        id="a number under the heading",
    ),
    pytest.param(
        "## Why\n\n<!-- Tell us why -->\n\n## What\n\nWait between attempts.",
        'Put one sentence on the cause or the goal below "Why", at line 1.',
        id="the template under the heading",
    ),
    pytest.param(
        "## Summary\n\n- add a column\n- rename the module\n- update the imports\n- bump the version",
        'Add one sentence on why "Retry failed uploads" is needed: the cause, the goal, or what goes wrong without it.',
        id="a list of changes",
    ),
    pytest.param(
        "> Uploads fail because the proxy cuts them after 30 seconds.",
        'Add one sentence on why "Retry failed uploads" is needed: the cause, the goal, or what goes wrong without it.',
        id="the issue's words, quoted",
    ),
]


SAID = [  # what it does, however it is put
    pytest.param("This took embarrassingly long to debug.", id="what it cost the author"),
    pytest.param("I made this a single PR to reduce the review load.", id="about the pull request"),
    pytest.param("We have not reviewed files with these extensions because they are generated.", id="a robot"),
    pytest.param("I reviewed the changes again and broke the additional commits up.", id="how it was made"),
    pytest.param("While writing this PR I saw that the counter of errors is broken as well.", id="found on the way"),
    pytest.param(
        "It drops the table, except for two columns left for a follow-up in order to stay deployable.",
        id="why something is left out",
    ),
    pytest.param("- Fixing the names of constants (upper case)", id="what was fixed"),
    pytest.param("- Preventing unneeded builds of shared and mounted parts", id="what was prevented"),
    pytest.param("- Add tests for the error when a file has no name and no size", id="the case a test looks at"),
    pytest.param("The page has a toggle. The toggle is blue. It sits next to the filter.", id="a description"),
    pytest.param("The module was split in three. Each part has its own tests.", id="in the passive"),
    pytest.param("I have added the page. I moved the button.", id="what the author did"),
    pytest.param(
        "The page has a list. The list has rows. Rows are kept a day. Users see ten. Admins see all of them.",
        id="a long description, with people in it",
    ),
    pytest.param("The list has an id, a name and a price.", id="a specification"),
    pytest.param("why what decision because reason test cause problem fix verification", id="a list of keywords"),
    pytest.param("The worker was slow. This makes it faster in order to improve performance.", id="in a circle"),
    pytest.param("Please review carefully, the last one was lost.", id="a closing remark"),
]


@pytest.mark.parametrize("body", SAID)
def test_a_description_of_the_change_is_no_reason(judge, body):
    assert judge(CRITERION, body).status is Status.MISSING


@pytest.mark.parametrize("body", [*MET, *TOLD])
def test_met(judge, body):
    assert judge(CRITERION, body).status is Status.MET


@pytest.mark.parametrize(("body", "advice"), MISSING)
def test_missing(judge, body, advice):
    finding = judge(CRITERION, body)

    assert finding.status is Status.MISSING
    assert finding.advice == advice


def test_a_thin_reason_is_quoted(judge):
    (evidence,) = judge(CRITERION, "Waits between attempts.\n\nImproves the performance of the worker.").evidence

    assert (evidence.line, evidence.quote) == (3, "Improves the performance of the worker.")


def test_without_a_title_the_advice_needs_none(judge):
    finding = judge(CRITERION, "", title="")

    assert finding.advice == "Add one sentence on why it is needed: the cause, the goal, or what goes wrong without it."


def test_for_a_small_change_a_thin_reason_is_enough(judge):
    finding = judge(CRITERION, "For better readability.", small=True)

    assert finding.status is Status.PARTLY
    assert [evidence.quote for evidence in finding.evidence] == ["For better readability."]


def test_for_a_small_change_a_defect_named_in_the_title_is_enough(judge):
    finding = judge(CRITERION, "", title="Fix typo in the guide", small=True)

    assert finding.status is Status.PARTLY
    assert finding.advice == (
        '"Fix typo in the guide" would fit many changes: say what was wrong before, or who needs it and for what.'
    )


def test_for_others_the_title_is_no_reason(judge):
    assert judge(CRITERION, "", title="Fix typos in the guide").evidence == ()


def test_a_small_change_needs_a_line_of_reason_all_the_same(judge):
    assert judge(CRITERION, "", small=True).status is Status.MISSING


def changes(many, reasons):
    """A list of changes, some of them with a reason."""
    told = [f"- drop cache number {number} because it never held the second page" for number in range(reasons)]
    return "\n".join([*told, *(f"- touch module number {number} of the importer" for number in range(many - reasons))])


@pytest.mark.parametrize(
    ("many", "reasons", "status"),
    [
        pytest.param(20, 1, Status.MISSING, id="one in a long log"),
        pytest.param(20, 5, Status.MET, id="many in a long log"),
        pytest.param(10, 1, Status.MET, id="one in a short list"),
    ],
)
def test_a_stray_reason_in_a_long_log_is_not_the_reason_of_the_change(judge, many, reasons, status):
    finding = judge(CRITERION, changes(many, reasons))

    assert finding.status is status
    assert [evidence.line for evidence in finding.evidence[:1]] == ([1] if status is Status.MET else [])


def test_a_reason_that_speaks_for_itself_is_quoted_before_one_inside_a_change(judge):
    body = "Adds a lock so that two workers never take one row. Rows were sent twice, because both workers saw them."

    assert [evidence.quote[:4] for evidence in judge(CRITERION, body).evidence] == ["Rows", "Adds"]


def test_a_line_half_of_which_is_the_title_says_it_again(judge):
    title = "Rename the old search to text search"
    finding = judge(CRITERION, "Comprehensive rename from old search to text search in table and worker.", title=title)

    assert finding.advice == (
        '"Comprehensive rename from old search to text search in ..." says the title again: '
        "add the cause, or what goes wrong without the change."
    )

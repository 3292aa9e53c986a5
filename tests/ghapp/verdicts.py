"""Verdicts made by hand: texts are tested for their words, not for the judgement behind them."""

from datetime import UTC, datetime

from checks.verdict import Evidence, Finding, Outcome, Status, Verdict

AS_OF = datetime(2026, 1, 15, 8, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 17, 5, tzinfo=UTC)
MANUAL = "https://handoff.example/criteria"
OUR_PAGES = "https://handoff.example/manual/troubleshooting#"


def finding(criterion, status, *evidence, advice="", mode="advisory", points=0, of=0):
    quotes = tuple(Evidence(line, quote) for line, quote in evidence)
    return Finding(criterion=criterion, status=status, evidence=quotes, advice=advice, mode=mode, points=points, of=of)


def issue(outcome, score, *findings, reason=""):
    return Verdict(kind="issue", score=score, outcome=outcome, reason=reason, findings=findings)


def pull(outcome, score, *findings, reason=""):
    return Verdict(kind="pull", score=score, outcome=outcome, reason=reason, findings=findings)


CONTEXT = finding(
    "context",
    Status.MET,
    (1, "The billing service writes one CSV file per month; support opens it in a spreadsheet."),
    mode="required",
    points=15,
    of=15,
)
CONTRACT = finding(
    "contract", Status.MET, (4, "GET /exports/{month} answers 200 with text/csv"), mode="required", points=15, of=15
)
ACCEPTANCE = finding(
    "acceptance",
    Status.MET,
    (8, "- [ ] GET /exports/2026-01 returns 31 rows for the sample account"),
    mode="required",
    points=25,
    of=25,
)
SCOPE = finding("scope", Status.MET, (12, "Out of scope: the yearly export."), mode="required", points=15, of=15)
EDGES = finding(
    "edge-cases", Status.MET, (14, "A month without invoices gives a file with a header."), points=10, of=10
)
ALONE = finding("self-contained", Status.MET, (1, "The billing service"), mode="required", points=10, of=10)
CLEAR = finding("clarity", Status.MET, (8, "returns 31 rows"), points=10, of=10)
LANGUAGE = finding("language", Status.MET, (1, "The billing service"), mode="required")

NO_ACCEPTANCE = finding(
    "acceptance",
    Status.MISSING,
    (9, "It should be fast and user-friendly."),
    (10, "Exports work properly."),
    (11, "Support is happy."),
    advice="Say what can be seen when it is done: the file's columns, the status code, the time limit.",
    mode="required",
    of=25,
)
THIN_SCOPE = finding(
    "scope",
    Status.PARTLY,
    (3, "Improve the export over time."),
    advice="Name one finish line, and what is out of scope.",
    mode="required",
    points=7.5,
    of=15,
)
HIDDEN = finding(
    "self-contained",
    Status.MISSING,
    (5, "Columns as discussed with @dana, see #41 and <https://chat.example/c/9>."),
    advice="Write out what was agreed about the columns.",
    mode="required",
    of=10,
)
NO_EDGES = finding(
    "edge-cases",
    Status.MISSING,
    advice="Say what happens for a month without invoices, and when the disk is full.",
    of=10,
)
VAGUE = finding(
    "clarity",
    Status.PARTLY,
    (9, "fast"),
    (0, "Better export"),
    advice='Replace "fast" by a time and a load: `2 s for 10,000 rows`.',
    points=5,
    of=10,
)
NO_ENGAGEMENT = finding("engagement", Status.MISSING, advice="Say who reviews the work, and how.")

READY = issue(
    Outcome.READY,
    100,
    ACCEPTANCE,
    CONTEXT,
    CONTRACT,
    SCOPE,
    EDGES,
    ALONE,
    CLEAR,
    LANGUAGE,
    reason="Nothing is missing.",
)
READY_WITH_ADVICE = issue(
    Outcome.READY, 85, ACCEPTANCE, CONTEXT, CONTRACT, SCOPE, NO_EDGES, ALONE, VAGUE, LANGUAGE, NO_ENGAGEMENT
)
ALMOST = issue(
    Outcome.ALMOST,
    63,
    ACCEPTANCE,
    CONTEXT,
    CONTRACT,
    SCOPE,
    EDGES,
    HIDDEN,
    LANGUAGE,
    reason="Required and missing: self-contained.",
)
NOT_READY = issue(
    Outcome.NOT_READY,
    45,
    NO_ACCEPTANCE,
    CONTEXT,
    CONTRACT,
    THIN_SCOPE,
    NO_EDGES,
    HIDDEN,
    VAGUE,
    LANGUAGE,
    NO_ENGAGEMENT,
    reason="Required and missing: acceptance, self-contained.",
)
SKIPPED = issue(Outcome.SKIPPED, 0, reason="It was opened by the bot `release-robot[bot]`.")

WHAT = finding(
    "what",
    Status.MET,
    (1, "The export now streams rows instead of building the file."),
    mode="required",
    points=35,
    of=35,
)
WHY = finding("why", Status.MET, (3, "Months with 200,000 rows ran out of memory."), mode="required", points=45, of=45)
NO_WHAT = finding(
    "what",
    Status.MISSING,
    (1, "See commits."),
    advice="Say in a sentence what behaves differently now.",
    mode="required",
    of=35,
)
NO_WHY = finding(
    "why",
    Status.MISSING,
    (0, "Stream the export"),
    advice="Say what was wrong before, or what this makes possible.",
    mode="required",
    of=45,
)
THIN_WHY = finding(
    "why",
    Status.PARTLY,
    (3, "Needed for billing."),
    advice="Say what goes wrong in billing without it.",
    mode="required",
    points=20,
    of=45,
)
OPEN_DECISION = finding(
    "decisions",
    Status.PARTLY,
    (7, "Needs a decision: keep the old column order, or sort by date?"),
    advice='"Needs a decision: keep the old column order, or sort by ..." needs a decision: add who decides.',
    points=2,
    of=5,
)
NO_VERIFICATION = finding(
    "verification", Status.MISSING, advice="Say how it was checked: the command and what it printed.", of=10
)
NO_LINK = finding("linked-issue", Status.MISSING, advice="Link the issue it answers: `Closes #12`.", of=5)

PASSES = pull(Outcome.READY, 80, WHAT, WHY, NO_VERIFICATION, NO_LINK, reason="What and why are there.")
OPEN = pull(Outcome.READY, 82, WHAT, WHY, OPEN_DECISION, NO_LINK, reason="A decision is open.")
THIN = pull(Outcome.ALMOST, 55, WHAT, THIN_WHY, NO_LINK, reason="The reason is thin.")
NO_REASON = pull(Outcome.NOT_READY, 35, WHAT, NO_WHY, NO_VERIFICATION, NO_LINK, reason="The reason is missing.")
NOTHING = pull(Outcome.NOT_READY, 0, NO_WHAT, NO_WHY, NO_VERIFICATION, NO_LINK, reason="What and why are missing.")
PULL_SKIPPED = pull(Outcome.SKIPPED, 0, reason="Opened by a bot.")

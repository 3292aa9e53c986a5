"""Issues: does the score order them as engineers do, and does each criterion agree with its label?"""

from collections.abc import Iterator, Sequence

from bench.corpus import Corpus, Row, issue, issues, owner
from bench.measures import Line, auc, kappa, macro_f1, measure, rank, share
from checks.verdict import Outcome, Status, Verdict

BANDS = (35, 60, 80)  # from these scores on grade 1, 2 and 3
GRADES = {Status.MET: 2, Status.PARTLY: 1, Status.MISSING: 0, Status.NOT_ASKED: 0}
GOALS = {"contract": ".50", "acceptance": ".50", "scope": ".50", "self-contained": ".50", "clarity": ".50"}
OTHERS = {
    "context": ".65",
    "contract": ".34",
    "acceptance": ".33",
    "scope": ".24",
    "edge-cases": ".34",
    "self-contained": ".35",
    "clarity": ".32",
}


def grade(score: int) -> int:
    """A score as one of the four grades that engineers give."""
    return sum(score >= band for band in BANDS)


def lines(corpus: Corpus, *, part: str = "*") -> Iterator[Line]:
    """Every figure on issues."""
    rows = [row for row in corpus.rows("issues", part=part) if row.get("work_order", True) and "labels" in row]
    if rows:
        yield from _ready("issues", rows)
        settled = [row for row in rows if "ready" not in row.get("contested", ())]
        if len(settled) < len(rows):
            yield from list(_ready("issues, without contested", settled))[:2]
        yield from _criteria(rows)
    if part == "*":
        yield from _raters(corpus)
        yield from _made(corpus)


def _ready(name: str, rows: Sequence[Row]) -> Iterator[Line]:
    verdicts, owners = issues(list(rows)), [owner(row) for row in rows]
    ready = [row["labels"]["ready"] for row in rows]
    scores = [verdict.score for verdict in verdicts]
    grades = [grade(score) for score in scores]
    good = [each >= 2 for each in ready]
    yield Line(name, "kappa of ready", measure(kappa, ready, grades, owners), ".60", ".37 MiniLM; .88 re-reading")
    yield Line(name, "AUC of ready >= 2", measure(auc, good, scores, owners), ".85", ".73 structure")
    yield Line(name, "macro-F1 of ready >= 2", measure(macro_f1, good, [each >= 2 for each in grades], owners))
    yield Line(name, "rank correlation", measure(rank, ready, scores, owners))
    passed = [verdict.outcome is Outcome.READY for verdict in verdicts]
    failed = [verdict.outcome is Outcome.NOT_READY for verdict in verdicts]
    high = [a or b >= 2 for a, b in zip(passed, grades, strict=True)]
    yield Line(name, "ready = 0 called ready", measure(share, [each == 0 for each in ready], passed, owners), "<= .05")
    yield Line(name, "ready = 0 graded 2", measure(share, [each == 0 for each in ready], high, owners), "<= .05")
    yield Line(
        name, "ready = 3 called not-ready", measure(share, [each == 3 for each in ready], failed, owners), "<= .05"
    )
    low = [each <= 1 for each in grades]
    yield Line(name, "ready = 3 graded <= 1", measure(share, [each == 3 for each in ready], low, owners), "<= .05")


def _criteria(rows: Sequence[Row]) -> Iterator[Line]:
    verdicts, owners = issues(list(rows)), [owner(row) for row in rows]
    for criterion, others in OTHERS.items():
        label = criterion.replace("-", "_")
        given = [_grade_of(verdict, criterion) for verdict in verdicts]
        truth = [row["labels"][label] for row in rows]
        figure = measure(kappa, truth, given, owners)
        yield Line("issues", f"kappa of {criterion}", figure, GOALS.get(criterion, ""), f"{others} surface")


def _grade_of(verdict: Verdict, criterion: str) -> int:
    found = (GRADES[finding.status] for finding in verdict.findings if finding.criterion == criterion)
    return next(found, 0)


def _raters(corpus: Corpus) -> Iterator[Line]:
    rows = [row for row in corpus.rows("swebench-wellspecified") if "body" in row]
    lite = [row for row in rows if row["in_lite"]]
    for what, kept, goal, others in (
        ("AUC of <= 1 against >= 2", lite, ".62", ".45-.55 surface"),
        (
            "AUC of 0 against >= 2",
            [row for row in lite if row["labels"]["underspecified"] != 1],
            ".70",
            ".47-.59 surface; .886 reading",
        ),
    ):
        if kept:
            clear = [row["labels"]["underspecified"] <= 1 for row in kept]
            scores = [verdict.score for verdict in issues(kept)]
            yield Line("SWE-bench Lite", what, measure(auc, clear, scores, [row["id"] for row in kept]), goal, others)
    if rows:
        clear = [-row["labels"]["underspecified"] for row in rows]
        scores = [verdict.score for verdict in issues(rows)]
        yield Line("SWE-bench", "rank correlation", measure(rank, clear, scores, [row["id"] for row in rows]))
    rows = corpus.rows("agentless-lite")
    if rows:
        enough = [row["labels"]["description_quality"] != "Not enough info" for row in rows]
        scores = [verdict.score for verdict in issues(rows)]
        yield Line("Agentless Lite", "AUC of enough", measure(auc, enough, scores, [row["id"] for row in rows]))


def _made(corpus: Corpus) -> Iterator[Line]:
    """Sets that are true by construction."""
    rows = corpus.rows("ambig-pairs")
    if rows:
        ordered = [_score(row["original"]) > _score(row["underspecified"]) for row in rows]
        figure = measure(share, [True] * len(rows), ordered, [row["id"] for row in rows])
        yield Line("rewritten pairs", "original above its rewrite", figure, ">= .97", ".976 length")
    rows = corpus.rows("unfilled-issue-templates")
    if rows:
        for what, title in (("called ready", ""), ("called ready, with a title", "Add a flag for quiet output")):
            passed = [issue(title, row["body"]).outcome is Outcome.READY for row in rows]
            figure = measure(share, [True] * len(rows), passed, [owner(row) for row in rows])
            yield Line("unfilled issue templates", what, figure, "<= .01", ".12 structure")


def _score(text: str) -> int:
    return issue(text.strip().split("\n", maxsplit=1)[0], text).score


def bands(corpus: Corpus) -> str:
    """The reliability picture: of the issues in each band of ten points, how many could really be started."""
    counted: dict[int, list[bool]] = {}
    for row in corpus.rows("issues", part="train") + corpus.rows("issues"):
        if row.get("work_order", True) and "labels" in row:
            score = issue(row.get("title") or "", row.get("body") or "").score
            counted.setdefault(min(score // 10, 9), []).append(row["labels"]["ready"] >= 2)
    rows = [
        f"| {10 * band}-{10 * band + (10 if band == 9 else 9)} | {len(seen)} | {_bar(seen)} |"
        for band, seen in sorted(counted.items())
    ]
    head = ["## Reliability", "", "All labelled issues by score; startable is ready = 2 or 3.", ""]
    return "\n".join([*head, "| score | issues | startable |", "| --- | --- | --- |", *rows, ""])


def _bar(seen: Sequence[bool]) -> str:
    part = sum(seen) / len(seen)
    return f"{'█' * round(20 * part):<20} {100 * part:.0f} %"

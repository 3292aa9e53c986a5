"""Issues: does the score order them as engineers do, and does each criterion agree with its label?"""

from collections.abc import Iterator, Sequence

from bench.corpus import Corpus, Row, issue, issues, owner
from bench.measures import Line, auc, f1, kappa, macro_f1, measure, rank, share
from checks.reader import LocalReader
from checks.reading import IssueKind
from checks.subject import Issue
from checks.verdict import Outcome, Status, Verdict

BANDS = (35, 60, 80)  # from these scores on grade 1, 2 and 3
GRADES = {Status.MET: 2, Status.PARTLY: 1, Status.MISSING: 0}
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
        yield from _others(corpus)


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
    """Agreement on each criterion, over the texts that were judged by it."""
    verdicts = issues(list(rows))
    for criterion, others in OTHERS.items():
        label = criterion.replace("-", "_")
        judged = [
            (row, grade) for row, verdict in zip(rows, verdicts, strict=True) for grade in _grades(verdict, criterion)
        ]
        settled = [(row, grade) for row, grade in judged if label not in row.get("contested", ())]
        for which, kept in (("", judged), (", without contested", settled if len(settled) < len(judged) else [])):
            if kept:
                truth = [row["labels"][label] for row, _ in kept]
                figure = measure(kappa, truth, [grade for _, grade in kept], [owner(row) for row, _ in kept])
                goal = GOALS.get(criterion, "")
                yield Line("issues", f"kappa of {criterion}{which}", figure, goal, f"{others} surface")


def _grades(verdict: Verdict, criterion: str) -> Iterator[int]:
    """One grade, or none where a criterion is not asked: in another language it cannot be judged."""
    found = (finding.status for finding in verdict.findings if finding.criterion == criterion)
    yield from (GRADES[status] for status in found if status in GRADES)


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


def _others(corpus: Corpus) -> Iterator[Line]:
    """Sets that ask something near: how clear, what kind, one story or several."""
    rows = [row for row in corpus.rows("multiswe-java") if row["labels"]["rater2"] is not None]
    if rows:
        clear = [row["labels"]["rater1"] + row["labels"]["rater2"] for row in rows]
        scores = [verdict.score for verdict in issues(rows)]
        yield Line("Multi-SWE Java", "rank correlation", measure(rank, clear, scores, [row["id"] for row in rows]))
    rows = corpus.rows("nlbse24")
    kinds = [_kind(row) for row in rows]
    for kind in ("bug", "feature", "question") if rows else ():
        figure = measure(f1, [row["label"] == kind for row in rows], [kind == each for each in kinds], _ids(rows))
        others = ".827 SetFit, .703 MiniLM, mean of kinds, both trained"
        yield Line("kinds of issues (NLBSE'24)", f"F1 of {kind}", figure, "", others)
    rows = corpus.rows("ustai-stories")
    if rows:
        single = [row["labels"]["atomic"] == "atomic" for row in rows]
        scores = [issue(row["story"], "").score for row in rows]
        yield Line("user stories (UStAI)", "AUC of atomic", measure(auc, single, scores, _ids(rows)))


def _kind(row: Row) -> str:
    """Our kind in the words of the set: what is neither a defect nor a question is wanted."""
    kind = LocalReader().issue(Issue(title=row["title"] or "", body=row["body"] or "")).kind
    return {IssueKind.BUG: "bug", IssueKind.QUESTION: "question"}.get(kind, "feature")


def _ids(rows: Sequence[Row]) -> list[str]:
    return [row["id"] for row in rows]


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


def reliability(corpus: Corpus) -> str:
    """The reliability picture, and what each threshold costs, over all labelled issues."""
    every = corpus.rows("issues", part="train") + corpus.rows("issues")
    rows = [row for row in every if row.get("work_order", True) and "labels" in row]
    judged = [(verdict, row["labels"]["ready"]) for verdict, row in zip(issues(rows), rows, strict=True)]
    return "\n".join([*_bands(judged), "", *_thresholds(judged), ""])


Judged = Sequence[tuple[Verdict, int]]


def _bands(judged: Judged) -> Iterator[str]:
    counted: dict[int, list[bool]] = {}
    for verdict, ready in judged:
        counted.setdefault(min(verdict.score // 10, 9), []).append(ready >= 2)
    yield from ("## Reliability", "", "All labelled issues by score; startable is ready = 2 or 3.", "")
    yield from ("| score | issues | startable |", "| --- | --- | --- |")
    for band, seen in sorted(counted.items()):
        part = sum(seen) / len(seen)
        bar = "\N{FULL BLOCK}" * round(20 * part)
        yield f"| {10 * band}-{100 if band == 9 else 10 * band + 9} | {len(seen)} | {bar} {100 * part:.0f} % |"


def _thresholds(judged: Judged) -> Iterator[str]:
    yield "What a threshold costs: an issue called ready that is not stalls a contractor for a day; one held back costs"
    yield "its author an edit. The default is 70, the lowest at which hardly a form with only its title passes."
    yield from (
        "",
        "| threshold | called ready | of them startable | of the startable, called ready |",
        "| --- " * 4 + "|",
    )
    startable = sum(ready >= 2 for _, ready in judged)
    for threshold in range(55, 85, 5):
        passed = [ready for verdict, ready in judged if verdict.score >= threshold and not _fails(verdict)]
        good = sum(ready >= 2 for ready in passed)
        yield f"| {threshold} | {len(passed)} | {100 * good / len(passed):.0f} % | {100 * good / startable:.0f} % |"


def _fails(verdict: Verdict) -> bool:
    return any(finding.mode == "required" and finding.status is Status.MISSING for finding in verdict.findings)

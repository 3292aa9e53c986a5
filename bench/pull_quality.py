"""Pull requests: is a reason with substance told from everything that only looks like one?"""

from collections.abc import Iterator, Sequence

from bench import commit_quality
from bench.corpus import Corpus, Row, owner, pull, pulls
from bench.measures import Line, auc, kappa, macro_f1, measure, share
from checks.verdict import Outcome, Status, Verdict

GRADES = {Status.MET: 2, Status.PARTLY: 1, Status.MISSING: 0, Status.NOT_ASKED: 0}
LABELS = ("what", "why", "decisions", "verification")


def lines(corpus: Corpus, *, part: str = "*") -> Iterator[Line]:
    """Every figure on pull requests."""
    rows = [row for row in corpus.rows("pulls", part=part) if "labels" in row]
    if rows:
        yield from _rationale("pull requests", rows)
        settled = [row for row in rows if "rationale_ok" not in row.get("contested", ())]
        if len(settled) < len(rows):
            yield from list(_rationale("pull requests, without contested", settled))[:2]
        for label in LABELS:
            yield _criterion(f"kappa of {label}", rows, label)
            settled = [row for row in rows if label not in row.get("contested", ())]
            if len(settled) < len(rows):
                yield _criterion(f"kappa of {label}, without contested", settled, label)
    if part == "*":
        yield from commit_quality.lines(corpus)
        yield from _templates(corpus)


def _rationale(name: str, rows: Sequence[Row]) -> Iterator[Line]:
    verdicts, owners = pulls(list(rows)), [owner(row) for row in rows]
    truth = [row["labels"]["rationale_ok"] for row in rows]
    passed = [verdict.outcome is Outcome.READY for verdict in verdicts]
    scores = [verdict.score for verdict in verdicts]
    false = [not each for each in truth]
    yield Line(name, "macro-F1 of rationale", measure(macro_f1, truth, passed, owners), ".88", ".80 structure; .95")
    yield Line(name, "false accepts", measure(share, false, passed, owners), "<= .08", "")
    yield Line(name, "AUC of rationale", measure(auc, truth, scores, owners), "", ".87 TF-IDF")


def _criterion(what: str, rows: Sequence[Row], name: str) -> Line:
    given = [_grade_of(verdict, name) for verdict in pulls(list(rows))]
    truth = [row["labels"][name] for row in rows]
    return Line("pull requests", what, measure(kappa, truth, given, [owner(row) for row in rows]))


def _grade_of(verdict: Verdict, criterion: str) -> int:
    found = (GRADES[finding.status] for finding in verdict.findings if finding.criterion == criterion)
    return next(found, 0)


def _templates(corpus: Corpus) -> Iterator[Line]:
    rows = corpus.rows("unfilled-pr-templates")
    if rows:
        passed = [pull("Add a flag for quiet output", row["body"]).outcome is Outcome.READY for row in rows]
        figure = measure(share, [True] * len(rows), passed, [owner(row) for row in rows])
        yield Line("unfilled pull request templates", "accepted", figure, "<= .01", ".10 MiniLM")

"""`python -m bench.quality FOLDER`: how far the shipped judgement agrees with engineers, on a folder of labelled texts.

Prints each figure with its interval, the goal and what others reached, then the worst disagreements with the findings
that led there. With `--write FILE` the figures become a page; no text of the folder goes into it.
"""

import argparse
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from bench import issue_quality, pull_quality, reader_quality, wording_quality
from bench.corpus import Corpus, issues, pulls
from bench.measures import Line
from checks.verdict import Outcome, Verdict

ADVICE = Path(__file__).with_name("advice.md")  # written by hand
WORST = 15
TRUE_SCORES = (15, 45, 70, 95)  # where a text of each grade would stand
PAGE = """\
# How far the verdicts agree with engineers

Written by `make quality CORPUS=folder`; the texts and their labels are kept outside the project. Each figure carries
its 95 % interval by bootstrap over repository owners. The rules are written by hand; models that were trained say so.
While the rules were written both parts were read and measured, so neither figure is free of hindsight: of texts that
nobody here has seen, expect the figures of the texts for fitting.

"Others" are the best known figures: surface models (length, structure, TF-IDF, sentence vectors), published results,
and a second reading by the person who set the labels. A grade is the score cut at 35, 60 and 80. What the labels of
commit messages mean by a reason is wider than here: a linked ticket or a mended fault counts, and is counted so.
"""


def main() -> None:
    """Measure, print, and write the page where one is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--write", type=Path)
    given = asked.parse_args()
    corpus = Corpus(given.folder)
    if not given.folder.is_dir():
        asked.error(f"{given.folder} is not a folder: name the one that holds issues-*.jsonl")
    parts = {
        "Texts kept for measuring": [*issue_quality.lines(corpus), *pull_quality.lines(corpus)],
        "Texts for fitting": [
            *issue_quality.lines(corpus, part="train"),
            *pull_quality.lines(corpus, part="train"),
        ],
        "The reader by itself": [*reader_quality.lines(corpus), *wording_quality.lines(corpus)],
    }
    tables = [_table(title, lines) for title, lines in parts.items() if lines]
    page = "\n".join([PAGE, *tables, issue_quality.reliability(corpus), ADVICE.read_text(encoding="utf-8")])
    print(page)
    _print_worst(corpus)
    if given.write:
        given.write.write_text(page, encoding="utf-8")


def _table(title: str, lines: Sequence[Line]) -> str:
    rows = [f"## {title}", ""]
    for texts, group in groupby(lines, key=lambda line: line.texts):
        found = list(group)
        rows += [
            f"### {texts[0].upper()}{texts[1:]} ({found[0].figure.rows})",
            "",
            "| measure | figure | goal | others |",
        ]
        rows += ["| --- | --- | --- | --- |"]
        rows += [f"| {line.measure} | {line.figure} | {line.goal} | {line.others} |" for line in found] + [""]
    return "\n".join(rows)


def _print_worst(corpus: Corpus) -> None:
    """The texts on which score and label are the furthest apart, for a person to read; never written to a file."""
    rows = [row for row in corpus.rows("issues") if "labels" in row and row.get("work_order", True)]
    apart = [
        (abs(verdict.score - TRUE_SCORES[row["labels"]["ready"]]), f"ready = {row['labels']['ready']}", row, verdict)
        for row, verdict in zip(rows, issues(rows), strict=True)
    ]
    rows = [row for row in corpus.rows("pulls") if "labels" in row]
    apart += [
        (abs(verdict.score - (90 if truth else 20)), f"rationale_ok = {truth}", row, verdict)
        for row, verdict in zip(rows, pulls(rows), strict=True)
        if (truth := row["labels"]["rationale_ok"]) != (verdict.outcome is Outcome.READY)
    ]
    print("## The worst disagreements\n")
    for _, truth, row, verdict in sorted(apart, key=lambda each: -each[0])[:WORST]:
        print(f"- {row['id']} {row['title'][:70]!r}: {truth} ({row.get('why', '')}), {_said(verdict)}")


def _said(verdict: Verdict) -> str:
    found = ", ".join(f"{finding.criterion} {finding.status}" for finding in verdict.findings if finding.of)
    return f"{verdict.outcome} {verdict.score}: {found or verdict.reason}"


if __name__ == "__main__":
    main()

"""How long judging takes: against markdown-it-py's own parse of the same text, and on the worst texts."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from bench.figures import Figure, load
from checks import rationale, readiness
from checks.subject import Issue, Pull
from config.policy import DEFAULTS

CASES = Path(__file__).parent.parent / "tests" / "cases"
MARKDOWN = MarkdownIt("commonmark").enable("table")
SIZE = 256 * 1024
WORST = {
    "letters": "a",
    "spaces": " ",
    "line breaks": "\n",
    "stars": "*",
    "stars and letters": "*a **b ",
    "brackets": "[",
    "links": "[a](",
    "backticks": "`",
    "growing backticks": "`a``b```c",
    "quotes": "> ",
    "nested quotes": ">>>>>>>>> a\n",
    "nested lists": "- - - - - - a\n",
    "lists in quotes in lists": "- > - > - > a\n",
    "lists below lists": "- a\n  - b\n    - c\n      - d\n        - e\n",
    "deeper lists": "  - a\n    - b\n",
    "pipes": "|a|b|\n",
    "tables": "|a|b|\n|-|-|\n",
    "comments": "<!-- ",
    "tags": "<a ",
    "entities": "&amp;",
    "fences": "```\n",
    "headings": "# \n",
    "sentences": "It should work. ",
    "commas": "and so on, etc., ",
    "colons": "Expected:\n",
    "questions": "? ",
    "references": "[a]: b\n",
    "null": "\0",
    "wide letters": "好",
}


def figures() -> Iterator[Figure]:
    """The ratio on ordinary texts, and the time of the worst ones."""
    for kind, judge in (("issue", _judge_issue), ("pull", _judge_pull)):
        texts = [file.read_text(encoding="utf-8") for file in sorted(CASES.glob(f"*/{kind}.md"))]
        ours, parsing = ([_seconds(run, text, 5) for text in texts] for run in (judge, _parse))
        ratio = statistics.median(one / other for one, other in zip(ours, parsing, strict=True))
        yield Figure(
            what=f"judging over markdown-it's parse, median {kind} of {len(texts)}",
            goal="3x",
            measured=f"{ratio:.1f}x",
            beside=f"{statistics.median(ours) * 1000:.1f} ms over {statistics.median(parsing) * 1000:.1f} ms; {load()}",
        )
        seconds, name = max((_seconds(judge, _fill(part), 1), name) for name, part in WORST.items())
        yield Figure(
            what=f"the slowest {kind} of 256 KiB, of {len(WORST)} adversarial ones",
            goal="1 s",
            measured=f"{seconds:.2f} s",
            beside=f"{name}; {load()}",
        )


def _parse(text: str) -> None:
    MARKDOWN.parse(text)


def _judge_issue(body: str) -> None:
    readiness.assess(Issue(title="Export the report", body=body), DEFAULTS.readiness)


def _judge_pull(body: str) -> None:
    rationale.assess(Pull(title="Export the report", body=body), DEFAULTS.rationale)


def _fill(part: str) -> str:
    return (part * (SIZE // len(part.encode()) + 1))[:SIZE]


def _seconds(run: Callable[[str], object], text: str, times: int) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run(text)
        best = min(best, time.perf_counter() - start)
    return best

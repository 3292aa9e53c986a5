"""How long judging takes: against markdown-it-py's own parse of the same text, and on the worst texts."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt

from checks import rationale, readiness
from checks.subject import Issue, Pull
from config.policy import DEFAULTS

CASES = Path(__file__).parent.parent / "tests" / "cases"
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


def main() -> None:
    """Print the ratio on ordinary texts and the time of the worst ones."""
    for kind, judge in (("issue", _judge_issue), ("pull", _judge_pull)):
        ratios = [_ratio(judge, file.read_text(encoding="utf-8")) for file in sorted(CASES.glob(f"*/{kind}.md"))]
        median = statistics.median(ratios)
        print(f"{kind}: judging over markdown-it's parse, {len(ratios)} texts: median {median:.2f}x (goal 3x)")
        seconds, name = max((_seconds(judge, _fill(part), 1), name) for name, part in WORST.items())
        print(f"{kind}: slowest of {len(WORST)} texts of 256 KiB: {seconds:.2f} s, {name} (goal 1 s)")


def _ratio(judge: Callable[[str], None], text: str) -> float:
    markdown = MarkdownIt("commonmark").enable("table")
    return _seconds(judge, text, 5) / _seconds(markdown.parse, text, 5)


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

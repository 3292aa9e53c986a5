"""`ghapp check pull`: with its issues handed in, it shows what the author says of their acceptance criteria."""

import json
import subprocess
import sys

LINKED = {
    "repository": "acme/shop",
    "number": 12,
    "title": "Uploads are lost",
    "body": "## Acceptance criteria\n\n- A failed upload is retried three times\n- The row gets the status `failed`\n",
}
BODY = "Files are lost when the connection breaks, since it gives up.\n\n- AC1: `backoff.py`, [bold]3fa81c2[/bold]\n"


def checked(ghapp, **fields):
    return ghapp("check", "pull", "-", text=json.dumps({"title": "Retry uploads", "body": BODY, **fields})).output


def test_the_trace_stands_below_the_findings(ghapp, snapshot):
    said = checked(ghapp, linked=[LINKED])
    assert said[said.index("Of 2 acceptance criteria") :] == snapshot


def test_without_issues_there_is_none(ghapp):
    assert "Of " not in checked(ghapp)


def test_what_is_not_judged_is_not_traced(ghapp):
    assert "AC1" not in checked(ghapp, linked=[LINKED], author="renovate[bot]", author_is_bot=True)


def test_an_issue_has_none(ghapp):
    assert "Of 2 acceptance" not in ghapp("check", "issue", "-", text=f"# Uploads\n\n{LINKED['body']}").output


def test_the_json_is_the_verdict_alone(ghapp):
    text = json.dumps({"title": "Retry uploads", "body": BODY, "linked": [LINKED]})
    said = ghapp("check", "pull", "-", "--json", text=text).output
    assert "traced" not in json.loads(said)


def test_the_library_for_likeness_is_loaded_when_words_are_compared_only():
    code = "import sys, checks.rationale, ghapp.cli.show, ghapp.render.check_run; print('rapidfuzz' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert asked.stdout == "False\n"

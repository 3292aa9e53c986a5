"""The pages: fresh where they are generated, true where they are written by hand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from checks import rationale, readiness
from checks.subject import Issue, Pull
from checks.verdict import Outcome, Status, Verdict
from config.load import load
from config.origin import Source
from config.policy import DEFAULTS
from docs import generate
from ghapp.render.manual_page import headings
from ghapp.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
TEMPLATE = (ROOT / ".github" / "pull_request_template.md").read_text(encoding="utf-8")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def fences(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def parsed(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    return {heading.anchor for heading in headings(parsed(page), lines=0)}


def links(page: Path) -> Iterator[str]:
    inner = (child for token in parsed(page) for child in token.children or ())
    for token in inner:
        yield from (str(token.attrs[name]) for name in ("href", "src") if name in token.attrs)


@pytest.fixture
def empty_house(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "config").mkdir()
    return tmp_path


def test_the_generated_pages_are_fresh(capsys):
    assert generate.main(["--check"]) == 0, capsys.readouterr().out


def test_a_stale_page_is_named_and_left_alone(empty_house, capsys):
    assert generate.main(["--check"], root=empty_house) == 1
    assert capsys.readouterr().out.splitlines() == [f"{path} is stale: run `make docs`" for path in generate.pages()]
    assert list((empty_house / "docs").iterdir()) == []


def test_a_stale_page_is_written_once(empty_house, capsys):
    generate.main([], root=empty_house)
    capsys.readouterr()

    assert generate.main([], root=empty_house) == 0
    assert capsys.readouterr().out == ""
    assert generate.main(["--check"], root=empty_house) == 0


@each_page
def test_every_link_leads_somewhere(page):
    for target in links(page):
        if target.startswith(("https://", "http://")):
            continue
        file, _, anchor = target.partition("#")
        place = page.parent / file if file else page
        assert place.is_file(), target  # a folder has no page on the site
        assert not anchor or anchor in anchors(place), target


@each_page
def test_every_policy_shown_is_a_policy(page):
    for text in fences(page.read_text(encoding="utf-8"), "yaml"):
        assert load(text, source=Source.OWNER).mistakes == ()


@each_page
def test_every_make_command_is_a_target(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z-]+)(?=[`\n])", page.read_text(encoding="utf-8"))) <= targets


def test_the_example_of_settings_names_each_with_its_default():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    shown = dict(line.removeprefix("#").split("=", 1) for line in lines if re.match(r"#[A-Z_]+=", line))
    secret = {"DATABASE_URL": "sqlite:///data/handoff.db"}
    defaults = {name.upper(): field.default for name, field in Settings.model_fields.items()}

    assert shown.keys() == defaults.keys()
    for name, default in defaults.items():
        plain = default if isinstance(default, str | int) else secret.get(name, "")
        assert shown[name] == str(plain), name


def form(name: str) -> dict[str, str]:
    """The questions of an issue form: id -> label."""
    fields = yaml.safe_load((FORMS / name).read_text(encoding="utf-8"))["body"]
    return {field["id"]: field["attributes"]["label"] for field in fields}


def submitted(name: str, answers: dict[str, str]) -> str:
    """The body that GitHub makes of a form."""
    return "\n\n".join(f"### {label}\n\n{answers.get(key, '_No response_')}" for key, label in form(name).items())


def assess_issue(title: str, body: str) -> Verdict:
    return readiness.assess(Issue(title=title, body=body), DEFAULTS.readiness)


def assess_pull(title: str, body: str) -> Verdict:
    return rationale.assess(Pull(title=title, body=body, templates=(TEMPLATE,)), DEFAULTS.rationale)


BUG = {
    "context": (
        "The policy loader in `config/load.py`, version 0.1.0, on SQLite. A file with Windows line ends is read today "
        "as one long line, so three maintainers whose editors write `\\r\\n` cannot set a threshold at all."
    ),
    "steps": (
        "1. Write `.github/handoff.yml` with `readiness:\\r\\n  threshold: 80\\r\\n`.\n"
        "2. Run `ghapp check issue examples/small.md --policy .github/handoff.yml`."
    ),
    "actual": (
        "Exit code 2 and this line:\n\n```text\n"
        ".github/handoff.yml:1:1: the file: found what YAML cannot read, allowed is YAML\n```"
    ),
    "expected": (
        "- The command exits with 0 or 1 and prints a verdict.\n"
        "- The verdict's JSON has `readiness.threshold` among the origins of its policy.\n"
        "- A mistake in such a file is reported with the same line number as with `\\n` alone."
    ),
    "scope": "Files with a mixture of both line ends are not part of this; nor are the other settings files.",
    "edge-cases": "An empty file and a file that ends without a line end still give the defaults and exit code 0.",
}
WORK = {
    "context": (
        "`ghapp check` in `ghapp/cli/check.py` prints a verdict for people or as JSON today. Leads paste verdicts "
        "into spreadsheets by hand, which takes them about ten minutes for each report."
    ),
    "contract": (
        "`ghapp check issue --jsonl --csv FILE` reads one JSON object on each line with `title` and `body`, and prints "
        "CSV with the columns `id,score,verdict,first_gap`. A line that is no JSON object gives the error "
        "`line 3: not a JSON object` on standard error and exit code 2.\n\n"
        '```text\nin:  {"id": 7, "title": "Export fails", "body": ""}\nout: 7,0,not-ready,acceptance\n```'
    ),
    "acceptance": (
        "- [ ] `ghapp check issue --jsonl --csv two.jsonl` prints a header line and two rows.\n"
        "- [ ] A title with a comma and a quote comes back unchanged from Python's `csv` module.\n"
        "- [ ] Without `--jsonl` the command exits with 2 and names the missing flag."
    ),
    "scope": "Done when the flag is documented in the README. Out of scope: reading CSV, and Excel's own format.",
    "edge-cases": "An empty file prints the header only and exits with 0. A body of over 256 KiB is cut.",
    "delivery": "One pull request by 4 December, reviewed by a maintainer within one working day.",
}
PULL = """\
## What

The policy loader reads files with Windows line ends: `config/compose.py` now hands PyYAML the text with its line ends
as they stand, and mistakes carry the line that the editor shows.

## Why

Teams whose editors write `\\r\\n` could not set a threshold: the whole file was refused, because it was split at
`\\n` before it was read.

## Decisions

The text is not rewritten to `\\n` first, because the columns of mistakes would then be off by one.

## How it was checked

`make check` passes; a new case in `tests/config/test_load.py` reads a file with `\\r\\n` and fails without the change.

## Issue

Closes #12
"""


@pytest.mark.parametrize(
    ("name", "title", "answers"),
    [
        pytest.param("bug.yml", "A policy file with Windows line ends is refused", BUG, id="bug"),
        pytest.param("work.yml", "`ghapp check` prints CSV", WORK, id="work"),
    ],
)
def test_an_issue_form_filled_in_sensibly_is_ready(name, title, answers):
    assert answers.keys() == form(name).keys()
    assert assess_issue(title, submitted(name, answers)).outcome is Outcome.READY


@pytest.mark.parametrize("name", ["bug.yml", "work.yml"])
def test_an_empty_issue_form_is_not_ready(name):
    verdict = assess_issue("", submitted(name, {}))

    assert (verdict.outcome, verdict.score) == (Outcome.NOT_READY, 0)


def test_a_pull_request_template_filled_in_sensibly_is_ready():
    assert assess_pull("Read policy files with Windows line ends", PULL).outcome is Outcome.READY


def test_the_pull_request_template_left_alone_is_not_ready():
    verdict = assess_pull("Read policy files with Windows line ends", TEMPLATE)
    found = {finding.criterion: finding.status for finding in verdict.findings}

    assert verdict.outcome is not Outcome.READY
    assert found["why"] is Status.MISSING
    assert Status.MET not in (found["what"], found["decisions"], found["verification"], found["linked-issue"])


def test_the_filled_pull_request_keeps_the_headings_of_the_template():
    assert re.findall(r"^## .+$", PULL, re.MULTILINE) == re.findall(r"^## .+$", TEMPLATE, re.MULTILINE)

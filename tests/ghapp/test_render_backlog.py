"""The backlog report as people and programs read it, compared whole."""

import base64
import csv
import hashlib
import json
import re
from dataclasses import replace
from io import StringIO

import pytest
from rich.cells import cell_len

from checks.verdict import Outcome, Status
from ghapp.backlog.figures import figures
from ghapp.render import backlog_page, backlog_table, backlog_text
from tests.ghapp import backlogs
from tests.ghapp.backlogs import issue, pull, scan
from tests.ghapp.pages import Tags, body, foreign

WEB = "https://github.com"
SOME = figures(backlogs.some())


def printed(*, width: int = 100, shown=SOME) -> str:
    return "\n".join(line.plain for line in backlog_text.lines(shown, width=width))


class TestTerminal:
    def test_the_report(self, snapshot):
        assert printed() == snapshot

    def test_the_report_of_a_backlog_with_nothing_to_hand_over(self, snapshot):
        asked = replace(backlogs.DEFAULTS, files=(".github/handoff.yml",), broken=True, threshold=80)
        foreign = issue(1, Outcome.SKIPPED, 0, reason="Not English.")
        assert printed(shown=figures(scan(foreign, asked=asked))) == snapshot

    @pytest.mark.parametrize(("width", "room"), [(20, 40), (40, 40), (80, 80), (100, 100), (300, 100)])
    def test_no_line_is_longer_than_the_terminal(self, width, room):
        assert max(map(cell_len, printed(width=width).splitlines())) <= room

    def test_large_numbers_are_written_alike(self):
        found = figures(scan(*(issue(number, Outcome.READY, 100) for number in range(1000))))
        assert backlog_text.headline(found).endswith(": 1,000 of 1,000 open issues")

    def test_as_many_edits_are_promised_as_follow(self):
        gaps = ("acceptance", "context", "scope")
        rows = [issue(each, mended_by=(name,)) for each, name in enumerate(gaps, start=1)]
        assert [backlog_text.lifts(figures(scan(*rows[:count]))) for count in (1, 3)] == [
            "The edit that would lift most",
            "The 3 edits that would lift most",
        ]

    def test_nobodys_words_drive_the_terminal(self):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed())

    def test_a_bar_is_as_long_as_its_share_and_seen_however_small(self):
        many = [issue(number % 27 + 1, Outcome.NOT_READY, 5) for number in range(400)]
        lines = printed(shown=figures(scan(*many, issue(28, Outcome.READY, 100)))).splitlines()
        low, high = (next(line for line in lines if line.lstrip().startswith(each)) for each in ("0-9", "90-100"))
        assert (low.count("░"), high.count("█")) == (40, 1)


class TestJson:
    def test_the_figures(self, snapshot):
        assert json.dumps(backlog_table.as_json(SOME, WEB), indent=2) == snapshot


class TestCsv:
    def rows(self, *found, repository="acme/billing"):
        return list(csv.reader(StringIO(backlog_table.as_csv(found, repository, WEB))))

    def test_each_subject_is_a_row(self, snapshot):
        assert backlog_table.as_csv(backlogs.some().rows, "acme/billing", WEB) == snapshot

    @pytest.mark.parametrize(
        "title",
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\x1b=1", "\u202e=1", "\ufeff=1", "\u00a0@x"],
    )
    def test_no_spreadsheet_takes_a_title_for_a_formula(self, title):
        cell = self.rows(issue(1, title=title))[1][3]
        assert cell.startswith("'")

    @pytest.mark.parametrize("field", ["author", "reason"])
    def test_nor_other_words(self, field):
        assert "'=1" in self.rows(issue(1, **{field: "=1"}))[1]

    @pytest.mark.parametrize("labels", [("=1",), ("-now", "b")])
    def test_nor_labels(self, labels):
        assert self.rows(issue(1, labels=labels))[1][12] == "'" + ", ".join(labels)

    @pytest.mark.parametrize("title", ['a "b", c', "two\nlines", "", "ü 変"])
    def test_a_row_stays_one_row(self, title):
        rows = self.rows(issue(1, title=title), issue(2))
        assert len(rows) == 3
        assert rows[1][3] == title.replace("\n", " ")

    def test_a_pull_request_has_its_own_address_and_its_reason(self):
        row = self.rows(pull(9, Status.PARTLY))[1]
        assert (row[2], row[9]) == ("https://github.com/acme/billing/pull/9", "partly")

    def test_an_address_is_built_whatever_the_repository_is_called(self):
        assert backlog_table.address(WEB, 'a"b/c?d#', issue(1)) == "https://github.com/a%22b/c%3Fd%23/issues/1"


class TestPage:
    page = backlog_page.page(SOME, WEB)
    tags = Tags(page).found

    def test_the_page(self, snapshot):
        assert body(self.page) == snapshot

    def test_it_needs_no_script_and_nothing_from_elsewhere(self):
        assert foreign(self.page) == set()

    def test_its_own_policy_lets_its_style_hold_and_nothing_else(self):
        (style,) = re.findall(r"<style>(.*)</style>", self.page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = next(each["content"] for tag, each in self.tags if each.get("http-equiv"))
        assert policy == (f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")

    def test_titles_lead_to_github_by_addresses_of_our_own(self):
        links = [attrs["href"] for tag, attrs in self.tags if tag == "a"]
        assert links == [f"https://github.com/acme/billing/issues/{number}" for number in (1, 2, 4)]

    def test_hostile_titles_are_words(self):
        assert "<script" not in self.page
        assert "&lt;script&gt;alert(1)" in self.page
        assert "\x1b" not in self.page
        assert "\u202e" not in self.page

    def test_an_empty_backlog_has_a_page(self):
        text = backlog_page.page(figures(scan()), WEB)
        assert "None of 0 open issues was judged" in text
        assert "None is ready or almost ready, and free." in text

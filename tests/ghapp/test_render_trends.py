"""The report on hand-overs as people and programs read it, compared whole."""

import csv
import json
import re
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from rich.cells import cell_len

from ghapp.render import trends_page, trends_table, trends_text
from ghapp.trends.figures import figures
from tests.ghapp.pages import body, foreign
from tests.ghapp.trends.handed import NOW, some, wait, week

WEB = "https://github.com"
HOSTILE = '=HYPERLINK("https://evil.example") \x1b[31m\u202e<script>alert(1)</script>'


def told(*weeks, name="acme", since=date(2026, 1, 1), now=NOW):
    found = figures(name, weeks, since=since, now=now)
    assert found
    return found


SOME = told(*some())
FEW = told(week(1, "2026-03-09", outcome="almost", score=61), name="acme/billing")
UNJUDGED = told(week(1, "2026-03-09", outcome="skipped", gaps=("scope",)), name="acme/billing")
OLD = told(replace(week(1, "2026-03-09"), begins=False), name="acme/billing")
YEAR = told(week(31, "2025-01-06"), week(32, "2025-02-03"), *some(), since=date(2025, 1, 1))
BAD = told(
    week(1, "2026-03-09", repository="=1/acme", outcome=HOSTILE, gaps=(HOSTILE,), questions=(HOSTILE,)), name=HOSTILE
)


def printed(shown, *, width: int = 100) -> str:
    return "\n".join(line.plain for line in trends_text.lines(shown, width=width))


class TestTerminal:
    @pytest.mark.parametrize("shown", [SOME, FEW, UNJUDGED, OLD], ids=["some", "one", "none judged", "none begun"])
    def test_the_report(self, snapshot, shown):
        assert printed(shown) == snapshot

    def test_more_weeks_than_a_picture_holds_are_drawn_as_quarters(self):
        [head, *bars] = printed(YEAR).partition("\n\n")[2].partition("\n\n")[0].splitlines()

        assert head.startswith("Ready at pick-up")
        assert {each.split()[0] for each in bars} == {"2025-Q1", "2026-Q1"}

    @pytest.mark.parametrize(("width", "room"), [(20, 40), (40, 40), (80, 80), (100, 100), (300, 100)])
    @pytest.mark.parametrize("shown", [SOME, BAD], ids=["some", "hostile"])
    def test_no_line_is_longer_than_the_terminal(self, shown, width, room):
        assert max(map(cell_len, printed(shown, width=width).splitlines())) <= room

    def test_it_is_whole_in_eighty_columns(self):
        assert "…" not in printed(SOME, width=80)

    def test_nobodys_words_drive_the_terminal(self):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed(BAD))

    def test_a_hand_over_that_nobody_looked_at_says_so(self):
        lost = printed(told(*some(), now=NOW.replace(day=25))).splitlines()
        assert lost[3:5] == [
            "1 of them goes on: it counts up to now",
            "1 of these not looked at for two days: up to the last look",
        ]


class TestPrograms:
    def test_the_figures_as_json(self, snapshot):
        assert json.dumps(trends_table.as_json(SOME), indent=2) == snapshot

    def test_each_week_of_each_hand_over_is_a_row(self, snapshot):
        assert trends_table.as_csv(SOME, WEB) == snapshot

    def test_no_spreadsheet_takes_a_cell_for_a_formula(self):
        [_, row] = csv.reader(StringIO(trends_table.as_csv(BAD, WEB)))
        assert [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))] == []
        assert sum(cell.startswith("'=") for cell in row) == 4

    def test_an_address_is_built_whatever_the_repository_is_called(self):
        [_, row] = csv.reader(StringIO(trends_table.as_csv(BAD, WEB)))
        assert row[2] == "https://github.com/%3D1/acme/issues/1"


class TestPage:
    page = trends_page.page(SOME)

    def test_the_page(self, snapshot):
        assert body(self.page) == snapshot

    def test_it_needs_no_script_and_nothing_from_elsewhere(self):
        assert foreign(self.page) == set()

    @pytest.mark.parametrize("shown", [FEW, UNJUDGED, OLD, YEAR], ids=["one", "none judged", "none begun", "a year"])
    def test_whatever_there_is_has_a_page(self, shown):
        assert "<h1>" in trends_page.page(shown)

    def test_hostile_names_are_words(self):
        since = NOW.replace(hour=0)
        bad = told(week(1, "2026-03-16", waits=(wait(HOSTILE, 1, since, is_known=False),)), name=HOSTILE)
        text = trends_page.page(bad)

        assert "<script" not in text
        assert "\x1b" not in text
        assert "\u202e" not in text

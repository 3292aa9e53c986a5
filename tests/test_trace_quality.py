"""The measure of the trace: a table of figures, and each case that came out otherwise."""

import re

from bench import trace_quality


def test_both_parts_are_measured(capsys):
    trace_quality.main([])
    head, dashes, *rows = capsys.readouterr().out.splitlines()
    assert (head, dashes) == ("| cases | state | precision | recall |", "| --- | --- | --- | --- |")
    assert [row.split(" | ")[:2] for row in rows] == [
        [f"| {part}", state] for part in ("seen (98)", "held (49)") for state in ("addressed", "left out", "not yet")
    ]
    assert all(re.fullmatch(r"\| .+ \| [01]\.\d\d \(\d+ of \d+\) \| [01]\.\d\d \(\d+ of \d+\) \|", row) for row in rows)


def test_what_came_out_otherwise_is_named(capsys):
    trace_quality.main(["--part", "held", "--errors"])
    assert "a to-do list: AC4 is not yet, found not mentioned" in capsys.readouterr().out


def test_a_share_of_nothing_is_a_dash():
    assert trace_quality.of(0, 0) == "-"

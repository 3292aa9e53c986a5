"""The hand-made cases of comments and reviews stay as well read as they were when they were set."""

import pytest

from bench import loop_quality

FIGURES = {
    f"{part}: {name}": (precision, recall)
    for part in loop_quality.PARTS
    for name, _, precision, recall, _ in loop_quality.rows(part)
}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_precision_goes_before_recall(figure):
    precision, recall = figure
    assert precision >= 0.95
    assert recall >= 0.8


def test_a_table_is_printed_for_each_part(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["loop_quality", "--wrong"])
    loop_quality.main()
    heads = [line for line in capsys.readouterr().out.splitlines() if line.endswith("| cases | precision | recall |")]
    assert [head.split()[1] for head in heads] == list(loop_quality.PARTS)

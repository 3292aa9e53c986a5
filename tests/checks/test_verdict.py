"""Findings hold their two promises, whoever builds them."""

import pytest

from checks.verdict import Evidence, Finding, Status

QUOTE = (Evidence(line=3, quote="It answers 204."),)


@pytest.mark.parametrize("status", [Status.MET, Status.PARTLY])
def test_nothing_is_met_without_a_quote(status):
    with pytest.raises(ValueError, match=f"scope: {status} without evidence"):
        Finding(criterion="scope", status=status, advice="Draw the line.")


@pytest.mark.parametrize("status", [Status.PARTLY, Status.MISSING])
def test_no_gap_stands_without_advice(status):
    with pytest.raises(ValueError, match=f"scope: {status} without advice"):
        Finding(criterion="scope", status=status, evidence=QUOTE)

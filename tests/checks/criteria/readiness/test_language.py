import pytest

from checks.criteria.readiness.language import CRITERION
from checks.criterion import Asked
from checks.reading import Reading
from checks.subject import Issue
from checks.text import parse
from checks.verdict import Status

GERMAN = "Wenn der Export mehr als tausend Zeilen hat, dann bricht er ab und es wird keine Datei geschrieben."
MET = {
    "English": "The export should hold every row.",
    "foreign names and code": "The page of `Prüfung` should show Müller und Söhne at the top of the list.",
}
MISSING = {
    "German": GERMAN,
    "Chinese": "当导出超过一千行时程序会中止。文件不会被写入。请修复这个问题。会计每个月都需要它。",
    "with English code": f"{GERMAN}\n\n```python\nreturn the first row of the table\n```",
}


@pytest.mark.parametrize("body", MET.values(), ids=MET)
def test_english_meets_it(judge, body):
    assert judge(CRITERION, "Export drops rows", body).status is Status.MET


@pytest.mark.parametrize("body", MISSING.values(), ids=MISSING)
def test_another_language_is_missing_and_quoted(judge, body):
    finding = judge(CRITERION, "Export", body)
    assert finding.status is Status.MISSING
    assert finding.evidence[0].quote in body
    assert finding.advice.startswith("Write the issue in English as well")


def test_a_reader_that_knows_better_is_believed_without_a_quote():
    issue = Issue(title="Export drops rows", body="")
    document = parse(issue.title, issue.body)
    finding = CRITERION.judge(Asked(issue, Reading(document, (frozenset(),), english=False)))
    assert (finding.status, finding.evidence) == (Status.MISSING, ())


def test_without_words_it_is_not_asked(judge):
    assert judge(CRITERION, "", "").status is Status.NOT_ASKED

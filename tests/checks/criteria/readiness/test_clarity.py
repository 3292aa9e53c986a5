import pytest

from checks.criteria.readiness.clarity import CRITERION
from checks.criterion import Asked
from checks.reading import Reading, Role
from checks.subject import Issue
from checks.text import parse
from checks.verdict import Status

MET = {
    "facts": ("Add revocation of keys", "`DELETE /v1/keys/{id}` should answer 204 within 5 seconds."),
    "a vague word of today": ("Export is wrong", "The export is slow today: it takes 40 s.\n\nIt should take 2 s."),
    "a fact beside the word": ("Make `ls` faster", "It should be fast: under 20 ms for 1,000 files."),
    "a wish in polite words": ("Add `--json`", "It would be great to have `--json`. Could you add it?"),
    "a line of the template beside much that is said": (
        "Export is wrong",
        "The export takes 40 s.\n\nIt should take 2 s.\n\nA clear and concise description of the problem.",
    ),
    "an empty answer of a form": (
        "Add `--json`",
        "It should print JSON to `stdout`.\n\n### Anything else?\n\n_No response_",
    ),
}
PARTLY = {
    "number": (
        "Add a cache",
        "`GET /keys` answers 200. It should be fast.",
        'In line 1, instead of "fast", say how much',
    ),
    "list": (
        "Add a cache for `/keys`",
        "It should hold keys, users, etc.",
        'In line 1, instead of "etc", list every one',
    ),
    "case": ("Add a cache for `/keys`", "We should purge it as needed.", 'instead of "as needed", say in which case'),
    "decision": ("Add a cache for `/keys`", "The size must be TBD.", "TBD"),
    "sight": (
        "Make `ls` print colours",
        "It should be more user-friendly.",
        'instead of "user-friendly", say what a reader',
    ),
    "title": ("Improve the cache", "`GET /keys` answers 200 today.", 'In the title, instead of "improve", say what'),
    "question left open": (
        "Add a cache for `/keys`",
        "Should we use Redis?",
        'settle "Should we use Redis?": write the answer',
    ),
    "template": (
        "Add a cache for `/keys`",
        "A clear and concise description of what you want to happen.",
        "which is the template's text",
    ),
    "no fact at all": ("Add a cache", "", "Below the title, put one fact"),
    "nothing asked for": (
        "Invoices",
        "The export keeps `rows` in a table.",
        "Once it is plain what should change",
    ),
}
MISSING = {
    "vague throughout": (
        "Improve the cache",
        "It should be fast. We should make it robust. It must be easy to use, etc.",
        'In the title, instead of "improve"',
    ),
    "a wish beside no fact": (
        "Rework the invoices",
        "Invoices should be easy to find.",
        'In the title, instead of "rework"',
    ),
    "nothing": ("", "", "there are no words yet"),
}


@pytest.mark.parametrize(("title", "body"), MET.values(), ids=MET)
def test_facts_meet_it_and_harmless_words_are_left_alone(judge, title, body):
    finding = judge(CRITERION, title, body)
    assert (finding.status, finding.advice) == (Status.MET, "")


@pytest.mark.parametrize(("title", "body", "advice"), PARTLY.values(), ids=PARTLY)
def test_a_hit_is_named_with_its_place_and_a_sharper_way(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert finding.status is Status.PARTLY
    assert advice in finding.advice


@pytest.mark.parametrize(("title", "body", "advice"), MISSING.values(), ids=MISSING)
def test_nothing_but_vague_words_is_missing(judge, title, body, advice):
    finding = judge(CRITERION, title, body)
    assert finding.status is Status.MISSING
    assert advice in finding.advice


def test_every_hit_is_quoted_with_its_line(judge):
    finding = judge(CRITERION, "Add `GET /keys`", "It should be fast.\n\nWe should purge it as needed.\n\nWhich store?")
    assert [(evidence.line, evidence.quote) for evidence in finding.evidence] == [
        (1, "It should be fast."),
        (3, "We should purge it as needed."),
        (5, "Which store?"),
    ]


def test_a_hit_of_another_reader_is_mended_without_the_lexicon():
    issue = Issue(title="Add a key", body="It ought to feel right.")
    reading = Reading(parse(issue.title, issue.body), (frozenset({Role.WANTED}), frozenset({Role.VAGUE})))
    advice = CRITERION.judge(Asked(issue, reading)).advice
    assert advice == 'In line 1, say "It ought to feel right." with a fact: a number, a name, a value.'

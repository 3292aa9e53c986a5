import pytest

from checks.choices import Choice, closes

TABLE = ("keep the old table", "rename it")
FORMATS = ("JSON", "CSV", "XLSX")

TAKEN = {
    "words": (TABLE, "Keep the old table, please.", "keep the old table"),
    "one-word": (FORMATS, "CSV", "CSV"),
    "phrase": (FORMATS, "Let's go with CSV since the importer reads it.", "CSV"),
    "letter": (TABLE, "Agreed, B.", "rename it"),
    "number": (TABLE, "option 2", "rename it"),
    "number-as-a-list": (TABLE, "2) please", "rename it"),
    "place": (TABLE, "The second one.", "rename it"),
    "latter": (TABLE, "the latter", "rename it"),
    "mentioned-first": (FORMATS, "@sam: CSV, we have no reader for the others.", "CSV"),
    "below-a-quotation": (FORMATS, "> JSON, CSV or XLSX\n\nXLSX", "XLSX"),
    "another-way": (FORMATS, "Neither, let's use Parquet.", "Neither, let's use Parquet."),
    "yes-without-options": ((), "Yes, drop it.", "Yes, drop it."),
    "phrase-without-options": ((), "I think we decided to drop it.", ""),
    "decision-without-options": ((), "So let's go with dropping it.", "So let's go with dropping it."),
}
LEFT = {
    "denied": (FORMATS, "Not XLSX."),
    "question": (FORMATS, "What about CSV?"),
    "put-off": (FORMATS, "Leaning towards CSV, let me check."),
    "mention": (FORMATS, "The CSV test is red."),
    "yes-to-several": (FORMATS, "Yes."),
    "letter-beyond": (TABLE, "C"),
    "place-beyond": (TABLE, "the third"),
    "number-beyond": (TABLE, "5. please"),
    "word-of-several": (("keep v1", "remove v1"), "v1"),
    "other-talk": ((), "Please add a test."),
    "nothing": (FORMATS, ""),
}


@pytest.mark.parametrize(("options", "text", "taken"), TAKEN.values(), ids=TAKEN)
def test_a_reply_takes_an_option(options, text, taken):
    assert closes(Choice("Which?", options, "dana", None, 1), text) == taken


@pytest.mark.parametrize(("options", "text"), LEFT.values(), ids=LEFT)
def test_a_reply_leaves_it_open(options, text):
    assert closes(Choice("Which?", options, "dana", None, 1), text) == ""

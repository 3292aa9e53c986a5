import pytest

from checks.reader import vague
from checks.reader.phrases import words
from checks.reader.vague import SHARPER, Kind


@pytest.mark.parametrize(
    ("text", "has_fact", "found"),
    [
        ("it should be fast", False, [("fast", Kind.AMOUNT)]),
        ("it should be fast", True, []),
        ("keys, users, etc", True, [("etc", Kind.INCOMPLETE)]),
        ("write the key as needed", True, [("as needed", Kind.CASE)]),
        ("the order must be to be agreed", True, [("to be agreed", Kind.UNDECIDED)]),
        ("answer promptly", True, [("promptly", Kind.UNDATED)]),
        ("the names should be understandable", False, [("understandable", Kind.TASTE)]),
        ("the names should be understandable", True, []),
        ("the key is kept", False, []),
    ],
)
def test_a_vague_word_comes_with_what_it_leaves_open(text, has_fact, found):
    assert [(hit.phrase, hit.label) for hit in vague.find(words(text), has_fact=has_fact)] == found


def test_every_kind_has_its_sharper_way():
    assert set(SHARPER) == set(Kind)

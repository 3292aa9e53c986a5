import pytest

from checks.reader import vague
from checks.reader.phrases import words


@pytest.mark.parametrize(
    ("text", "has_fact", "found"),
    [
        ("it should be fast", False, [("fast", "say how much, with a number and its unit")]),
        ("it should be fast", True, []),
        ("keys, users, etc", True, [("etc", "list every one that is meant")]),
        ("the key is kept", False, []),
    ],
)
def test_a_vague_word_comes_with_its_sharper_way(text, has_fact, found):
    assert [(hit.phrase, hit.label) for hit in vague.find(words(text), has_fact=has_fact)] == found

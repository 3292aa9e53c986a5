"""Which version of which file holds."""

import pytest

from config.compose import MOST_BYTES
from config.standing import File, stand

OWNER = "acme/.github/.github/handoff.yml"


def threshold(text):
    return f"readiness: {{threshold: {text}}}\n"


def stood(own=None, owner=None):
    return stand(own or File(), owner or File(), owner_file=OWNER)


@pytest.mark.parametrize(
    ("own", "owner", "holds", "broken", "broken_owner"),
    [
        pytest.param(File(), File(), 70, None, None, id="no file"),
        pytest.param(File(), File(text=threshold(60)), 60, None, None, id="the owner's"),
        pytest.param(File(text=threshold(80)), File(text=threshold(60)), 80, None, None, id="the repository's"),
        pytest.param(
            File(text=threshold("x"), last=threshold(80)), File(text=threshold(60)), 80, True, None, id="last"
        ),
        pytest.param(File(text=threshold("x")), File(text=threshold(60)), 60, False, None, id="no last one"),
        pytest.param(File(text=None, last=threshold(80)), File(), 80, True, None, id="no text"),
        pytest.param(File(), File(text=threshold("x"), last=threshold(60)), 60, None, True, id="the owner's last"),
        pytest.param(File(), File(text=threshold("x")), 70, None, False, id="no last one of the owner's"),
        pytest.param(File(), File(text=None), 70, None, False, id="no text of the owner's"),
        pytest.param(
            File(text=threshold("x"), last=threshold("y")),
            File(),
            70,
            False,
            None,
            id="a last one that is none any more",
        ),
    ],
)
def test_of_each_file_the_last_version_without_mistakes_holds(own, owner, holds, broken, broken_owner):
    found = stood(own, owner)

    assert found.loaded.policy.readiness.threshold == holds
    assert (found.broken and found.broken.last_holds) is broken
    assert (found.broken_owner and found.broken_owner.last_holds) is broken_owner


def test_a_last_version_that_clashes_with_the_owners_new_file_does_not_hold():
    own = "readiness: {labels: {ready: go}}"
    found = stood(File(text=own, last=own), File(text="readiness: {labels: {not-ready: go}}"))

    assert found.broken
    assert not found.broken.last_holds
    assert found.loaded == found.over


def test_the_owners_policy_that_the_repositorys_was_laid_over_is_told_apart():
    found = stood(File(text=threshold(80)), File(text=threshold(60)))

    assert found.over.policy.readiness.threshold == 60


def test_the_same_texts_are_loaded_once():
    assert stood(File(text=threshold(80))).loaded is stood(File(text=threshold(80))).loaded


def test_a_text_that_is_too_long_is_refused_and_not_remembered():
    long = File(text="#" * (MOST_BYTES + 1))

    assert stood(long).broken.mistakes is not stood(long).broken.mistakes
    assert stood(File(), long).broken_owner

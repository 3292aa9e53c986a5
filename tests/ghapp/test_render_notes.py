"""Notes: the sentences about what stands beside a verdict."""

from config.load import PATH, load
from ghapp.render import notes


def test_a_broken_policy_is_named_with_its_first_mistakes():
    mistakes = load("readiness:\n  treshold: 5\n").mistakes

    assert notes.broken_policy(PATH, mistakes, kept=True) == (
        "`.github/handoff.yml` on the default branch cannot be used; its last version without mistakes stays in force.",
        str(mistakes[0]),
    )


def test_without_a_good_version_the_defaults_are_in_force():
    first, *_ = notes.broken_policy(PATH, load("readiness: 5\n").mistakes, kept=False)

    assert first == "`.github/handoff.yml` on the default branch cannot be used; the defaults are in force."


def test_of_many_mistakes_the_first_are_named_and_the_others_counted():
    mistakes = load("a: 1\nb: 1\nc: 1\nd: 1\ne: 1\n").mistakes

    *_, last = notes.broken_policy(PATH, mistakes, kept=True)

    assert last == "2 more in the same file."


def test_a_label_set_by_hand_is_said_to_stay():
    assert notes.label_by_hand("handoff: ready") == (
        "The label `handoff: ready` was set by hand and stays, although this verdict differs."
    )


def test_a_shared_commit_names_the_pull_request_that_its_check_is_about():
    assert notes.shared_head(6) == "Several open pull requests have this head commit; this is about number 6."

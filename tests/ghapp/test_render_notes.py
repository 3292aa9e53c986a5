"""Notes: the sentences about what stands beside a verdict."""

from config.load import PATH, load
from config.origin import Source
from ghapp import judgement
from ghapp.render import notes


def test_a_broken_policy_is_one_sentence_with_its_mistakes_as_details():
    mistakes = load("readiness:\n  treshold: 5\n").mistakes

    (note,) = notes.broken_policy(PATH, mistakes, kept=True)

    assert note == (
        "This repository's policy file, `.github/handoff.yml`, has a mistake; its last version without mistakes stays "
        f"in force.\n{mistakes[0]}"
    )


def test_without_a_good_version_the_defaults_are_in_force():
    (note,) = notes.broken_policy(PATH, load("readiness: 5\n").mistakes, kept=False)

    assert note.startswith("This repository's policy file, `.github/handoff.yml`, has a mistake; the defaults are in")


def test_of_many_mistakes_the_first_are_named_and_the_others_counted():
    mistakes = load("".join(f"{letter}: 1\n" for letter in "abcdefghijkl")).mistakes

    (note,) = notes.broken_policy(PATH, mistakes, kept=True)

    assert "has 12 mistakes;" in note
    assert len(note.splitlines()) == notes.SHOWN + 2
    assert note.endswith("\n2 more in the same file.")


def test_a_label_set_by_hand_is_said_to_stay():
    assert notes.label_by_hand("handoff: ready") == (
        "The label `handoff: ready` was set by hand and stays, although this verdict differs."
    )


def test_a_shared_commit_names_the_pull_request_that_its_check_is_about():
    assert notes.shared_head(6) == "Several open pull requests have this head commit; this is about number 6."


def test_linked_issues_that_are_too_long_are_said():
    assert notes.linked_cut() == "Of the linked issues only the first 128 KiB were read."
    assert judgement.LINKED == 128 * 1024


def test_an_owners_broken_policy_is_one_sentence_without_its_text():
    mistakes = load("readiness:\n  treshold: 5\n").mistakes

    assert notes.broken_owner_policy("acme/.github", mistakes, kept=True) == (
        "The policy file in `acme/.github` has a mistake; its last version without mistakes stays in force.",
    )
    assert notes.broken_owner_policy("acme/.github", mistakes, kept=False) == (
        "The policy file in `acme/.github` has a mistake; it is left out.",
    )


def test_locked_keys_are_counted_and_named_as_details():
    over = load("lock: [language, rationale]", source=Source.OWNER, file="acme/.github/f")
    one, two = (load(text, over=over).overruled for text in ("language: de", "language: de\nrationale: {size: 5}"))

    assert notes.overruled(PATH, (), owner="acme/.github") == ()
    [said] = notes.overruled(PATH, one, owner="acme/.github")
    assert said == (
        "This repository's policy file, `.github/handoff.yml`, sets a key that `acme/.github` locks; its value holds.\n"
        f"{one[0]}"
    )
    [said] = notes.overruled(PATH, two, owner="acme/.github")
    assert "sets 2 keys that `acme/.github` locks; its values hold.\n" in said


def test_notes_are_listed_with_their_details():
    assert notes.listed(["One.\na\nb", "Two."]) == "- One.\n- a\n- b\n- Two."
    assert notes.listed([]) == ""

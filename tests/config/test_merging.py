"""A repository's file over its owner's: key by key, with locks, and every value knows where it stands."""

import pytest

from config.load import BARE, PATH, load
from config.locks import Key
from config.origin import Source
from config.policy import DEFAULTS, Mode

OWNER = f"acme/.github/{PATH}"


def owner(text):
    return load(text, file=OWNER, source=Source.OWNER)


def both(owners, own):
    over = owner(owners)
    assert not over.mistakes
    return load(own, over=over)


def test_the_repository_is_laid_over_its_owner_and_the_owner_over_the_defaults():
    found = both(
        "readiness: {threshold: 60, comment: silent}\nrationale: {size: 300}", "readiness: {threshold: 80}"
    ).policy

    assert (found.readiness.threshold, found.readiness.comment, found.rationale.size) == (80, "silent", 300)
    assert found.language == DEFAULTS.language


def test_of_a_criterion_one_key_may_come_from_the_owner_and_the_other_from_the_repository():
    found = both(
        "readiness: {criteria: {size: {weight: 5}}}", "readiness: {criteria: {size: {mode: required}}}"
    ).policy.readiness.criteria.size

    assert (found.mode, found.weight) == (Mode.REQUIRED, 5)


def test_a_list_is_one_value():
    assert both(
        "rationale: {exempt: {labels: [a, b]}}", "rationale: {exempt: {labels: [c]}}"
    ).policy.rationale.exempt.labels == ("c",)


def test_each_value_in_force_knows_whose_file_and_line_it_comes_from():
    found = both("readiness:\n  threshold: 60\n  comment: silent\n", "\nreadiness: {threshold: 80}\nlanguage: de\n")

    assert {key: (origin.source.value, str(origin)) for key, origin in found.origins.items()} == {
        "readiness.threshold": ("repository", f"{PATH}:2"),
        "readiness.comment": ("owner", f"{OWNER}:3"),
        "language": ("repository", f"{PATH}:3"),
    }


def test_the_files_that_have_a_say_on_a_kind_of_subject_are_named_nearest_first():
    found = both("language: de\nreadiness: {threshold: 60}", "rationale: {size: 300}")

    assert found.files_for("readiness") == (OWNER,)
    assert found.files_for("rationale") == (PATH, OWNER)


@pytest.mark.parametrize(
    ("section", "text", "changes"),
    [
        ("readiness", "readiness: {threshold: 60}", True),
        ("readiness", "rationale: {size: 60}", False),
        ("rationale", "readiness: {threshold: 60}", False),
        ("rationale", "rationale: {size: 60}", True),
        ("readiness", "language: de", True),
        ("rationale", "language: de", True),
    ],
)
def test_the_version_for_a_kind_of_subject_changes_with_what_is_asked_of_it(section, text, changes):
    assert (load(text).version_for(section) != "defaults") is changes


def test_with_a_mistake_in_the_repositorys_file_the_owners_holds():
    over = owner("readiness: {threshold: 60}")
    found = load("readiness: {threshold: x}", over=over)

    assert (found.policy, found.version, found.origins) == (over.policy, over.version, over.origins)
    assert [mistake.file for mistake in found.mistakes] == [PATH]


def test_values_that_clash_across_files_are_the_repositorys_mistake():
    [mistake] = both("readiness: {labels: {ready: Go}}", "\nreadiness: {labels: {not-ready: go}}").mistakes

    assert str(mistake) == (
        f"{PATH}:2:33: readiness.labels.not-ready: found the text `go`, "
        "allowed is a name that is not in `readiness.labels.ready`"
    )


# Locks


def test_an_owners_value_holds_where_its_key_is_locked_and_the_rest_of_the_file_does_too():
    found = both(
        "lock:\n  - readiness.threshold\nreadiness: {threshold: 60}", "readiness:\n  threshold: 10\n  comment: silent\n"
    )

    assert (found.policy.readiness.threshold, found.policy.readiness.comment) == (60, "silent")
    assert found.mistakes == ()
    [mistake] = found.overruled
    assert str(mistake) == (
        f"{PATH}:2:14: readiness.threshold: found the number 10, "
        f"allowed is only to leave it out, as {OWNER}:2 locks `readiness.threshold`"
    )
    assert str(found.origins["readiness.threshold"]) == f"{OWNER}:3"


def test_a_default_can_be_locked():
    found = both("lock: [readiness.threshold]", "readiness: {threshold: 10}")

    assert found.policy == DEFAULTS
    assert [mistake.path for mistake in found.overruled] == ["readiness.threshold"]


def test_a_locked_section_locks_all_that_is_in_it_and_each_value_is_said():
    found = both("lock: [rationale]", "language: de\nrationale:\n  size: 5\n  exempt: {labels: [a], bots: off}\n")

    assert found.policy.rationale == DEFAULTS.rationale
    assert found.policy.language == "de"
    assert [(mistake.line, mistake.path) for mistake in found.overruled] == [
        (3, "rationale.size"),
        (4, "rationale.exempt.labels"),
        (4, "rationale.exempt.bots"),
    ]


@pytest.mark.parametrize(
    "own",
    [
        pytest.param("rationale: {drafts: on}", id="its neighbour"),
        pytest.param("rationale:\n", id="a section without a value"),
        pytest.param("readiness: {criteria: {size: {weight: 3}}}", id="a key of the same name"),
    ],
)
def test_what_is_not_locked_may_be_set(own):
    assert not both("lock: [rationale.size, rationale.exempt]", own).overruled


def test_the_value_that_holds_anyway_is_said_as_well_as_the_owner_may_change_it():
    assert both("lock: [language]", "language: en").overruled


def test_the_owners_own_values_are_not_locked_to_it():
    found = owner("lock: [readiness]\nreadiness: {threshold: 60}")

    assert (found.policy.readiness.threshold, found.overruled) == (60, ())


def test_locks_are_known_with_the_line_where_they_stand():
    found = owner("lock:\n  - language\n  - readiness.criteria.edge-cases.mode\n")

    assert {key: str(origin) for key, origin in found.locks.items()} == {
        "language": f"{OWNER}:2",
        "readiness.criteria.edge-cases.mode": f"{OWNER}:3",
    }


def test_a_lock_in_a_repositorys_own_file_is_a_mistake_that_says_where_it_belongs():
    found = load("lock: [language]\nlanguage: de")

    assert [str(mistake) for mistake in found.mistakes] == [
        f"{PATH}:1:1: lock: found `lock`, allowed is `lock` in the owner's `.github` repository only: leave it out here"
    ]
    assert found.policy == BARE.policy


A_KEY = "a key of the policy such as `readiness.threshold`"
BAD_LOCKS = {
    "a word": (
        "lock: readiness",
        f"1:7: lock: found the text `readiness`, allowed is a list of at most 200, each {A_KEY}",
    ),
    "an unknown key": (
        "lock: [readiness.treshold]",
        f"1:8: lock: found the text `readiness.treshold`, allowed is {A_KEY}; did you mean `readiness.threshold`?",
    ),
    "a key without its section": (
        "lock: [language, threshold]",
        f"1:18: lock: found the text `threshold`, allowed is {A_KEY}; did you mean `readiness.threshold`?",
    ),
    "a number": ("lock: [5]", f"1:8: lock: found the number 5, allowed is {A_KEY}"),
    "nothing": ("lock:", f"1:6: lock: found nothing, allowed is a list of at most 200, each {A_KEY}"),
    "itself": ("lock: [lock]", f"1:8: lock: found the text `lock`, allowed is {A_KEY}"),
}


@pytest.mark.parametrize(("text", "expected"), BAD_LOCKS.values(), ids=BAD_LOCKS)
def test_a_lock_that_is_none_is_said_in_plain_words(text, expected):
    assert [str(mistake).removeprefix(f"{OWNER}:") for mistake in owner(text).mistakes] == [expected]


def test_mistakes_in_locks_and_in_values_are_said_at_once():
    assert [mistake.line for mistake in owner("readiness: {threshold: x}\nlock: [x]\n").mistakes] == [1, 2]


@pytest.mark.parametrize("key", list(Key))
def test_every_key_can_be_locked(key):
    assert list(owner(f"lock: ['{key}']").locks) == [key.value]

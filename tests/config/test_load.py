from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import PATH, Loaded, load
from config.mistakes import Mistake
from config.policy import DEFAULTS, Mode, Volume


def said(text: str) -> list[str]:
    return [str(mistake).removeprefix(f"{PATH}:") for mistake in load(text).mistakes]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("\n# later\n", id="only a comment"),
        pytest.param("---\n...\n", id="an empty document"),
        pytest.param("readiness:\nrationale:\n  exempt:\n", id="sections whose keys are commented out"),
        pytest.param("readiness: {threshold: 70}", id="a default written out"),
    ],
)
def test_a_file_that_changes_nothing_is_the_defaults(text):
    loaded = load(text)

    assert (loaded.policy, loaded.version, loaded.mistakes) == (DEFAULTS, "defaults", ())


def test_values_are_laid_over_the_defaults_key_by_key():
    criteria = load("readiness: {criteria: {acceptance: {mode: advisory}}}").policy.readiness.criteria

    assert (criteria.acceptance.mode, criteria.acceptance.weight) == (Mode.ADVISORY, 20)
    assert criteria.context == DEFAULTS.readiness.criteria.context


def test_every_kind_of_value_is_read():
    policy = load(
        "\N{ZERO WIDTH NO-BREAK SPACE}# with a byte order mark, as some editors write it\r\n"
        "language: 'de'\r\n"
        "readiness:\r\n"
        "  since: 2026-11-01\r\n"
        "  threshold: 80\r\n"
        "  comment: on-failure\r\n"
        '  applies-to: {labels: ["for hand-over", später], assigned: false}\r\n'
    ).policy

    assert policy.language == "de"
    assert policy.readiness.since == date(2026, 11, 1)
    assert policy.readiness.threshold == 80
    assert policy.readiness.comment is Volume.ON_FAILURE
    assert policy.readiness.applies_to.labels == ("for hand-over", "später")
    assert policy.readiness.applies_to.assigned is False


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("on", True), ("off", False), ("Yes", True), ("NO", False), ("true", True), ("False", False), ("'on'", True)],
)
def test_a_word_is_a_truth_value_where_one_is_asked_for(word, meaning):
    assert load(f"readiness: {{enabled: {word}}}").policy.readiness.enabled is meaning


@pytest.mark.parametrize("word", ["off", "Off", "'off'"])
def test_off_is_a_mode_where_a_mode_is_asked_for(word):
    assert load(f"rationale: {{criteria: {{size: {{mode: {word}}}}}}}").policy.rationale.criteria.size.mode is Mode.OFF


def test_no_is_norwegian_where_a_language_is_asked_for():
    assert load("language: no").policy.language == "no"


def test_a_bare_word_in_a_list_stays_as_it_is_written():
    assert load("rationale: {exempt: {labels: [On, no]}}").policy.rationale.exempt.labels == ("On", "no")


def test_two_files_that_ask_the_same_have_the_same_version():
    one = load("language: de\nreadiness: {threshold: 60}")
    other = load("# threshold lowered\nreadiness:\n  threshold: 60\nlanguage: 'de'\n")

    assert one.version == other.version
    assert len(one.version) == 12
    assert one.version != load("language: de").version


def test_each_value_set_remembers_its_file_and_the_line_of_its_key():
    loaded = load("readiness:\n  threshold: 60\n  applies-to: {labels:\n    [a, b]}\nlanguage: en", file="f")

    assert {key: str(origin) for key, origin in loaded.origins.items()} == {
        "readiness.threshold": "f:2",
        "readiness.applies-to.labels": "f:3",
        "language": "f:5",
    }


def test_with_a_mistake_the_policy_is_the_defaults():
    loaded = load("language: de\nreadiness: {threshold: many}")

    assert loaded == Loaded(mistakes=loaded.mistakes)
    assert len(loaded.mistakes) == 1


def test_a_mistake_names_all_that_is_needed_to_mend_it():
    assert load("readiness:\n  treshold: 5\n", file="handoff.yml").mistakes == (
        Mistake(
            file="handoff.yml",
            line=2,
            column=3,
            path="readiness.treshold",
            found="the unknown key `treshold`",
            allowed="`enabled`, `applies-to`, `since`, `threshold`, `comment`, `labels` or `criteria`",
            nearest="threshold",
        ),
    )


SECTIONS = (
    "`language`, `readiness`, `rationale`, `team`, `people`, `handover`, `questions`, `reviews`, `updates` or `digest`"
)
READINESS = "`enabled`, `applies-to`, `since`, `threshold`, `comment`, `labels` or `criteria`"
UNDERSCORE = f"allowed is {READINESS}; did you mean `applies-to`?"
OF_PULLS = "`what`, `why`, `decisions`, `verification`, `linked-issue`, `acceptance-trace`, `size` or `language`"
CRITERION = "allowed is a section of `mode` or `weight`"
VOLUMES = "`silent`, `on-failure` or `always`"
MODES = "`required`, `advisory` or `off`"
PERCENT = "allowed is a whole number from 0 to 100"
NAME = "text of 1 to 200 characters"
MISTAKES = {
    "no section at all": (
        "- a",
        f"1:1: the file: found a list, allowed is a section of {SECTIONS}",
    ),
    "a word for a section": (
        "readiness: on",
        f"1:12: readiness: found the text `on`, allowed is a section of {READINESS}; did you mean `{{enabled: on}}`?",
    ),
    "underscore for dash": (
        "readiness: {applies_to: {}}",
        f"1:13: readiness.applies_to: found the unknown key `applies_to`, {UNDERSCORE}",
    ),
    "capital letter": (
        "Language: en",
        f"1:1: Language: found the unknown key `Language`, allowed is {SECTIONS}; did you mean `language`?",
    ),
    "capital letters": (
        "READINESS: {}",
        f"1:1: READINESS: found the unknown key `READINESS`, allowed is {SECTIONS}; did you mean `readiness`?",
    ),
    "in the wrong section": (
        "drafts: on",
        f"1:1: drafts: found the unknown key `drafts`, allowed is {SECTIONS}; did you mean `rationale.drafts`?",
    ),
    "in one of several sections": (
        "weight: 5",
        f"1:1: weight: found the unknown key `weight`, allowed is {SECTIONS}",
    ),
    "too large": (
        "readiness: {threshold: 101}",
        f"1:24: readiness.threshold: found the number 101, {PERCENT}",
    ),
    "too small": (
        "readiness: {threshold: -1}",
        f"1:24: readiness.threshold: found the number -1, {PERCENT}",
    ),
    "a share": (
        "readiness: {threshold: 0.5}",
        f"1:24: readiness.threshold: found the number 0.5, {PERCENT}",
    ),
    "a number in quotes": (
        "readiness: {threshold: '70'}",
        f"1:24: readiness.threshold: found the text `70`, {PERCENT}",
    ),
    "a truth value for a number": (
        "readiness: {threshold: true}",
        f"1:24: readiness.threshold: found `true`, {PERCENT}",
    ),
    "a value left out": (
        "readiness:\n  threshold:",
        f"2:13: readiness.threshold: found nothing, {PERCENT}",
    ),
    "a time is not 570": (
        "readiness: {threshold: 9:30}",
        f"1:24: readiness.threshold: found the text `9:30`, {PERCENT}",
    ),
    "below a wide range": (
        "rationale: {size: 0}",
        "1:19: rationale.size: found the number 0, allowed is a whole number from 1 to 1000000",
    ),
    "a number for a truth value": (
        "readiness: {enabled: 1}",
        "1:22: readiness.enabled: found the number 1, allowed is `true` or `false`",
    ),
    "an odd spelling is a word": (
        "readiness: {enabled: oN}",
        "1:22: readiness.enabled: found the text `oN`, allowed is `true` or `false`",
    ),
    "a choice misspelt": (
        "readiness: {criteria: {size: {mode: requierd}}}",
        f"1:37: readiness.criteria.size.mode: found the text `requierd`, allowed is {MODES}; did you mean `required`?",
    ),
    "a mode without its key": (
        "readiness: {criteria: {size: off}}",
        f"1:30: readiness.criteria.size: found the text `off`, {CRITERION}; did you mean `{{mode: off}}`?",
    ),
    "a section that is switched off": (
        "rationale: {criteria: Off, exempt: {}}\nreadiness: {enabled: on}",
        f"1:23: rationale.criteria: found the text `Off`, allowed is a section of {OF_PULLS}",
    ),
    "a feature that is switched off": (
        "readiness: False",
        f"1:12: readiness: found `false`, allowed is a section of {READINESS}; did you mean `{{enabled: false}}`?",
    ),
    "a comment that is switched off": (
        "readiness: {comment: off}",
        f"1:22: readiness.comment: found the text `off`, allowed is {VOLUMES}; did you mean `silent`?",
    ),
    "a mode that is switched on": (
        "readiness: {criteria: {size: {mode: yes}}}",
        f"1:37: readiness.criteria.size.mode: found the text `yes`, allowed is {MODES}; did you mean `required`?",
    ),
    "a pattern": (
        "language: english",
        "1:11: language: found the text `english`, allowed is text such as `en`",
    ),
    "a day that does not exist": (
        "readiness: {since: 2026-13-01}",
        "1:20: readiness.since: found the text `2026-13-01`, allowed is a day such as `2026-11-22`",
    ),
    "a number is not a day of 1970": (
        "readiness: {since: 5}",
        "1:20: readiness.since: found the number 5, allowed is a day such as `2026-11-22`",
    ),
    "an empty text": (
        "readiness: {labels: {ready: ''}}",
        "1:29: readiness.labels.ready: found nothing, allowed is text of 1 to 50 characters",
    ),
    "a number for a text": (
        "readiness: {labels: {ready: 2026}}",
        "1:29: readiness.labels.ready: found the number 2026, allowed is text of 1 to 50 characters",
    ),
    "a text for a list": (
        "rationale: {exempt: {paths: docs}}",
        f"1:29: rationale.exempt.paths: found the text `docs`, allowed is a list of at most 200, each {NAME}",
    ),
    "a section in a list": (
        "rationale: {exempt: {paths: [docs, {a: b}]}}",
        f"1:36: rationale.exempt.paths: found a section, allowed is {NAME}",
    ),
    "a key twice": (
        "language: !!str en\nlanguage: de",
        "2:1: language: found the key a second time (first on line 1), allowed is each key once",
    ),
    "a tag": (
        "readiness: {threshold: !!int 70}",
        "1:24: readiness.threshold: found the tag `!!int`, allowed is a value without a tag",
    ),
    "a list for a key": (
        "? [language]\n: en",
        "1:3: the file: found a key that is not a word, allowed is a word as the key",
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_in_plain_words(text, expected):
    assert said(text) == [expected]


def test_all_mistakes_are_said_at_once_in_the_order_of_the_file():
    text = "treshold: 5\nreadiness:\n  threshold: x\n  comment: loud\n  threshold: 5\nrationale: []\n"

    assert [line.split(":")[0] for line in said(text)] == ["1", "3", "4", "5", "6"]


@given(st.text())
def test_no_text_is_too_strange(text):
    loaded = load(text)

    assert loaded.mistakes or loaded.policy == DEFAULTS


WORDS = ("readiness", "rationale", "criteria", "size", "mode", "off", "labels", "since", "threshold", "0", "2026-11-22")
MARKS = (
    ": ",
    "\n",
    "\n  ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    '"',
    "? ",
    "| ",
    ">",
    "#",
    "~",
    "<<",
    "---\n",
    "...\n",
)
TRAPS = (
    "&a ",
    "*a",
    "!!int ",
    "!",
    "%YAML 1.1\n",
    "\\U0010FFFF",
    "\\UFFFFFFFF",
    "\\ud800",
    "1e999",
    ".nan",
    "9" * 5000,
)
WHITE = ("\t", "\r", "\0", "\N{NEXT LINE}", "\N{LINE SEPARATOR}")
YAML = st.lists(st.sampled_from(WORDS + MARKS + TRAPS + WHITE)).map("".join)


@given(YAML)
def test_no_scrap_of_yaml_is_too_strange(text):
    for mistake in load(text).mistakes:
        assert mistake.line >= 1
        assert mistake.column >= 1
        assert "\n" not in str(mistake)


@pytest.mark.parametrize(
    ("text", "found", "other"),
    [
        ("readiness: {labels: {ready: Ok, not-ready: oK}}", "1:44: readiness.labels.not-ready: `oK`", "labels.ready"),
        ("readiness: {labels: {ready: Handoff}}", "1:29: readiness.labels.ready: `Handoff`", "applies-to.labels"),
        (
            "readiness: {labels: {ready: 'handoff: not ready'}}",
            "1:29: readiness.labels.ready: `handoff: not ready`",
            "labels.not-ready",
        ),
        (
            "readiness: {applies-to: {labels: [a, 'Handoff: Ready']}}",
            "1:38: readiness.applies-to.labels: `Handoff: Ready`",
            "labels.ready",
        ),
    ],
    ids=["each other", "what asks for us by default", "a default", "a list of what asks for us"],
)
def test_labels_that_github_takes_for_one_are_a_mistake(text, found, other):
    (mistake,) = said(text)

    assert (
        mistake == f"{found.replace(': `', ': found the text `')}, allowed is a name that is not in `readiness.{other}`"
    )


def test_all_labels_that_clash_are_named():
    mistakes = load("readiness: {applies-to: {labels: ['HANDOFF: READY', b, 'handoff: not ready']}}").mistakes

    assert [(mistake.column, mistake.nearest) for mistake in mistakes] == [(35, ""), (56, "")]

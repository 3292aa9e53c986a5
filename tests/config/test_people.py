from datetime import date, time

import pytest

from config.load import PATH, load
from config.origin import Source
from config.people import Role, Weekday, opening, span
from config.policy import DEFAULTS


def said(text: str) -> list[str]:
    return [str(mistake).removeprefix(f"{PATH}:") for mistake in load(text).mistakes]


def test_everything_that_is_known_of_a_person_is_read():
    text = (
        "team: {timezone: Asia/Taipei, hours: 09:30-18:00, days: [mon, sat], holidays: TW}\n"
        "people:\n"
        "  sari: {role: contractor, timezone: Asia/Jakarta, away: [2026-12-24/2027-01-03, 2026-05-01], holidays: ID}\n"
        "  Ana_acme: {role: team, holidays: BR-SP}\n"
        "  '42': {}\n"
    )
    policy = load(text).policy

    assert (policy.team.timezone, policy.team.days) == ("Asia/Taipei", (Weekday.MONDAY, Weekday.SATURDAY))
    assert policy.people["sari"].role is Role.CONTRACTOR
    assert policy.people["sari"].away == ("2026-12-24/2027-01-03", "2026-05-01")
    assert policy.people["Ana_acme"].holidays == "BR-SP"
    assert policy.people["42"] == type(policy.people["42"])()


def test_a_repository_adds_to_what_the_owner_says_of_a_person():
    owner = load("people: {sari: {role: contractor, timezone: Asia/Jakarta}}", file="o", source=Source.OWNER)

    sari = load("people: {sari: {timezone: Asia/Makassar}, dana: {role: team}}", over=owner).policy.people["sari"]

    assert (sari.role, sari.timezone) == (Role.CONTRACTOR, "Asia/Makassar")


ZONE = "allowed is a time zone such as `Europe/Copenhagen`"
COUNTRY = "allowed is a country with known holidays such as `TW`, or a part of one such as `BR-SP`"
SPAN = "allowed is a day that there is, or a span that does not end before it begins"
MISTAKES = {
    "no such zone": (
        "team: {timezone: Europe/Kopenhagen}",
        [f"1:18: team.timezone: found the text `Europe/Kopenhagen`, {ZONE}"],
    ),
    "a zone that is a path": ("team: {timezone: Europe}", [f"1:18: team.timezone: found the text `Europe`, {ZONE}"]),
    "no such country": ("team: {holidays: XX}", [f"1:18: team.holidays: found the text `XX`, {COUNTRY}"]),
    "no such part of a country": (
        "people: {dana: {holidays: BR-XX}}",
        [f"1:27: people.dana.holidays: found the text `BR-XX`, {COUNTRY}"],
    ),
    "several at once": (
        "people:\n  dana: {timezone: Nowhere, away: [2026-02-30, 2026-03-01, 2026-03-02/2026-03-01]}",
        [
            f"2:20: people.dana.timezone: found the text `Nowhere`, {ZONE}",
            f"2:36: people.dana.away: found the text `2026-02-30`, {SPAN}",
            f"2:60: people.dana.away: found the text `2026-03-02/2026-03-01`, {SPAN}",
        ],
    ),
    "no login": (
        "people: {'dana smith': {role: team}}",
        ["1:10: people.dana smith: found the unknown key `dana smith`, allowed is a login as GitHub writes it"],
    ),
    "no login and nothing of it": (
        "people: {'': }",
        ["1:10: people.: found the unknown key ``, allowed is a login as GitHub writes it"],
    ),
    "no section for a person": (
        "people: {dana: contractor}",
        [
            (
                "1:16: people.dana: found the text `contractor`, allowed is a section of `role`, `timezone`, `hours`, "
                "`days`, `holidays` or `away`; did you mean `{role: contractor}`?"
            )
        ],
    ),
    "no section for people": (
        "people: [dana]",
        ["1:9: people: found a list, allowed is a section for each login"],
    ),
    "a key as pydantic calls its own": (
        "'[key]': 1",
        [
            (
                "1:1: [key]: found the unknown key `[key]`, allowed is `language`, `readiness`, `rationale`, `team`, "
                "`people`, `handover`, `questions`, `reviews`, `updates` or `digest`"
            )
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_about_people_is_said_in_plain_words(text, expected):
    assert said(text) == expected


def test_hours_are_two_times_of_day():
    assert opening("09:30-18:00") == (time(9, 30), time(18))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param("2026-05-01", (date(2026, 5, 1), date(2026, 5, 1)), id="one day"),
        pytest.param("2026-12-24/2027-01-03", (date(2026, 12, 24), date(2027, 1, 3)), id="a span"),
        pytest.param("2026-02-30", None, id="no day"),
        pytest.param("2026-05-02/2026-05-01", None, id="backwards"),
    ],
)
def test_days_away_are_a_day_or_a_span(days, expected):
    assert span(days) == expected


def test_who_works_when_changes_no_verdict():
    other = load("team: {timezone: Asia/Taipei}")

    assert other.version_for("readiness") == "defaults"
    assert other.files_for("readiness") == ()
    assert other.policy != DEFAULTS

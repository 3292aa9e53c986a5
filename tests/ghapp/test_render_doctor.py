"""What the doctor says in sum, and where its manual is."""

import pytest

from ghapp import doctor
from ghapp.diagnosis import good, unseen, warning, wrong
from ghapp.render import doctor as render
from ghapp.render import manual_page

PARTS = ("Looks at: ", "Wrong: ", "Remedy: ")
WELL, WARNED, ILL = good("It is."), warning("It is, nearly.", "Look."), wrong("It is not.", "Mend it.")
WAITING, SILENT = unseen("", first="one"), unseen("No answer came.")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param({"one": WELL, "two": WELL}, "All is well: 2 checks.", id="all good"),
        pytest.param(
            {"one": WELL, "two": WARNED},
            "The App can work; some of it is worth a look. Of 2 checks 1 good, 1 warning.",
            id="a warning",
        ),
        pytest.param(
            {"one": ILL, "two": WAITING},
            "One thing has to be mended; begin with `one`. Of 2 checks 1 wrong, 1 not looked at.",
            id="one wrong",
        ),
        pytest.param(
            {"one": WELL, "two": ILL, "three": ILL},
            "2 things have to be mended; begin with `two`. Of 3 checks 1 good, 2 wrong.",
            id="two wrong",
        ),
        pytest.param(
            {"one": WARNED, "two": SILENT},
            "Nothing is known to be wrong, but not all could be looked at. Of 2 checks 1 warning, 1 not looked at.",
            id="nobody answers",
        ),
        pytest.param(
            {"one": WARNED, "two": WAITING},
            "The App can work; some of it is worth a look. Of 2 checks 1 warning, 1 not looked at.",
            id="one waits for a warning",
        ),
    ],
)
def test_the_outcome_comes_first(found, said):
    assert render.headline(found) == said


def test_what_others_say_drives_no_terminal_and_fills_no_screen():
    said = wrong("GitHub says \x1b[31m" + "x" * 5000, "Mend\nit.")
    ((_, _, row),) = render.rows({"one": said})
    assert "\x1b" not in row
    assert len(row) < 1400


def test_a_link_leads_to_the_checks_place_in_the_manual():
    assert render.link("clock", public_url="https://handoff.example") == (
        "https://handoff.example/manual/doctor#the-check-clock"
    )
    assert render.link("clock") == "/manual/doctor#the-check-clock"


def test_the_manual_has_every_check_in_the_order_of_the_report():
    page = manual_page.page(render.PAGE)
    anchors = [heading.anchor for heading in page.headings if heading.anchor.startswith(render.anchor(""))]
    assert anchors == [render.anchor(check.name) for check in doctor.ALL]


@pytest.mark.parametrize("check", doctor.ALL, ids=lambda check: check.name)
def test_the_manual_says_of_a_check_what_it_looks_at_what_is_wrong_and_what_mends_it(check):
    page = manual_page.page(render.PAGE)
    heading = next(heading for heading in page.headings if heading.anchor == render.anchor(check.name))
    part = page.part(heading)
    assert f"**{check.asks}**" in part
    assert [name for name in PARTS if f"\n{name}" not in part] == []

import pytest

from checks.updates import PARTS, is_update, judge
from checks.verdict import Evidence, Finding, Status

HELD = {
    "labels": ("Done: the parser. Next: the writer. Blocked: nothing.", {"done", "next", "blocked"}),
    "bold": ("**Done:** parser\n**Decided:** kept CSV\n**Next:** writer\n**Blocked:** no", set(PARTS)),
    "headings": ("## Done\n\n- parser\n\n## Next\n\n- writer", {"done", "next"}),
    "signs-before-labels": (
        "\N{WHITE HEAVY CHECK MARK} Done: parser\n\N{CONSTRUCTION SIGN} Next: writer",
        {"done", "next"},
    ),
    "dashes": ("Done - parser\nNext - writer", {"done", "next"}),
    "rows": ("| Done | parser |\n|---|---|\n| Next | writer |", {"done", "next"}),
    "prose": ("Today I finished the parser. Tomorrow I start with the writer.", {"done", "next"}),
    "stand-up": ("**Yesterday**\nParser.\n\n**Today**\nWriter.", {"done", "next"}),
    "today-alone": ("Today: parser done.\nTomorrow: writer.\nNo blockers.", {"done", "next", "blocked"}),
    "announced": ("Update: the parser reads every file. Tests tomorrow.", {"done", "next"}),
    "announced-boxes": ("Status\n- [x] parser\n- [ ] docs", {"done", "next"}),
    "choice": ("I chose a queue over cron since it retries.", {"decided"}),
    "only-done": ("Thanks, fixed.", {"done"}),
    "empty-labels": ("**Done:**\n\n**Next:** TBD", set()),
    "question": ("Next: what about refunds?", set()),
    "not-by-the-author": ("The request is blocked by the firewall.", set()),
    "asked-of-another": ("Could you finish it tomorrow?", set()),
    "quoted": ("> Done: parser. Next: writer.\n\nThe list is long.", set()),
    "nothing": ("", set()),
}


@pytest.mark.parametrize(("text", "parts"), HELD.values(), ids=HELD)
def test_the_parts_of_an_update(text, parts):
    assert {finding.criterion for finding in judge(text) if not finding.is_gap} == parts
    assert is_update(text) == ({"done", "next"} <= parts)


def test_a_part_is_met_with_its_words_or_missing_with_the_next_edit():
    assert judge("Done: the parser.\nNext: the writer.", ("done", "blocked")) == (
        Finding(
            criterion="done",
            status=Status.MET,
            evidence=(Evidence(1, "Done: the parser."),),
        ),
        Finding(
            criterion="blocked",
            status=Status.MISSING,
            advice='Add a line "Blocked:" with what is waited for and who can bring it, or "nothing".',
        ),
    )


def test_every_part_has_its_advice():
    assert [finding.advice.startswith("Add a line ") for finding in judge("")] == [True] * len(PARTS)

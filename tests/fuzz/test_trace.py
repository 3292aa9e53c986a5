"""Any issue before any description: acceptance criteria, their drift, their trace and the walk through them hold."""

from hypothesis import given
from hypothesis import strategies as st

from checks import walk
from checks.acceptance_criteria import MOST, carried, drift, of, remembered
from checks.subject import Issue, LinkedIssue, Pull
from checks.trace import Change, State, trace
from ghapp.render import trace as render
from ghapp.render import walk as render_walk
from tests.fuzz.effort import tries
from tests.fuzz.hostile import HOSTILE, LONG, assert_harmless, assert_postable
from tests.ghapp.verdicts import AS_OF

IDS = st.sampled_from(["AC1", "AC-2: ", "[AC3] ", "R1 | ", "#3 AC1", "AC1-3 ", "AC 2 ", "A1: ", "AC #4: "])
SAID = st.sampled_from(
    [
        "A failed upload is retried three times", "The row gets the status `failed`", "done", "not yet", "left out",
        "met", "partly: no test", "not", "`make test`", "3fa81c2", "because", "\u2705", "?", "all but ",
    ]
)  # fmt: skip
MARKS = st.sampled_from(
    [
        "## Acceptance criteria\n\n",
        "- [ ] ",
        "- [x] ",
        "- ",
        "  - ",
        "> ",
        "| a | b |\n|---|---|\n| ",
        " | ",
        "```\n",
        "\n",
    ]
)
BODIES = st.lists(st.one_of(IDS, SAID, SAID, MARKS, MARKS, HOSTILE), max_size=25).map("".join)


def promised(body):
    return of(Issue(title="Uploads", body="## Acceptance criteria\n\n" + body))


def is_sound(criteria):
    assert len({each.id for each in criteria}) == len(criteria)
    assert all(each.id and each.text for each in criteria)


@tries(60)
@given(BODIES, BODIES)
def test_ids_stay_apart_and_stay(before, after):
    kept, now = promised(before), promised(after)
    present = carried(kept, now)
    found = drift(kept, now)
    for criteria in (kept, now, present, remembered(kept, now)):
        is_sound(criteria)
    assert [each.text for each in present] == [each.text for each in now]
    assert carried(kept, kept) == kept
    assert not drift(kept, kept)
    assert len(found.unchanged) + len(found.reworded) + len(found.added) == len(now)
    assert len(found.unchanged) + len(found.reworded) + len(found.dropped) == (len(kept) or len(now))
    assert carried(remembered(kept, now), now) == present


@tries(60)
@given(HOSTILE, BODIES, BODIES, BODIES)
def test_any_description_is_traced(title, body, one, other):
    linked = (
        LinkedIssue(repository="acme/shop", number=3, title=title, body="## Acceptance criteria\n\n" + one),
        LinkedIssue(repository="acme/api", number=4, title=title, body=other, kept=promised(one)),
        LinkedIssue(repository=title, number=5, title=title, body=other, is_readable=False),
    )
    found = trace(Pull(title=title, body=body, linked=linked))
    lines = [title, *body.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    assert len(found) <= MOST
    assert len({each.name for each in found}) == len(found)
    for each in found:
        assert (each.state is State.NOT_MENTIONED) == (each.evidence is None) == (each.how is None)
        assert bool(each.was) == (each.change in (Change.REWORDED, Change.DROPPED))
        assert each.evidence is None or 0 <= each.evidence.line < len(lines)
    steps = walk.words(body, [each.name for each in found]).steps
    assert_postable(render.fold(found, steps))
    assert_postable("\n".join(render.notes(found, linked)))
    assert_harmless("```markdown\n" + "\n".join(render.table(found)).replace("`", "") + "\n```")
    names = [each.name for each in found if each.is_asked]
    shown = walk.boxes(render_walk.comment(found, steps, as_of=AS_OF), names).steps
    assert [(step.name, step.grade) for step in shown] == [
        (step.name, step.grade) for step in steps if step.name in names
    ]
    assert walk.boxes(render_walk.comment(found, shown, as_of=AS_OF), names).steps == shown


@tries(100)
@given(LONG, st.lists(IDS, max_size=4).map(lambda names: tuple(name.strip(" :|[]") for name in names)))
def test_any_text_is_a_walk_or_none(text, known):
    for found in (walk.words(text, known), walk.boxes(text, known)):
        assert {step.name for step in found.steps} | set(found.contradicted) <= set(known)
        assert not {step.name for step in found.steps} & set(found.contradicted)
        assert all(len(step.remark) <= walk.REMARK for step in found.steps)
        assert_harmless("\n".join([*render_walk.faults(found, known), render_walk.kept(found.steps)]))

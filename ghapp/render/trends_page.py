"""The report on hand-overs as a page."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from ghapp.render import charts, trends_text, whole_page
from ghapp.render.backlog_text import said
from ghapp.render.quote import visible
from ghapp.trends.figures import SCORED, Figures, Period
from ghapp.trends.turns import Turns


def page(figures: Figures) -> str:
    """The report as HTML."""
    return whole_page.page(
        "trends.html",
        figures=figures,
        name=visible(figures.name),
        span=trends_text.span(figures),
        headline=trends_text.headline(figures),
        since=trends_text.loop(figures),
        still=list(trends_text.still(figures)),
        ready_bar=_bar(figures),
        tones=[(outcome.value, said(outcome)) for outcome in SCORED],
        sides=[(side.value, words) for side, words in trends_text.SIDES.items()],
        ready=_chart(figures, "Issues handed over, by readiness", _readiness),
        waited=_chart(figures, "Working hours waited", _hours),
        questions=_chart(figures, "Questions asked", lambda found: [("more", found.questions)]),
        rounds=_chart(figures, "Rounds of rework", lambda found: [("missing", found.rounds)]),
        periods=trends_text.PERIODS,
        weeks=[trends_text.period(each) for each in figures.weeks],
        quarters=[*(trends_text.period(each) for each in figures.quarters), trends_text.all_of_it(figures)],
        notes=list(trends_text.notes(figures)),
        waiting_head=trends_text.WAITING,
        waiting=list(trends_text.waiting(figures)),
        unknown=list(trends_text.unknown(figures)),
        costs_head=trends_text.COSTS,
        costs=[trends_text.cost(each) for each in figures.costs],
        who=trends_text.WHO,
        together=trends_text.TOGETHER,
        few=trends_text.few(figures),
    )


def _bar(figures: Figures) -> Markup:
    return charts.bar(_parts(_readiness(figures.whole)), figures.whole.judged)


def _chart(figures: Figures, label: str, parts: Callable[[Period], Iterable[tuple[str, int]]]) -> Markup:
    shown = trends_text.charted(figures)
    columns = [charts.Column(name=_short(each.name), parts=tuple(_parts(parts(each)))) for each in shown]
    values = ", ".join(f"{found.name}: {each.value:,}" for found, each in zip(shown, columns, strict=True))
    return charts.columns(columns, label=f"{label}. {values}")


def _parts(parts: Iterable[tuple[str, int]]) -> list[charts.Part]:
    return [charts.Part(value=value, tone=tone) for tone, value in parts]


def _readiness(found: Period) -> Iterable[tuple[str, int]]:
    return zip((outcome.value for outcome in SCORED), found.outcomes, strict=True)


def _hours(found: Period) -> Iterable[tuple[str, int]]:
    sides: Iterable[Turns] = (found.team, found.contractor)
    tones = (side.value for side in trends_text.SIDES)
    return zip(tones, (round(trends_text.in_hours(each.worked)) for each in sides), strict=True)


def _short(name: str) -> str:
    """W10 of 2026-W10, which the table has whole; a quarter keeps its year."""
    year, _, rest = name.partition("-")
    return rest if rest.startswith("W") else f"{rest} {year}"

"""The report on hand-overs for programs: its figures as JSON, and each week of each hand-over as a row of CSV."""

from datetime import timedelta
from urllib.parse import quote

from config.people import Role
from ghapp.render.cells import harmless, table
from ghapp.render.quote import visible
from ghapp.render.trends_text import in_hours
from ghapp.trends.cost import Cost, Group
from ghapp.trends.figures import SCORED, Figures, Period, Waiting
from ghapp.trends.turns import Turns
from ghapp.trends.weeks import Week

COLUMNS = (
    "repository",
    "number",
    "address",
    "picked up",
    "week of",
    "handed over in it",
    "outcome at pick-up",
    "score at pick-up",
    "thin at pick-up",
    "questions",
    "questions about",
    "rounds of rework",
    "hours waited for the team",
    "hours waited for contractors",
    "goes on",
    "ended",
)


def as_json(figures: Figures) -> dict[str, object]:
    """A report's figures (schema 1); hours are working hours of whoever was waited for."""
    return {
        "schema": 1,
        "name": visible(figures.name),
        "since": figures.since.isoformat(),
        "at": figures.now.isoformat(),
        "repositories": figures.repositories,
        "not_over": figures.not_over,
        "unfollowed": figures.unfollowed,
        "whole": _period(figures.whole),
        "weeks": [_period(each) for each in figures.weeks],
        "quarters": [_period(each) for each in figures.quarters],
        "people": [_person(each) for each in figures.people],
        "costs": [_cost(each) for each in figures.costs],
        "too_few": dict(figures.few),
    }


def as_csv(figures: Figures, web: str) -> str:
    """A line for each week of each hand-over, safe to open in a spreadsheet; `web` is GitHub's address for people."""
    return table(COLUMNS, (_cells(each, web) for each in figures.rows))


def _cells(week: Week, web: str) -> tuple[str | int, ...]:
    return (
        harmless(week.repository),
        week.number,
        f"{web}/{quote(week.repository)}/issues/{week.number}",
        week.picked_up_at.isoformat(),
        week.monday.isoformat(),
        _yes(is_so=week.begins),
        harmless(week.outcome),
        week.score if week.outcome in SCORED else "",
        harmless(", ".join(week.gaps)),
        len(week.questions),
        harmless(", ".join(sorted(filter(None, week.questions)))),
        week.rounds,
        *(_hours(_waited(week, side)) for side in (Role.TEAM, Role.CONTRACTOR)),
        _yes(is_so=week.runs),
        week.ended_at.isoformat() if week.ended_at else "",
    )


def _waited(week: Week, side: Role) -> timedelta:
    return sum((each.worked for each in week.waits if each.side is side), timedelta())


def _period(period: Period) -> dict[str, object]:
    ready, almost, thin = period.outcomes
    return {
        "name": period.name,
        "monday": period.monday.isoformat(),
        "whole": period.is_whole,
        "handed_over": period.handed,
        "ready": ready,
        "almost": almost,
        "not_ready": thin,
        "score": period.score,
        "in_hand": period.in_hand,
        "questions": period.questions,
        "rounds": period.rounds,
        "team": _turns(period.team),
        "contractors": _turns(period.contractor),
    }


def _turns(turns: Turns) -> dict[str, object]:
    return {
        "turns": turns.count,
        "hours": _number(turns.worked),
        "median": _number(turns.median),
        "longest": _number(turns.longest),
        "going_on": turns.running,
        "longest_goes_on": turns.longest_runs,
    }


def _person(person: Waiting) -> dict[str, object]:
    return {
        "login": visible(person.login),
        "side": person.side.value,
        "zone_known": person.is_known,
        **_turns(person.turns),
    }


def _cost(cost: Cost) -> dict[str, object]:
    return {
        "criterion": cost.criterion,
        "questions_about_it": cost.about,
        "thin": _group(cost.thin),
        "not_thin": cost.others and _group(cost.others),
    }


def _group(group: Group) -> dict[str, object]:
    return {
        "hand_overs": group.handovers,
        "questions": group.questions,
        "questions_each": round(group.each, 2),
        "median_hours_waited_for_the_team": _number(group.waited),
    }


def _number(spent: timedelta) -> float:
    return round(in_hours(spent), 2)


def _hours(spent: timedelta) -> str:
    return f"{in_hours(spent):.2f}"


def _yes(*, is_so: bool) -> str:
    return "yes" if is_so else "no"

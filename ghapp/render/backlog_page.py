"""The backlog report as a page."""

from markupsafe import Markup

from checks.verdict import Status
from ghapp.backlog.figures import SCORED, Figures
from ghapp.backlog.rows import Row
from ghapp.render import backlog_text, charts, whole_page
from ghapp.render.asks import asks
from ghapp.render.backlog_table import address
from ghapp.render.quote import plain, visible


def page(figures: Figures, web: str) -> str:
    """The report as HTML; `web` is GitHub's address for people."""
    return whole_page.page(
        "backlog.html",
        figures=figures,
        repository=visible(figures.repository),
        ended=backlog_text.moment(figures.ended),
        headline=backlog_text.headline(figures),
        rest=backlog_text.rest(figures),
        policy=backlog_text.policy(figures),
        pulls=backlog_text.pulls(figures),
        whole=_whole(figures),
        scores=_scores(figures),
        tones=[(outcome.value, backlog_text.said(outcome)) for outcome in SCORED],
        gaps=_gaps(figures),
        above_lifts=backlog_text.lifts(figures),
        lifts=_lifts(figures),
        best=[_best(row, figures, web) for row in figures.best],
        reasons=_reasons(figures),
    )


def _whole(figures: Figures) -> Markup:
    issues = figures.issues
    counts = (issues.ready, issues.almost, issues.not_ready)
    parts = [charts.Part(value=count, tone=each.value) for count, each in zip(counts, SCORED, strict=True)]
    return charts.bar(parts, issues.judged)


def _scores(figures: Figures) -> Markup:
    columns = [
        charts.Column(
            name=backlog_text.tens(index),
            parts=tuple(charts.Part(value=count[each], tone=each.value) for each in SCORED),
        )
        for index, count in enumerate(figures.scores)
    ]
    said = ", ".join(f"{each.name}: {each.value:,}" for each in columns)
    return charts.columns(columns, label=f"Issues by score. {said}", mark=figures.asked.threshold / 100)


def _gaps(figures: Figures) -> list[dict[str, object]]:
    sentences = asks("issue")
    return [
        {
            "criterion": gap.criterion,
            "asks": sentences.get(gap.criterion, ""),
            "missing": gap.missing,
            "partly": gap.partly,
            "bar": charts.bar(
                [charts.Part(value=gap.missing, tone="missing"), charts.Part(value=gap.partly, tone="partly")],
                figures.issues.judged,
            ),
        }
        for gap in figures.gaps
    ]


def _lifts(figures: Figures) -> list[dict[str, object]]:
    ready = charts.Part(value=figures.issues.ready, tone="ready")
    return [
        {
            "said": backlog_text.lift(lift.issues, lift.criterion),
            "bar": charts.bar([ready, charts.Part(value=lift.issues, tone="more")], figures.issues.judged),
        }
        for lift in figures.lifts
    ]


def _best(row: Row, figures: Figures, web: str) -> dict[str, object]:
    lacks = [criterion for criterion, status in row.gaps.items() if status is Status.MISSING]
    return {
        "number": row.number,
        "title": plain(row.title) or "(no title)",
        "address": address(web, figures.repository, row),
        "outcome": row.outcome.value,
        "score": row.score,
        "lacks": ", ".join(lacks),
    }


def _reasons(figures: Figures) -> Markup:
    found = figures.pulls
    parts = (
        charts.Part(value=found.says_why, tone="ready"),
        charts.Part(value=found.says_in_part, tone="almost"),
        charts.Part(value=found.silent, tone="not-ready"),
    )
    return charts.bar(parts, found.judged)

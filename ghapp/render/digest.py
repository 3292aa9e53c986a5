"""The digest as people read it: the pinned issue, the comment that calls those who have to act, the message for Slack.

One set of sentences; a dress says how GitHub and Slack write a link, a quote and a name.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from ghapp.handover.digest import MARKER, Arrival, Digest, Item, Open, Undecided, Waiting, What
from ghapp.render import quote
from ghapp.render.body import body
from ghapp.render.footer import footer, timeless

TITLE = "Handoff: what waits for whom"
ROWS = 20  # of a part; the rest is counted
CALLED = 5  # things that a comment names for each person, the new ones first; the rest is counted
SECTION = 2_900  # characters; Slack takes 3,000 in a section and 50 sections in a message
SECTIONS = 20
WORDS = 100  # characters of a quote
OPTIONS = 5

_TOLD = "<!-- handoff:digest-told "
_TOLD_KEY = re.compile(rf"^{re.escape(_TOLD)}(\d{{4}}-\d\d-\d\d [A-Za-z0-9_-]{{1,100}}) -->$", re.MULTILINE)
_FIRST = "Written anew each morning; what is added here by hand is lost"


@dataclass(frozen=True, slots=True)
class Dress:
    """How a place writes what is not a word of ours."""

    link: Callable[[str, str], str]  # text, address
    words: Callable[[str], str]
    strong: Callable[[str], str]
    bullet: str
    web: str  # GitHub's address for people
    home: str = ""  # the repository that is not named at each line

    def item(self, item: Item, pull: int = 0) -> str:
        """An issue or one of its pull requests, with the title where it may be told."""
        number, kind = (pull, "pull") if pull else (item.number, "issues")
        name = "" if item.repository == self.home else item.repository
        there = self.link(f"{name}#{number}", f"{self.web}/{item.repository}/{kind}/{number}")
        return f"{there} {self.words(item.title)}" if item.title else there


def markdown(web: str, home: str) -> Dress:
    """As GitHub reads it; links are of our own making, all else of others is inert."""
    return Dress(
        link=lambda text, address: f"[{text}]({address})",
        words=lambda text: quote.code(text, WORDS),
        strong=lambda text: f"**{text}**",
        bullet="- ",
        web=web,
        home=home,
    )


def mrkdwn(web: str) -> Dress:
    """As Slack reads it; see "Formatting message text" in Slack's documentation."""
    return Dress(
        link=lambda text, address: f"<{_escaped(address)}|{_escaped(text)}>",
        words=lambda text: f"`{_short(text) or '(empty)'}`",
        strong=lambda text: f"*{text}*",
        bullet="• ",
        web=web,
    )


def issue(digest: Digest, *, web: str, home: str, as_of: datetime) -> str:
    """The pinned issue's text."""
    dress = markdown(web, home)
    parts = [f"{MARKER}\n{dress.strong(headline(digest, dress))}"]
    parts += [f"### {title}\n\n{listed}" for title, listed in _parts(digest, dress)]
    return body(parts, footer=footer(as_of, first=_FIRST))


def same(old: str, new: str) -> bool:
    """Whether two texts of the issue say the same, but for their as-of time."""
    return timeless(old) == timeless(new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody who has to act: on which day of their calendar they are called, and for what."""

    login: str
    day: date
    waiting: tuple[Waiting, ...]
    undecided: tuple[Undecided, ...]
    new: frozenset[str]  # the keys of what they are called for; the rest they know


def comment(calls: Sequence[Call], *, web: str, home: str) -> str:
    """The comment that calls those who have to act."""
    dress = markdown(web, home)
    told = "\n".join(f"{_TOLD}{told_key(each)} -->" for each in calls)
    return quote.cut("\n\n".join(_called(each, dress) for each in calls)) + f"\n\n{told}"


def told_key(call: Call) -> str:
    """What tells one morning's call of one person from all others."""
    return f"{call.day:%Y-%m-%d} {call.login.casefold()}"


def told_keys(texts: Iterable[str]) -> frozenset[str]:
    """Whom some comments of ours called, and on which day, by the hidden lines that tell it."""
    return frozenset(key for text in texts for key in _TOLD_KEY.findall(text))


def slack(digest: Digest, *, web: str, about: str) -> tuple[str, ...]:
    """The message for Slack, in sections that Slack takes; `about` says whose digest it is."""
    dress = mrkdwn(web)
    found = [f"{dress.strong(_escaped(quote.plain(about)))}: {headline(digest, dress)}"]
    for title, listed in _parts(digest, dress):
        found += _cut(f"{dress.strong(title)}\n{listed}")
    return tuple(found[:SECTIONS])


def headline(digest: Digest, dress: Dress) -> str:
    """Whom things wait for, and how many decisions are wanted."""
    owners = [(name, len([*each])) for name, each in groupby(digest.waiting, key=lambda each: each.move.owner)]
    waits = ", ".join(f"{number} for {_name(name, dress)}" for name, number in owners[:ROWS])
    overdue = sum(each.overdue for each in digest.undecided)
    decided = f"{_count(len(digest.undecided), 'decision')} wanted" if digest.undecided else ""
    late = f", {overdue} overdue" if overdue else ""
    told = [f"Next moves: {waits}" if waits else "", f"{decided}{late}"]
    return f"{'; '.join(filter(None, told)) or 'Nothing waits'}."


def _parts(digest: Digest, dress: Dress) -> Iterator[tuple[str, str]]:
    """The parts that hold something, each with its title."""
    since = f"Arrived since {_moment(digest.since)}"
    found: list[tuple[str, Iterable[str]]] = [
        (since, (_arrival(each, dress) for each in reversed(digest.arrived))),  # newest first
        ("Next moves", (f"{_name(each.move.owner, dress)}: {_waiting(each, dress)}" for each in digest.waiting)),
        ("Needs a decision", (_undecided(each, dress) for each in digest.undecided)),
        ("Unanswered questions", (_asked(each, dress) for each in digest.asked)),
        ("Answered, not in the spec", (_unwritten(each, dress) for each in digest.unwritten)),
        ("Ready to hand over", (dress.item(each) for each in digest.ready)),
    ]
    for title, lines in found:
        rows = [*lines]
        if rows:
            yield title, _listed(rows, dress)


def _listed(rows: Sequence[str], dress: Dress) -> str:
    more = [f"and {len(rows) - ROWS} more"] if len(rows) > ROWS else []
    return "\n".join(f"{dress.bullet}{row}" for row in [*rows[:ROWS], *more])


def _arrival(each: Arrival, dress: Dress) -> str:
    words = f" {dress.words(each.words)}" if each.words else ""
    who, other = _name(each.by, dress), _name(each.contractor, dress)
    return f"{dress.item(each.item, each.pull)}: {_ARRIVED[each.what].format(by=who, contractor=other)}{words}"


def _waiting(each: Waiting, dress: Dress) -> str:
    return f"{dress.item(each.item, each.move.pull)}, {each.move.why} {_since(each.since, each.worked)}"


def _undecided(each: Undecided, dress: Dress) -> str:
    row = each.row
    question = f" {dress.words(row.question)}" if row.question else ""
    options = f" Options: {', '.join(map(dress.words, row.options[:OPTIONS]))}." if row.options else ""
    due = f" by {row.due:%Y-%m-%d}" if row.due else ""
    late = f"{dress.strong('Overdue.')} " if each.overdue else ""
    return (
        f"{late}{dress.item(each.item, row.pull)}: {_name(each.who, dress)} decides {row.id}{question}{due}.{options}"
    )


def _asked(each: Open, dress: Dress) -> str:
    row = each.row
    text = f" {dress.words(row.text)}" if row.text else ""
    thin = f", about {dress.words(row.criterion)}" if row.criterion else ""
    return f"{dress.item(each.item, row.pull)}: {row.id}{text} by {_name(row.by, dress)} on {row.at:%Y-%m-%d}{thin}"


def _unwritten(each: Open, dress: Dress) -> str:
    row = each.row
    words = f" {dress.words(row.answer)}" if row.answer else ""
    return f"{dress.item(each.item)}: {row.id}, which {_name(row.answered_by, dress)} answered{words}"


def _called(call: Call, dress: Dress) -> str:
    told: list[tuple[str, str]] = [(each.key, _waiting(each, dress)) for each in call.waiting]
    told += [(each.key, _undecided(each, dress)) for each in call.undecided]
    rows = [row for _, row in sorted(told, key=lambda each: each[0] not in call.new)]
    more = [f"and {len(rows) - CALLED} more"] if len(rows) > CALLED else []
    return f"@{call.login}, next:\n\n" + "\n".join(f"- {row}" for row in [*rows[:CALLED], *more])


def _name(login: str, dress: Dress) -> str:
    """A person, without calling them; whose account is deleted is somebody."""
    return dress.words(login or "somebody")


def _since(since: datetime, worked: timedelta) -> str:
    spent = int(worked.total_seconds() // 3600)
    return f"since {_moment(since)} ({_count(spent, 'working hour') if spent else 'less than a working hour'})"


def _moment(at: datetime) -> str:
    """A moment on the clock that it came with, which is named."""
    return f"{at:%Y-%m-%d %H:%M} {at.tzinfo}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _cut(text: str) -> Iterator[str]:
    """A part in pieces of whole lines, each as long as Slack takes."""
    piece = ""
    for line in text.split("\n"):
        if piece and len(piece) + 1 + len(line) > SECTION:
            yield piece
            piece = ""
        piece = f"{piece}\n{line}" if piece else line
    yield piece


def _short(text: str) -> str:
    """Some words for Slack, cut by what they come to: a text of ampersands alone is five times as long there."""
    whole = [_escaped(letter) for letter in quote.plain(text, WORDS).replace("`", "'")]
    while sum(map(len, whole)) > 2 * WORDS:
        whole.pop()
    return "".join(whole)


def _escaped(text: str) -> str:
    """The three letters that Slack gives a meaning to; without them nothing is a mention or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_ARRIVED: Mapping[What, str] = {
    What.HANDED_OVER: "handed to {contractor} by {by}",
    What.HANDED_BACK: "handed back by {by}",
    What.RETURNED: "given back to {contractor} by {by}",
    What.ASKED: "{by} asked",
    What.ANSWERED: "{by} answered",
    What.DECIDED: "{by} decided",
    What.UPDATED: "{by} wrote an update",
    What.MERGED: "merged, done by {contractor}",
}

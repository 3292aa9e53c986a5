"""The policy in force: what it asks, and for each value whose file says so."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from config.load import Loaded
from config.origin import Source
from config.tree import Value
from config.values import Held, values
from ghapp.render import notes, quote
from ghapp.render.body import body
from ghapp.render.footer import footer
from ghapp.render.headline import number

WHOSE = {Source.REPOSITORY: "this repository", Source.OWNER: "its owner"}


def in_force(loaded: Loaded, said: Sequence[str], *, as_of: datetime) -> str:
    """A comment with the policy in force; `said` are the notes on its files."""
    held = values(loaded)
    ours = [each for each in held if each.origin]
    parts = (
        f"**{headline(loaded)}** {versions(loaded)}",
        notes.listed(said),
        _table(ours),
        _locked(loaded),
    )
    fold = "\n".join(["<details><summary>Every value</summary>", "", _table(held), "", "</details>"])
    return body(parts, folds=(fold,), footer=footer(as_of))


def headline(loaded: Loaded) -> str:
    """How much of the policy is whose, in one sentence."""
    sources = [origin.source for origin in loaded.origins.values()]
    counted = [
        f"{whose} sets {number(sources.count(source), 'value')}" for source, whose in WHOSE.items() if source in sources
    ]
    if not counted:
        return "The defaults hold: no policy file sets anything."
    said = " and ".join(counted)
    return f"{said[0].upper()}{said[1:]}; all others are the defaults."


def versions(loaded: Loaded) -> str:
    """Which versions verdicts name: each is about one kind of subject."""
    issues, pulls = (quote.code(loaded.version_for(section)) for section in ("readiness", "rationale"))
    if issues == pulls:
        return f"Verdicts name it {issues}."
    return f"Verdicts on issues name it {issues}, on pull requests {pulls}."


def origin(held: Held) -> str:
    """Where a value comes from, in plain words; the files are named elsewhere."""
    where = f"{held.origin.source}, line {held.origin.line}" if held.origin else "default"
    return f"{where}, locked by the owner in line {held.lock.line}" if held.lock else where


def value(value: Value) -> str:
    """A value as it would be written in a file."""
    match value:
        case None:
            return "(left out)"
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(str, value))}]"
        case _:
            return str(value)


def cell(held: Value) -> str:
    """A value for a table; a list that is cut says how long it is."""
    shown = value(held)
    many = f", {len(held)} in all" if isinstance(held, list) and len(shown) > quote.QUOTE else ""
    return f"{quote.cell(shown)}{many}"


def _table(held: Sequence[Held]) -> str:
    rows = [f"| {quote.cell(each.key)} | {cell(each.value)} | {_cell(each)} |" for each in held]
    return "\n".join(["| key | value | from |", "|---|---|---|", *rows]) if rows else ""


def _cell(held: Held) -> str:
    where = f"{quote.cell(held.origin.file)}, line {held.origin.line}" if held.origin else "default"
    return f"{where}, locked" if held.lock else where


def _locked(loaded: Loaded) -> str:
    if not loaded.locks:
        return ""
    return f"No repository of this owner may set {_listed(map(quote.code, loaded.locks))}."


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last

"""A text put together from its parts, within GitHub's limit: folds give way before words that people need."""

from collections.abc import Iterable

from ghapp.render import quote


def body(parts: Iterable[str], *, folds: Iterable[str] = (), footer: str = "") -> str:
    """The parts, then the folds that still fit, then the footer; a blank line between each."""
    room = quote.LIMIT - len(footer.encode()) - 2
    text = quote.cut("\n\n".join(part for part in parts if part), room)
    for fold in folds:
        longer = f"{text}\n\n{fold}" if text else fold
        if fold and len(longer.encode()) <= room:
            text = longer
    return f"{text}\n\n{footer}" if text and footer else text or footer

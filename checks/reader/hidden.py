"""References that a stranger cannot follow: private talk, people, chats, drives, intranets."""

import re

from checks.reader.phrases import Phrases, load

_SPOKEN = Phrases(load("hidden"))
_ASK = re.compile(r"\b(?:[Aa]sk|[Cc]heck with|(?:[Ss]peak|[Tt]alk) (?:to|with)|[Pp]ing) (@[\w-]+|[A-Z][a-z]+)\b")
_ASKING = frozenset({"ask", "check", "speak", "talk", "ping"})
_NOT_A_PERSON = frozenset({"Git", "Google", "Windows", "Linux", "Docker", "Python", "Java", "The", "This", "Chrome"})
_LINK = re.compile(r"https?://([^\s/()<>\[\]:]+)[^\s()<>\[\]]*")
_CLOSED_SITES = tuple(
    """slack.com docs.google.com drive.google.com notion.so notion.site sharepoint.com atlassian.net teams.microsoft.com
    onedrive.live.com dropbox.com trello.com app.asana.com linear.app miro.com app.clickup.com zoom.us loom.com
    app.frontapp.com monday.com airtable.com .internal .intranet .corp .lan""".split()  # noqa: SIM905 -- reads as a list
)
_OWN_MACHINE = ("localhost", "127.", "192.168.", "10.")
_POINTING = frozenset(
    {"see", "spec", "docs", "documentation", "described", "details", "design", "mockup", "report", "read"}
)


def find(text: str, words: list[str]) -> tuple[str, str] | None:
    """The first words that lean on something a stranger cannot reach, and the edit that mends it."""
    found = _SPOKEN.find(words)
    return (found[0].phrase, found[0].label) if found else person_or_link(text, words)


def person_or_link(text: str, words: list[str]) -> tuple[str, str] | None:
    """A person to be asked or a link into a closed place, and the edit that mends it."""
    person = None if _ASKING.isdisjoint(words) else _ASK.search(text)
    if person and person.group(1) not in _NOT_A_PERSON:
        return person.group(), "write down what they know"
    if "://" not in text:
        return None
    pointed_at = not _POINTING.isdisjoint(words)  # an address to open in a step is no reference
    closed = (link.group() for link in _LINK.finditer(text) if _is_closed(link.group(1).lower(), pointed_at=pointed_at))
    link = next(closed, None)
    return (link, "quote here what that page says") if link else None


def _is_closed(host: str, *, pointed_at: bool) -> bool:
    return host.endswith(_CLOSED_SITES) or (pointed_at and host.startswith(_OWN_MACHINE))

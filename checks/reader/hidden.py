"""References that a stranger cannot follow: private talk, people, chats, drives, intranets."""

import re

from checks.reader.phrases import Phrases, load

_SPOKEN = Phrases(load("hidden"))
_SYSTEMS = Phrases(load("systems"))
_ASK = re.compile(
    r"\b(?:[Aa]sk|[Cc]heck with|(?:[Ss]peak|[Tt]alk) (?:to|with)|[Pp]ing) "
    r"(@[\w-]+|[A-Z][a-z]+"
    r"|(?:the )?(?:ops|devops|admins?|security|backend|frontend|platform|data|design|support)(?: team)?)\b"
)
_ASKING = frozenset({"ask", "check", "speak", "talk", "ping"})
_NOT_A_PERSON = frozenset({"Git", "Google", "Windows", "Linux", "Docker", "Python", "Java", "The", "This", "Chrome"})
_LINK = re.compile(r"https?://([^\s/()<>\[\]:]+)[^\s()<>\[\]]*")
_CLOSED_SITES = tuple(
    """slack.com docs.google.com drive.google.com notion.so notion.site sharepoint.com figma.com atlassian.net
    teams.microsoft.com onedrive.live.com dropbox.com trello.com app.asana.com linear.app miro.com
    app.clickup.com zoom.us loom.com app.frontapp.com monday.com airtable.com .internal .intranet .corp .lan""".split()  # noqa: SIM905 -- reads as a list
)
_CLOSED_NAMES = ("wiki.", "intranet.", "jira.", "confluence.", "internal.", "sharepoint.", "grafana.", "jenkins.")
_PUBLIC = (".org", ".io", "wiki.com", "atlassian.com")  # wikis and trackers of public projects
_TICKET = re.compile(r"(?<![\w/&])#\d{1,6}\b|(?<![\w/-])[A-Z]{2,8}-\d{2,6}\b")
_TRACKS = frozenset(
    {"issue", "issues", "pull", "pulls", "merge_requests", "browse", "epics", "work_items", "ticket", "tickets"}
)
_LEANING = frozenset(
    """see per described details follow following follows from originally original backport according discussed
    mentioned discussion suggested defined spec ref refs reference""".split()  # noqa: SIM905 -- reads as a list
)
# Tells where it came from; GitHub sets its own line in underscores, which an address with one leaves standing.
_PROVENANCE = frozenset({"originally", "_originally", "related", "follow-up", "from", "started", "fixed"})
_NO_TICKET = ("UTF-", "ISO-", "RFC-", "SHA-", "CVE-", "PEP-", "AES-", "GPT-", "HTTP-", "MD-", "ES-", "IEEE-", "US-")
_OWN_MACHINE = ("localhost", "127.", "192.168.", "10.")
_POINTING = frozenset(
    {"see", "spec", "docs", "documentation", "described", "details", "design", "mockup", "report", "read"}
)


def find(text: str, words: list[str]) -> tuple[str, str] | None:
    """The first words that lean on something a stranger cannot reach, and the edit that mends it."""
    found = _SPOKEN.find(words)
    return (found[0].phrase, found[0].label) if found else person_or_link(text, words)


def system(words: list[str]) -> tuple[str, str] | None:
    """A system that only the team can enter, and the edit that mends it."""
    found = _SYSTEMS.find(words)
    return (found[0].phrase, found[0].label) if found else None


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


def tracker(text: str, words: list[str]) -> str | None:
    """A ticket or thread that carries what the sentence only points at; one that a stranger may be able to open."""
    if _PROVENANCE.issuperset(words[:1]):
        return None
    if "://" in text:
        links = (link.group() for link in _LINK.finditer(text))
        return next((link for link in links if not _TRACKS.isdisjoint(link.split("/")[3:-1])), None)
    if _LEANING.isdisjoint(words) or not ("#" in text or "-" in text):
        return None
    found = _TICKET.search(text)
    return found.group() if found and not found.group().startswith(_NO_TICKET) else None


def names_ticket(text: str, words: list[str]) -> bool:
    """Whether another ticket or thread is named, by its number or its address, for more than where it came from."""
    if _PROVENANCE.issuperset(words[:1]):
        return False
    if any(not _TRACKS.isdisjoint(link.group().split("/")[3:-1]) for link in _LINK.finditer(text)):
        return True
    return any(not found.group().startswith(_NO_TICKET) for found in _TICKET.finditer(_LINK.sub("", text)))


def _is_closed(host: str, *, pointed_at: bool) -> bool:
    if host.startswith(_CLOSED_NAMES) and not host.endswith(_PUBLIC):
        return True
    return host.endswith(_CLOSED_SITES) or (pointed_at and host.startswith(_OWN_MACHINE))

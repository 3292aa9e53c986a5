"""What the set-up says besides its form: what will be created and why, and pages of one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = {"read": "read", "write": "read and write"}
AGAIN = (
    'To set up another App in its place, run "ghapp setup --replace" where the server runs and start the server again.'
)

TROUBLE = "when-it-does-not-work"
PLAIN = (
    "This page came over plain http, which anybody on the way can read, and GitHub's answer would take the same way:"
    " open it by https, or on this machine itself (ssh -L 8080:127.0.0.1:8080 SERVER, then http://127.0.0.1:8080/setup)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A permission with its level, or an event without one, and its why."""

    name: str
    level: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A page of one thing: what it is, and what to do next."""

    title: str
    text: str
    next: str = ""
    begins_anew: bool = False  # whether the form is the way on
    see: str = TROUBLE  # the anchor in docs/setup.md


def permissions(levels: Mapping[str, str], whys: Mapping[str, str]) -> tuple[Asked, ...]:
    """What the App may do, in words."""
    return tuple(Asked(name=_words(name), level=LEVELS[levels[name]], why=_sentence(why)) for name, why in whys.items())


def events(whys: Mapping[str, str]) -> tuple[Asked, ...]:
    """What GitHub tells the App."""
    return tuple(Asked(name=_words(name), level="", why=_sentence(why)) for name, why in whys.items())


def is_set_up(name: str) -> Said:
    """The page of a server that has its App."""
    text = f"This server is {name}. Nothing was changed."
    return Said(title="The App is set up", text=text, next=AGAIN, see="another-app")


def is_stored() -> Said:
    """The page of a server whose App was set up by another program since it started."""
    return Said(
        title="An App is stored already",
        text="Another set-up stored its credentials since this server started. Nothing was changed.",
        next="Start the server again, and it is that App.",
    )


def not_set_up(reason: str) -> Said:
    """The page of a set-up that has to begin anew; nothing of it was stored."""
    return Said(title="The App is not set up", text=reason, next="Nothing was stored on this server.", begins_anew=True)


def not_yet(reason: str) -> Said:
    """The page of a set-up that may go on with the same code."""
    return Said(
        title="GitHub does not answer",
        text=reason,
        next="Nothing was stored on this server yet. Reload this page to try again.",
    )


def installed(action: str) -> Said:
    """The page that GitHub leads to after the installation."""
    if action == "request":
        return Said(
            title="The installation is asked for",
            text="An owner of the organization has to approve it at GitHub; until then nothing is judged.",
            next="GitHub has told the owners.",
            see="",
        )
    return Said(
        title="The App is installed",
        text="New pull requests get their check at once. An issue gets its comment and its label when it carries the"
        ' label "handoff", is assigned, or somebody comments "/handoff check" on it.',
        next='A report on the backlog is made meanwhile, which "ghapp scan --last OWNER/REPO" shows.'
        ' To say what your repository asks for, run "ghapp init" in it.',
        see="",
    )


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _sentence(why: str) -> str:
    return f"{why[:1].upper()}{why[1:].replace('`', '')}."

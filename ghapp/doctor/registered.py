"""What the App asks for at GitHub, against the manifest."""

from collections.abc import Collection

from ghapp.diagnosis import Diagnosis, good, warning, wrong
from ghapp.doctor.case import Case
from ghapp.doctor.check import Check
from ghapp.github import manifest
from ghapp.github.read.installations import RANKS


async def permissions(case: Case) -> Diagnosis:
    """Whether the App asks for each permission that is needed, and for no more."""
    asked, has = manifest.asked().permissions, (await case.registration()).permissions
    lacking = [f"{name}: {level}" for name, level in asked.items() if _rank(has.get(name, "")) < _rank(level)]
    beyond = [f"{name}: {level}" for name, level in has.items() if _rank(level) > _rank(asked.get(name, ""))]
    page = await case.page("/permissions")
    if lacking:
        return wrong(
            f"The App does not ask for {_list(lacking)}{_and_beyond(beyond)}.",
            f"Set it at {page}, then let an owner of each account accept it.",
        )
    if beyond:
        return warning(f"The App asks for more than Handoff uses: {_list(beyond)}.", f"Take it away at {page}.")
    return good(f"The App asks for the {len(asked)} permissions that are needed, and no more.")


async def events(case: Case) -> Diagnosis:
    """Whether the App hears each event that is needed, and no more."""
    asked, has = manifest.asked().events, (await case.registration()).events
    lacking, beyond = sorted(asked - has), sorted(has - asked)
    page = await case.page("/permissions")
    if lacking:
        return wrong(
            f"The App does not hear {_list(lacking)}{_and_beyond(beyond)}.",
            f"Tick it below Subscribe to events at {page}; what is not to be ticked there lacks its permission.",
        )
    if beyond:
        return warning(f"The App hears more than Handoff uses: {_list(beyond)}.", f"Untick it at {page}.")
    return good(f"The App hears the {len(asked)} events that are needed, and no more.")


def _rank(level: str) -> int:
    return RANKS.get(level, 0)


def _and_beyond(beyond: Collection[str]) -> str:
    return f"; it has {_list(beyond)}, which Handoff does not use" if beyond else ""


def _list(names: Collection[str]) -> str:
    return ", ".join(names)


PERMISSIONS = Check(
    name="permissions", asks="Does the App ask for the permissions of app.yaml?", look=permissions, needs=("key",)
)
EVENTS = Check(name="events", asks="Does the App hear the events of app.yaml?", look=events, needs=("key",))

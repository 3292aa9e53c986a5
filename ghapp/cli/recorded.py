"""A recorded delivery: its payload, with or without the headers it came with, in the forms that people have at hand."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ghapp.cli import source
from ghapp.errors import UserError
from ghapp.github import events, relayed
from ghapp.github.identity import Identity
from ghapp.subjects import Job

EVENT, GUID = "x-github-event", "x-github-delivery"
HEARD = (*events.EVENTS, "ping")  # every App hears a ping, and none has to do anything for it

_HEADER = re.compile(r"([A-Za-z0-9-]{1,100}):[ \t]*(.*)")

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What GitHub delivered once; event and GUID are empty where the file does not tell."""

    event: str
    guid: str
    payload: Json

    @property
    def name(self) -> str:
        """The event with its action."""
        action = self.payload.get("action")
        return f"{self.event}.{action}" if isinstance(action, str) else self.event

    @property
    def checked_by(self) -> Identity:
        """The App whose check it is about, for who asks without an App; number 0 where it is about none."""
        match self.payload.get(self.event):
            case {"app": {"id": int(number)}}:
                return Identity(number, "")
        return Identity(0, "")

    def jobs(self, app: Identity) -> tuple[Job, ...]:
        """The jobs it asks for, by the same reading as that of the webhook.

        Raises:
            UserError: GitHub knows no such delivery, or we do not listen to it.
        """
        if self.event not in HEARD:
            near = get_close_matches(self.event, HEARD, n=1)
            remedy = f"did you mean {near[0]}?" if near else f"it listens to {', '.join(sorted(HEARD))}."
            raise UserError(f"Handoff does not listen to {self.event!r}: {remedy}")
        try:
            return events.jobs(self.event, self.payload, app=app)
        except ValueError as error:
            raise UserError(
                f"The payload is not as GitHub sends it to an App ({error}): give what was delivered to one;"
                " what a repository's webhook was sent names no installation."
            ) from None


def opened(file: str) -> Recorded:
    """The delivery in a file, or in standard input.

    Raises:
        UserError: it cannot be read, or holds no payload.
    """
    text = source.whole(file)
    named, payload = _by_lines(text) if not text.lstrip().startswith("{") else _by_members(_object(text), text)
    lower = {name.lower(): value for name, value in named.items() if isinstance(value, str)}
    return Recorded(event=lower.get(EVENT, ""), guid=lower.get(GUID, ""), payload=payload)


def _by_members(found: Json, text: str) -> tuple[Json, Json]:
    """Headers and payload as JSON has them: GitHub's API, a relay, our own; or the payload alone."""
    if EVENT in found and (kept := relayed.read(text)) is not None:
        return kept.headers, _object(kept.body.decode(errors="replace"))
    match found:
        case {"request": {"headers": dict(headers), "payload": payload}}:
            return headers, _object(payload)
        case {"headers": dict(headers), "payload": payload} | {"headers": dict(headers), "body": payload}:
            return headers, _object(payload)
    return {}, found


def _by_lines(text: str) -> tuple[Json, Json]:
    """Headers as the App's settings at GitHub show them, a line each, and below them the payload."""
    headers: dict[str, str] = {}
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.lstrip().startswith("{"):
            return headers, _object("".join(lines[place:]))
        if header := _HEADER.match(line.strip()):
            headers[header[1]] = header[2].strip()
    raise UserError("There is no JSON in it: give the payload of a delivery, its headers above it where you have them.")


def _object(given: object) -> Json:
    try:
        found = json.loads(given) if isinstance(given, str) else given
    except (ValueError, RecursionError) as error:
        where = (
            f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "too deep, or no JSON"
        )
        raise UserError(f"The payload cannot be read ({where}): give it as GitHub delivered it.") from None
    if not isinstance(found, dict):
        raise UserError("The payload is no JSON object: give it as GitHub delivered it.")
    return found

"""What a relay hands on, taken back into the delivery that GitHub sent: the bytes that it signed.

gosmee keeps them as they were, and so did smee for a while. smee.io parses them and writes them anew, as JavaScript
does; that differs from GitHub's own writing in the letters of escapes only (octokit/webhooks.js#71), which is undone.
"""

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass

SIGNED_BY = "x-hub-signature-256"
NAMED = ("x-github-event", "x-github-delivery", SIGNED_BY)
JSON = "application/json"

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)", re.DOTALL)
_HEADER = re.compile(r"[\x21-\x7e]{1,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relayed:
    """A delivery as GitHub sent it, as far as a relay lets us know."""

    headers: Mapping[str, str]
    body: bytes

    @property
    def guid(self) -> str:
        """Its GUID; empty where the relay left it out."""
        return self.headers.get("x-github-delivery", "")


def read(text: str) -> Relayed | None:
    """The delivery in a relay's message; None for one that holds none, such as its greeting."""
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or "x-github-event" not in found:
            return None
        raw = _raw(found)
        body = _written(text) if raw is None else raw
    except (ValueError, RecursionError):
        return None
    given = {name: found.get(name) for name in NAMED}
    headers = {name: value for name, value in given.items() if isinstance(value, str) and _HEADER.fullmatch(value)}
    kind = found.get("content-type")
    is_raw = raw is not None and isinstance(kind, str) and _HEADER.fullmatch(kind)
    return Relayed(headers={**headers, "content-type": str(kind) if is_raw else JSON}, body=body)


def _raw(found: Mapping[str, object]) -> bytes | None:
    """The bytes as they were sent, where the relay kept them."""
    match found:
        case {"bodyB": str(packed)}:
            return b64decode(packed, validate=True)
        case {"rawdata": str(text)}:
            return text.encode()
    return None


def _written(text: str) -> bytes:
    """The member `body` as it stands in the message, with escapes as GitHub writes them."""
    return _ESCAPE.sub(lambda escape: escape[0][:2] + escape[0][2:].upper(), _member(text, "body")).encode()


def _member(text: str, wanted: str) -> str:
    """A member's own text in an object that is known to be JSON; of several the last, as JSON's readers have it.

    Raises:
        ValueError: there is none of this name.
    """
    found = None
    place = _after(text, _after(text, 0) + 1)
    while text[place] == '"':
        name, place = _DECODER.raw_decode(text, place)
        begins = _after(text, _after(text, place) + 1)
        _, ends = _DECODER.raw_decode(text, begins)
        if name == wanted:
            found = text[begins:ends]
        place = _after(text, ends)
        place = _after(text, place + 1) if text[place] == "," else place
    if found is None:
        raise ValueError(f"there is no {wanted}")
    return found


def _after(text: str, place: int) -> int:
    """The place after white space."""
    space = _SPACE.match(text, place)
    return space.end() if space else place

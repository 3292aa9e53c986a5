"""The last line of every text we post, and the comparison of texts that leaves its time out."""

import re
from datetime import UTC, datetime

from ghapp.render import quote

_AS_OF = re.compile(r"as of \d{4}-\d\d-\d\d \d\d:\d\d UTC(?=</sub>$)")


def footer(as_of: datetime, *, policy: str = "", first: str = "") -> str:
    """One small line: what there is to know about this text, the policy's version, and the time of the last change."""
    parts = [
        first,
        f"Policy {quote.code(policy, 60)}" if policy else "",
        f"as of {as_of.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
    ]
    return f"<sub>{' · '.join(part for part in parts if part)}</sub>"


def timeless(text: str) -> str:
    """The text without its as-of time, and without what GitHub changes when it stores a text."""
    return _AS_OF.sub("", text.replace("\r\n", "\n").rstrip())

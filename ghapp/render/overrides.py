"""What people said over a verdict, in sentences: who, when, until when and why."""

from ghapp.overrides import Override, Word
from ghapp.render import quote

_REASON = 300  # characters; the comment that says it is on the same page
_SAID = {Word.EXEMPT: "Exempt by", Word.READY: "Declared ready by"}


def sentence(override: Override) -> str:
    """A person's word that stands; no markup, and nothing in it reaches anybody once it goes through `quote.prose`."""
    until = f", until {override.until} (UTC)" if override.until else ""
    reason = quote.plain(override.reason, _REASON)
    stop = "" if reason.endswith((".", "!", "?", "…")) else "."
    return f"{_SAID[override.word]} {override.by} on {override.at:%Y-%m-%d}{until}: {reason}{stop}"

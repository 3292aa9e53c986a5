"""Links into the manual: every error and every check leads to its place there."""

from ghapp.errors import See

MANUAL = "/manual"  # of every server, whatever people call it
TROUBLE = "troubleshooting"


def address(place: See, *, public_url: str) -> str:
    """Where a server shows a place; below its root, where it is not known what people call it."""
    return f"{public_url}{MANUAL}/{TROUBLE}#{place}"


def link(words: str, place: See, *, manual: str) -> str:
    """The same as a link in a text for GitHub; empty where people reach no page of ours.

    `manual` is the address below which each criterion has its page.
    """
    return f"[{words}]({address(place, public_url=manual.removesuffix('/criteria'))})" if manual else ""

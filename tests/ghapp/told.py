"""What a command says when it cannot: the sentences, once it is seen that their last line leads into the manual."""

from typing import Protocol

from ghapp.errors import See
from ghapp.render.manual_page import page

MORE = "More: ghapp manual "


class Ended(Protocol):
    stderr: str


def sentences(ended: Ended) -> str:
    *told, more = ended.stderr.splitlines(keepends=True)
    troubleshooting = page("troubleshooting")
    assert troubleshooting is not None
    assert See(more.removeprefix(MORE).rstrip()) in {heading.anchor for heading in troubleshooting.headings}
    return "".join(told)

"""What several commands are declared with."""

from collections.abc import Callable, Iterable
from typing import Annotated, TypeVar

import typer
from typer.core import TyperCommand

Word = TypeVar("Word", bound=str)

AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


class Plain(TyperCommand):
    """A command whose usage line names its arguments as its help does; typer puts braces around them."""

    def collect_usage_pieces(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # its base is private
        """The words of the usage line after the command's name."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


def one_of(words: Iterable[Word]) -> Callable[[str], Word]:
    """A reader of one of these words; typer's own refuses others with `Value error, ...`."""
    known = {str(word): word for word in words}

    def read(given: str) -> Word:
        if given not in known:
            raise typer.BadParameter(f"it has to be {' or '.join(known)}, not {given!r}.")
        return known[given]

    return read

"""How reports are printed: for people or for programs, and as a page in a file."""

from enum import Enum
from pathlib import Path

from ghapp.errors import UserError


class Form(Enum):
    """How a report is printed."""

    PEOPLE = "people"
    JSON = "json"
    CSV = "csv"

    @classmethod
    def of(cls, *, as_json: bool, as_csv: bool) -> "Form":
        """The form that two flags ask for."""
        if as_csv:
            return cls.CSV
        return cls.JSON if as_json else cls.PEOPLE


def refuse_homeless(html: Path | None) -> None:
    """Say at once where a page cannot be written, before anything is read for it.

    Raises:
        UserError: its folder is not there.
    """
    if html is not None and not html.absolute().parent.is_dir():
        raise UserError(f"--html {html} cannot be written: its folder is not there.")


def write(file: Path, text: str, *, remedy: str = "name another file") -> None:
    """Write a page.

    Raises:
        UserError: it cannot be written.
    """
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"--html {file} cannot be written ({error.strerror}): {remedy}.") from None

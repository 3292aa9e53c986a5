"""Where texts come from: a file or standard input, whole or line by line, in UTF-8."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ghapp.errors import UserError

STANDARD_INPUT = "-"
FORM = "Markdown or JSON"
LONGEST = 8 * 1024 * 1024  # bytes of a file or of one line of many; a text itself may have 1 MiB


def whole(file: str, *, remedy: str = "give a file, or - for standard input", form: str = FORM) -> str:
    """The text of a file, in a form such as YAML.

    Raises:
        UserError: it cannot be opened, is too long or no text.
    """
    with _opened(file, remedy) as source:
        return _decoded(source.read(LONGEST + 1), _name(file), form)


def lines(file: str) -> Iterator[tuple[int, str | UserError]]:
    """Each line that is not blank, with its number; what makes a line unreadable stands in its place.

    Raises:
        UserError: the file cannot be opened.
    """
    with _opened(file, "give a file, or - for standard input") as source:
        number = 0
        while raw := source.readline(LONGEST + 1):
            number += 1
            while len(raw) > LONGEST and not raw.endswith(b"\n") and (more := source.readline(LONGEST)):
                raw = raw[:LONGEST] + more[-1:]  # skipped, but for its end
            try:
                line: str | UserError = _decoded(raw, "the line")
            except UserError as error:
                line = error
            if isinstance(line, UserError) or line.strip():
                yield number, line


@contextmanager
def _opened(file: str, remedy: str) -> Iterator[BinaryIO]:
    try:
        if file == STANDARD_INPUT:
            yield sys.stdin.buffer
        else:
            with Path(file).open("rb") as source:
                yield source
    except OSError as error:
        raise UserError(f"{_name(file)} cannot be read ({error.strerror}): {remedy}.") from None


def _name(file: str) -> str:
    return "standard input" if file == STANDARD_INPUT else file


def _decoded(raw: bytes, name: str, form: str = FORM) -> str:
    if b"\0" in raw:
        raise UserError(f"{name} is not text, as it holds NUL bytes: give {form}, saved as UTF-8.")
    if len(raw) > LONGEST:
        raise UserError(f"{name} is longer than {LONGEST // 1024 // 1024} MiB: give the text of one issue at a time.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{name} is not UTF-8 from byte {error.start + 1} on: save it as UTF-8.") from None

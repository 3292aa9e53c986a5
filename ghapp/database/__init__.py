"""The database behind the store and the queue: its tables, its engines, and the way from an old one to a new one."""

from importlib.util import find_spec
from typing import Literal

from ghapp.errors import StartError

Engine = Literal["sqlite", "postgresql"]

SCHEMES: dict[str, Engine] = {
    "sqlite": "sqlite",
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "postgresql+psycopg": "postgresql",
}
EXTRA = ("psycopg", "procrastinate")


def engine(url: str) -> Engine:
    """Which engine a DATABASE_URL asks for, read without importing one.

    Raises:
        StartError: none that we know, or one whose driver is not installed.
    """
    scheme, separator, _ = url.partition("://")
    if not separator or scheme not in SCHEMES:
        raise StartError(
            "DATABASE_URL has no scheme we know: write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME."
        )
    wanted = SCHEMES[scheme]
    if wanted == "postgresql" and not all(map(find_spec, EXTRA)):
        raise StartError("DATABASE_URL asks for PostgreSQL, which is an extra: pip install 'handoff-ghapp[postgres]'.")
    return wanted


def migrate(url: str) -> None:
    """Bring the database up to date; safe to repeat, and when several processes start at once.

    Raises:
        StartError: the database cannot be used as it is.
    """
    from ghapp.database import schema

    schema.migrate(url)

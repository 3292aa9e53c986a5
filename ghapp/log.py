"""Logs: one line for each thing that happened, JSON or text, with no secret in any."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

# Installation tokens come in two shapes, the newer with dots and about 520 characters:
# https://github.blog/changelog/2026-05-15-github-app-installation-token-format
SECRETS = re.compile(
    r"gh[a-z]_[A-Za-z0-9._-]{16,}|github_pat_\w{16,}|(?<=earer )\S+|eyJ[\w-]{8,}\.[\w-]+\.[\w-]+"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"
)
# Whatever stands under such a name is a secret, whether it looks like one or not.
NAMES = re.compile(r"(?i)secret|password|passwd|authorization|cookie|credential|private_?key|signature|token$|^jwt$")
DEEP = 6  # levels that are looked into; what lies deeper is blacked out
BLACK = "[secret]"
QUIET = ("procrastinate", "alembic", "asyncio", "aiosqlite", "sqlalchemy")


def configure(*, level: str = "info", json: bool = False) -> None:
    """Send every logger of ours and of the libraries to standard error, in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Black out what looks like a secret or is called one, wherever in the line it stands."""
    for name, value in event.items():
        if not name.startswith("_"):  # the logging library's own
            event[name] = _clean(name, value, deep=DEEP)
    return event


def _clean(name: str, value: object, *, deep: int) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if NAMES.search(name) or not deep:
        return BLACK
    if isinstance(value, Mapping):
        return {_black(str(key)): _clean(str(key), each, deep=deep - 1) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean("", each, deep=deep - 1) for each in value]
    return _black(_words(value))


def _words(value: object) -> str:
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    return value if isinstance(value, str) else repr(value)


def _black(text: str) -> str:
    return SECRETS.sub(BLACK, text)

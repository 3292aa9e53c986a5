"""Logs: one line for each thing that happened, JSON or text, with no secret in any."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Installation tokens come in two shapes, the newer with dots and about 520 characters:
# https://github.blog/changelog/2026-05-15-github-app-installation-token-format
SECRETS = re.compile(
    r"gh[a-z]_[A-Za-z0-9._-]{16,}|github_pat_\w{16,}|(?<=earer )\S+|eyJ[\w-]{8,}\.[\w-]+\.[\w-]+"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"
)
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
    """Black out what looks like a secret, wherever in the line it stands."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = SECRETS.sub("[secret]", value)
        elif isinstance(value, BaseException):
            event[key] = SECRETS.sub("[secret]", f"{type(value).__name__}: {value}")
    return event

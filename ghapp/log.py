"""Logs: one line for each thing that happened, JSON or text, with no secret in any."""

import logging
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from types import TracebackType
from typing import Any

import structlog

# Installation tokens come in two shapes, the newer with dots and about 520 characters:
# https://github.blog/changelog/2026-05-15-github-app-installation-token-format
SECRETS = re.compile(
    r"gh[a-z]_[A-Za-z0-9._-]{16,}|github_pat_\w{16,}|(?<=earer )\S+|eyJ[\w-]{8,}(?:\.[\w-]+)*"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"
)
# Whatever stands under such a name is a secret, whether it looks like one or not.
NAMES = re.compile(r"(?i)secret|password|passwd|authorization|cookie|credential|private_?key|signature|token$|^jwt$")
DEEP = 6  # levels that are looked into; what lies deeper is blacked out
SHORTEST = 8  # letters of a secret that is looked for as it is; blacking out a shorter one would garble every line
LINE = 20  # letters of a key's lines: a traceback may show one alone
BLACK = "[secret]"
QUIET = ("markdown_it", "procrastinate", "alembic", "asyncio", "sqlalchemy")


_IN_FORCE: list["Redaction"] = []  # the one that `configure` made last


def configure(*, level: str = "info", json: bool = False, secrets: Iterable[str] = ()) -> None:
    """Send every logger of ours and of the libraries to standard error, in one form; warnings and crashes as well.

    `secrets` are blacked out wherever they stand, besides all that looks like one.
    """
    redaction = Redaction(secrets)
    _IN_FORCE[:] = [redaction]
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redaction,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.captureWarnings(capture=True)
    sys.excepthook = _crashed
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def hide(secrets: Iterable[str]) -> None:
    """Black out these as well from now on: loggers keep what they were configured with."""
    for redaction in _IN_FORCE:
        redaction.know(secrets)


class Redaction:
    """Blacks out what looks like a secret, is called one or is known as one, wherever in a line it stands."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: list[str] = []
        self.know(secrets)

    def know(self, secrets: Iterable[str]) -> None:
        """Black out these besides the ones known already."""
        known = {*self._known, *(part for secret in secrets for part in _parts(secret))}
        self._known = sorted(known, key=len, reverse=True)  # one secret may begin with another

    def __call__(self, _logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """The line without secrets, as structlog's processors hand it on."""
        for name, value in event.items():
            if not name.startswith("_"):  # the logging library's own
                event[name] = self._clean(name, value, deep=DEEP)
        return event

    def _clean(self, name: str, value: object, *, deep: int) -> object:
        if value is None or isinstance(value, (bool, int, float)):
            return value
        if NAMES.search(name) or not deep:
            return BLACK
        if isinstance(value, Mapping):
            return {self._black(str(key)): self._clean(str(key), each, deep=deep - 1) for key, each in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self._clean("", each, deep=deep - 1) for each in value]
        return self._black(_words(value))

    def _black(self, text: str) -> str:
        for secret in self._known:
            text = text.replace(secret, BLACK)
        return SECRETS.sub(BLACK, text)


def _parts(secret: str) -> Iterator[str]:
    lines = secret.replace("\\n", "\n").split("\n")
    if len(lines) == 1:
        yield from filter(lambda part: len(part) >= SHORTEST, (secret, secret.strip()))
    else:
        yield from (line.strip() for line in lines if len(line) >= LINE and not line.startswith("-----"))


def _words(value: object) -> str:
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    return value if isinstance(value, str) else repr(value)


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    structlog.get_logger(__name__).critical("server.crashed", exc_info=(kind, error, trace))

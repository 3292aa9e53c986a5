"""What an author names beside an answer, so that another person can look: commits, tests, commands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from checks.reader.pull.cues import NAMED_TEST, RUNNER

_COMMIT = re.compile(r"(?<![\w/.#-])(?=[0-9a-f]{0,39}\d)(?=\d{0,39}[a-f])[0-9a-f]{7,40}(?![\w-])")
_COMMIT_LINK = re.compile(r"/commits?/([0-9a-f]{7,40})\b")
_TEST_PATH = re.compile(r"(?<![\w/.-])(?:[\w.-]{1,80}/){0,12}(?:tests?|specs?|__tests__)/[\w./-]{1,120}(?:::\w{1,80})?")
_TEST_FILE = re.compile(
    r"(?<![\w/.-])(?:[\w.-]{1,80}/){1,12}(?:test_\w{1,80}|\w{1,80}(?:_test|\.test|\.spec))\.\w{1,5}(?:::\w{1,80})?"
)
_COMMAND = re.compile(rf"`((?:\$ )?{RUNNER}[^`]{{0,200}})`")
_PROMPT = re.compile(rf"^\s*[$>] ({RUNNER}.{{0,200}})")
_MOST = 5  # of each kind
_READ = 2_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Commits, tests and commands, each as it is written, at most a few."""

    commits: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is named."""
        return bool(self.commits or self.tests or self.commands)


NOTHING = Named()


def named(texts: Iterable[str]) -> Named:
    """What some lines name."""
    text = "\n".join(texts)[:_READ]
    commands = _first(
        [*_COMMAND.findall(text), *(found for line in text.split("\n") for found in _PROMPT.findall(line))]
    )
    paths = [found[0].rstrip(".") for pattern in (_TEST_PATH, _TEST_FILE) for found in pattern.finditer(text)]
    names = [found[0] for found in NAMED_TEST.finditer(text) if not found[0].startswith("{")]
    bare = [name for name in names if not any(name in path for path in (*paths, *commands))]
    return Named(
        commits=_first([*_COMMIT_LINK.findall(text), *_COMMIT.findall(text)]),
        tests=_first([*paths, *bare]),
        commands=commands,
    )


def _first(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(found), _MOST))

"""The policy that holds in a repository: of its owner's file and of its own the last version without mistakes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from config.compose import MOST_BYTES
from config.load import BARE, PATH, Loaded, load
from config.mistakes import Mistake
from config.origin import Source

UNREADABLE = "\0"  # a text that has a mistake, for a file that is no text


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A policy file as it is now, None when it is no text, and its last version without mistakes, "" for none."""

    text: str | None = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A file with mistakes, and whether its last version without them holds in its place."""

    mistakes: tuple[Mistake, ...]
    last_holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The policy in force, the owner's policy that the repository's file was laid over, and what does not hold."""

    loaded: Loaded = BARE
    over: Loaded = BARE
    broken: Broken | None = None
    broken_owner: Broken | None = None


def stand(own: File, owner: File, *, owner_file: str) -> Standing:
    """What holds: the owner's file over the defaults, the repository's over that; `owner_file` is how to name it."""
    text, broken_owner = _held(owner, lambda each: _loaded("", each, owner_file))
    over = _loaded("", text, owner_file)
    held, broken = _held(own, lambda each: _loaded(each, text, owner_file))
    loaded = _loaded(held, text, owner_file)
    return Standing(loaded=loaded, over=over, broken=broken, broken_owner=broken_owner)


def _held(file: File, read: Callable[[str], Loaded]) -> tuple[str, Broken | None]:
    """The text of a file that holds; "" where neither it nor its last version has no mistakes."""
    text = UNREADABLE if file.text is None else file.text
    mistakes = read(text).mistakes
    if not mistakes:
        return text, None
    last_holds = bool(file.last) and not read(file.last).mistakes
    return file.last if last_holds else "", Broken(mistakes=mistakes, last_holds=last_holds)


def _loaded(own: str, owner: str, owner_file: str) -> Loaded:
    """A repository's text over its owner's; without the former the owner's mistakes are told."""
    is_long = max(len(own), len(owner)) > MOST_BYTES  # refused at once, and not worth remembering
    return (_load.__wrapped__ if is_long else _load)(own, owner, owner_file)


@lru_cache(maxsize=256)  # every look brings both texts, and the files seldom change
def _load(own: str, owner: str, owner_file: str) -> Loaded:
    over = load(owner, file=owner_file, source=Source.OWNER)
    return load(own, file=PATH, over=over) if own else over

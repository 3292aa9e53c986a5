"""`ghapp init`: a policy file to begin with, and templates out of the policy's own criteria."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import config.load
from config import schema
from config.load import Loaded
from config.policy import Policy
from ghapp import settings
from ghapp.cli import source
from ghapp.cli.failed import say, tell
from ghapp.errors import See, StartError, UserError
from ghapp.render import templates
from ghapp.render.new_file import File
from ghapp.render.policy_file import policy_file

DONE, IN_PART, CANNOT = 0, 1, 2

SCHEMA = ".github/handoff.schema.json"
PULL_FOLDERS = (".github", "", "docs")  # where GitHub looks for a pull request template, in any capitals


class Fate(Enum):
    """What became of a file, in the words people read."""

    WRITTEN = "written"
    REPLACED = "replaced"
    SAME = "already so"
    LEFT = "there already, left alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Where to write, whether over what is there, or only to show."""

    folder: Path
    force: bool = False
    prints: bool = False


def run(order: Order) -> int:
    """Write the files, or print them; the exit code."""
    try:
        return _run(order)
    except (UserError, StartError) as error:
        say(error)
    except OSError as error:
        tell(f"{error.filename} cannot be written ({error.strerror}): mend that, then try again.", See.COMMAND)
    return CANNOT


def _run(order: Order) -> int:
    if not order.folder.is_dir():
        raise UserError(f"{order.folder} is not a folder: give the root of a repository.")
    loaded = _policy(order.folder)
    wanted = tuple(_files(order.folder, loaded.policy))
    if order.prints:
        sys.stdout.write("\n".join(f"==> {file.path}\n{file.text}" for file in wanted))
        return DONE
    left = False
    for file, path in _placed(order.folder, wanted):
        fate = _write(path, file.text, force=order.force)
        sys.stdout.write(f"{fate.value + ':':27}{path.relative_to(order.folder)}  ({file.what})\n")
        left = left or fate is Fate.LEFT
    sys.stdout.write(f"\n{_next(loaded.policy, left=left)}")
    return IN_PART if left else DONE


def _policy(folder: Path) -> Loaded:
    """The policy that stands there already, else the defaults."""
    path = folder / config.load.PATH
    if not path.exists():
        return Loaded()
    loaded = config.load.load(source.whole(str(path), remedy="mend it, or move it away", form="YAML"), file=str(path))
    if loaded.mistakes:
        raise UserError("the policy has mistakes, mend them first:\n" + "\n".join(map(str, loaded.mistakes)))
    return loaded


def _files(folder: Path, policy: Policy) -> Iterator[File]:
    """What is to be there; a policy file that stands there is what the templates are made of, so it is kept.

    Where people cannot reach a server of ours, its schema is laid beside the policy file.
    """
    public = settings.load().public_url
    is_first = not (folder / config.load.PATH).exists()
    if is_first:
        yield policy_file(f"{public}/schema/handoff.json" if public else f"./{Path(SCHEMA).name}")
    if (is_first and not public) or (folder / SCHEMA).exists():
        yield File(SCHEMA, schema.as_text(), "for editors that know JSON Schema")
    yield from templates.files(policy)


def _placed(folder: Path, wanted: tuple[File, ...]) -> Iterator[tuple[File, Path]]:
    """Each file and its place: a pull request template's is wherever GitHub finds one already."""
    for file in wanted:
        found = _pull_template(folder) if file.path == templates.PULL_REQUEST else None
        yield file, found or folder / file.path


def _pull_template(folder: Path) -> Path | None:
    name = Path(templates.PULL_REQUEST).name
    below = (each for place in PULL_FOLDERS if (folder / place).is_dir() for each in sorted((folder / place).iterdir()))
    return next((each for each in below if each.name.lower() == name), None)


def _write(path: Path, text: str, *, force: bool) -> Fate:
    is_there = path.is_symlink() or path.exists()  # a link that leads nowhere is there as well
    if path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == text.encode():
        return Fate.SAME
    if is_there and not force:
        return Fate.LEFT
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_there:
        path.unlink()
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return Fate.REPLACED if is_there else Fate.WRITTEN


def _next(policy: Policy, *, left: bool) -> str:
    steps = [
        *(["Compare what was left alone with `ghapp init --print`, or replace it with --force."] if left else []),
        "Commit the files on a branch and open a pull request; they count once they are on the default branch.",
        *([f"With the App installed, {ways}: the verdict comes as a comment."] if (ways := _ways(policy)) else []),
        f"Try a text without GitHub: ghapp check issue FILE --policy {config.load.PATH}",
    ]
    return "Next:\n" + "".join(f"  {number}. {step}\n" for number, step in enumerate(steps, 1))


def _ways(policy: Policy) -> str:
    """How an issue comes to its verdict under a policy."""
    applies = policy.readiness.applies_to
    label = [f"set the label `{'` or `'.join(applies.labels)}` on an issue"] if applies.labels else []
    assigned = ["assign it to somebody" if label else "assign an issue to somebody"] if applies.assigned else []
    return " or ".join([*label, *assigned]) if policy.readiness.enabled else ""

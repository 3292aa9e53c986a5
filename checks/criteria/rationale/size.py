"""Is it a reviewable increment?

Changed lines within the policy's limit, lock files and generated files left out.

Why: past a few hundred lines reviewers skim, and a stalled review stalls the hand-back.

Ready: 240 changed lines in 6 files, beside a lock file of 4,000.

Not ready: 2,300 lines changed by hand, and no word on how to read them.
"""

import re
from collections import Counter

from checks.criterion import Asked, Criterion
from checks.subject import ChangedFile, Pull
from checks.verdict import TITLE_LINE, Evidence, Finding, Status

# Names as github-linguist knows them (lib/linguist/generated.rb), those that a contractor's work meets.
_LOCKS = frozenset(
    {
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "bun.lock",
        "bun.lockb",
        "deno.lock",
        "poetry.lock",
        "uv.lock",
        "pdm.lock",
        "pipfile.lock",
        "cargo.lock",
        "composer.lock",
        "gemfile.lock",
        "go.sum",
        "go.work.sum",
        "mix.lock",
        "pubspec.lock",
        "podfile.lock",
        "flake.lock",
        "packages.lock.json",
        "gradle.lockfile",
        "package.resolved",
        ".terraform.lock.hcl",
    }
)
_GENERATED = re.compile(
    r"(?:^|/)(?:dist|node_modules|vendor|third_party|__snapshots__|__generated__|generated)/"
    r"|\.(?:min\.(?:js|css)|map|snap|svg|ambr|pb\.go|pb\.cc|pb\.h|g\.dart|freezed\.dart|designer\.cs)$"
    r"|_pb2(?:_grpc)?\.pyi?$|[._]generated\.\w+$|[._]gen\.\w+$",
    re.IGNORECASE,
)


def by_hand(pull: Pull) -> int:
    """The changed lines of a pull request without lock files and generated ones, as far as its files are known."""
    made = sum(_lines(file) for file in pull.files if _is_made(file.path))
    return max(pull.additions + pull.deletions, sum(map(_lines, pull.files))) - made


def judge(asked: Asked[Pull]) -> Finding:
    """Compare with the limit; nothing is known of a text that is no pull request yet."""
    pull = asked.subject
    if not (pull.files or pull.changed_files or pull.additions or pull.deletions):
        return Finding(criterion=CRITERION.name, status=Status.NOT_ASKED)
    lines, files = by_hand(pull), max(pull.changed_files, len(pull.files))
    counted = f"{_many(lines, 'changed line')} in {_many(files, 'file')}, lock and generated files left out"
    evidence = (Evidence(TITLE_LINE, counted),)
    if lines <= asked.size_limit:
        return Finding(criterion=CRITERION.name, status=Status.MET, evidence=evidence)
    start = _largest(pull)
    advice = f"Split it into increments below {asked.size_limit:,} lines{start}, or say in which order to read it."
    return Finding(criterion=CRITERION.name, status=Status.PARTLY, evidence=evidence, advice=advice)


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _lines(file: ChangedFile) -> int:
    return file.additions + file.deletions


def _is_made(path: str) -> bool:
    return path.rpartition("/")[2].lower() in _LOCKS or bool(_GENERATED.search(path))


def _largest(pull: Pull) -> str:
    """Where most lines are: the folder a split would begin with."""
    folders: Counter[str] = Counter()
    for file in pull.files:
        if not _is_made(file.path):
            folders[file.path.rpartition("/")[0]] += _lines(file)
    folder, lines = folders.most_common(1)[0] if folders else ("", 0)
    return f", beginning with `{folder}/` ({lines:,})" if folder else ""


CRITERION = Criterion(name="size", asks="Is it a reviewable increment?", judge=judge)

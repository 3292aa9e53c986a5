"""Pull requests: does the text say what was built and why? Exemptions, small changes and the verdict."""

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from checks.assess import FOREIGN, skipped, verdict
from checks.criteria.rationale import ALL
from checks.criteria.rationale.language import CRITERION as _GATE
from checks.criteria.rationale.size import by_hand
from checks.criterion import Asked, Criterion
from checks.reader import LocalReader
from checks.reading import Reader
from checks.subject import Issue, Kind, Pull
from checks.verdict import Finding, Status, Verdict
from config.policy import Exempt, Mode, Rationale, SmallChange

_THRESHOLD = 0  # what is required decides; advisory gaps never fail a pull request
_ENGLISH = "en"  # the language the reader can tell
_OFF = "The policy switches the judgement of pull requests off."


def assess(pull: Pull, policy: Rationale, *, language: str = _ENGLISH, reader: Reader | None = None) -> Verdict:
    """Judge a pull request; exempt ones are skipped with the reason, a small one needs one line of reason only.

    Drafts are judged like any other: that their check is neutral is said where it is rendered, from `Pull.is_draft`.
    Where the policy requires English, another language is a gap by itself; else such a text cannot be judged.
    """
    exempt = exemption(pull, policy)
    if exempt:
        return skipped(Kind.PULL, exempt)
    reader = reader or LocalReader()
    asked = Asked(
        pull,
        reader.pull(pull),
        linked=tuple(reader.issue(Issue(title=issue.title, body=issue.body)) for issue in pull.linked),
        size_limit=policy.size,
        small=is_small(pull, policy.small_change),
    )
    wants_english = language == _ENGLISH and policy.criteria.language.mode is Mode.REQUIRED
    if not asked.reading.english and not wants_english:
        return skipped(Kind.PULL, FOREIGN)
    findings = [_judge(criterion, asked) for criterion in ALL if criterion is not _GATE or language == _ENGLISH]
    judged = verdict(Kind.PULL, findings, policy.criteria, threshold=_THRESHOLD)
    return replace(judged, truncated=asked.reading.document.truncated)


def _judge(criterion: Criterion[Pull], asked: Asked[Pull]) -> Finding:
    if asked.reading.english or criterion is _GATE:
        return criterion.judge(asked)
    return Finding(criterion=criterion.name, status=Status.NOT_ASKED)


def exemption(pull: Pull, policy: Rationale) -> str:
    """Why a pull request is not judged, as one sentence; empty when it is."""
    if not policy.enabled:
        return _OFF
    return _exempt_by(pull, policy.exempt)


def is_small(pull: Pull, small: SmallChange) -> bool:
    """Whether a change is within the policy's limits, lock files and generated ones left out."""
    if not pull.files and not pull.additions + pull.deletions:
        return False
    lines = by_hand(pull)
    return lines <= small.lines or (lines <= small.path_lines and _only(pull, small.paths))


def _exempt_by(pull: Pull, exempt: Exempt) -> str:
    labels = {name.casefold() for name in exempt.labels}
    label = next((label for label in pull.labels if label.casefold() in labels), "")
    branch = next((pattern for pattern in exempt.branches if matches(pull.head, pattern)), "")
    if exempt.bots and pull.author_is_bot:
        return f"Written by a bot, {pull.author}; the policy exempts bots."
    if pull.author.casefold() in {name.casefold() for name in exempt.authors}:
        return f"Written by {pull.author}, whom the policy exempts."
    if label:
        return f"The label {label} exempts it."
    if branch:
        return f"The branch {pull.head} is exempt by {branch}."
    if exempt.paths and _only(pull, exempt.paths):
        return "It changes nothing but paths that the policy exempts."
    return ""


def _only(pull: Pull, patterns: Iterable[str]) -> bool:
    """Whether every file matches; a list of files that was cut cannot tell."""
    patterns = tuple(patterns)
    whole = pull.files and len(pull.files) >= pull.changed_files
    return bool(whole) and all(any(matches(file.path, pattern) for pattern in patterns) for file in pull.files)


def matches(path: str, pattern: str) -> bool:
    """Match a path or a branch: `*`, `?` and `[...]` within one part, `**` for any number of parts, none included.

    A slash at the beginning changes nothing, and one at the end means all that is below.
    The last `**` met takes one part more when what follows does not fit, so the time is bounded by parts times parts.
    """
    whole = pattern.removeprefix("/")
    parts, wanted = path.split("/"), (f"{whole}**" if whole.endswith("/") else whole).split("/")
    at = want = 0
    star = taken = -1
    while at < len(parts):
        if want < len(wanted) and wanted[want] == "**":
            star, taken = want, at
            want += 1
        elif want < len(wanted) and fnmatchcase(parts[at], wanted[want]):
            at, want = at + 1, want + 1
        elif star >= 0:
            taken += 1
            at, want = taken, star + 1
        else:
            return False
    return all(part == "**" for part in wanted[want:])

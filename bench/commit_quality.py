"""Commit messages of Tian et al. (ICSE 2022): do they say what was changed, and why, as that paper means it?

Their definition is wider than that of the judgement, which asks for a reason with substance. To them a message says why
when it

- describes the issue: an error, a defect or a shortcoming, even by "fix" and a name alone, or a link to its report;
- illustrates the requirement: what somebody needs, what has to be so, whom or what it is for;
- describes the objective: better, simpler, faster, safer, compatible, refactored;
- implies the necessity: whoever reads "typo", "release 2.1", "update the readme" or "format" needs no other reason.

It says what when the change itself is told: a message that only names a defect ("fix the timeout") or says how things
are not ("the list isn't public") tells none. Both are read from what our reader finds (roles, full or thin, links,
grounds) and from the kind of change that the first line names. No program fitted the lists; the texts were read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from scipy.sparse import hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bench.corpus import Corpus, Row
from bench.measures import Line, macro_f1, measure
from checks.reader import LocalReader
from checks.reader.hidden import names_ticket
from checks.reader.phrases import words
from checks.reader.pull.grounds import Ground, grounds
from checks.reader.pull.words import content, led_by_change, said, stem
from checks.reading import Reading, Role
from checks.subject import Pull

KINDS = {  # of a change, by words of the first line
    "mends": "fix bug bugfix npe compilation exception error problem warning conflict issue",
    "betters": """improve improvement enhance enhancement optimize optimise optimization simplify simplification
        refactor better easier faster reduce avoid prevent ensure allow enable support compatible compatibility
        performance thread-safe sure""",
    "plain": """typo spelling misspell release version snapshot bump upgrade readme doc documentation javadoc changelog
        comment format style indent indentation whitespace space clean cleanup polish import""",
}
_KINDS = {kind: frozenset(map(stem, listed.split())) for kind, listed in KINDS.items()}
_MENDING = frozenset(map(stem, ("fix", "bug", "issue", "resolve")))  # begins a message that may name a defect only
_NO_REASONS = frozenset(  # beside these a first line may still tell nothing but the change
    {Ground.SETTING, Ground.OFTEN, Ground.PEOPLE, Ground.PAST, Ground.FIGURE, Ground.ABOUT, Ground.HOLLOW}
)
_REASONS = frozenset(
    {"reason", "thin reason", "issue", "for", *KINDS, *(f"title: {it}" for it in set(Ground) - _NO_REASONS)}
)
_MERGED = re.compile(r"\s*\(#\d+\)\s*$")  # what a forge adds to a title when it merges: a pull request, not an issue
_PREFIX = re.compile(r"^\W*(?:\[[^\[\]]*\]\W*|\w+-\d+\W+)?")
_MANY = 8  # lines or words from which on a message counts as long
_SHARE = 3.0  # inverse of the penalty; no other value was chosen for either label
_OTHERS = {"why": ".784 TF-IDF, .811 paper, trained", "what": ".694 TF-IDF, .818 paper, trained"}
_GOALS = {"why": (".72", ".81"), "what": ("", "")}


def lines(corpus: Corpus) -> Iterator[Line]:
    """Macro-F1 of both labels: by reading, then by models that were trained on the other repositories."""
    rows = [row for row in corpus.rows("tian-commit-messages") if not row["multi_commit"]]
    for name, tells in (("why", says_why), ("what", says_what)):
        said_so = [tells(row["message"]) for row in rows]
        if rows:
            yield _line(rows, name, f"macro-F1 of {name}", said_so, _GOALS[name][0])
        if len({row["repo"] for row in rows}) > 1:
            for means, goal in (("signs and TF-IDF", _GOALS[name][1]), ("TF-IDF", "")):
                told = _trained(rows, name, with_signs=means != "TF-IDF")
                yield _line(rows, name, f"macro-F1 of {name}, {means} trained on the other repositories", told, goal)


def _line(rows: Sequence[Row], name: str, what: str, told: Sequence[bool], goal: str) -> Line:
    truth = [row["labels"][name] for row in rows]
    figure = measure(macro_f1, truth, told, [row["id"] for row in rows])
    return Line("commit messages", what, figure, goal, _OTHERS[name])


def says_why(message: str) -> bool:
    """Whether one of the four ways to say why is found: an issue, a requirement, an objective, a plain necessity."""
    found = signs(message)
    return not _REASONS.isdisjoint(found) or any(sign.startswith("below: ") for sign in found)


def says_what(message: str) -> bool:
    """Whether the change is told: below the first line, or by it where it does more than name a defect or a state."""
    found = signs(message)
    names = "names a change" in found and found.keys().isdisjoint({"begins by mending", f"title: {Ground.DENIAL}"})
    return names or "change below" in found


@cache
def signs(message: str) -> Mapping[str, float]:
    """What a person can name in a message, each sign with its weight; most are there or not."""
    title, _, body = message.strip().partition("\n")
    title, merged = _MERGED.subn("", title)
    reading = LocalReader().pull(Pull(title=title, body=body.strip()))
    found = {*_of_title(title), *_of_reading(reading)}
    if merged:
        found.add("merged by a pull request")
    if names_ticket(f"{title}\n{body}", []):
        found.add("issue")
    if Role.WHAT in reading.roles[0]:
        found.add("names a change")
    sizes = {"lines": min(len(reading.document.units), _MANY) / _MANY, "words": min(len(content(title)), _MANY) / _MANY}
    return dict.fromkeys(sorted(found), 1.0) | sizes


def _of_title(title: str) -> Iterator[str]:
    sentence = words(title)
    yield from (kind for kind, stems in _KINDS.items() if not stems.isdisjoint(map(stem, sentence)))
    if "for" in sentence[1:-1]:
        yield "for"
    if led_by_change(sentence):
        yield "names a change"
    if not _MENDING.isdisjoint(map(stem, words(_PREFIX.sub("", title))[:1])):
        yield "begins by mending"


def _of_reading(reading: Reading) -> Iterator[str]:
    for unit, roles in zip(reading.document.units, reading.roles, strict=True):
        where = "below" if unit.line else "title"
        yield from (f"{where}: {ground}" for ground in grounds(unit.text, said(unit.text)))
        if Role.WHY in roles:
            yield "thin reason" if Role.VAGUE in roles else "reason"
        if Role.LINK in roles:
            yield "issue"
        if unit.line and Role.WHAT in roles:
            yield "change below"


def _trained(rows: Sequence[Row], name: str, *, with_signs: bool) -> list[bool]:
    """What a logistic regression says of each row that was fitted on the rows of all other repositories."""
    told = [False] * len(rows)
    for repository in {row["repo"] for row in rows}:
        others = [row for row in rows if row["repo"] != repository]
        numbers = [number for number, row in enumerate(rows) if row["repo"] == repository]
        fitted, asked = _features(others, [rows[number] for number in numbers], with_signs=with_signs)
        model = LogisticRegression(C=_SHARE, max_iter=1000, class_weight="balanced")
        model.fit(fitted, [row["labels"][name] for row in others])
        for number, answer in zip(numbers, model.predict(asked), strict=True):
            told[number] = bool(answer)
    return told


def _features(others: Sequence[Row], asked: Sequence[Row], *, with_signs: bool) -> tuple[object, object]:
    """Words and pairs of words of the tokens that the authors published, and the signs beside them."""
    terms = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    tables = (
        [terms.fit_transform(row["tokenised"] for row in others)],
        [terms.transform(row["tokenised"] for row in asked)],
    )
    if with_signs:
        named = DictVectorizer()
        tables[0].append(named.fit_transform([signs(row["message"]) for row in others]))
        tables[1].append(named.transform([signs(row["message"]) for row in asked]))
    return hstack(tables[0]).tocsr(), hstack(tables[1]).tocsr()

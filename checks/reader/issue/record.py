"""Texts that tell of work already done: release notes, logs of a week, pull requests and robots' notices."""

import re
from collections.abc import Sequence

from checks.reader.issue.cues import DIARY, Cue
from checks.reader.issue.sentence import Sentence
from checks.text import Form

_RELEASE = re.compile(
    r"(?:\W*\w+(?:\([\w-]+\))?: )?(?:release |version )?v?\d{1,6}(?:\.\d{1,6}){1,3}(?:[-+.]\w{1,20}){0,3}\s*",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"\bby @[\w-]{1,40}(?:\[bot\])? in (?:#\d|https?://)"  # what GitHub generates
    r"|\(\[?#?[\da-f]{1,40}\]\(https?://"  # a commit behind each entry
    r"|^(?:\[[^\[\]]{1,50}\]\([^()]{1,200}\) ?){2}"  # changesets
)
_HEADING = re.compile(r"what's changed|full changelog|(?:patch|minor|major) changes|pr type", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATED = re.compile(
    r"\b(?:week|sprint|day) ?\d|\d{4}-\d\d-\d\d"
    rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th)? (?:of )?{_MONTH}|\b{_MONTH}[a-z]{{0,6}} \d",
    re.IGNORECASE,
)
_BEGINNING = 4  # sentences in which a text says what it is
_ENTRIES = 2
_NAME = 2  # words of which a name consists: "This PR" alone leads to a link


def is_record(title: Sentence, every: Sequence[Sentence]) -> bool:
    """Whether a text, title included, reports what was done and leaves nothing to do."""
    body = [one for one in every if one is not title and one.unit.form is not Form.COMMENT]
    if _is_diary(title) or _names_itself(title):
        return True
    opening = [one for one in body if one.unit.form is not Form.HEADING][:_BEGINNING]
    return any(_names_itself(one) for one in opening) or _is_list_of_changes(title, body)


def _names_itself(one: Sentence) -> bool:
    """Whether it says what it is, as in "This pull request adds ..."."""
    return one.cues.get(Cue.RECORD, 9) < 2 and len(one.words) > _NAME and not one.asks and not one.has(Cue.MODAL)


def _is_diary(title: Sentence) -> bool:
    asks = title.is_imperative or title.has(Cue.MODAL, Cue.WISH, Cue.BROKEN)
    return not asks and not DIARY.isdisjoint(title.words) and bool(_DATED.search(title.unit.text))


def _is_list_of_changes(title: Sentence, body: Sequence[Sentence]) -> bool:
    entries = sum(1 for one in body if _is_entry(one))
    return entries >= _ENTRIES or bool(entries and _RELEASE.fullmatch(title.unit.text))


def _is_entry(one: Sentence) -> bool:
    expression = _HEADING if one.unit.form is Form.HEADING else _ENTRY
    return bool(expression.search(one.unit.text))

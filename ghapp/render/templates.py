"""Templates out of a policy's own criteria: an issue form, its twin in Markdown, and a pull request template.

What is off is not asked for. Filled in they pass and left alone they do not, because all they hold beside headings are
prompts, which the judge takes for nobody's words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from checks.trace import Traced
from checks.verdict import Outcome, Verdict
from config.policy import CriterionPolicy, Mode, Policy
from config.section import Section
from ghapp.render import findings, quote, skeleton
from ghapp.render.new_file import Editor, File, offers
from ghapp.render.parts import ELSEWHERE, ISSUE, PULL, Part, comment

FORM = ".github/ISSUE_TEMPLATE/work.yml"
MARKDOWN = ".github/ISSUE_TEMPLATE/work.md"
PULL_REQUEST = ".github/pull_request_template.md"

_ABOUT = "Something new or different, written so that a stranger can start."
_INTRO = (
    "Written for somebody who cannot ask: what was said in a chat, on a call or on a private page stands in words here."
)
_ANYTHING = ("description", Part("Description", "What is to be done, for somebody who cannot ask."), Mode.ADVISORY)
_WIDTH = 110  # characters of a form's line

_Asked = tuple[str, Part, Mode]  # id, part, mode


def files(policy: Policy) -> tuple[File, ...]:
    """The templates of a policy; none for what it does not judge."""
    issue = (form(policy), markdown(policy)) if policy.readiness.enabled else ()
    has_pull = policy.rationale.enabled and any(_asked(PULL, policy.rationale.criteria))
    return (*issue, pull_request(policy)) if has_pull else issue


def form(policy: Policy) -> File:
    """The issue form; GitHub makes `### Label` and the answer of each question.

    https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
    """
    body = [*_intro(policy), *(_question(*each) for each in _of_issue(policy))]
    asked = {"name": "Work", "description": _ABOUT, "body": body}
    text = yaml.safe_dump(asked, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return File(FORM, text, "an issue form")


def markdown(policy: Policy) -> File:
    """The issue template in Markdown, for the command line and wherever forms are not shown."""
    front = ("---", "name: Work, in Markdown", f"about: {_ABOUT}", "---", "")
    return File(MARKDOWN, _lines(*front, *_headings(_of_issue(policy))), "the same in Markdown")


def pull_request(policy: Policy) -> File:
    """The pull request template."""
    return File(PULL_REQUEST, _lines(*_headings(_asked(PULL, policy.rationale.criteria))), "a pull request template")


def answer(verdict: Verdict, policy: Policy, editor: Editor, traced: Sequence[Traced] = ()) -> str:
    """What `/handoff template` is answered with: a skeleton of this very text, then the files that ask for it at first.

    `verdict` is on the issue or pull request as it is now, `policy` the one in force there, `traced` what a pull
    request says of its issues' acceptance criteria.
    """
    offered = tuple(file for file in files(policy) if (file.path == PULL_REQUEST) == (verdict.kind == "pull"))
    return "\n\n".join(part for part in (_skeleton(verdict, traced), _offered(offered, editor)) if part)


def _skeleton(verdict: Verdict, traced: Sequence[Traced]) -> str:
    missing = skeleton.lines(verdict, traced)
    if missing:
        first = "**A skeleton of the missing parts.** Copy it into the description and replace each comment by words."
        return f"{first}\n\n{quote.fence(missing)}"
    if verdict.outcome is Outcome.SKIPPED:
        return f"**No skeleton.** {quote.prose(verdict.reason)}"
    return "**No skeleton.** Every part that has a heading is there."


def _offered(offered: tuple[File, ...], editor: Editor) -> str:
    if not offered:
        return ""
    links = offers(offered, editor)
    how = (
        "Each link opens GitHub's editor with the file in it. Whoever may write here makes the commit; "
        "a file that is there already is not replaced."
    )
    return findings.folded("Templates that ask for all of it from the start", f"{how}\n\n{links}")


def _of_issue(policy: Policy) -> tuple[_Asked, ...]:
    """What is asked of an issue; GitHub refuses a form without a question."""
    return tuple(_asked(ISSUE, policy.readiness.criteria)) or (_ANYTHING,)


def _asked(parts: Mapping[str, Part], criteria: Section) -> Iterator[_Asked]:
    """What a template can ask for under a policy, in reading order."""
    for name, part in parts.items():
        asked: CriterionPolicy = getattr(criteria, name.replace("-", "_"))
        if asked.mode is not Mode.OFF and name != ELSEWHERE:
            yield name, part, asked.mode


def _intro(policy: Policy) -> Iterator[dict[str, Any]]:
    if policy.readiness.criteria.self_contained.mode is not Mode.OFF:
        yield {"type": "markdown", "attributes": {"value": _INTRO}}


def _question(name: str, part: Part, mode: Mode) -> dict[str, Any]:
    attributes = {"label": part.heading, "description": part.prompt}
    required = {"validations": {"required": True}} if mode is Mode.REQUIRED else {}
    return {"type": "textarea", "id": name, "attributes": attributes, **required}


def _headings(asked: Iterable[_Asked]) -> Iterator[str]:
    for _name, part, mode in asked:
        marked = "Required. " if mode is Mode.REQUIRED else ""
        yield from (f"## {part.heading}", "", *comment(f"{marked}{part.prompt}"), "")


def _lines(*lines: str) -> str:
    return "\n".join(lines).rstrip() + "\n"

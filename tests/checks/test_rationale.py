"""Whole pull requests: the verdict, the exemptions, and what counts as small."""

import json
from pathlib import Path

import pytest

from checks.rationale import assess, is_small, matches
from checks.reader import LocalReader
from checks.subject import ChangedFile, Kind, LinkedIssue, Pull
from checks.verdict import Outcome, Status
from config.policy import CriterionPolicy, Exempt, Mode, Rationale, RationaleCriteria, SmallChange

CASES = sorted(path.parent for path in (Path(__file__).parent.parent / "cases").glob("*/pull.md"))
FRENCH = "Les fichiers sont perdus quand la connexion tombe, car le serveur ne les envoie pas une deuxième fois."
REASON = "Files are lost when the connection breaks, because the worker gives up at the first error."


def whole(case):
    title, _, body = (case / "pull.md").read_text(encoding="utf-8").partition("\n")
    facts = json.loads((case / "facts.json").read_text(encoding="utf-8")) if (case / "facts.json").exists() else {}
    files = tuple(ChangedFile(**file) for file in facts.pop("files", ()))
    linked = tuple(LinkedIssue(**issue) for issue in facts.pop("linked", ()))
    return Pull(title=title.removeprefix("# "), body=body.strip("\n"), files=files, linked=linked, **facts)


def pull(body=REASON, **facts):
    return Pull(title="Retry failed uploads", body=body, **facts)


def changed(*paths, lines=1):
    return tuple(ChangedFile(path=path, additions=lines) for path in paths)


def statuses(verdict):
    return {finding.criterion: finding.status for finding in verdict.findings}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_whole_pull_request(case):
    verdict = assess(whole(case), Rationale())

    assert verdict.to_json() == json.loads((case / "verdict.json").read_text(encoding="utf-8"))


def test_advisory_gaps_never_fail():
    verdict = assess(pull(), Rationale())

    assert verdict.outcome is Outcome.READY
    assert len(verdict.gaps) > 1


def test_a_missing_reason_fails_whatever_else_is_there():
    verdict = assess(pull("Waits between attempts.\n\nCloses #12\n\n## Testing\n\n`make test`"), Rationale())

    assert verdict.outcome is not Outcome.READY
    assert verdict.reason == "Required and missing: why."


def test_findings_stand_in_report_order_and_those_off_are_left_out():
    criteria = RationaleCriteria(size=CriterionPolicy(mode=Mode.OFF), decisions=CriterionPolicy(mode=Mode.OFF))

    verdict = assess(pull(), Rationale(criteria=criteria))

    assert list(statuses(verdict)) == ["what", "why", "verification", "linked-issue", "acceptance-trace", "language"]


def test_a_draft_is_judged_like_any_other():
    assert assess(pull(is_draft=True), Rationale()) == assess(pull(), Rationale())


@pytest.mark.parametrize(
    ("facts", "exempt", "reason"),
    [
        pytest.param(
            {"author": "renovate[bot]", "author_is_bot": True},
            Exempt(),
            "Written by a bot, renovate[bot]; the policy exempts bots.",
            id="a bot",
        ),
        pytest.param(
            {"author": "Release-Robot"},
            Exempt(authors=("release-robot",)),
            "Written by Release-Robot, whom the policy exempts.",
            id="an author, whatever the case",
        ),
        pytest.param(
            {"labels": ("bug", "No Rationale")},
            Exempt(labels=("no rationale",)),
            "The label No Rationale exempts it.",
            id="a label",
        ),
        pytest.param(
            {"head": "release/2.4/rc1"},
            Exempt(),
            "The branch release/2.4/rc1 is exempt by release/**.",
            id="a release branch",
        ),
        pytest.param(
            {"head": "gh-readonly-queue/main/pr-12-abc"},
            Exempt(),
            "The branch gh-readonly-queue/main/pr-12-abc is exempt by gh-readonly-queue/**.",
            id="the merge queue",
        ),
        pytest.param(
            {"files": changed("i18n/de.po", "i18n/fr.po"), "changed_files": 2},
            Exempt(paths=("i18n/*.po",)),
            "It changes nothing but paths that the policy exempts.",
            id="paths",
        ),
    ],
)
def test_an_exempt_pull_request_is_skipped_with_its_reason(facts, exempt, reason):
    verdict = assess(pull("", **facts), Rationale(exempt=exempt))

    assert (verdict.kind, verdict.outcome, verdict.reason, verdict.findings) == (Kind.PULL, Outcome.SKIPPED, reason, ())


@pytest.mark.parametrize(
    ("facts", "exempt"),
    [
        pytest.param({"author": "renovate[bot]", "author_is_bot": True}, Exempt(bots=False), id="a bot, not exempted"),
        pytest.param({"author": "ana"}, Exempt(authors=("anabel",)), id="another author"),
        pytest.param({"labels": ("bug",)}, Exempt(labels=("bugs",)), id="another label"),
        pytest.param({"head": "releases/2.4"}, Exempt(), id="another branch"),
        pytest.param(
            {"files": changed("a.po", "a.py"), "changed_files": 2}, Exempt(paths=("*.po",)), id="one more path"
        ),
        pytest.param(
            {"files": changed("a.po"), "changed_files": 300}, Exempt(paths=("*.po",)), id="a cut list of files"
        ),
        pytest.param({}, Exempt(paths=("**",)), id="no files known"),
    ],
)
def test_others_are_judged(facts, exempt):
    assert assess(pull("", **facts), Rationale(exempt=exempt)).outcome is not Outcome.SKIPPED


def test_switched_off():
    verdict = assess(pull(), Rationale(enabled=False))

    assert (verdict.outcome, verdict.reason) == (
        Outcome.SKIPPED,
        "The policy switches the judgement of pull requests off.",
    )


@pytest.mark.parametrize(
    ("facts", "small"),
    [
        pytest.param({"files": changed("a.py", lines=10)}, True, id="within the lines"),
        pytest.param({"files": changed("a.py", lines=11)}, False, id="beyond them"),
        pytest.param({"files": changed("docs/a/b.html", "README.md", lines=50)}, True, id="documentation"),
        pytest.param({"files": changed("docs/a.md", lines=101)}, False, id="too much documentation"),
        pytest.param({"files": changed("docs/a.md", "a.py", lines=50)}, False, id="documentation and code"),
        pytest.param({"files": (*changed("go.mod"), *changed("go.sum", lines=900))}, True, id="a dependency"),
        pytest.param({"files": changed("docs/a.md"), "changed_files": 9, "additions": 60}, False, id="a cut list"),
        pytest.param({"additions": 4, "deletions": 4}, True, id="totals only"),
        pytest.param({}, False, id="nothing known"),
    ],
)
def test_what_is_small(facts, small):
    assert is_small(pull(**facts), SmallChange()) is small


def test_a_small_change_needs_one_line_of_reason_only():
    verdict = assess(pull("For readability.", additions=3), Rationale())

    assert verdict.outcome is Outcome.READY
    assert [finding.criterion for finding in verdict.gaps] == ["why"]


def test_a_small_change_without_any_reason_is_not_ready():
    assert assess(pull("", additions=3), Rationale()).reason == "Required and missing: why."


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("README.md", "**/*.md"),
        ("docs/a/b.md", "**/*.md"),
        ("docs/a/b.html", "docs/**"),
        ("docs", "docs/**"),
        ("a/b/c/d.py", "a/**/d.py"),
        ("a/d.py", "a/**/d.py"),
        ("a/x/a/d.py", "a/**/a/*.py"),
        ("a.py", "?.py"),
        ("a.py", "[ab].py"),
        ("a/b", "**"),
        ("a/b/c/b/d", "**/b/*"),
        ("docs/a/b.md", "docs/"),
        ("docs/a/b.md", "/docs/**"),
    ],
)
def test_a_pattern_matches(path, pattern):
    assert matches(path, pattern)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("docs/a.md", "*.md"),
        ("docs2/a.md", "docs/**"),
        ("a/b/c.py", "a/*.py"),
        ("A.py", "a.py"),
        ("a/b", "a"),
        ("a", "a/b"),
        ("a/b/c", "**/d"),
        ("", "release/**"),
        ("a/docs/b.md", "/docs/"),
        ("docs.md", "docs/"),
    ],
)
def test_a_pattern_does_not_match(path, pattern):
    assert not matches(path, pattern)


def test_a_text_in_another_language_cannot_be_judged():
    verdict = assess(pull(FRENCH), Rationale())

    assert (verdict.outcome, verdict.reason) == (
        Outcome.SKIPPED,
        "The text is not in English, the one language that can be judged here.",
    )


def test_where_english_is_required_another_language_is_a_gap_by_itself():
    criteria = RationaleCriteria(language=CriterionPolicy(mode=Mode.REQUIRED))

    verdict = assess(pull(FRENCH), Rationale(criteria=criteria))

    assert verdict.reason == "Required and missing: language."
    assert {status for name, status in statuses(verdict).items() if name != "language"} == {Status.NOT_ASKED}


def test_where_the_policy_asks_for_another_language_english_is_not_praised():
    assert "language" not in statuses(assess(pull(), Rationale(), language="fr"))


def test_another_reader_may_read():
    class Silent(LocalReader):
        def pull(self, pull):
            return super().pull(Pull(title=pull.title, body=""))

    assert assess(pull(), Rationale(), reader=Silent()).outcome is not Outcome.READY

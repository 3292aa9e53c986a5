"""Whether it is a reviewable increment."""

import pytest

from checks.criteria.rationale.size import CRITERION
from checks.subject import ChangedFile
from checks.verdict import Evidence, Status

MADE = [
    *("package-lock.json", "web/yarn.lock", "Cargo.lock", "go.sum", "Pipfile.lock", ".terraform.lock.hcl"),
    *("dist/app.js", "web/dist/app.js", "vendor/lib/x.go", "app.min.js", "app.js.map", "api/shop.pb.go", "shop_pb2.py"),
    *("tests/__snapshots__/a.snap", "schema.generated.ts", "types_gen.go"),
]


def files(*named):
    return tuple(ChangedFile(path=path, additions=lines) for path, lines in named)


def test_met_within_the_limit(judge):
    changed = files(("queue.py", 200), ("retry.py", 40))

    finding = judge(CRITERION, "", files=changed, changed_files=2, additions=240)

    assert finding.status is Status.MET
    assert finding.evidence == (Evidence(0, "240 changed lines in 2 files, lock and generated files left out"),)


@pytest.mark.parametrize("path", MADE)
def test_met_where_the_rest_was_made_by_a_tool(judge, path):
    changed = files(("queue.py", 10), (path, 4000))

    finding = judge(CRITERION, "", files=changed, changed_files=2, additions=4010)

    assert finding.evidence == (Evidence(0, "10 changed lines in 2 files, lock and generated files left out"),)


def test_partly_beyond_the_limit_names_where_to_begin(judge):
    changed = files(("api/a.py", 700), ("api/b.py", 500), ("web/c.ts", 900), ("go.sum", 5000))

    finding = judge(CRITERION, "", files=changed, changed_files=4, additions=7100)

    assert finding.status is Status.PARTLY
    assert finding.advice == (
        "Split it into increments below 600 lines, beginning with `api/` (1,200), or say in which order to read it."
    )


@pytest.mark.parametrize(
    "changed", [pytest.param((), id="files unknown"), pytest.param(files(("a.py", 2000)), id="in no folder")]
)
def test_partly_without_a_folder_to_name(judge, changed):
    finding = judge(CRITERION, "", files=changed, additions=2000)

    assert finding.advice == "Split it into increments below 600 lines, or say in which order to read it."


def test_a_cut_list_of_files_counts_with_the_totals(judge):
    finding = judge(CRITERION, "", files=files(("a/b.py", 100)), changed_files=300, additions=500, deletions=400)

    assert finding.evidence == (Evidence(0, "900 changed lines in 300 files, lock and generated files left out"),)


def test_one_is_not_many(judge):
    finding = judge(CRITERION, "", files=files(("queue.py", 1)), changed_files=1, additions=1)

    assert finding.evidence == (Evidence(0, "1 changed line in 1 file, lock and generated files left out"),)


def test_the_limit_is_the_policy_s(judge):
    assert judge(CRITERION, "", additions=90, size_limit=80).status is Status.PARTLY


def test_nothing_is_asked_of_a_text_that_is_no_pull_request_yet(judge):
    assert judge(CRITERION, "Some words.").status is Status.NOT_ASKED

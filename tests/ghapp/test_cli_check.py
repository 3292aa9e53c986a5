"""`ghapp check`: what it prints and how it ends."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checks.verdict import Evidence, Finding, Outcome, Status, Verdict
from ghapp.cli import app
from ghapp.cli.show import show

READY = Path(__file__).parents[1] / "cases" / "good-bug" / "issue.md"
KEYS = ["schema", "kind", "score", "verdict", "reason", "findings", "policy"]


@pytest.fixture
def ghapp():
    """Run the command line."""

    def run(*arguments: str | Path, text: str | bytes | None = None):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=text)

    return run


def test_a_ready_issue_ends_with_0(ghapp):
    ended = ghapp("check", "issue", READY)
    assert ended.exit_code == 0
    assert ended.output.startswith("ready")


def test_gaps_end_with_1(ghapp):
    ended = ghapp("check", "issue", "-", text="# Make it faster\n\nIt should be faster.\n")
    assert ended.exit_code == 1
    assert "Make it faster" in ended.output.splitlines()[0]


def test_a_file_that_is_not_there_ends_with_2_and_one_sentence(ghapp):
    ended = ghapp("check", "issue", "nowhere.md")
    assert ended.exit_code == 2
    assert ended.stderr == (
        "ghapp: nowhere.md cannot be read (No such file or directory): give a file, or - for standard input.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff\xfe\x80junk" * 100, id="binary"),
        pytest.param("\u202e\u0000ab\n".encode() * 10, id="control characters"),
        pytest.param(b"a" * 300_000, id="longer than is read"),
    ],
)
def test_any_bytes_get_a_verdict(ghapp, text: bytes):
    ended = ghapp("check", "issue", "-", "--json", text=text)
    assert ended.exit_code == 1
    assert json.loads(ended.stdout)["verdict"] == "not-ready"


def test_lines_are_those_of_the_file(ghapp):
    ended = ghapp("check", "issue", "-", "--json", text="# Make it faster\n\nIt should be fast.\n")
    findings = {finding["criterion"]: finding for finding in json.loads(ended.stdout)["findings"]}
    assert {"line": 3, "quote": "It should be fast."} in findings["clarity"]["evidence"]


def test_json_has_the_keys_of_schema_1(ghapp):
    ended = ghapp("check", "issue", READY, "--json")
    verdict = json.loads(ended.stdout)
    assert list(verdict) == KEYS
    assert (verdict["schema"], verdict["kind"], verdict["policy"]["version"]) == (1, "issue", "defaults")


def test_the_output_of_gh_is_read(ghapp):
    ended = ghapp("check", "pull", "-", "--json", text=json.dumps({"title": "Fix typo", "body": None}))
    assert json.loads(ended.stdout)["kind"] == "pull"


def test_many_are_judged_line_by_line_and_keep_their_ids(ghapp):
    lines = [{"id": "a", "title": "Make it faster", "body": ""}, {"title": "Own the backend", "body": ""}]
    ended = ghapp("check", "issue", "-", "--jsonl", text="\n".join(map(json.dumps, lines)) + "\n\n")
    first, second = map(json.loads, ended.stdout.splitlines())
    assert (first["id"], list(second)) == ("a", KEYS)
    assert ended.exit_code == 1


def test_a_line_that_cannot_be_judged_does_not_stop_the_others(ghapp):
    ended = ghapp("check", "issue", "-", "--jsonl", text='nonsense\n{"title": 1}\n[]\n{"title": "a"}\n')
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [answer.get("line") for answer in answers] == [1, 2, 3, None]
    assert answers[1]["error"] == 'The field "title" is not right: Input should be a valid string.'
    assert ended.exit_code == 2


def test_a_policy_file_is_obeyed(ghapp, tmp_path: Path):
    policy = tmp_path / "handoff.yml"
    policy.write_text("readiness:\n  enabled: no\n", encoding="utf-8")
    ended = ghapp("check", "issue", "-", "--json", "--policy", policy, text="# A\n")
    verdict = json.loads(ended.stdout)
    assert (verdict["verdict"], ended.exit_code) == ("skipped", 0)
    assert verdict["policy"]["origins"] == [str(policy), "defaults"]


def test_a_policy_with_mistakes_ends_with_2_and_names_them_all(ghapp, tmp_path: Path):
    policy = tmp_path / "handoff.yml"
    policy.write_text("readyness: {}\nrationale:\n  size: big\n", encoding="utf-8")
    ended = ghapp("check", "issue", "-", "--policy", policy, text="# A\n")
    assert ended.exit_code == 2
    assert f"{policy}:1:1: readyness" in ended.stderr
    assert f"{policy}:3:9: rationale.size" in ended.stderr


def test_the_version_is_told(ghapp):
    assert ghapp("--version").output.startswith("ghapp 0.")


def test_a_verdict_reads_well_in_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch, snapshot):
    monkeypatch.setenv("COLUMNS", "100")
    findings = (
        Finding(
            criterion="acceptance",
            status=Status.MISSING,
            evidence=(Evidence(4, "It should work \x1b[31mwell\x07 [bold]now[/bold]."),),
            advice="Say what can be observed when it works.",
            mode="required",
            of=25,
        ),
        Finding(criterion="context", status=Status.MET, evidence=(Evidence(0, "Retry"),), points=15, of=15),
    )
    verdict = Verdict(
        kind="issue", score=38, outcome=Outcome.NOT_READY, reason="Two strangers would disagree.", findings=findings
    )
    show(verdict, title="Retry failed invoices")
    assert capsys.readouterr().out == snapshot

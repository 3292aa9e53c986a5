"""`ghapp check`: what it prints and how it ends."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from checks.subject import Kind
from checks.verdict import Evidence, Finding, Outcome, Status, Verdict
from ghapp.cli.check import Form, Order, run
from ghapp.cli.show import show
from tests.ghapp.told import sentences

READY = Path(__file__).parents[1] / "cases" / "good-bug" / "issue.md"
KEYS = ["schema", "kind", "score", "verdict", "reason", "findings", "policy"]


def test_a_ready_issue_ends_with_0(ghapp):
    ended = ghapp("check", "issue", READY)
    assert ended.exit_code == 0
    assert ended.output.startswith("ready")


def test_gaps_end_with_1(ghapp):
    ended = ghapp("check", "issue", "-", text="# Make it faster\n\nIt should be faster.\n")
    assert ended.exit_code == 1
    assert "Make it faster" in ended.output.splitlines()[0]


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
    assert answers[1]["error"] == 'The field "title" has to be text.'
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


GERMAN = "# Export\n\nDer Export bricht ab, sobald ein Kunde mehr als tausend Rechnungen hat. Bitte beheben.\n"


def test_a_language_that_cannot_be_judged_ends_with_2(ghapp, tmp_path: Path):
    policy = tmp_path / "handoff.yml"
    policy.write_text("language: de\n", encoding="utf-8")
    ended = ghapp("check", "issue", "-", "--policy", policy, text=GERMAN)
    assert ended.exit_code == 2
    assert ended.stdout == ("skipped  Export\nThe text is not in English, the one language that can be judged here.\n")


def test_another_language_where_english_is_asked_for_is_a_gap(ghapp):
    ended = ghapp("check", "issue", "-", text=GERMAN)
    assert ended.exit_code == 1
    assert "Required and missing: language." in ended.stdout


def test_a_policy_that_is_not_there_ends_with_2_and_one_sentence(ghapp):
    ended = ghapp("check", "issue", READY, "--policy", "nowhere.yml")
    assert ended.exit_code == 2
    assert sentences(ended) == (
        "ghapp: nowhere.yml cannot be read (No such file or directory): "
        "give a policy file, or leave --policy out for the defaults.\n"
    )


def test_the_worst_of_many_decides(ghapp):
    lines = [{"title": "Make it faster"}, {"tile": "x"}, {"title": "Own the backend"}]
    ended = ghapp("check", "issue", "-", "--jsonl", text="\n".join(map(json.dumps, lines)))
    assert ended.exit_code == 2
    assert ["error" in json.loads(line) for line in ended.stdout.splitlines()] == [False, True, False]


def test_many_are_parted_at_line_feeds_only_and_each_bad_line_is_named(ghapp):
    text = b'{"title": "a\xe2\x80\xa8b", "number": 7}\n\n\xff\n{"title": "\x00"}\n{"id": "\\ud800"}\n{"title": "c"}'
    answers = [json.loads(line) for line in ghapp("check", "issue", "-", "--jsonl", text=text).stdout.splitlines()]
    assert [answer.get("error", answer.get("verdict")) for answer in answers] == [
        "not-ready",
        "the line is not UTF-8 from byte 1 on: save it as UTF-8.",
        "the line is not text, as it holds NUL bytes: give Markdown or JSON, saved as UTF-8.",
        "not-ready",
        "not-ready",
    ]
    assert (answers[0]["number"], answers[3]["id"]) == (7, "\ud800")


def test_a_line_without_an_end_does_not_stop_the_others(ghapp):
    text = b'{"title": "' + b"a" * 20_000_000 + b'"}\n{"title": "b"}\n'
    answers = [json.loads(line) for line in ghapp("check", "issue", "-", "--jsonl", text=text).stdout.splitlines()]
    assert answers[0] == {"line": 1, "error": "the line is longer than 8 MiB: give the text of one issue at a time."}
    assert answers[1]["verdict"] == "not-ready"


@pytest.mark.parametrize("text", ["", "\n  \n"], ids=["empty", "blank lines"])
def test_many_that_are_none_end_with_2_and_one_sentence(ghapp, text: str):
    ended = ghapp("check", "issue", "-", "--jsonl", text=text)
    assert (ended.exit_code, ended.stdout, sentences(ended)) == (
        2,
        "",
        "ghapp: there is nothing to judge: --jsonl takes a JSON object a line.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "usage", "said"),
    [
        (
            ["check", "foo", "x"],
            "ghapp check [OPTIONS] KIND FILE",
            "Invalid value for 'KIND': it has to be issue or pull, not 'foo'.",
        ),
        (["check"], "ghapp check [OPTIONS] KIND FILE", "Missing argument 'KIND'. Choose from:\n\tissue,\n\tpull"),
        (["check", "pull"], "ghapp check [OPTIONS] KIND FILE", "Missing argument 'FILE'."),
        (
            ["serve", "--only", "clock"],
            "ghapp serve [OPTIONS]",
            "Invalid value for '--only': it has to be web or worker, not 'clock'.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_is_refused_in_plain_words(ghapp, arguments: list[str], usage: str, said: str):
    ended = ghapp(*arguments)
    told = f"Usage: {usage}\nTry 'ghapp {arguments[0]} --help' for help.\n\nError: {said}\n"
    assert (ended.exit_code, ended.stderr) == (2, told)


def test_a_title_and_many_texts_do_not_go_together(ghapp):
    ended = ghapp("check", "issue", "-", "--jsonl", "--title", "a", text="")
    assert (ended.exit_code, sentences(ended)) == (
        2,
        "ghapp: --title is for one text: with --jsonl each line has its own.\n",
    )


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Order:
    """An order that nobody foresaw, away from any .env."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    return Order(kind=Kind.ISSUE, file=7, title="", policy=None, form=Form.PEOPLE)


def test_what_nobody_foresaw_is_one_sentence_and_2(broken: Order, capsys: pytest.CaptureFixture[str]):
    assert run(broken) == 2
    assert capsys.readouterr().err == (
        "ghapp: Handoff stopped with a fault of its own (TypeError); LOG_LEVEL=debug shows where.\n"
        "More: ghapp manual a-command-ends-with-exit-code-2\n"
    )


def test_with_log_level_debug_a_fault_shows_where(broken: Order, capsys: pytest.CaptureFixture[str], monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "debug")
    assert run(broken) == 2
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["check"], ["serve"], ["migrate"]], ids=" ".join)
def test_help_tells_what_to_do(ghapp, monkeypatch, snapshot, arguments: list[str]):
    monkeypatch.setenv("COLUMNS", "80")
    told = ghapp(*arguments, "--help").output
    assert told == snapshot
    assert [line for line in told.splitlines() if line.endswith(" ")] == []


@pytest.mark.parametrize("arguments", [[], ["policy"], ["deliveries"]], ids=" ".join)
def test_a_list_of_commands_has_whole_sentences(ghapp, monkeypatch, arguments: list[str]):
    monkeypatch.setenv("COLUMNS", "80")
    listed = ghapp(*arguments, "--help").output.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert listed
    assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []


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


def shown(verdict: Verdict, *, width: int = 100, title: str = "") -> str:
    out = io.StringIO()
    show(verdict, title=title, console=Console(file=out, width=width, highlight=False))
    return out.getvalue()


def gap(*evidence: Evidence, **fields) -> Verdict:
    finding = Finding(criterion="size", status=Status.PARTLY, evidence=evidence, advice="Split it.", **fields)
    return Verdict(kind="pull", score=90, outcome=Outcome.READY, reason="There is one gap.", findings=(finding,))


def test_a_narrow_terminal_gets_the_columns_that_fit(snapshot):
    text = shown(gap(Evidence(3, "One and the other and one more thing"), points=5, of=10), width=40)
    assert text == snapshot
    assert max(map(len, text.splitlines())) <= 40


def test_a_fact_that_nobody_wrote_has_no_place():
    text = shown(gap(Evidence(0, "1,200 changed lines in 3 files")))
    assert "\n  “1,200 changed lines in 3 files” (counts)\n" in text


def test_that_a_text_was_cut_is_said():
    cut = Verdict(kind="issue", score=0, outcome=Outcome.NOT_READY, reason="Nothing.", truncated=True)
    assert shown(cut) == "not-ready  0 of 100\nNothing.\nOnly the first 256 KiB or 10,000 lines were read.\n"


def test_a_long_quote_is_cut_as_in_the_comment():
    text = shown(gap(Evidence(3, "word " * 500)), title="title " * 500)
    assert len(text) < 800


def test_nothing_shown_ends_with_a_space():
    text = shown(gap(Evidence(3, "One and the other"), points=5, of=10), width=60)
    assert [line for line in text.splitlines() if line.endswith(" ")] == []

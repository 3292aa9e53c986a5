"""`ghapp init`: what it writes, what it leaves alone, and how it ends."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from config.load import PATH, load
from config.policy import DEFAULTS
from tests.ghapp.told import sentences

FORM = ".github/ISSUE_TEMPLATE/work.yml"
PULL = ".github/pull_request_template.md"


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Path:
    """An empty repository; no server of ours can be reached by people."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    return tmp_path


def put(repository: Path, path: str, text: str) -> Path:
    file = repository / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def below(repository: Path) -> list[str]:
    return sorted(each.relative_to(repository).as_posix() for each in repository.rglob("*") if each.is_file())


def test_it_writes_a_policy_and_three_templates_and_says_what_to_do_next(ghapp, repository, snapshot):
    ended = ghapp("init")
    assert ended.exit_code == 0
    assert ended.output == snapshot
    assert below(repository) == [
        ".github/ISSUE_TEMPLATE/work.md",
        FORM,
        ".github/handoff.schema.json",
        PATH,
        PULL,
    ]


def test_another_folder_can_be_named(ghapp, repository):
    (repository / "billing").mkdir()
    assert ghapp("init", repository / "billing").exit_code == 0
    assert below(repository)[0].startswith("billing/.github/")


def test_the_policy_it_writes_names_the_schema_beside_it_and_is_the_defaults(ghapp, repository):
    ghapp("init")
    text = (repository / PATH).read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first == "# yaml-language-server: $schema=./handoff.schema.json"
    schema = json.loads((repository / PATH).with_name("handoff.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert load(text).policy == DEFAULTS


def test_where_people_reach_the_server_the_policy_names_the_schema_there(ghapp, repository, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://handoff.example")
    ghapp("init")
    first = (repository / PATH).read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=https://handoff.example/schema/handoff.json"
    assert ".github/handoff.schema.json" not in below(repository)


def test_done_twice_it_changes_nothing(ghapp, repository, snapshot):
    ghapp("init")
    before = {path: (repository / path).stat().st_mtime_ns for path in below(repository)}
    ended = ghapp("init")
    assert ended.exit_code == 0
    assert ended.output == snapshot
    assert {path: (repository / path).stat().st_mtime_ns for path in below(repository)} == before


def test_line_ends_of_windows_are_no_difference(ghapp, repository):
    ghapp("init")
    form = repository / FORM
    form.write_bytes(form.read_bytes().replace(b"\n", b"\r\n"))
    assert ghapp("init").exit_code == 0


def test_what_is_there_is_left_alone_and_the_rest_is_written(ghapp, repository, snapshot):
    form = put(repository, FORM, "name: Ours\n")
    ended = ghapp("init")
    assert ended.exit_code == 1
    assert ended.output == snapshot
    assert form.read_text(encoding="utf-8") == "name: Ours\n"
    assert PULL in below(repository)


def test_forced_it_replaces_templates_and_says_so(ghapp, repository):
    form = put(repository, FORM, "name: Ours\n")
    ended = ghapp("init", "--force")
    assert ended.exit_code == 0
    assert f"replaced:                  {FORM}" in ended.output
    assert yaml.safe_load(form.read_text(encoding="utf-8"))["name"] == "Work"


def test_a_policy_that_is_there_is_kept_even_when_forced_and_the_templates_ask_for_it(ghapp, repository):
    policy = put(repository, PATH, "readiness: {criteria: {scope: {mode: off}, edge-cases: {mode: required}}}\n")
    before = policy.read_text(encoding="utf-8")
    assert ghapp("init", "--force").exit_code == 0
    assert policy.read_text(encoding="utf-8") == before
    asked = {each.get("id"): each for each in yaml.safe_load((repository / FORM).read_text(encoding="utf-8"))["body"]}
    assert "scope" not in asked
    assert asked["edge-cases"]["validations"] == {"required": True}


@pytest.mark.parametrize(
    "path", [".github/PULL_REQUEST_TEMPLATE.md", "pull_request_template.md", "docs/Pull_Request_Template.md"]
)
def test_a_pull_request_template_elsewhere_is_found(ghapp, repository, path):
    file = put(repository, path, "## Summary\n")
    ended = ghapp("init")
    assert ended.exit_code == 1
    assert f"there already, left alone: {path}" in ended.output
    assert ghapp("init", "--force").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("## What\n")
    assert [each for each in below(repository) if each.lower().endswith("pull_request_template.md")] == [path]


def test_a_link_out_of_the_repository_is_never_written_through(ghapp, repository, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "precious"
    form = repository / FORM
    form.parent.mkdir(parents=True)
    form.symlink_to(outside)
    assert ghapp("init").exit_code == 1
    assert ghapp("init", "--force").exit_code == 0
    assert not outside.exists()
    assert not form.is_symlink()


def test_the_schema_beside_a_policy_is_brought_up_to_date_when_forced(ghapp, repository):
    ghapp("init")
    schema = put(repository, ".github/handoff.schema.json", "{}\n")
    assert ghapp("init").exit_code == 1
    assert ghapp("init", "--force").exit_code == 0
    assert schema.read_text(encoding="utf-8") != "{}\n"


def test_printed_nothing_is_written(ghapp, repository):
    ended = ghapp("init", "--print")
    assert ended.exit_code == 0
    assert [line for line in ended.output.splitlines() if line.startswith("==> ")] == [
        f"==> {PATH}",
        "==> .github/handoff.schema.json",
        f"==> {FORM}",
        "==> .github/ISSUE_TEMPLATE/work.md",
        f"==> {PULL}",
    ]
    assert below(repository) == []


def test_a_policy_with_mistakes_ends_with_2_and_writes_nothing(ghapp, repository):
    put(repository, PATH, "readiness:\n  treshold: 5\n")
    ended = ghapp("init")
    assert ended.exit_code == 2
    assert "the policy has mistakes, mend them first:" in ended.stderr
    assert "2:3: readiness.treshold" in ended.stderr
    assert below(repository) == [PATH]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("readiness: {applies-to: {labels: []}}", "With the App installed, assign an issue to somebody: "),
        ("readiness: {applies-to: {assigned: no}}", "With the App installed, set the label `handoff` on an issue: "),
    ],
)
def test_the_next_step_is_what_the_policy_says(ghapp, repository, policy, said):
    put(repository, PATH, policy)
    assert said in ghapp("init").output


def test_where_issues_are_not_judged_no_step_is_about_them(ghapp, repository):
    put(repository, PATH, "readiness: {enabled: no}")
    ended = ghapp("init")
    assert "With the App installed" not in ended.output
    assert FORM not in below(repository)


def test_what_is_no_folder_ends_with_2(ghapp, repository):
    ended = ghapp("init", "nowhere")
    assert (ended.exit_code, sentences(ended)) == (
        2,
        "ghapp: nowhere is not a folder: give the root of a repository.\n",
    )


def test_what_cannot_be_written_ends_with_2_and_the_path(ghapp, repository):
    put(repository, ".github/ISSUE_TEMPLATE", "a file\n")
    ended = ghapp("init")
    assert ended.exit_code == 2
    assert "ISSUE_TEMPLATE cannot be written" in ended.stderr


def test_a_setting_that_is_wrong_ends_with_2(ghapp, repository, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "not an address")
    ended = ghapp("init")
    assert ended.exit_code == 2
    assert "PUBLIC_URL" in ended.stderr


@pytest.mark.parametrize(("kind", "path"), [("issue", ".github/ISSUE_TEMPLATE/work.md"), ("pull", PULL)])
def test_what_it_writes_does_not_pass_for_somebodys_words(ghapp, repository, kind, path):
    ghapp("init")
    assert ghapp("check", kind, path, "--policy", PATH).exit_code == 1

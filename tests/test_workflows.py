"""What runs at GitHub: pinned, allowed no more than it needs, and about the files there are."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parent.parent / ".github"
WORKFLOWS = {path.stem: path.read_text(encoding="utf-8") for path in (GITHUB / "workflows").glob("*.yml")}
JOBS = [
    pytest.param(job, id=f"{name}-{key}")
    for name, text in WORKFLOWS.items()
    for key, job in yaml.safe_load(text)["jobs"].items()
]
UPDATES = yaml.safe_load((GITHUB / "dependabot.yml").read_text(encoding="utf-8"))["updates"]

each_workflow = pytest.mark.parametrize("name", WORKFLOWS)


def steps(text: str) -> list[dict[str, Any]]:
    return [step for job in yaml.safe_load(text)["jobs"].values() for step in job.get("steps", [])]


@each_workflow
def test_actions_of_others_are_pinned_by_commit_and_named_by_version(name):
    used = re.findall(r"uses: (.+)$", WORKFLOWS[name], re.MULTILINE)

    assert used
    for action in used:
        assert action.startswith("./") or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


def test_an_action_has_one_version_everywhere():
    used = {
        tuple(action.split("@")) for text in WORKFLOWS.values() for action in re.findall(r"[\w-]+/[\w-]+@\w{40}", text)
    }

    assert len({name for name, _ in used}) == len(used)


@each_workflow
def test_nothing_may_be_written_unless_a_job_says_why(name):
    workflow = yaml.safe_load(WORKFLOWS[name])
    granted = re.findall(r"^ +[\w-]+: write(.*)$", WORKFLOWS[name], re.MULTILINE)

    assert workflow["permissions"] == {"contents": "read"}
    assert all(why.startswith(" # ") for why in granted)


@pytest.mark.parametrize("job", JOBS)
def test_a_job_ends_by_itself_and_leaves_no_credentials(job):
    assert "uses" in job or job["timeout-minutes"] <= 60
    for step in job.get("steps", []):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each_workflow
def test_a_script_takes_words_of_others_by_the_environment_only(name):
    assert not [step["run"] for step in steps(WORKFLOWS[name]) if "${{" in step.get("run", "")]


def test_a_release_passes_the_gate_first_and_says_where_it_comes_from():
    release = yaml.safe_load(WORKFLOWS["release"])["jobs"]
    [build] = [step["with"] for step in release["image"]["steps"] if "build-push-action" in step.get("uses", "")]

    assert release["check"]["uses"] == "./.github/workflows/check.yml"
    assert release["image"]["needs"] == "check"
    assert (build["provenance"], build["sbom"]) == ("mode=max", True)
    assert "workflow_call" in WORKFLOWS["check"]


def test_all_that_is_pinned_is_renewed():
    assert {update["package-ecosystem"] for update in UPDATES} == {"pip", "docker", "docker-compose", "github-actions"}
    for update in UPDATES:
        for folder in update.get("directories", [update.get("directory")]):
            assert (GITHUB.parent / folder.lstrip("/")).is_dir()

"""Holding calls against GitHub's description: a run that cannot do it says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAID = "openapi-subset.deref.json not found where GITHUB_CONTRACT says"
NOT_REPLAYED = "webhooks/*.json not found where GITHUB_CONTRACT says: no recorded delivery is replayed"


@pytest.fixture
def summary(tmp_path):
    """What a run of one test prints when the variable names this folder."""

    def run() -> str:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/test_house.py",
            "-k",
            "package",
        ]
        environment = {**os.environ, "GITHUB_CONTRACT": str(tmp_path)}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout

    return run


def test_without_githubs_description_a_run_says_what_it_did_not_check(summary):
    said = summary()
    assert SAID in said
    assert NOT_REPLAYED in said


def test_with_githubs_description_there_is_nothing_to_say(summary, tmp_path):
    (tmp_path / "openapi-subset.deref.json").write_text('{"paths": {}}', encoding="utf-8")
    (tmp_path / "webhooks").mkdir()
    (tmp_path / "webhooks" / "ping.json").write_text('{"examples": []}', encoding="utf-8")
    assert "GITHUB_CONTRACT" not in summary()

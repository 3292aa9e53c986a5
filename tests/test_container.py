"""The Dockerfile, read and partly obeyed: no engine is needed to see that it keeps what it promises."""

import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Instruction:
    word: str
    rest: str


def stages() -> list[list[Instruction]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found: list[list[Instruction]] = []
    for line in lines:
        word, rest = line.split(maxsplit=1)
        if word == "FROM":
            found.append([])
        found[-1].append(Instruction(word, " ".join(rest.split())))
    return found


BUILD, FINAL = stages()


def only(word: str) -> str:
    (rest,) = (instruction.rest for instruction in FINAL if instruction.word == word)
    return rest


def copied() -> Iterator[str]:
    for instruction in (*BUILD, *FINAL):
        if instruction.word == "COPY" and "--from" not in instruction.rest:
            yield from instruction.rest.split()[:-1]


def test_both_stages_stand_on_the_same_pinned_base():
    first, last = (stage[0].rest.split()[0] for stage in (BUILD, FINAL))

    assert first == last
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+@sha256:[0-9a-f]{64}", first)


def test_the_environment_has_no_installer_of_its_own():
    assert [step.rest for step in BUILD if "-m venv" in step.rest] == ["python -m venv --without-pip /opt/handoff"]


def test_nothing_is_fetched_but_pinned_wheels():
    words = [instruction.word for stage in (BUILD, FINAL) for instruction in stage]
    installs = [
        part for step in BUILD if step.word == "RUN" for part in step.rest.split("&&") if part.split()[:1] == ["pip"]
    ]

    assert "ADD" not in words
    assert len(installs) == 2
    assert all("--require-hashes" in install or "--no-index" in install for install in installs)


def test_what_is_copied_exists_and_is_let_through():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert "*" in ignored
    for path in copied():
        assert (ROOT / path).exists()
        assert f"!{path}" in ignored or f"!{path}/" in ignored


def test_every_part_of_the_wheel_is_copied():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert {*wheel["only-include"], *wheel["force-include"]} <= {path.rstrip("/") for path in copied()}


def test_it_runs_as_a_person_without_rights_and_keeps_its_files_in_one_place():
    assert only("USER") == "10001:10001"
    assert json.loads(only("VOLUME")) == ["/data"]
    assert "PYTHONDONTWRITEBYTECODE=1" in only("ENV")
    assert "DATABASE_URL=sqlite:////data/" in only("ENV")


def test_signals_reach_the_server():
    assert json.loads(only("ENTRYPOINT")) == ["ghapp"]
    assert json.loads(only("CMD")) == ["serve"]
    assert only("STOPSIGNAL") == "SIGTERM"


def test_no_secret_is_baked_in():
    baked = " ".join(step.rest for stage in (BUILD, FINAL) for step in stage if step.word in ("ENV", "ARG"))

    assert not re.search(r"SECRET|KEY|TOKEN|PASSWORD", baked)


def test_the_label_names_the_version_in_force():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert f'image.version="{project["project"]["version"]}"' in only("LABEL")


@pytest.fixture
def health():
    """A server that answers every request with the status it is given."""

    class Handler(BaseHTTPRequestHandler):
        status = 200

        def do_GET(self):
            self.send_response(self.status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server, Handler
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_says_what_the_server_says(health, status, code):
    server, handler = health
    handler.status = status
    _, _, command = only("HEALTHCHECK").partition("CMD ")
    _, *arguments = json.loads(command)

    done = subprocess.run(
        [sys.executable, *arguments], env={**os.environ, "PORT": str(server.server_port)}, check=False, timeout=30
    )

    assert done.returncode == code


class TestTheBillOfMaterials:
    BILL = json.loads((ROOT / "sbom.cdx.json").read_text(encoding="utf-8"))
    PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)

    def test_it_names_every_pinned_package_with_its_version_and_no_other(self):
        pinned = self.PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))
        named = [(part["name"], part["version"]) for part in self.BILL["components"]]

        assert len(named) > 30
        assert sorted(named) == sorted(set(pinned)), "run `make sbom`"

    def test_it_is_about_this_version(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        about = self.BILL["metadata"]["component"]

        assert (self.BILL["bomFormat"], about["name"], about["version"]) == (
            "CycloneDX",
            project["name"],
            project["version"],
        )

    def test_scanners_find_each_package_by_its_address(self):
        addresses = {part["purl"] for part in self.BILL["components"]}

        assert addresses == {f"pkg:pypi/{part['name'].lower()}@{part['version']}" for part in self.BILL["components"]}

    def test_it_is_in_the_image_and_in_each_release(self):
        workflow = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")

        assert Instruction("COPY", "sbom.cdx.json /usr/share/doc/handoff/") in FINAL
        assert 'gh release create "$GITHUB_REF_NAME" sbom.cdx.json' in workflow

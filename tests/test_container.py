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
    for instruction in BUILD:
        if instruction.word == "COPY":
            yield from instruction.rest.split()[:-1]


def test_both_stages_stand_on_the_same_exact_version():
    first, last = (stage[0].rest.split()[0] for stage in (BUILD, FINAL))

    assert first == last
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", first)


def test_nothing_is_fetched_but_pinned_wheels():
    words = [instruction.word for stage in (BUILD, FINAL) for instruction in stage]
    installs = [part for step in BUILD if step.word == "RUN" for part in step.rest.split("&&") if "pip install" in part]

    assert "ADD" not in words
    assert all("--require-hashes" in install or "--no-index" in install for install in installs)


def test_what_is_copied_exists_and_is_let_through():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    assert "*" in ignored
    for path in copied():
        assert (ROOT / path).exists()
        assert f"!{path}" in ignored or f"!{path}/" in ignored


def test_every_package_of_the_wheel_is_copied():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(copied())


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

"""What operators are given: every file parses, and names only what there is."""

import json
import re
import shlex
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from ghapp import database, metrics
from ghapp.app.stopping import GRACE, LAST
from ghapp.cli import app
from ghapp.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
MANUAL = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
ENVIRONMENT = (ROOT / "docs" / "environment.md").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
SETTINGS = {name.upper() for name in Settings.model_fields}
OF_COMPOSE = {"HANDOFF_HOST", "POSTGRES_PASSWORD"}  # of the compose file itself
ENDS_WITHIN = GRACE + 2 * LAST
FILES = {path.name: path for path in (ROOT / "compose.yaml", DEPLOY / "compose.postgres.yaml")}
COMPOSE = {name: yaml.safe_load(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
SERVICES = [(name, service, spec) for name, file in COMPOSE.items() for service, spec in file["services"].items()]
OURS = [
    pytest.param(spec, id=f"{name}-{service}")
    for name, service, spec in SERVICES
    if spec["image"].startswith("handoff")
]
UNIT = [line for line in (DEPLOY / "handoff.service").read_text().splitlines() if line and not line.startswith("#")]
ALERTS = yaml.safe_load((ROOT / "docs" / "monitoring" / "alerts.yml").read_text())["groups"][0]["rules"]
DASHBOARD = json.loads((ROOT / "docs" / "monitoring" / "dashboard.json").read_text())
PANELS = DASHBOARD["panels"]


def objects(name: str) -> list[dict[str, Any]]:
    return [found for found in yaml.safe_load_all((DEPLOY / "kubernetes" / name).read_text()) if found]


def of_kind(kind: str) -> list[dict[str, Any]]:
    return [found for name in KUSTOMIZATION["resources"] for found in objects(name) if found["kind"] == kind]


(KUSTOMIZATION,) = objects("kustomization.yaml")
PODS = [pytest.param(each["spec"]["template"]["spec"], id=each["metadata"]["name"]) for each in of_kind("Deployment")]
CONTAINERS = [
    pytest.param(container, id=f"{pod.id}-{container['name']}")
    for pod in PODS
    for container in (*pod.values[0]["initContainers"], *pod.values[0]["containers"])
]


def unit(name: str) -> list[str]:
    return [value for line in UNIT for key, _, value in [line.partition("=")] if key == name]


def commands(group: typer.Typer) -> Iterator[tuple[str, ...]]:
    for command in group.registered_commands:
        yield (command.name or command.callback.__name__,)
    for sub in group.registered_groups:
        named = (sub.name,) if isinstance(sub.name, str) else ()  # a group without a name is merged into the whole
        yield from ((*named, *rest) for rest in commands(sub.typer_instance))


def is_command(words: list[str]) -> bool:
    return any(tuple(words[: len(command)]) == command for command in commands(app))


@pytest.mark.parametrize("service", OURS)
def test_a_service_is_told_settings_that_there_are_and_a_command_that_there_is(service):
    assert set(service["environment"]) <= SETTINGS
    assert is_command(service.get("command", ["serve"]))


@pytest.mark.parametrize("service", OURS)
def test_a_service_is_confined_and_has_time_to_end(service):
    assert service["image"] == f"handoff:{VERSION}"
    assert (service["read_only"], service["cap_drop"], service["tmpfs"]) == (True, ["ALL"], ["/tmp"])
    assert int(service["stop_grace_period"].removesuffix("s")) > ENDS_WITHIN
    secrets = [f"/run/secrets/{name}" for name in service.get("secrets", [])]
    assert [service["environment"].get("GITHUB_PRIVATE_KEY_FILE")] == (secrets or [None])


@pytest.mark.parametrize("name", COMPOSE)
def test_a_compose_file_asks_for_names_that_are_explained(name):
    asked = set(re.findall(r"\$\{([A-Z_]+)", FILES[name].read_text(encoding="utf-8")))

    assert asked <= SETTINGS | OF_COMPOSE
    assert all(f"`{word}`" in MANUAL + ENVIRONMENT for word in asked)
    assert {secret["file"] for secret in COMPOSE[name].get("secrets", {}).values()} <= {"key.pem"}


def test_one_machine_needs_no_file_to_begin_with():
    one = COMPOSE["compose.yaml"]
    text = FILES["compose.yaml"].read_text(encoding="utf-8")

    assert one["services"]["handoff"]["env_file"] == [{"path": ".env", "required": False}]
    assert "secrets" not in one
    assert ":?" not in text
    assert one["services"]["handoff"]["build"] == "."


def test_images_of_others_are_pinned():
    images = {spec["image"] for _, _, spec in SERVICES} - {f"handoff:{VERSION}"}

    assert len(images) == 2
    assert all(re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?-[a-z]+@sha256:[0-9a-f]{64}", image) for image in images)


def test_the_ports_and_the_folder_are_the_images_own():
    (port,) = re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE)
    one = COMPOSE["compose.yaml"]["services"]["handoff"]
    (pod_port,) = {container["ports"][0]["containerPort"] for pod in PODS for container in pod.values[0]["containers"]}
    (service,) = of_kind("Service")

    assert one["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert one["volumes"] == ["data:/data"]
    assert 'VOLUME ["/data"]' in DOCKERFILE
    assert {spec["environment"]["PORT"] for _, _, spec in SERVICES if "PORT" in spec["environment"]} == {port}
    assert f"dynamic a web {port}" in (DEPLOY / "Caddyfile").read_text()
    assert str(pod_port) == port
    assert service["spec"]["ports"][0]["targetPort"] == "http"
    assert f"PORT={port}" in KUSTOMIZATION["configMapGenerator"][0]["literals"]


def test_the_unit_gives_settings_that_there_are_and_time_to_end():
    given = [value.partition("=")[0] for value in unit("Environment")]
    [start], [timeout] = unit("ExecStart"), unit("TimeoutStopSec")

    assert set(given) <= SETTINGS
    assert is_command(start.split()[1:])
    assert int(timeout) > ENDS_WITHIN
    assert f"sudo python3 -m venv {start.split()[0].removesuffix('/bin/ghapp')}\n" in MANUAL
    for path in ("/etc/handoff/env", "/var/lib/handoff"):
        assert path in MANUAL
        assert path in "\n".join(UNIT)


def test_the_systemd_page_takes_along_only_what_is_committed(tmp_path):
    (line,) = set(re.findall(r"^git archive .*$", MANUAL, re.MULTILINE))
    clone, source = tmp_path / "clone", tmp_path / "source"
    for folder in (clone / ".venv", source):
        folder.mkdir(parents=True)
    for name in ("pyproject.toml", ".env", "key.pem", ".venv/python"):
        (clone / name).touch()
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "pyproject.toml"], [*author, "commit", "-q", "-m", "First"]):
        subprocess.run(["git", *words], cwd=clone, check=True, timeout=30)
    subprocess.run(line.replace("sudo ", "").replace("/opt/handoff", str(tmp_path)), cwd=clone, shell=True, check=True)

    assert [path.name for path in source.iterdir()] == ["pyproject.toml"]


def test_a_command_beside_the_unit_is_given_its_database_and_its_settings():
    (given,) = re.findall(r"^  sudo systemd-run .*?\"\$@\"$", MANUAL, re.MULTILINE | re.DOTALL)
    words = given.replace("\\\n", " ").split()
    (database_url,) = [value for value in unit("Environment") if value.startswith("DATABASE_URL=")]
    (start,) = unit("ExecStart")

    for key in ("User", "WorkingDirectory", "UMask", "EnvironmentFile"):
        (value,) = unit(key)
        assert f"{key}={value}" in words
    assert database_url in words
    assert start.split()[0] in words


def test_kubernetes_names_this_version_and_settings_that_there_are():
    (image,) = KUSTOMIZATION["images"]
    settings = {literal.partition("=")[0] for literal in KUSTOMIZATION["configMapGenerator"][0]["literals"]}
    secrets = set(re.findall(r"^([A-Z_]+)=", MANUAL, re.MULTILINE))

    assert (image["name"], image["newTag"]) == ("handoff", VERSION)
    assert settings <= SETTINGS
    assert secrets == {"GITHUB_APP_ID", "GITHUB_WEBHOOK_SECRET", "DATABASE_URL"}


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_containers_command_exists_and_it_may_do_nothing_it_need_not(container):
    confined = container["securityContext"]

    assert is_command(container["args"])
    assert container["image"] == "handoff"
    assert (confined["readOnlyRootFilesystem"], confined["allowPrivilegeEscalation"]) == (True, False)
    assert confined["capabilities"] == {"drop": ["ALL"]}
    assert [source.popitem()[1]["name"] for source in map(dict, container["envFrom"])] == [
        "handoff-settings",
        "handoff",
    ]


@pytest.mark.parametrize("pod", PODS)
def test_a_pod_is_nobody_migrates_first_and_ends_in_peace(pod):
    (container,) = pod["containers"]
    before_the_end = container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    (key,) = [volume for volume in pod["volumes"] if "secret" in volume]
    (mount,) = [mount for mount in container["volumeMounts"] if mount["name"] == key["name"]]

    assert pod["securityContext"]["runAsNonRoot"]
    assert f"USER {pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}" in DOCKERFILE
    assert [each["args"] for each in pod["initContainers"]] == [["migrate"]]
    assert pod["terminationGracePeriodSeconds"] - before_the_end > ENDS_WITHIN
    assert f"GITHUB_PRIVATE_KEY_FILE={mount['mountPath']}/key.pem" in KUSTOMIZATION["configMapGenerator"][0]["literals"]
    assert f"create secret generic {key['secret']['secretName']} --from-file=key.pem" in MANUAL
    assert [container[f"{probe}Probe"]["httpGet"]["path"] for probe in ("startup", "readiness", "liveness")] == [
        "/healthz",
        "/readyz",
        "/healthz",
    ]


def test_every_deployment_is_kept_running_while_machines_are_drained():
    deployments = {each["metadata"]["name"]: each["spec"] for each in of_kind("Deployment")}
    budgets = {each["metadata"]["name"]: each["spec"] for each in of_kind("PodDisruptionBudget")}

    assert deployments.keys() == budgets.keys() == {"handoff-web", "handoff-worker"}
    for name, deployment in deployments.items():
        assert budgets[name]["selector"] == deployment["selector"]
        assert deployment["template"]["metadata"]["labels"] == deployment["selector"]["matchLabels"]
        assert deployment["replicas"] > budgets[name]["maxUnavailable"]
        assert deployment["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    (service,) = of_kind("Service")
    assert service["spec"]["selector"] == deployments["handoff-web"]["selector"]["matchLabels"]


@pytest.mark.parametrize("page", ["deploy", "operating"])
def test_every_command_of_ours_in_a_manual_exists(page):
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    texts = [*re.findall(r"`ghapp ([a-z][^`|]*)`", text), *re.findall(r"/ghapp ([a-z].*)$", text, re.MULTILINE)]

    assert texts
    assert [words for words in texts if not is_command(shlex.split(words))] == []


def test_every_file_that_the_manual_names_is_there():
    named = set(re.findall(r"\b(?:deploy/[\w./-]+|compose[\w.]*\.yaml|key\.pem|kustomization\.yaml)", MANUAL)) - {
        "key.pem"
    }

    assert all(
        (ROOT / name).exists() or (DEPLOY / name).exists() or (DEPLOY / "kubernetes" / name).exists() for name in named
    )
    assert {f"`{name}`" for name in FILES} <= set(re.findall(r"`[\w.]+`", MANUAL))


@pytest.mark.parametrize("name", COMPOSE)
def test_a_section_that_a_compose_file_names_is_there(name):
    named = re.findall(r'see "([^"]+)" in docs/deploy.md', FILES[name].read_text(encoding="utf-8"))

    assert [section for section in named if f"\n## {section}\n" not in MANUAL] == []


def test_the_containers_backup_is_a_database_that_can_be_used(tmp_path):
    (program,) = re.findall(r'python -c "(import sqlite3.*)"$', MANUAL, re.MULTILINE)
    database.migrate(f"sqlite:///{tmp_path}/handoff.db")

    with closing(sqlite3.connect(tmp_path / "handoff.db")) as server:
        server.execute("BEGIN IMMEDIATE")  # it writes just now
        subprocess.run([sys.executable, "-c", program.replace('\\"', '"')], cwd=tmp_path, check=True, timeout=30)

    with closing(sqlite3.connect(tmp_path / "backup.db")) as backup:
        assert backup.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert backup.execute("SELECT count(*) FROM handoff_version").fetchone() == (1,)
    database.migrate(f"sqlite:///{tmp_path}/backup.db")


FAMILIES = {
    name: family
    for family in metrics.REGISTRY.collect()
    for name in (
        {f"{family.name}_total"}
        if family.type == "counter"
        else {f"{family.name}{end}" for end in ("_bucket", "_count", "_sum")}
        if family.type == "histogram"
        else {family.name}
    )
}
LABELS = {
    "handoff_deliveries_total": {"event", "answer"},
    "handoff_requests_total": {"method", "answer"},
    "handoff_jobs_total": {"kind", "end"},
    "handoff_github_calls_total": {"method", "route", "answer"},
    "handoff_github_writes_total": {"method", "route"},
    "handoff_github_rate_remaining": {"resource"},
}
NOT_OURS = {"up", "process_resident_memory_bytes"}  # Prometheus' own, and one that only Linux has
EXPRESSIONS = [
    *(pytest.param(alert["expr"], id=alert["alert"]) for alert in ALERTS),
    *(pytest.param(target["expr"], id=panel["title"]) for panel in PANELS for target in panel["targets"]),
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_names_metrics_and_labels_that_there_are(expression):
    named = set(re.findall(r"\b(?:handoff_\w+|process_\w+|up)\b", expression))
    filters = re.findall(r"(\w+)\{([^}]*)\}", expression)

    assert named
    assert named <= FAMILIES.keys() | NOT_OURS
    for metric, chosen in filters:
        assert set(re.findall(r"(\w+)(?:=|!=|=~|!~)", chosen)) <= LABELS.get(metric, set()) | {"job"}


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_an_alert_says_how_bad_it_is_and_what_to_do(alert):
    assert alert.keys() == {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"Handoff[A-Z][A-Za-z]+", alert["alert"])
    assert re.fullmatch(r"\d+m", alert["for"])
    assert alert["labels"]["severity"] in {"critical", "warning"}
    assert alert["annotations"].keys() == {"summary", "action"}
    assert alert["annotations"]["action"].endswith(".")
    assert all(is_command(words.split()) for words in re.findall(r"`ghapp ([^`]+)`", alert["annotations"]["action"]))


def test_the_dashboard_asks_a_source_that_can_be_chosen_and_shows_every_metric():
    shown = " ".join(target["expr"] for panel in PANELS for target in panel["targets"])
    (variable,) = DASHBOARD["templating"]["list"]

    assert {panel["datasource"]["uid"] for panel in PANELS} == {f"${{{variable['name']}}}"}
    assert (
        len({panel["id"] for panel in PANELS})
        == len({panel["title"] + panel["type"] for panel in PANELS})
        == len(PANELS)
    )
    ours = {family.name for family in metrics.REGISTRY.collect() if family.name.startswith("handoff_")}
    assert {name for name in ours if name not in shown} == set()

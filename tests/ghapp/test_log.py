"""Logs: nothing that looks like a secret is ever written."""

import json
import logging

import pytest
import structlog

from ghapp import log


@pytest.fixture(autouse=True)
def _restore():
    yield
    logging.basicConfig(force=True)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param("ghs_" + "a1" * 18, id="short token"),
        pytest.param("ghs_12_eyJhbGciOi.eyJpc3MiOi.c2lnbmF0dXJl-_", id="long token"),
        pytest.param("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMiJ9.c2lnbmF0dXJl", id="JWT"),
        pytest.param("github_pat_11AAAAAAA0aaaaaaaaaaaaaa", id="personal token"),
        pytest.param("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", id="key"),
    ],
)
def test_a_secret_is_blacked_out(capsys: pytest.CaptureFixture[str], secret: str):
    log.configure(json=True)
    structlog.get_logger("test").info("sent", header=f"token {secret}", error=ValueError(secret))
    logging.getLogger("library").warning("got %s", secret)
    lines = capsys.readouterr().err
    assert secret not in lines
    assert secret[8:30] not in lines
    assert [json.loads(line)["event"] for line in lines.splitlines()] == ["sent", "got [secret]"]


def test_a_password_in_an_address_is_blacked_out(capsys: pytest.CaptureFixture[str]):
    log.configure()
    structlog.get_logger("test").error("no answer", url="postgresql://me:hunter2@db/handoff")
    assert "hunter2" not in capsys.readouterr().err


def test_a_traceback_is_blacked_out(capsys: pytest.CaptureFixture[str]):
    log.configure(json=True)
    try:
        raise ValueError("Bearer " + "s" * 40)
    except ValueError:
        structlog.get_logger("test").exception("failed")
    assert "s" * 40 not in capsys.readouterr().err


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"answer": {"headers": [{"sent": "token ghs_" + "a1" * 18}]}}, id="a token, nested"),
        pytest.param({"answer": {"access_token": "hidden-by-its-name"}}, id="a name, nested"),
        pytest.param({"headers": {"Authorization": "Basic hidden-by-its-name"}}, id="a header"),
        pytest.param({"webhook_secret": "hidden-by-its-name"}, id="a name"),
        pytest.param({"private_key": ["hidden-by-its-name"]}, id="a list under a name"),
        pytest.param({"seen": ("x", {"ghp_" + "b2" * 18})}, id="a token in a set"),
        pytest.param({"seen": {"ghp_" + "b2" * 18: 1}}, id="a token as a key"),
        pytest.param({"body": b"token ghs_" + b"a1" * 18}, id="a token in bytes"),
        pytest.param({"deep": [[[[[[[["hidden-by-its-name"]]]]]]]]}, id="too deep to look"),
    ],
)
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "text"])
def test_a_secret_inside_a_value_is_blacked_out(capsys: pytest.CaptureFixture[str], given, as_json):
    log.configure(json=as_json)
    structlog.get_logger("test").info("sent", **given)
    said = capsys.readouterr().err
    assert "[secret]" in said
    assert not any(secret in said for secret in ("hidden-by-its-name", "a1" * 18, "b2" * 18))


def test_what_is_no_secret_is_logged_as_it_is(capsys: pytest.CaptureFixture[str]):
    log.configure(json=True)
    structlog.get_logger("test").info("sent", subject="issue:7:1", at=None, tries=[1, 2.5, {"limited": True}])
    line = json.loads(capsys.readouterr().err)
    assert (line["subject"], line["at"], line["tries"]) == ("issue:7:1", None, [1, 2.5, {"limited": True}])

"""Recorded deliveries: read in every form that people have them in, and refused in plain words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.cli import recorded
from ghapp.errors import UserError
from ghapp.github.identity import Identity
from tests import fakes

PAYLOAD = fakes.delivery("issues")
HEADERS = {"Accept": "*/*", "X-GitHub-Delivery": "7f3c2a10", "X-GitHub-Event": "issues"}
SETTINGS_PAGE = "\n".join(
    [
        "Request URL: https://handoff.example/webhook",
        "Request method: POST",
        *(f"{name}: {value}" for name, value in HEADERS.items()),
        "Payload",
        "",
        json.dumps(PAYLOAD, indent=2),
        "",
    ]
)
FORMS = {
    "the API of GitHub": {"id": 12, "guid": "7f3c2a10", "request": {"headers": HEADERS, "payload": PAYLOAD}},
    "headers and payload": {"headers": HEADERS, "payload": PAYLOAD},
    "headers and body": {"headers": HEADERS, "body": PAYLOAD},
    "a payload as text": {"headers": HEADERS, "payload": json.dumps(PAYLOAD)},
    "smee": {**{name.lower(): value for name, value in HEADERS.items()}, "body": PAYLOAD, "query": {}},
}


def read(tmp_path, text: str) -> recorded.Recorded:
    file = tmp_path / "delivery"
    file.write_text(text, encoding="utf-8")
    return recorded.opened(str(file))


@pytest.mark.parametrize(
    "text", [*(json.dumps(form) for form in FORMS.values()), SETTINGS_PAGE], ids=[*FORMS, "the settings page"]
)
def test_headers_and_payload_are_found(tmp_path, text):
    found = read(tmp_path, text)
    assert (found.event, found.guid, found.payload) == ("issues", "7f3c2a10", PAYLOAD)
    assert found.name == f"issues.{PAYLOAD['action']}"


def test_a_payload_alone_tells_no_event(tmp_path):
    found = read(tmp_path, f"\n {json.dumps(PAYLOAD)}")
    assert (found.event, found.guid, found.payload) == ("", "", PAYLOAD)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no JSON in it"),
        ("X-GitHub-Event: issues\n", "There is no JSON in it"),
        ("[1]", "There is no JSON in it"),
        ('{"action":', "The payload cannot be read (line 1: Expecting value)"),
        ('{"request": {"headers": {}, "payload": "no"}}', "The payload cannot be read (line 1: Expecting value)"),
        ('{"headers": {}, "payload": [1]}', "The payload is no JSON object"),
        ('{"a":' + "[" * 100_000, "The payload cannot be read (too deep, or no JSON)"),
    ],
    ids=lambda text: text[:30],
)
def test_what_is_no_delivery_is_refused(tmp_path, text, said):
    with pytest.raises(UserError) as refused:
        read(tmp_path, text)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("event", "payload", "said"),
    [
        ("issue", PAYLOAD, "Handoff does not listen to 'issue': did you mean issues?"),
        ("wombat", PAYLOAD, "Handoff does not listen to 'wombat': it listens to check_run, check_suite,"),
        ("issues", {}, "The payload is not as GitHub sends it to an App (issues: installation is missing;"),
    ],
    ids=["misspelt", "unknown", "lacking"],
)
def test_what_no_webhook_would_take_is_refused(event, payload, said):
    with pytest.raises(UserError) as refused:
        recorded.Recorded(event=event, guid="", payload=payload).jobs(Identity(1, ""))
    assert str(refused.value).startswith(said)


@given(st.text(alphabet='{}[]",:\nXaheaders payload-requst', max_size=80))
def test_every_text_is_a_delivery_or_one_sentence(tmp_path_factory, text):
    said = ""
    try:
        read(tmp_path_factory.getbasetemp(), text)
    except UserError as error:
        said = str(error)
    assert "\n" not in said

"""What a relay hands on is, byte for byte, what GitHub signed."""

import json
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.github import relayed
from tests.fake_smee import as_javascript

HEADERS = {
    "x-github-event": "issues",
    "x-github-delivery": "7f3c2a10-0000-11f1-8000-5f0f6f6f6f6f",
    "x-hub-signature-256": "sha256=" + "0" * 64,
}


def body(text: str) -> bytes | None:
    found = relayed.read(text)
    return found and found.body


def by_smee(sent: str) -> str:
    """What smee.io makes of a body: JavaScript's reading and writing of it, among the headers."""
    return as_javascript({**HEADERS, "host": "smee.io", "body": json.loads(sent), "query": {}, "timestamp": 1})


SIGNED = [
    pytest.param('{"a":1,"b":[true,null,-2.5],"c":{}}', id="plain"),
    pytest.param('{"title":"Grüße, 取引 🧾"}', id="beyond ASCII"),
    pytest.param(r'{"body":"\u001B[34mred\u001B[0m"}', id="a control character, as GitHub escapes it"),
    pytest.param(r'{"body":"a\nb\tc\"d\\e"}', id="short escapes"),
    pytest.param(r'{"body":"a regular expression: \\u001b, \\\\u00ff"}', id="words that only look like an escape"),
    pytest.param('{"body":{"body":"inner"},"z":{"body":2}}', id="members of the same name within"),
    pytest.param('{"html":"<b>&amp;</b>/"}', id="letters that others escape"),
    pytest.param("{}", id="nothing"),
]


@pytest.mark.parametrize("sent", SIGNED)
def test_what_smee_wrote_anew_is_as_github_wrote_it(sent):
    assert body(by_smee(sent)) == sent.encode()


@pytest.mark.parametrize("sent", SIGNED)
def test_white_space_of_another_relay_is_none_of_the_bodys(sent):
    text = json.dumps(HEADERS)[:-1] + ' ,\n\t"body" : ' + sent + '\r\n, "query" : { } }'
    assert body(text) == sent.encode()


@pytest.mark.parametrize("sent", ['{ "a" :  1.0 }', "payload=%7B%7D", "ü"])
@pytest.mark.parametrize("member", ["bodyB", "rawdata"])
def test_bytes_that_a_relay_kept_are_taken_as_they_are(member, sent):
    kept = b64encode(sent.encode()).decode() if member == "bodyB" else sent
    text = json.dumps({**HEADERS, member: kept, "body": {"other": 1}, "content-type": "text/x"})
    found = relayed.read(text)
    assert found is not None
    assert (found.body, found.headers["content-type"]) == (sent.encode(), "text/x")


def test_githubs_headers_are_handed_on_and_no_others():
    found = relayed.read(json.dumps({**HEADERS, "host": "smee.io", "cookie": "a=b", "body": {}}))
    assert found is not None
    assert found.headers == {**HEADERS, "content-type": "application/json"}
    assert found.guid == HEADERS["x-github-delivery"]


@pytest.mark.parametrize("value", ["a\r\nCookie: b", "", "é", "x" * 201, 7, None], ids=repr)
def test_a_header_that_cannot_be_one_is_left_out(value):
    found = relayed.read(json.dumps({**HEADERS, "x-github-delivery": value, "body": {}}))
    assert found is not None
    assert (found.guid, "x-github-delivery" in found.headers) == ("", False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"message":"ready"}',
        '{"x-github-event":"issues"}',
        '{"x-github-event":"issues","bodyB":"???"}',
        '{"x-github-event":"issues","rawdata":"\\ud800"}',
        '{"x-github-event":"issues","body":{}} and more',
        '{"x-github-event":"issues","body":' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
    ids=lambda text: text[:40],
)
def test_a_message_without_a_delivery_is_none(text):
    assert relayed.read(text) is None


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), values, max_size=4))
def test_whatever_is_sent_comes_back_as_the_same_json(payload):
    kept = body(by_smee(as_javascript(payload)))
    assert kept is not None
    assert json.loads(kept) == payload


@given(st.text(alphabet='{}[]",:\\ux0123 \nabcbodyxgithub-evnt', max_size=60))
def test_no_text_does_harm(text):
    relayed.read('{"x-github-event":"issues",' + text)
    relayed.read(text)

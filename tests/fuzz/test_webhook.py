"""`POST /webhook` against any bytes and headers: an answer that is no 5xx, and no exception in the log."""

import gzip
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.web.signed import LIMIT
from tests.fakes import delivery
from tests.fuzz.door import head, request, sign
from tests.fuzz.effort import tries

BODY = json.dumps(delivery("issues")).encode()
ANSWERS = {202, 400, 401, 408, 413}

DEEP = st.builds(
    lambda mark, depth, key: f'{{"{key}": '.encode() + mark * depth,
    st.sampled_from([b"[", b'{"a":', b"[[", b'[{"a":']),
    st.sampled_from([1, 50, 1_000, 30_000]),
    st.sampled_from(["action", "issue", "zen"]),
)
TRUNCATED = st.integers(0, len(BODY) - 1).map(lambda at: BODY[:at])
SPOILT = st.builds(
    lambda at, words: BODY[:at] + words + BODY[at + len(words) :], st.integers(0, len(BODY)), st.binary(max_size=9)
)
TRAPS = st.sampled_from(
    [
        b'{"action": "opened", "action": ["opened"], "issue": {"number": 1, "number": 2}}',
        b'{"issue": {"number": ' + b"9" * 5_000 + b"}}",
        b'{"issue": {"number": 1e999}}',
        b'{"issue": {"number": -Infinity}}',
        b'{"issue": {"number": NaN}}',
        b'{"action": "\\ud800", "issue": {"number": 1}}',
        b'{"action": "\\u0000"}',
        b'{"\\ud800": "\\udfff"}',
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        b'{"action": "\xed\xa0\x80"}',
        b"payload=%7B%7D",
        b"payload=%ED%A0%80",
        b"payload=&payload=",
        b"a=1&" * 20 + b"payload={}",
        b"\x00" * 50,
        gzip.compress(BODY),
        zlib.compress(BODY),
    ]
)
BODIES = st.one_of(st.just(BODY), st.binary(max_size=200), TRUNCATED, SPOILT, DEEP, TRAPS)
TYPES = st.sampled_from(
    [
        "application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data", "", ";", "a/b/c",
        "application/json; charset=utf-16", "application/json; charset=\xe9", 'multipart/form-data; boundary="',
        "application/x-www-form-urlencoded; charset=none", "APPLICATION/JSON;;=",
    ]
)  # fmt: skip
LETTERS = st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f")
VALUES = st.text(LETTERS, max_size=30)
WORDS = st.sampled_from(["issues", "pull_request", "ping", "star", "installation", "push", "issue_comment"])
NAMES = st.sampled_from(["X-Hub-Signature", "X-Forwarded-For", "Cookie", "Accept", "X-GitHub-Hook-ID"])
ENCODINGS = st.sampled_from(["gzip", "deflate", "br", "zstd", "identity", "gzip, gzip", "none"])


@st.composite
def headers(draw, body):
    """What GitHub sends, each header of it sometimes left out or spoilt."""
    drawn = {
        "Content-Type": draw(TYPES),
        "X-GitHub-Event": draw(WORDS | VALUES),
        "X-GitHub-Delivery": draw(st.just("72d3162e-cc78") | VALUES),
        "X-Hub-Signature-256": draw(
            st.sampled_from([sign(body), sign(body), sign(body), sign(b""), "sha256=", sign(body).upper()]) | VALUES
        ),
        draw(NAMES): draw(VALUES),
        "Content-Encoding": draw(ENCODINGS),
    }
    return {name: value for name, value in drawn.items() if draw(st.integers(0, 7))}


@tries(100)
@given(st.data(), BODIES)
async def test_any_body_under_any_headers_has_an_answer(door, data, body):
    given_headers = data.draw(headers(body))
    assert await door.send(request(body, given_headers)) in ANSWERS
    assert door.faults == []


@tries(100)
@given(BODIES, st.sampled_from(["application/json", "application/x-www-form-urlencoded"]), WORDS)
async def test_any_signed_body_is_stored_or_refused(door, body, kind, event):
    common = {"Content-Type": kind, "X-GitHub-Event": event, "X-GitHub-Delivery": "one"}
    assert await door.send(request(body, {**common, "X-Hub-Signature-256": sign(body)})) in {202, 400}
    assert door.faults == []


@tries(60)
@given(st.binary(max_size=60), st.booleans())
async def test_any_bytes_at_all_have_an_answer_or_none(door, noise, hang_up):
    sent = b"POST /webhook HTTP/1.1\r\nHost: h\r\n" + noise + b"\r\n\r\n"
    assert await door.send(sent, hang_up=hang_up) in {0, *ANSWERS, 417}
    assert door.faults == []


CHUNKS = st.lists(
    st.sampled_from(
        [b"5\r\n{}   \r\n", b"0\r\n\r\n", b"zz\r\n", b"-1\r\n", b"f" * 16 + b"\r\n", b"5\r\n{}", b"1;a=b\r\n{\r\n"]
    )
    | st.binary(max_size=8),
    max_size=4,
).map(b"".join)  # fmt: skip


@tries(60)
@given(CHUNKS)
async def test_chunks_in_any_state_have_an_answer_or_none(door, chunks):
    first = head({"Transfer-Encoding": "chunked", "X-Hub-Signature-256": sign(b"{}   ")})
    assert await door.send(first + chunks, hang_up=True) in {0, *ANSWERS}
    assert door.faults == []


@pytest.mark.parametrize("hang_up", [True, False], ids=["hung up", "silent"])
async def test_a_body_that_ends_early_leaves_no_exception_in_the_log(door, hang_up):
    sent = head({"Content-Length": "900", "X-Hub-Signature-256": sign(b"")}) + b'{"action"'
    assert await door.send(sent, hang_up=hang_up) == (0 if hang_up else 408)


async def test_a_body_in_chunks_ends_at_the_limit(door):
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    first = head({"Transfer-Encoding": "chunked", "X-Hub-Signature-256": sign(b"")})
    assert await door.send(first + chunk * (LIMIT // 0x100000 + 1)) in {0, 413}
    assert [line["status"] for line in door.lines if line["event"] == "delivery.refused"] == [413]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
async def test_a_compressed_body_is_taken_for_the_bytes_it_is(door, encoding):
    bomb = gzip.compress(b" " * 50 * 1024 * 1024)
    common = {"X-GitHub-Event": "ping", "X-GitHub-Delivery": "one", "Content-Encoding": encoding}
    assert await door.send(request(bomb, {**common, "X-Hub-Signature-256": sign(bomb)})) == 400
    assert await door.send(request(bomb, {**common, "X-Hub-Signature-256": sign(b"")})) == 401


async def test_of_what_is_no_http_nothing_is_repeated_in_the_log(door):
    sent = b"POST /webhook HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\nAuthorization: Bearer the-secret\r\n\r\n"
    assert await door.send(sent) == 400
    assert "the-secret" not in repr(door.lines)

"""Server-sent events: messages come whole, however their bytes arrive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghapp.github.stream import Stream

LONGEST = 60


def messages(*chunks: bytes, longest: int = LONGEST) -> list[bytes | None]:
    stream = Stream(longest=longest)
    return [message for chunk in chunks for message in stream.feed(chunk)]


CASES = [
    pytest.param(b"data: one\n\n", [b"one"], id="a message"),
    pytest.param(b"data:one\n\n", [b"one"], id="without a space"),
    pytest.param(b"data:  one\n\n", [b" one"], id="one space is not the message's"),
    pytest.param(b"data: one\r\n\r\ndata: two\r\n\r\n", [b"one", b"two"], id="lines that end in two bytes"),
    pytest.param(b"data: one\ndata: two\n\n", [b"one\ntwo"], id="a message of several lines"),
    pytest.param(b"data: a:b\n\n", [b"a:b"], id="a colon within"),
    pytest.param(b"event: message\ndata: one\n\n", [b"one"], id="a message by name"),
    pytest.param(b"id: 7\nretry: 10\ndata: one\n\n", [b"one"], id="other fields"),
    pytest.param(b": keepalive\n\n", [], id="a comment"),
    pytest.param(b"event: ping\ndata: {}\n\ndata: one\n\n", [b"one"], id="a ping, and its name is forgotten"),
    pytest.param(b"\n\n\n", [], id="nothing"),
    pytest.param(b"data: one\n", [], id="a message that does not end"),
    pytest.param(b"data\n\n", [b""], id="a field without a value"),
]


@pytest.mark.parametrize(("sent", "expected"), CASES)
def test_it_is_read_as_the_standard_says(sent, expected):
    assert messages(sent) == expected


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    "long",
    [b"data: " + b"x" * LONGEST, b"data: one%sdata: " + b"x" * LONGEST, b": " + b"x" * LONGEST],
    ids=["a line", "lines", "a comment"],
)
def test_what_is_too_long_is_passed_over_and_the_next_message_comes(long, end):
    sent = long.replace(b"%s", end) + end + end + b"data: next" + end + end
    assert messages(sent) == messages(*(sent[place : place + 1] for place in range(len(sent)))) == [None, b"next"]


def test_nothing_is_kept_of_what_is_too_long():
    stream = Stream(longest=LONGEST)
    for _ in range(100):
        assert list(stream.feed(b"data: one\ndata: " + b"x" * LONGEST)) == []
    kept = sum(map(len, stream._parts)) + len(stream._line)
    assert kept <= LONGEST


lines = st.sampled_from([b"data: one", b"data:", b"event: ping", b": here", b"", b"", b"id: 1", b"data: " + b"y" * 70])


@given(st.lists(lines, max_size=20), st.sampled_from([b"\n", b"\r\n"]), st.data())
def test_it_does_not_matter_where_the_network_cuts(parts, end, data):
    sent = b"".join(part + end for part in parts)
    places = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=8)))
    chunks = [sent[begin:stop] for begin, stop in zip([0, *places], [*places, len(sent)], strict=True)]
    assert messages(*chunks) == messages(sent)

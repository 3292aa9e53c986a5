"""A stream of server-sent events, cut into messages: bounded in size, in time linear to its bytes.

See "Interpreting an event stream" in https://html.spec.whatwg.org/multipage/server-sent-events.html; of its three ways
to end a line a carriage return alone is not known, since no relay sends it.
"""

from collections.abc import Iterator

MESSAGE = (b"", b"message")  # event types of what is relayed; others say that a channel is open or still there


class Stream:
    """Takes bytes as they come and gives the data of each message; comments and other events are passed over."""

    def __init__(self, *, longest: int) -> None:
        self._longest = longest
        self._begin()

    def _begin(self) -> None:
        self._line = bytearray()
        self._parts: list[bytes] = []
        self._event = b""
        self._size = 0

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        """The messages that end in these bytes; None in the place of one that is longer than allowed."""
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            self._grow(part)
            line = bytes(self._line).removesuffix(b"\r")
            self._line.clear()
            if line:
                self._take(line)
            else:
                yield from self._end()
        self._grow(rest)

    def _grow(self, part: bytes) -> None:
        self._size += len(part)
        self._line += part
        if self._size > self._longest:
            self._parts.clear()
            del self._line[1:]  # that there is something tells this line from the blank one that ends the message

    def _take(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._parts.append(value)
        elif name == b"event":
            self._event = value

    def _end(self) -> Iterator[bytes | None]:
        if self._size > self._longest:
            yield None
        elif self._parts and self._event in MESSAGE:
            yield b"\n".join(self._parts)
        self._begin()

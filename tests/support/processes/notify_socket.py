"""What systemd listens on: a datagram socket that keeps what it is told."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Heard:
    """The messages so far, each a mapping of its lines."""

    def __init__(self, heard: socket.socket) -> None:
        self._socket = heard
        self.messages: list[dict[str, str]] = []

    def all(self) -> list[dict[str, str]]:
        """All that came until now."""
        self._socket.setblocking(False)
        while True:
            try:
                data = self._socket.recv(4096)
            except BlockingIOError:
                return self.messages
            self.messages.append(dict(line.split("=", 1) for line in data.decode().split("\n")))

    def names(self) -> list[str]:
        """What each message is about: the name of its first line."""
        return [next(iter(message)) for message in self.all()]

    def wait_for(self, name: str, number: int = 1, patience_s: float = 180.0) -> dict[str, str]:
        """Until so many messages of this name came; the last of them."""
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            found = [message for message in self.all() if name in message]
            if len(found) >= number:
                return found[number - 1]
            time.sleep(0.05)
        raise AssertionError(self.messages)


@contextmanager
def listening(address: Path | str) -> Iterator[Heard]:
    """At a path, or with `@` before its name in the abstract namespace."""
    name = str(address)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(f"\0{name[1:]}" if name.startswith("@") else name)
        yield Heard(heard)

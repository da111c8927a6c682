"""The daemon with few file handles while hundreds hold connections open: feeds and readers get theirs."""

import resource
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import open_database
from db.feeds import feeds
from db.sessions import session
from support.processes.daemon import PATIENCE_S, Site, running, settings, tracker
from support.web.site import free_port

pytestmark = pytest.mark.slow
HANDLES = 256
SLOW_CLIENTS = 250
PLACES = 64
"""For connections, of so many handles."""
FEW_LINES = 30


@contextmanager
def few_handles() -> Iterator[None]:
    """For what is started meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (HANDLES, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def still_open(connections: list[socket.socket]) -> int:
    """To how many one more byte of a header can be sent, and nothing was answered."""
    count = 0
    for connection in connections:
        try:
            connection.send(b"a")
            count += bool(connection.recv(1000))
        except BlockingIOError:
            count += 1
        except OSError:
            continue
    return count


def follow(folder: Path, *addresses: str) -> None:
    """Subscribes to feeds, as a command beside the daemon does."""
    engine = open_database(f"sqlite:///{folder / 'data' / 'tracker.db'}")
    with session(engine) as opened:
        for address in addresses:
            feeds.add(opened, address, datetime.now(UTC))
    engine.dispose()


def slow_connection(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setblocking(False)
    connection.send(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    return connection


def test_slow_clients_take_no_handle_from_feeds_and_readers(tmp_path: Path) -> None:
    site, port = Site(), free_port()
    env = settings(tmp_path, web_port=port)
    tracker(env, "migrate")
    follow(tmp_path, *(site.feed(f"before{number}") for number in range(20)))
    with ExitStack() as stack:
        with few_handles():
            daemon = stack.enter_context(running(env, tmp_path))
        daemon.wait_for(lambda events: any(event["event"] == "polled" for event in events))
        connections = [slow_connection(port) for _ in range(SLOW_CLIENTS)]
        polls = site.polls
        time.sleep(1)  # what the system has taken in, the daemon takes from it
        assert still_open(connections) <= PLACES
        follow(tmp_path, *(site.feed(f"meanwhile{number}") for number in range(20)))
        deadline = time.monotonic() + PATIENCE_S
        while still_open(connections):
            assert time.monotonic() < deadline
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE_S) as answer:
                assert answer.status == 200
            time.sleep(1)
        daemon.wait_for(lambda _events: site.polls >= polls + 20)
        assert daemon.events("failed") == []
        assert len(daemon.events()) < FEW_LINES
        assert daemon.end(within_s=10) == 0
    site.close()

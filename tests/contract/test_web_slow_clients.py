"""Clients that take their time: cut when it is over, counted, and never in the way of others."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from http.client import HTTPResponse
from pathlib import Path

import pytest
import structlog
from sqlalchemy import Engine

from db.engine import migrate, open_database
from jobs.web import forms, server
from jobs.web.middleware import connection_limits
from jobs.web.middleware.clients import networks
from jobs.web.middleware.connection_limits import ConnectionLimits, OpenConnections
from support.web.site import FORM, HOME, Site, running_site

LIMITS = ConnectionLimits(connections=20, per_client=3, request_s=0.5, answer_s=0.8)
SLOW = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "
PATIENT_S = 60.0
"""Longer than a loaded machine needs to take in some sixty connections."""
LARGE = 20_000_000
"""Bytes; more than the system's own buffers take."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # SQLite only: connections are tested, not what is stored
    folder = tmp_path_factory.mktemp("site")
    engine: Engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
    migrate(engine)
    with running_site(engine, folder, structlog.get_logger(), LIMITS) as running:
        yield running
    engine.dispose()


def connect(site: Site, *sent: bytes) -> socket.socket:
    """A connection that is never waited for."""
    connection = socket.create_connection(("127.0.0.1", site.port))
    connection.setblocking(False)
    for data in sent:
        connection.send(data)
    return connection


def is_open(connection: socket.socket, more: bytes = b"") -> bool:
    """Whether the server still holds it, after `more` is sent to it; what it says is read and forgotten."""
    try:
        if more:
            connection.send(more)
        while connection.recv(65536):
            pass
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def is_cut(connection: socket.socket, more: bytes = b"") -> bool:
    """Whether the server ends it, while `more` is sent to it all the time."""
    deadline = time.monotonic() + PATIENT_S
    while (held := is_open(connection, more)) and time.monotonic() < deadline:
        time.sleep(0.05)
    connection.close()
    return not held


def test_a_header_that_is_sent_slowly_is_cut_however_busily(site: Site) -> None:
    for more in (b"", b"a"):
        assert is_cut(connect(site, SLOW), more)
    assert is_cut(connect(site))


def test_a_second_request_has_no_more_time_than_the_first(site: Site) -> None:
    connection = connect(site, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    connection.settimeout(PATIENT_S / 2)
    assert b"200 OK" in connection.recv(65536)
    connection.setblocking(False)
    assert is_cut(connection, b"GET")


def test_what_follows_an_answer_without_end_is_cut_too(site: Site) -> None:
    head = b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n"
    assert is_cut(connect(site, head), b"a" * 100)


def test_who_does_not_read_the_answer_is_cut(site: Site) -> None:
    (site.report / "large.bin").write_bytes(b"\0" * LARGE)
    connection = connect(site, b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(LIMITS.answer_s + 0.5)
    received = 0
    with contextlib.suppress(OSError):  # reset
        while data := connection.recv(65536):
            received += len(data)
    assert received < LARGE
    connection.close()


def test_a_form_that_is_sent_slowly_is_refused_in_words(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MAX_S", 0.3)
    head = f"POST {site.link('preferences')} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nContent-Length: 99\r\n\r\n"
    answer = site.send(head.encode() + b"keep=1")
    assert answer is not None
    assert (answer.status, answer.text.partition(".")[0]) == (408, "This form took too long to arrive")


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Site]:
    """A site that cuts nobody because their time is over, however loaded the machine is."""
    # SQLite only: connections are tested, not what is stored
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(engine)
    limits = replace(LIMITS, request_s=PATIENT_S, answer_s=PATIENT_S)
    with running_site(engine, tmp_path, structlog.get_logger(), limits) as running:
        yield running
    engine.dispose()


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it holds within the time that a loaded machine needs."""
    deadline = time.monotonic() + PATIENT_S / 2
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return held


def test_at_most_so_many_are_open_and_who_waited_longest_makes_room(patient: Site) -> None:
    with structlog.testing.capture_logs() as lines:
        connections = [connect(patient, SLOW) for _ in range(60)]
        assert soon(lambda: [is_open(connection) for connection in connections] == [False] * 40 + [True] * 20)
        answer = patient.get("/")
        assert (answer.status, answer.text) == (200, HOME)
        assert soon(lambda: sum(map(is_open, connections)) == 19), "not because everybody's time was over"
    for connection in connections:
        connection.close()
    assert [line["event"] for line in lines] == ["web is full"]


def test_where_all_are_answered_the_next_one_is_asked_to_come_again(patient: Site) -> None:
    (patient.report / "large.bin").write_bytes(b"\0" * LARGE)
    readers = [connect(patient, b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(20)]
    for reader in readers:
        reader.settimeout(PATIENT_S / 2)
        assert reader.recv(1), "it is being answered"
    answer = patient.get("/")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert answer.text.startswith("Too many connections are open.")
    for reader in readers:
        reader.close()
    assert soon(lambda: patient.get("/").status == 200)


def test_it_ends_in_time_while_somebody_reads_slowly_and_others_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "PATIENCE_S", 0.5)
    # SQLite only: connections are tested, not what is stored
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(engine)
    with structlog.testing.capture_logs() as lines, ExitStack() as stack:
        site = stack.enter_context(running_site(engine, tmp_path, structlog.get_logger()))
        (site.report / "large.bin").write_bytes(b"\0" * LARGE)
        reader = connect(site, b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n")
        waiting = [connect(site, SLOW) for _ in range(10)]
        time.sleep(0.3)
        ending = threading.Thread(target=stack.close)
        ending.start()
        ending.join(PATIENT_S)
        assert not ending.is_alive()
        assert [is_open(connection) for connection in (reader, *waiting)] == [False] * 11
    assert [line["event"] for line in lines] == ["serving"]
    assert caplog.records == []


def test_what_is_no_http_after_an_answer_does_not_keep_it_from_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_limits, "LINGER_S", PATIENT_S)
    # SQLite only: connections are tested, not what is stored
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(engine)
    with running_site(engine, tmp_path, structlog.get_logger()) as site:
        connection = connect(site, b"GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.settimeout(PATIENT_S / 2)
        answer = HTTPResponse(connection)
        answer.begin()
        assert answer.status == 200
        answer.read()
        connection.sendall(b"no length of a chunk\r\n")
        assert connection.recv(65536) == b"", "it begins to close"
    assert not is_open(connection)


def test_a_foreign_client_has_a_few_places_and_a_proxy_or_this_machine_all() -> None:
    connections = OpenConnections(LIMITS, networks("8.8.8.8, 8.8.4.0/24"), structlog.get_logger())

    def entered(*addresses: str) -> list[bool]:
        return [connections.add(object(), address) for address in addresses]  # type: ignore[arg-type]

    assert entered(*["9.9.9.9"] * 4) == [True, True, True, False]
    assert entered(*(f"2620:fe:0:1::{number}" for number in range(1, 5))) == [True, True, True, False]
    assert entered("2620:fe:0:2::1") == [True]
    assert entered(*["8.8.8.8"] * 4, "8.8.4.9", "::1", "10.1.2.3", "::ffff:127.0.0.1") == [True] * 8

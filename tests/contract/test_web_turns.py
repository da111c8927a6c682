"""One client asks for very many costly things: others get their pages meanwhile, and it is told to come again."""

import asyncio
import contextlib
import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import Engine

from db.engine import migrate, open_database
from db.timeline import timelines
from jobs.checks.catalogue import problems
from jobs.process.lock import only_one
from jobs.settings import Settings
from jobs.web import server
from jobs.web.middleware import turns
from jobs.web.middleware.turns import Turns
from support.web.site import FORM, HOME, PATIENCE_S, running_site
from tracker.coverage import SLOW_WEBSITE

COSTS_S = 0.4
MANY = 60
GREEDY, OTHER = ("X-Forwarded-For", "8.8.8.8"), ("X-Forwarded-For", "9.9.9.9")


def status(connection: socket.socket) -> bytes:
    """Of the answer; empty while there is none."""
    with contextlib.suppress(BlockingIOError):
        return connection.recv(65536, socket.MSG_PEEK)[9:12]
    return b""


def test_a_client_that_asks_for_much_is_in_nobodys_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # SQLite only: turns are tested, not what is stored
    engine: Engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(engine)

    def slowly(*_: Any) -> dict[str, tuple[int, int]]:
        time.sleep(COSTS_S)
        return {}

    monkeypatch.setattr(timelines, "place_counts", slowly)
    proxy: dict[str, Any] = {"trusted_proxies": "127.0.0.1"}
    with (
        structlog.testing.capture_logs() as lines,
        running_site(engine, tmp_path, structlog.get_logger(), **proxy) as site,
    ):
        head = f"GET /api/v1/places HTTP/1.1\r\nHost: x\r\n{': '.join(GREEDY)}\r\n\r\n".encode()
        # Bodies that never come take nobody's turn.
        stuck = f"POST {site.link('confirm')} HTTP/1.1\r\nHost: x\r\n{': '.join(GREEDY)}\r\nContent-Length: 9\r\n"
        sent = [stuck.encode() + f"Content-Type: {FORM}\r\n\r\n".encode()] * turns.AT_ONCE + [head] * MANY
        connections = [socket.create_connection(("127.0.0.1", site.port)) for _ in sent]
        for connection, data in zip(connections, sent, strict=True):
            connection.sendall(data)
            connection.setblocking(False)
        for path, what in (("/healthz", "ok"), ("/", HOME), ("/search/?q=police", "Search"), ("/api/v1/entries", "[]")):
            answer = site.get(path, OTHER)
            assert (answer.status, what in answer.text) == (200, True), path
        answers = [status(connection) for connection in connections]
        assert answers.count(b"200") < MANY / 4, "others did not wait for it"
        assert answers.count(b"429") == MANY - turns.WAITING - turns.OF_ONE
        refused = next(one for one, told in zip(connections, answers, strict=True) if told == b"429").recv(65536)
        assert b"retry-after: 5" in refused
        assert b"application/problem+json" in refused
        for connection in connections:
            connection.close()
    engine.dispose()
    assert [line["client"] for line in lines if line["event"] == "client held back"] == ["8.8.8.8"]


async def test_where_whoever_comes_waits_long_people_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("LOOK_S", 0.02), ("SLOW_S", 0.05), ("LONGEST_S", 0.1)):
        monkeypatch.setattr(server, name, seconds)
    # SQLite only: turns are tested, not what is stored
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(engine)
    settings = Settings(data_dir=tmp_path)

    async def told(wanted: list[str]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while [one.kind for one in problems(engine, settings, datetime.now(UTC))] != wanted:
                await asyncio.sleep(0.02)

    own, clients = Turns(), [f"8.8.8.{number}" for number in range(turns.AT_ONCE)]
    begun = [await own.take(client) for client in clients]
    with only_one(tmp_path):
        watching = asyncio.create_task(server.watch_turns(own, engine, structlog.get_logger()))
        await told([SLOW_WEBSITE])
        own.give(clients[0], begun[0])
        await told([])
    watching.cancel()
    engine.dispose()

"""SIGHUP: the daemon replaces itself, and serves at the same port again."""

import os
import signal
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from support.processes.daemon import PATIENCE_S, Daemon, running, settings
from support.web.site import free_port


def started(daemon: Daemon, times: int) -> None:
    daemon.wait_for(lambda events: sum(event["event"] == "started" for event in events) == times)


def status(port: int) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as connection:
        connection.request("GET", "/healthz")
        return connection.getresponse().status


@pytest.mark.slow
def test_whoever_asks_while_the_daemon_begins_anew_is_answered_or_refused_at_once(tmp_path: Path) -> None:
    port = free_port()
    with running(settings(tmp_path, web_port=port), tmp_path) as daemon:
        for times in (1, 2):
            started(daemon, times)
            os.kill(daemon.process.pid, signal.SIGHUP)
            while len(daemon.events("started")) == times:
                with suppress(ConnectionError):  # refused, or let in at the very end
                    assert status(port) == 200
                time.sleep(0.02)
            assert status(port) == 200
        assert daemon.end() == 0
    assert daemon.events("not serving") == [], "the port is free at once"

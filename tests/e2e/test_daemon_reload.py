"""SIGHUP: the daemon replaces itself, and nobody who asks meanwhile finds a closed door."""

import os
import signal
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from daemon_process import PATIENCE_S, Daemon, running, settings
from web_world import free_port


def started(daemon: Daemon, times: int) -> None:
    daemon.wait_for(lambda events: sum(event["event"] == "started" for event in events) == times)


@pytest.mark.slow
def test_the_website_is_open_while_the_daemon_begins_anew(tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/healthz"
    with running(settings(tmp_path, web_port=port), tmp_path) as daemon:
        for times in (1, 2):
            started(daemon, times)
            os.kill(daemon.process.pid, signal.SIGHUP)
            while len(daemon.events("started")) == times:
                # One that was let in at the very end may be sent away without a word; none is refused.
                with suppress(ConnectionResetError), urllib.request.urlopen(address, timeout=PATIENCE_S) as answer:
                    assert answer.status == 200
        assert daemon.end() == 0
    assert daemon.events("not serving") == []

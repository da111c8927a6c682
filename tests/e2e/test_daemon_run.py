"""The daemon, run for real against feeds on loopback: it polls, reads, reports, stays alone, and ends when asked to."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

TRACKER = shutil.which("tracker", path=str(Path(sys.executable).parent)) or "tracker"
PATIENCE_S = 90
"""Starting takes three seconds; a busy machine may need much longer."""
FILLER = "Residents spoke for two hours before the vote, and most of them asked for a clear rule on the matter. " * 4
STORY = (
    "The Madison Common Council voted Tuesday to ban the use of facial recognition technology by all city agencies, "
    "including the Madison Police Department. The ordinance takes effect on January 1, 2021."
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Isthmus Examiner</title>
<item><title>Madison bans facial recognition</title><link>{base}/story.html</link><guid>1</guid>
<pubDate>Wed, 02 Dec 2020 12:00:00 -0600</pubDate></item></channel></rss>"""
PAGE = (
    "<html><head><title>Madison bans facial recognition</title></head><body><article><h1>Madison bans facial "
    "recognition</h1>{paragraphs}</article></body></html>"
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A feed with one story, a broken feed, and the story's page."""
    folder = tmp_path / "web"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    base = f"http://127.0.0.1:{server.server_port}"
    (folder / "feed.xml").write_text(FEED.format(base=base))
    (folder / "broken.xml").write_text("<html><body>Not a feed.</body></html>")
    paragraphs = "".join(f"<p>{text}</p>" for text in (STORY, FILLER, FILLER, FILLER))
    (folder / "story.html").write_text(PAGE.format(paragraphs=paragraphs))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield base
    server.shutdown()
    server.server_close()


@pytest.fixture
def env(tmp_path: Path, site: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    settings = {
        "TRACKER_DATA_DIR": str(tmp_path / "data"),
        "TRACKER_ALLOW_PRIVATE_ADDRESSES": "true",
        "TRACKER_SECONDS_BETWEEN_REQUESTS": "0",
    }
    for name in ("feed.xml", "broken.xml"):
        command = [TRACKER, "feeds", "add", f"{site}/{name}", "--no-check", "--home", "Madison, WI"]
        subprocess.run(command, env=plain | settings, check=True, capture_output=True)
    return plain | settings


class Daemon:
    """A running `tracker run` and the events that it has logged."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self._log = folder / "daemon.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen([TRACKER, "run"], stderr=log, env=env, cwd=folder)

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._log.read_text().splitlines() if line.endswith("}")]

    def wait_for(self, wanted: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if wanted(events := self.events()):
                return events
            assert self.process.poll() is None, self._log.read_text()
            time.sleep(0.1)
        raise AssertionError(self._log.read_text())

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE_S)


@pytest.fixture
def daemon(env: dict[str, str], tmp_path: Path) -> Iterator[Daemon]:
    running = Daemon(env, tmp_path)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


def reported_entries(events: list[dict[str, Any]]) -> bool:
    return any(event["event"] == "reported" and event["entries"] for event in events)


def test_it_polls_reads_reports_stays_alone_and_ends_cleanly(
    daemon: Daemon, env: dict[str, str], tmp_path: Path
) -> None:
    events = daemon.wait_for(reported_entries)
    failed = [event["what"] for event in events if event["event"] == "failed"]
    assert len(failed) == 1
    assert "/broken.xml" in failed[0]
    assert (tmp_path / "data" / "report" / "wi" / "madison" / "index.html").exists()
    second = subprocess.run([TRACKER, "run"], env=env, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert (second.returncode, second.stderr.count("\n")) == (1, 1)
    assert f"already running here (process {daemon.process.pid})" in second.stderr
    exported = subprocess.run([TRACKER, "export"], env=env, capture_output=True, text=True, check=True).stdout
    entries = {(entry["jurisdiction_name"], entry["stage"], entry["date"]) for entry in json.loads(exported)}
    assert entries >= {("Madison", "effective", "2021-01-01"), ("Madison", "adopted", "2020-12-01")}
    assert daemon.end() == 0
    assert [event["event"] for event in daemon.events()][-2:] == ["stopping", "stopped"]


@pytest.mark.slow
def test_asked_to_end_while_it_starts_it_ends(env: dict[str, str], tmp_path: Path) -> None:
    for number, seconds in ((signal.SIGTERM, 0.5), (signal.SIGTERM, 1.5), (signal.SIGTERM, 3.0), (signal.SIGINT, 4.0)):
        running = Daemon(env, tmp_path)
        time.sleep(seconds)
        assert running.end(number) in (0, -number), (seconds, running.events())

"""The daemon, run for real against feeds on loopback: it polls, reads, reports, stays alone, and ends when asked to."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from support.commands.environment import TRACKER
from support.processes.daemon import FILLER, PAGE, PATIENCE_S, Daemon, entries, running, settings, tracker
from support.servers.files import QuietFiles

STORY = (
    "The Madison Common Council voted Tuesday to ban the use of facial recognition technology by all city agencies, "
    "including the Madison Police Department. The ordinance takes effect on January 1, 2021."
)
ENDS_WITHIN_S = 10.0
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Isthmus Examiner</title>
<item><title>Madison bans facial recognition</title><link>{base}/story.html</link><guid>1</guid>
<pubDate>Wed, 02 Dec 2020 12:00:00 -0600</pubDate></item></channel></rss>"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A feed with one story, a broken feed, and the story's page."""
    folder = tmp_path / "web"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=str(folder)))
    base = f"http://127.0.0.1:{server.server_port}"
    (folder / "feed.xml").write_text(FEED.format(base=base))
    (folder / "broken.xml").write_text("<html><body>Not a feed.</body></html>")
    paragraphs = "".join(f"<p>{text}</p>" for text in (STORY, FILLER, FILLER, FILLER))
    (folder / "story.html").write_text(PAGE.format(title="Madison bans facial recognition", paragraphs=paragraphs))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield base
    server.shutdown()
    server.server_close()


@pytest.fixture
def env(tmp_path: Path, site: str) -> dict[str, str]:
    given = settings(tmp_path)
    for name in ("feed.xml", "broken.xml"):
        tracker(given, "feeds", "add", f"{site}/{name}", "--no-check", "--home", "Madison, WI")
    return given


@pytest.fixture
def slow_to_go(env: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The same for a daemon whose interpreter, once it serves, takes a minute to be taken down, as it may on a machine
    with far too much to do."""
    slow = "import atexit, sys, time\natexit.register(lambda: time.sleep(60 * ('jobs.daemon.leader' in sys.modules)))\n"
    (tmp_path / "sitecustomize.py").write_text(slow)
    return env | {"PYTHONPATH": str(tmp_path)}


@pytest.fixture
def daemon(slow_to_go: dict[str, str], tmp_path: Path) -> Iterator[Daemon]:
    with running(slow_to_go, tmp_path) as started:
        yield started


@contextmanager
def much_to_do() -> Iterator[None]:
    """Other programs want all of the processor meanwhile, several times over."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(3 * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def reported_entries(events: list[dict[str, Any]]) -> bool:
    return any(event["event"] == "reported" and event["entries"] for event in events)


@pytest.mark.slow
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
    found = {(entry["jurisdiction_name"], entry["stage"], entry["date"]) for entry in entries(env)}
    assert found >= {("Madison", "effective", "2021-01-01"), ("Madison", "adopted", "2020-12-01")}
    with much_to_do():
        assert daemon.end(within_s=ENDS_WITHIN_S) == 0
    assert [event["event"] for event in daemon.events()][-2:] == ["stopping", "stopped"]


@pytest.mark.slow
def test_asked_to_end_while_it_starts_it_ends(slow_to_go: dict[str, str], tmp_path: Path) -> None:
    for number, seconds in ((signal.SIGTERM, 0.5), (signal.SIGTERM, 1.5), (signal.SIGTERM, 3.0), (signal.SIGINT, 4.0)):
        begun = Daemon(slow_to_go, tmp_path)
        time.sleep(seconds)
        # A machine that is slower has only begun to load the program, which Ctrl-C ends as any other.
        assert begun.end(number, ENDS_WITHIN_S) in (0, -number, 128 + number), (seconds, begun.events())

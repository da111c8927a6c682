"""A running `tracker run`, and a site on loopback whose feeds can bring news at any time."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from support.commands.environment import TRACKER, is_foreign

PATIENCE_S = 180
"""Starting takes three seconds; a busy machine may need much longer."""
HERE = ZoneInfo("America/Chicago")
"""The papers are of Wisconsin: their weekdays are those of that place."""
FILLER = "Residents spoke for two hours before the vote, and most of them asked for a clear rule on the matter. " * 4
PLACES = ("Madison", "Janesville", "Kenosha", "Oshkosh", "Appleton", "Waukesha", "Racine", "La Crosse", "Eau Claire")
MATTERS = ("plastic shopping bags", "leaf blowers", "overnight street parking", "short-term rentals", "backyard fires")
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
ITEM = "<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate></item>"
PAGE = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"


class Site:
    """Serves `/feed/NAME` and the stories in it. `news(name)` adds a story; with `always`, every poll of a feed finds a
    new one. `hung` paths are accepted and never answered."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC), *, always: bool = False) -> None:
        self._clock, self._always = clock, always
        self._stories: dict[str, tuple[str, str]] = {}
        self._items: dict[str, list[str]] = {}
        self.polls = 0
        self.hung: set[str] = set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def feed(self, name: str) -> str:
        """The address of a feed."""
        self._items.setdefault(name, [])
        return f"{self.base}/feed/{name}"

    def news(self, name: str) -> str:
        """One more story in a feed: a council of its own bans something. Returns the place."""
        number = len(self._stories)
        place, matter = PLACES[number % len(PLACES)], MATTERS[number // len(PLACES) % len(MATTERS)]
        title, path, now = f"{place} bans {matter}", f"/story/{number}.html", self._clock().astimezone(HERE)
        told = (
            f"The {place} Common Council voted {now:%A} to ban {matter} in the city. The vote was {number % 7 + 8}-1. "
            f"The ordinance takes effect on Jan. 1, {now.year + 1}."
        )
        paragraphs = "".join(f"<p>{text}</p>" for text in (told, FILLER, f"Story number {number}. {FILLER}"))
        self._stories[path] = title, PAGE.format(title=title, paragraphs=paragraphs)
        self.feed(name)
        item = ITEM.format(title=title, link=self.base + path, date=format_datetime(now))
        self._items[name] = [item, *self._items[name]][:20]
        return place

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _answer(self, path: str) -> str | None:
        if path.startswith("/feed/"):
            name = path.removeprefix("/feed/")
            self.polls += 1
            if self._always:
                self.news(name)
            return FEED.format(title=f"The {name} Courier", items="".join(self._items[name]))
        return self._stories[path][1] if path in self._stories else None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path in site.hung:
                    time.sleep(PATIENCE_S)
                    return
                body = site._answer(self.path)
                self.send_response(200 if body else 404)
                self.end_headers()
                self.wfile.write((body or "no such page").encode())

            def log_message(self, format: str, *args: Any) -> None: ...

        return Handler


class Daemon:
    """A running `tracker run` and the events that it has logged."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self._log = folder / "daemon.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen([TRACKER, "run"], stderr=log, env=env, cwd=folder)

    def events(self, name: str = "") -> list[dict[str, Any]]:
        """All, or those of one name."""
        found = [json.loads(line) for line in self._log.read_text().splitlines() if line.endswith("}")]
        return [event for event in found if name in ("", event["event"])]

    def wait_for(
        self, wanted: Callable[[list[dict[str, Any]]], bool], patience_s: float = PATIENCE_S
    ) -> list[dict[str, Any]]:
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            if wanted(events := self.events()):
                return events
            assert self.process.poll() is None, self._log.read_text()
            time.sleep(0.1)
        raise AssertionError(self._log.read_text())

    def end(self, number: int = signal.SIGTERM, within_s: float = PATIENCE_S) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=within_s)


@contextmanager
def running(env: dict[str, str], folder: Path) -> Iterator[Daemon]:
    """A daemon that does not outlive the block."""
    daemon = Daemon(env, folder)
    try:
        yield daemon
    finally:
        if daemon.process.poll() is None:
            daemon.process.kill()
            daemon.process.wait()


def settings(folder: Path, **given: object) -> dict[str, str]:
    """The environment of a tracker whose data lie in a folder, that may poll this machine and need not wait for it."""
    plain = {name: value for name, value in os.environ.items() if not is_foreign(name)}
    named = {f"TRACKER_{name.upper()}": str(value) for name, value in given.items()}
    return plain | {
        "TRACKER_DATA_DIR": str(folder / "data"),
        "TRACKER_ALLOW_PRIVATE_ADDRESSES": "true",
        "TRACKER_SECONDS_BETWEEN_REQUESTS": "0",
        **named,
    }


def tracker(env: dict[str, str], *arguments: str) -> str:
    """The output of a command that must succeed."""
    done = subprocess.run([TRACKER, *arguments], env=env, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.returncode == 0, done.stderr
    return done.stdout


def entries(env: dict[str, str]) -> list[dict[str, Any]]:
    """What `tracker export` gives."""
    found: list[dict[str, Any]] = json.loads(tracker(env, "export"))
    return found

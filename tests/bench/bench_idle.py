"""What an idle daemon costs: `uv run python tests/bench/bench_idle.py [--feeds 1000] [--seconds 120]`.

Starts `tracker run` on a database of so many feeds, which a server on loopback answers without any news, waits until
all were polled once, and watches the process between two rounds: memory (PSS and RSS, all its processes), seconds of
the processor an hour, file handles, threads. Exit status 1 if the memory is over the target of 150 MB.
"""

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.processes.daemon import Daemon, Site, running, settings

MEMORY_MB = 150.0
"""The target: a small server has half a gigabyte, and other things to do."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What a process and its children hold and have used up."""

    pss_mb: float
    rss_mb: float
    cpu_s: float
    handles: int
    threads: int


def family(pid: int) -> list[int]:
    """A process and all below it."""
    below = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(one for child in below for one in family(child))]


def _of(pid: int) -> Cost:
    folder = Path(f"/proc/{pid}")
    sizes = dict(line.split(":", 1) for line in (folder / "smaps_rollup").read_text().splitlines()[1:])
    kb = {name: int(value.split()[0]) for name, value in sizes.items()}
    stat = (folder / "stat").read_text().rpartition(")")[2].split()
    return Cost(
        pss_mb=kb["Pss"] / 1024,
        rss_mb=kb["Rss"] / 1024,
        cpu_s=(int(stat[11]) + int(stat[12])) / TICKS,
        handles=len(list((folder / "fd").iterdir())),
        threads=int(stat[17]),
    )


def cost(pid: int) -> Cost:
    """Of the whole family."""
    parts = [_of(one) for one in family(pid)]
    return Cost(*(sum(getattr(part, name) for part in parts) for name in Cost.__dataclass_fields__))


def subscribe(env: dict[str, str], site: Site, count: int) -> None:
    """Puts the feeds into a new database."""
    from datetime import UTC, datetime

    from db.engine import migrate, open_database
    from db.feeds import feeds
    from db.sessions import session

    folder = Path(env["TRACKER_DATA_DIR"])
    folder.mkdir(parents=True)
    engine = open_database(f"sqlite:///{folder / 'tracker.db'}")
    migrate(engine)
    with session(engine) as opened:
        for number in range(count):
            feeds.add(opened, site.feed(f"f{number}"), datetime.now(UTC))
    engine.dispose()


def polled(daemon: Daemon) -> int:
    return sum(event.get("feeds", 0) for event in daemon.events("polled"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=120, help="how long to watch")
    given = parser.parse_args()
    site = Site()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = settings(folder, requests_per_host=16)
        subscribe(env, site, given.feeds)
        with running(env, folder) as daemon:
            daemon.wait_for(lambda _: polled(daemon) >= given.feeds, 300)
            daemon.wait_for(lambda _: bool(daemon.events("reported")))
            time.sleep(15)
            early = cost(daemon.process.pid)
            time.sleep(given.seconds)
            late = cost(daemon.process.pid)
    site.close()
    hourly = (late.cpu_s - early.cpu_s) * 3600 / given.seconds
    print(f"{given.feeds} feeds, watched for {given.seconds} s: {late.pss_mb:.0f} MB (PSS), {late.rss_mb:.0f} MB (RSS)")
    print(f"{hourly:.0f} s of the processor an hour ({hourly / 36:.2f} %)", end=", ")
    print(f"{late.handles} handles, {late.threads} threads")
    return int(late.pss_mb > MEMORY_MB)


if __name__ == "__main__":
    sys.exit(main())

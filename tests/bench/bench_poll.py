"""How fast feeds are polled, and in how much memory: `uv run --group bench-poll python tests/bench/bench_poll.py`.

Measures, in one run and on feeds that a static server in a process of its own serves on loopback, each under a host
address of its own (`support.servers.many_feeds`): `tracker poll --no-read` as a whole command, the `reader` package's
`update_feeds` (the best of several numbers of workers), and the floor, a bare aiohttp client that throws away what it
gets. Each of them is a process of its own, started anew; first all feeds are new, then all are unchanged (304).

A row each: seconds, seconds of the processor (all cores together), feeds a second (start-up included), the ratio to
the peer and to the floor, and the most memory of all its processes together (PSS, looked at twenty times a second).
`--more N` polls N feeds as well and says what each further feed costs in memory. Exit status 1 if a target
is missed.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.servers.many_feeds import ITEMS, etag, feed_url, serving

FEEDS, MORE = 2000, 20_000
WORKERS = (1, 4, 10)
"""Threads of the peer's `update_feeds`; more are slower."""
CONNECTIONS = 40
"""Of the bare client, as many as the tracker's has."""
LOOK_S = 0.05
FIRST_TIMES, STEADY_TIMES, FLOOR_SHARE, MEMORY_MB, FEED_KB = 3.0, 3.0, 1 / 3, 150.0, 3.0
"""The targets: times the peer's feeds a second at the first poll and at a steady one, share of the bare client's at a
steady one, memory at 2,000 feeds, memory of each further feed."""


@dataclass(frozen=True)
class Measured:
    """One run of one command: wall seconds, seconds of the processor, the most memory of all its processes in MB."""

    seconds: float
    cpu_s: float
    pss_mb: float

    def rate(self, feeds: int) -> float:
        return feeds / self.seconds


def measured(command: Sequence[str | Path], **environment: str) -> Measured:
    """Runs a command to its end. Bytecode is kept, as it is where a program is installed."""
    environment["PYTHONDONTWRITEBYTECODE"] = ""
    began, most, before = time.perf_counter(), 0.0, resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None:
        most = max(most, sum(map(pss, tree(process.pid))))
        time.sleep(LOOK_S)
    seconds = time.perf_counter() - began
    out, errors = process.communicate()
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}: {out[-500:]}{errors[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(seconds, cpu_s, most / 1024)


def tree(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    try:
        children = [
            child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
        ]
    except OSError:
        return
    for child in children:
        yield from tree(int(child))


def pss(pid: int) -> int:
    """Its proportional share of memory in KB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def be_bare(feeds: int, port: int, known: bool) -> None:
    """The floor: fetches every feed once and looks at nothing."""
    import aiohttp

    async def run() -> None:
        numbers = iter(range(feeds))
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as session:

            async def some() -> None:
                for number in numbers:
                    headers = {"If-None-Match": etag(number)} if known else {}
                    async with session.get(feed_url(number, port), headers=headers) as answer:
                        await answer.read()
                        assert answer.status == (304 if known else 200)

            await asyncio.gather(*(some() for _ in range(CONNECTIONS)))

    asyncio.run(run())


def be_reader(feeds: int, port: int, file: str, workers: int) -> None:
    """The peer: one `update_feeds`. Its feeds are added where there is no file yet."""
    from reader import make_reader

    there = Path(file).exists()
    reader = make_reader(file)
    if not there:
        for number in range(feeds):
            reader.add_feed(feed_url(number, port))
        return
    reader.update_feeds(scheduled=False, workers=workers)  # like --all
    counted = reader.get_entry_counts().total
    assert counted == feeds * ITEMS, counted


def tracker_rounds(feeds: int, port: int, folder: Path) -> tuple[Measured, Measured]:
    """The first poll and one at which nothing is new."""
    from db.engine import migrate, open_database
    from db.feeds import feeds as subscriptions
    from db.sessions import session

    folder.mkdir()
    engine = open_database(f"sqlite:///{folder}/tracker.db")
    migrate(engine)
    with session(engine) as opened:
        for number in range(feeds):
            subscriptions.add(opened, feed_url(number, port), datetime.now(UTC))
    engine.dispose()
    settings = {
        "TRACKER_DATA_DIR": str(folder),
        "TRACKER_ALLOW_PRIVATE_ADDRESSES": "true",
        "TRACKER_SECONDS_BETWEEN_REQUESTS": "0",
    }
    command = [Path(sys.executable).parent / "tracker", "poll", "--all", "--no-read"]
    first, steady = (measured(command, **settings) for _ in range(2))
    return first, steady


def reader_rounds(feeds: int, port: int, folder: Path) -> tuple[Measured, Measured]:
    """The same of the peer; of each the fastest number of workers."""
    rounds = []
    for workers in WORKERS:
        command = [sys.executable, __file__, "--be", "reader", "--feeds", str(feeds), "--port", str(port)]
        command += ["--file", str(folder / f"reader{workers}.sqlite"), "--workers", str(workers)]
        measured(command)
        rounds.append((measured(command), measured(command)))
    first, steady = (min(some, key=lambda one: one.seconds) for some in zip(*rounds, strict=True))
    return first, steady


def bare_round(feeds: int, port: int, *known: str) -> Measured:
    return measured([sys.executable, __file__, "--be", "bare", "--feeds", str(feeds), "--port", str(port), *known])


def told(name: str, feeds: int, ours: Measured, peer: Measured, floor: Measured) -> None:
    """A table of one kind of poll."""
    print(f"\n{name}: {feeds:,} feeds of {ITEMS} items")
    print(f"{'':18}{'seconds':>9}{'cpu, s':>9}{'feeds/s':>9}{'x reader':>10}{'x floor':>9}{'PSS, MB':>9}")
    for what, one in (("tracker poll", ours), ("reader", peer), ("bare aiohttp", floor)):
        rate = one.rate(feeds)
        against = (rate / peer.rate(feeds), rate / floor.rate(feeds))
        shown = f"{one.seconds:9.2f}{one.cpu_s:9.2f}{rate:9.0f}{against[0]:10.2f}{against[1]:9.3f}{one.pss_mb:9.0f}"
        print(f"{what:18}{shown}", flush=True)


def missed(feeds: int, ours: Sequence[Measured], peer: Sequence[Measured], floor: Measured) -> list[str]:
    """The targets that are not reached."""
    reached = {
        f"first poll {FIRST_TIMES:.0f} times reader's": ours[0].rate(feeds) >= FIRST_TIMES * peer[0].rate(feeds),
        f"steady poll {STEADY_TIMES:.0f} times reader's": ours[1].rate(feeds) >= STEADY_TIMES * peer[1].rate(feeds),
        "steady poll a third of the floor": ours[1].rate(feeds) >= FLOOR_SHARE * floor.rate(feeds),
        f"under {MEMORY_MB:.0f} MB": max(one.pss_mb for one in ours) < MEMORY_MB,
    }
    return [name for name, is_reached in reached.items() if not is_reached]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=FEEDS)
    parser.add_argument("--more", type=int, nargs="?", const=MORE, help=f"for the memory of a feed (default {MORE})")
    parser.add_argument("--ours", action="store_true", help="the tracker alone")
    parser.add_argument("--be", choices=("bare", "reader"), help=argparse.SUPPRESS)
    for name in ("--port", "--workers"):
        parser.add_argument(name, type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    parser.add_argument("--known", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.be == "bare":
        be_bare(args.feeds, args.port, args.known)
    elif args.be == "reader":
        be_reader(args.feeds, args.port, args.file, args.workers)
    else:
        return compare(args.feeds, args.more, alone=args.ours)
    return 0


def compare(feeds: int, more: int | None, *, alone: bool) -> int:
    """Runs everything and prints the tables."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder, serving() as port:
        ours = tracker_rounds(feeds, port, Path(folder, "ours"))
        if alone:
            for name, one in zip(("first poll", "steady poll"), ours, strict=True):
                took = f"{one.seconds:.2f} s ({one.cpu_s:.2f} s of the processor)"
                print(f"{name}: {took}, {one.rate(feeds):.0f} feeds/s, {one.pss_mb:.0f} MB")
        else:
            peer = reader_rounds(feeds, port, Path(folder))
            floor = bare_round(feeds, port), bare_round(feeds, port, "--known")
            for name, *row in zip(("First poll", "All unchanged (304)"), ours, peer, floor, strict=True):
                told(name, feeds, *row)
            wrong = missed(feeds, ours, peer, floor[1])
        if more:
            larger = tracker_rounds(more, port, Path(folder, "larger"))
            for name, few, many in zip(("first", "steady"), ours, larger, strict=True):
                each = (many.pss_mb - few.pss_mb) * 1024 / (more - feeds)
                print(f"\n{more:,} feeds, {name} poll: {many.rate(more):.0f} feeds/s, {many.pss_mb:.0f} MB: "
                      f"{each:.1f} KB for each further feed")  # fmt: skip
                wrong += [f"under {FEED_KB:.0f} KB a feed ({name})"] if each >= FEED_KB else []
    print("".join(f"\nmissed: {what}" for what in wrong) or "\nEvery target is reached." if not alone else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

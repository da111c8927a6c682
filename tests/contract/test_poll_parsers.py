"""Documents are read alike in threads and in processes; one that dies costs nothing, and none outlives a run."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobs.gather import parsers
from jobs.gather.parsers import FEW, Parsers
from tracker.errors import DamagedFeed, FeedError
from tracker.gather.feeds.document import FeedDocument, read_document

NOW = datetime(2026, 1, 5, tzinfo=UTC)
URL = "https://gazette.example/feed"
ITEM = "<item><title>Council bans tents {0}</title><link>https://gazette.example/{0}</link></item>"
KIND = "application/rss+xml"


def feed(number: int) -> bytes:
    return f'<rss version="2.0"><channel><title>Gazette</title>{ITEM.format(number)}</channel></rss>'.encode()


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsers.os, "cpu_count", lambda: 2)


def children(pid: int) -> set[int]:
    """The processes that a process has started; a thread that ends while we look has none."""
    found = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            found |= {int(child) for child in (task / "children").read_text().split()}
    return found


def is_spawned(pid: int) -> bool:
    """Whether a process, which may have ended by now, is one that `multiprocessing` started."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


async def some(of: Parsers, numbers: range) -> list[FeedDocument]:
    return await asyncio.gather(*(of.read(feed(number), URL, KIND, NOW) for number in numbers))


def test_documents_are_read_alike_wherever_that_is_done() -> None:
    async def run() -> None:
        with closing(Parsers()) as several:
            numbers = range(FEW + 20)
            assert await some(several, numbers) == [read_document(feed(one), URL, KIND, NOW) for one in numbers]
            with pytest.raises(FeedError, match="web page") as error:
                await several.read(b"<html><body>Not found</body></html>", URL, "text/html", NOW)
            assert error.value.url == URL
            with pytest.raises(DamagedFeed, match="no item of it can be read"):
                await several.read(feed(1)[:60], URL, KIND, NOW)

    asyncio.run(run())


def test_a_process_that_dies_costs_no_document() -> None:
    async def run() -> None:
        with closing(Parsers()) as several:
            before = children(os.getpid())
            await some(several, range(FEW + 5))
            for pid in children(os.getpid()) - before:
                if is_spawned(pid):
                    os.kill(pid, signal.SIGKILL)
            assert len(await some(several, range(20))) == 20

    asyncio.run(run())


RUN = f"""
import asyncio, sys
from datetime import UTC, datetime
from jobs.gather import parsers

async def run():
    several = parsers.Parsers()
    several._read = parsers.FEW - 1
    await several.read({feed(1)!r}, {URL!r}, {KIND!r}, datetime(2026, 1, 5, tzinfo=UTC))
    print("read", flush=True)
    await asyncio.sleep(60)

if __name__ == "__main__":
    parsers.os.cpu_count = lambda: 2
    asyncio.run(run())
"""


def test_a_run_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(RUN, "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "read\n"
        started = children(process.pid)
        assert started
        process.kill()
    deadline = time.monotonic() + 20
    while (left := [pid for pid in started if _is_alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

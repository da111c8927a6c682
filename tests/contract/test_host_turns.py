"""Two requests at once and a gap between starts, whoever asks: the agreement in the database, and processes that keep
it."""

import asyncio
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.feeds import host_turns
from db.sessions import session
from tracker.gather.http.manners import Turn

ROOT = Path(__file__).parents[2]
GAP_S = 0.4
ASKING = """
import asyncio, sys
from db.engine import open_database
from jobs.network import client
from jobs.settings import Settings
async def main(database, url, number, gap):
    settings = Settings(allow_private_addresses=True, seconds_between_requests=float(gap), requests_per_host=2)
    async with client(settings, open_database(database)) as fetcher:
        await asyncio.gather(*(fetcher.get(f"{url}/{n}") for n in range(int(number))), return_exceptions=True)
asyncio.run(main(*sys.argv[1:]))
"""


def take(engine: Engine, host: str = "a.example", gap_s: float = 0.0) -> Turn:
    with session(engine) as opened:
        return host_turns.take(opened, host, 2, gap_s)


def test_as_many_requests_are_under_way_as_may_be(engine: Engine) -> None:
    first, second = take(engine), take(engine)
    assert first.key != second.key
    assert take(engine) == Turn(wait_s=host_turns.FULL_S)
    assert take(engine, "b.example").key, "another host is another matter"
    with session(engine) as opened:
        host_turns.give_back(opened, first)
    assert take(engine).key


def test_the_gap_is_between_starts(engine: Engine) -> None:
    assert take(engine, gap_s=3600).key
    assert 3000 < take(engine, gap_s=3600).wait_s <= 3600


def test_who_died_keeps_a_place_until_it_expires(engine: Engine) -> None:
    assert take(engine).key
    assert take(engine).key
    assert not take(engine).key
    with session(engine) as opened:
        opened.connection().exec_driver_sql("UPDATE host_lease SET until = '2001-01-01'")
    assert take(engine).key


def test_a_host_that_wants_silence_is_silent_for_all(engine: Engine) -> None:
    with session(engine) as opened:
        host_turns.close(opened, "a.example", 3600)
        host_turns.close(opened, "a.example", 5)
    assert 3000 < take(engine).closed_s <= 3600, "the longer wish holds"


class Site:
    """A server that notes when requests begin, and answers after a while; `/0` asks for silence where it is told to."""

    def __init__(self, busy_s: float, silence: int = 0) -> None:
        self.busy_s, self.silence = busy_s, silence
        self.starts: list[float] = []
        self.at_once = self.most = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.starts.append(time.monotonic())
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await asyncio.sleep(self.busy_s)
        refused = self.silence and head.startswith(b"GET /0 ")
        status = f"429 Slow down\r\nRetry-After: {self.silence}" if refused else "200 OK"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        self.at_once -= 1
        writer.close()


async def asked_by(processes: int, database: str, site: Site, each: int) -> None:
    server = await asyncio.start_server(site.answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    command = [sys.executable, "-c", ASKING, database, url, str(each), str(GAP_S)]
    async with server:
        started = [await asyncio.create_subprocess_exec(*command, cwd=ROOT) for _ in range(processes)]
        assert [await one.wait() for one in started] == [0] * processes


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_processes_together_keep_the_gap_of_one(engine: Engine, database_url: str) -> None:
    """A busy machine takes something of single gaps, between the turn and the request; of all together it cannot."""
    site = Site(busy_s=0)
    await asked_by(2, database_url, site, each=3)
    assert len(site.starts) == 6
    assert site.starts[-1] - site.starts[0] > 5 * GAP_S * 0.85, "each alone would take less than half"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_processes_together_make_as_many_requests_at_once_as_one(engine: Engine, database_url: str) -> None:
    site = Site(busy_s=GAP_S * 4)
    await asked_by(2, database_url, site, each=2)
    assert (len(site.starts), site.most) == (4, 2)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_one_process_is_asked_for_the_other_keeps(engine: Engine, database_url: str) -> None:
    site = Site(busy_s=0, silence=600)
    await asked_by(1, database_url, site, each=1)
    await asked_by(1, database_url, site, each=1)
    assert len(site.starts) == 1

"""A poll of documents that is ended at any moment: the next ones make up for it, and nothing is lost or doubled."""

import asyncio
import subprocess
import sys
from datetime import timedelta

import pytest
from aiohttp import web
from sqlalchemy import Engine

from db.feeds import feeds
from db.sessions import session
from support.databases.recording import live
from support.documents.followed import HOME, NOW, kept, page
from support.servers.small_web import Page, served
from tracker.model import SourceKind

DOCUMENTS = 6
RULE = "Members shall not hold a person for federal officers unless a judge has signed a warrant."
POLLS = """
import asyncio, os, signal, sys
from datetime import datetime


def poll(url, moment, writes):
    from sqlalchemy import event

    from db.engine import open_database
    from jobs.gather.gathering import Gatherer
    from jobs.tally import Tally
    from tracker.gather.http.client import Client

    engine, left = open_database(url), [writes]

    @event.listens_for(engine, "before_cursor_execute")
    def end(connection, cursor, statement, *others):
        if statement.lstrip()[:6] in ("INSERT", "UPDATE", "DELETE"):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    async def gather():
        async with Client(allow_private=True, gap_s=0) as client:
            gatherer = Gatherer(engine, client, lambda: moment, print)
            await gatherer.poll(gatherer.due(everything=True), Tally())

    asyncio.run(gather())


def main():
    import db.schema, jobs.gather.documents, tracker.gather.http.client  # not above, where what reads pages begins too

    url, moment = sys.argv[1], datetime.fromisoformat(sys.argv[2])
    for killed, writes in enumerate(range(1, 400, 5)):
        if not (child := os.fork()):
            poll(url, moment, writes)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != -signal.SIGKILL:
            print(killed)
            sys.exit(status)
    sys.exit("it never ended")


if __name__ == "__main__":
    main()
"""
"""Polls, each of them killed some statements later than the one before, until one ends; prints how many were killed.
Each is a process of its own, forked from one that has loaded the program."""


async def test_what_is_killed_is_made_up_for(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> None:
    script = tmp_path_factory.mktemp("poll") / "poll.py"
    script.write_text(POLLS, "utf-8")
    files = {f"{number}.html": page(f"Members of post {number} keep the log.") for number in range(DOCUMENTS)}

    def index(request: web.Request) -> web.StreamResponse:
        links = "".join(f'<a href="/orders/{name}">Order {name}</a>' for name in files)
        return web.Response(text=links, content_type="text/html")

    def file(request: web.Request) -> web.StreamResponse:
        return web.Response(body=files[request.path.rpartition("/")[2]], content_type="text/html")

    pages: dict[str, Page] = {"/orders/": index} | {f"/orders/{name}": file for name in files}
    async with served(pages) as site:
        with session(engine) as opened:
            feeds.add(opened, f"{site.origin}/orders/", NOW, home=HOME, kind=SourceKind.DOCUMENTS)
        await _until_it_ends(engine, str(script), 0)
        for name in files:
            files[name] = page(f"Members of post {name[0]} keep the log.", RULE)
        kills = await _until_it_ends(engine, str(script), 7)
    assert kills > DOCUMENTS, "some in every part of it"
    found = live(engine)
    told = [item.url.rpartition("/")[2] for one in found for item in one.evidence]
    assert sorted(told) == [f"{name}#version-2" for name in sorted(files)], "each once"
    assert {str(one.date) for one in found} == {"2024-06-01/2024-06-08"}
    for name in files:
        _, versions, changes = kept(engine, name)
        assert [one.number for one in versions] == [1, 2]
        assert [len(one.edits) for one in changes] == [1]
        assert changes[0].article_id


async def _until_it_ends(engine: Engine, script: str, days: int) -> int:
    """How many polls were killed until one ended."""
    url, moment = engine.url.render_as_string(hide_password=False), (NOW + timedelta(days=days)).isoformat()
    run = [sys.executable, script, url, moment]
    done = await asyncio.to_thread(subprocess.run, run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])

"""Two processes that read one backlog read each article once and record what one would; what a killed one had in hand
is taken up."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.articles import articles, leases
from db.engine import migrate, open_database, reading
from db.locks import run_lock
from db.sessions import session
from db.timeline.timelines import entries
from support.articles.labelled import EVAL, read_lines
from tracker.model import Article
from tracker.timeline.entry_fields import evidence_key

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
VERSION = "reader-1"
READS = """
import sys
from datetime import UTC, datetime
from db.engine import open_database
from jobs.reading import batches
from jobs.tally import Tally
from tracker.read.reader import Reader
batches.BATCH = 4
reader, engine, tally = Reader(big_look=False), open_database(sys.argv[1]), Tally()
reader.warm()
print("ready", flush=True)
sys.stdin.readline()
batches.read_unread(engine, reader, lambda: datetime(2026, 1, 5, tzinfo=UTC), tally, print)
print(tally.read, flush=True)
"""


def store_stories(url: str) -> Engine:
    engine = open_database(url)
    migrate(engine)
    with session(engine) as opened:
        for record in read_lines(EVAL / "clusters.jsonl"):
            articles.store_article(opened, Article.model_validate(record), NOW)
    return engine


def read_by(processes: int, url: str) -> list[int]:
    """How many articles each of the processes read, which begin together."""
    command = [sys.executable, "-c", READS, url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    started: list[Any] = [subprocess.Popen(command, **pipes) for _ in range(processes)]  # type: ignore[call-overload]
    assert [process.stdout.readline() for process in started] == ["ready\n"] * processes
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    return [int(process.communicate(timeout=300)[0]) for process in started]


def told(engine: Engine) -> list[tuple[Any, ...]]:
    """What entries show and rest on, without ids and histories."""
    with reading(engine) as opened:
        found = [
            (e.jurisdiction, e.stage, str(e.date), e.title, e.score, tuple(map(evidence_key, e.evidence)))
            for e in entries(opened)
            if e.evidence
        ]
    return sorted(found, key=str)


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_processes_record_what_one_does(database_url: str, another_database: str) -> None:
    one, two = store_stories(database_url), store_stories(another_database)
    (alone,) = read_by(1, database_url)
    together = read_by(2, another_database)
    assert sum(together) == alone == len(read_lines(EVAL / "clusters.jsonl"))
    assert min(together) > 0
    assert told(two) == told(one) != []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_a_living_run_reads_nobody_takes_and_what_an_ended_one_read_is_read_alone(database_url: str) -> None:
    engine = store_stories(database_url)
    living = run_lock(engine, "first")
    assert living.take()
    mine, left = claim(engine, "first")
    assert (len(mine), left) == (5, {})
    others, left = claim(engine, "second")
    assert not set(mine) & set(others)
    assert left == {}, "what the second has, its own connection does not speak for, but it is the one that asks"
    with session(engine) as opened:
        assert leases.take(opened, mine, "rereading") == {}, "whoever chose it reads it too, and blames nobody"
    living.release()
    taken, left = claim(engine, "third")
    assert set(mine) <= set(taken)
    assert left == dict.fromkeys([key for key in taken if key in {*mine, *others}], 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_sqlite_another_run_counts_as_ended(database_url: str) -> None:
    engine = store_stories(database_url)
    mine, _ = claim(engine, "first")
    assert claim(engine, "second") == (mine, dict.fromkeys(mine, 0))


def claim(engine: Engine, run: str) -> tuple[list[int], dict[int, int]]:
    with session(engine) as opened:
        batch, left = leases.claim(opened, VERSION, 5, run)
    return [article.key for article in batch], left

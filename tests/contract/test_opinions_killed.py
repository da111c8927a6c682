"""Asking that is killed, and several processes that ask: each article is recorded once, and the day's number holds."""

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.articles import articles
from db.opinions import usage
from db.sessions import session
from jobs.opinions.answers import SecondOpinions
from jobs.reading.batches import read_unread
from jobs.settings import Settings
from jobs.tally import Tally
from support.articles.reader import reader
from support.opinions.answers import adopted, boats
from support.opinions.server import answers_slowly, running, stalls
from support.processes.workers import count, execute, processes, until
from tracker.read.opinions.labelled import rules_version

pytestmark = pytest.mark.slow
TOWNS = ("Milwaukee", "Racine", "Kenosha", "Madison", "Waukesha", "Oshkosh", "Appleton", "Sheboygan")
RECORDED = "opinion WHERE state = 'recorded'"
OVER = datetime.now(UTC) - timedelta(minutes=1)


def queued(engine: Engine, url: str) -> dict[str, Any]:
    """Articles that wait, of a model that was checked; the settings of whoever asks about them."""
    given: dict[str, Any] = {"second_opinion_url": url, "second_opinion_model": "m-1"}
    with session(engine) as opened:
        for town in TOWNS:
            articles.store_article(opened, boats(town), OVER)
        usage.save_check(opened, "m-1", {"entry_f1": 0.9, "encoder_entry_f1": 0.5}, OVER, rules_version())
    second_opinions = SecondOpinions.of(engine, Settings(**given), reader())
    read_unread(engine, reader(), lambda: OVER, Tally(), print, opinions=second_opinions)
    assert count(engine, "opinion WHERE state = 'waiting'") == len(TOWNS)
    return given | {"workers": False}


def test_a_killed_run_asks_twice_at_worst_and_records_once(engine: Engine, database_url: str, tmp_path: Path) -> None:
    with running(adopted) as server:
        given = queued(engine, server.url)
        server.faults.extend([stalls, stalls])
        with processes(database_url, tmp_path, **given) as processing:
            doomed = processing.start("doomed", "opinions", "ask")
            until(lambda: len(server.asked) == 2, told=processing.told)
            doomed.end(signal.SIGKILL)
            assert count(engine, "opinion WHERE state = 'asked'") == 2
            assert (count(engine, "opinion_day WHERE asked = 2"), count(engine, RECORDED)) == (1, 0)
            moment = "datetime('now', '-1 minute')" if "sqlite" in database_url else "now() - interval '1 minute'"
            execute(engine, f"UPDATE opinion SET next_try = {moment}")
            assert processing.start("again", "opinions", "ask").process.wait(timeout=300) == 0
    assert (count(engine, RECORDED), len(server.asked)) == (len(TOWNS), len(TOWNS) + 2)
    assert count(engine, f"opinion_day WHERE asked = {len(TOWNS) + 2} AND answered = {len(TOWNS)}") == 1
    assert count(engine, "article WHERE reader_version LIKE '%+m-1'") == len(TOWNS)
    assert count(engine, "revision WHERE number = 1") == count(engine, "entry"), "no entry is there twice"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_workers_share_the_articles_and_the_number_at_once(engine: Engine, database_url: str, tmp_path: Path) -> None:
    with running(adopted, answers_slowly) as server:
        given = queued(engine, server.url) | {"workers": True}
        with processes(database_url, tmp_path, **given) as processing:
            workers = [processing.start(name, "worker") for name in ("one", "two")]
            processing.start("daemon", "run")
            until(lambda: count(engine, RECORDED) == len(TOWNS), told=processing.told)
            for worker in workers:
                worker.end()
            assert [event for worker in workers for event in worker.events("asked")]
        assert (len(server.asked), len({asked.title for asked in server.asked})) == (len(TOWNS), len(TOWNS))
        assert server.most_at_once <= 2

"""Checking a model over real HTTP, and what is kept of it; on both engines."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import migrate, open_database, reading
from db.opinions import usage
from db.sessions import session
from jobs.network import client
from jobs.opinions import check
from jobs.settings import Settings
from support.articles.reader import reader
from support.opinions.perfect import lies, perfect
from support.opinions.server import OpinionServer, answers, by_title, running, says, status
from tracker.errors import OpinionLater
from tracker.read.opinions.labelled import labelled, rules_version
from tracker.read.opinions.trust import ENCODER, Trust

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOME = labelled()[::20]


@pytest.fixture(autouse=True)
def _some_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "labelled", lambda: SOME)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """SQLite only: what a check measures is no matter of the engine, and its tables are tested on both."""
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def serving(contents: dict[str, str]) -> dict[str, str]:
    """The same by the titles of the articles, as a server finds them in what it is asked."""
    titles = {record["id"]: record["title"] for record in map(json.loads, SOME)}
    return {titles[name]: content for name, content in contents.items()}


def ensure(engine: Engine, server: OpinionServer, now: datetime = NOW) -> None:
    chosen = Settings(second_opinion_url=server.url, second_opinion_model="m-1", second_opinion_seconds=2)

    async def run() -> None:
        async with client(chosen) as poster:
            await check.ensure_checked(engine, chosen, reader(), poster, lambda: now)

    asyncio.run(run())


def kept(engine: Engine) -> usage.ModelCheck:
    with reading(engine) as opened:
        found = usage.valid_check(opened, "m-1", rules_version())
    assert found
    return found


def test_a_server_that_dies_half_way_is_asked_the_rest_and_a_perfect_model_is_listened_to(engine: Engine) -> None:
    with running(by_title(serving(perfect(SOME)))) as server:
        server.faults.extend([answers] * 2)
        server.always = status(503, "overloaded")
        with pytest.raises(OpinionLater):
            ensure(engine, server)
        with reading(engine) as opened:
            assert usage.check_of(opened, "m-1") is None
            assert len(usage.check_answers(opened, "m-1", NOW.date())) == 2
        before, server.always = len(server.asked), None
        ensure(engine, server)
        assert len(server.asked) - before == len(SOME) - 2
        ensure(engine, server, NOW + timedelta(days=30))
        assert len(server.asked) - before == len(SOME) - 2
    found = kept(engine)
    assert Trust.of_check(found.figures).weights is not None
    assert found.figures["entry_f1"] > found.figures[f"{ENCODER}entry_f1"]
    assert found.figures["input_tokens"] == 2100 * len(SOME)
    with reading(engine) as opened:
        assert usage.day_usage(opened, NOW.date()).input_tokens == 2100 * len(SOME)


def test_a_lying_model_is_not_listened_to(sqlite: Engine) -> None:
    with running(by_title(serving(lies(SOME)))) as server:
        ensure(sqlite, server)
    assert Trust.of_check(kept(sqlite).figures).weights is None


def test_an_answer_that_is_cut_counts_as_refused_and_is_asked_for_again(sqlite: Engine) -> None:
    with running(by_title(serving(perfect(SOME)))) as server:
        server.faults.append(says(lambda content: content[:20], finish="length"))
        ensure(sqlite, server)
        assert kept(sqlite).figures["refused"] == 1
        with reading(sqlite) as opened:
            assert len(usage.check_answers(opened, "m-1", NOW.date())) == len(SOME) - 1


def test_what_was_answered_on_another_day_and_by_other_rules_does_not_hold(sqlite: Engine) -> None:
    with session(sqlite) as opened:
        usage.save_check_answer(opened, "m-1", "f1", usage.CheckAnswer("{}"), NOW.date())
        usage.save_check(opened, "m-1", {"entry_f1": 0.9}, NOW, "earlier rules")
    with reading(sqlite) as opened:
        assert usage.check_answers(opened, "m-1", NOW.date() + timedelta(days=1)) == {}
        assert usage.valid_check(opened, "m-1", rules_version()) is None

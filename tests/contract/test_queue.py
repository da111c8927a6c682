"""The queue by itself: what is put in, what is taken out, and its tables."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from procrastinate.schema import SchemaManager
from pydantic import SecretStr
from sqlalchemy import Engine

from db.engine import open_database
from db.values import DueFeed
from jobs.checks.catalogue import lasting, problems
from jobs.checks.check import Level
from jobs.checks.daemon import workers
from jobs.queue import dispatch, schema
from jobs.queue.queue import Queue
from jobs.queue.tasks import POLL, READ
from jobs.settings import Settings
from support.processes.workers import execute
from tracker.errors import SettingsError, StorageError

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SHARED = Settings(workers=True)


@on_postgresql
async def test_a_task_is_put_in_once_and_a_stalled_one_is_taken_out(engine: Engine) -> None:
    schema.ready(engine, SHARED)
    async with Queue(engine).opened() as queue:
        assert await queue.defer(POLL, {"feed:1": {"feed": 1}, "feed:2": {"feed": 2}}) == 2
        assert await queue.defer(POLL, {"feed:2": {"feed": 2}, "feed:3": {"feed": 3}}) == 1, "one was there"
        assert await queue.locks(POLL) == {"feed:1", "feed:2", "feed:3"}
        assert await queue.locks(READ) == set()
        execute(
            engine, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour'), (now())"
        )
        execute(engine, "UPDATE procrastinate_jobs SET status = 'doing', worker_id = id WHERE id < 3")
        assert await queue.defer(POLL, {"feed:1": {"feed": 1}}) == 1, "its lock is held by what waits only"
        assert await queue.sweep() == 1, "the one of the worker that is gone"
        assert await queue.locks(POLL) == {"feed:1", "feed:2", "feed:3"}
        assert await queue.sweep() == 0


def feed(number: int, host: str) -> DueFeed:
    return DueFeed(**{**dict.fromkeys(DueFeed.__dataclass_fields__), "id": number, "url": f"https://{host}/{number}"})


def test_of_one_host_no_more_is_put_in_than_it_may_be_asked_for() -> None:
    due = [feed(1, "a.example"), feed(2, "a.example"), feed(3, "www.a.example"), feed(4, "b.example")]
    assert list(dispatch.polls(due, set(), 2)) == ["feed:1", "feed:2", "feed:4"]
    assert list(dispatch.polls(due, {"feed:1"}, 2)) == ["feed:2", "feed:4"]
    assert list(dispatch.polls(due, {"feed:2", "feed:3"}, 2)) == ["feed:1", "feed:4"]


@on_postgresql
def test_the_queues_tables_are_made_once_and_upgraded_where_they_are_older(
    engine: Engine, another_database: str
) -> None:
    schema.ready(engine, SHARED)
    schema.ready(engine, SHARED)
    *steps, _, _, last = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    assert noted(engine) == schema.OURS + last.stem
    older = open_database(another_database)
    with older.begin() as connection:
        for step in steps:
            connection.connection.driver_connection.execute(step.read_text("utf-8"))  # type: ignore[union-attr]
    execute(older, f"COMMENT ON TABLE procrastinate_jobs IS '{schema.OURS}{steps[-1].stem}'")
    assert made(older) != made(engine)
    schema.ready(older, SHARED)
    assert noted(older) == noted(engine)
    assert made(older) == made(engine)


def made(engine: Engine) -> set[str]:
    """The functions, columns and indexes of the queue."""
    with engine.connect() as connection:
        return {
            name
            for query in (
                "SELECT proname FROM pg_proc WHERE proname LIKE 'procrastinate%'",
                "SELECT table_name || column_name FROM information_schema.columns "
                "WHERE table_name LIKE 'procrastinate%'",
                "SELECT indexname FROM pg_indexes WHERE tablename LIKE 'procrastinate%'",
            )
            for name in connection.exec_driver_sql(query.replace("%", "%%")).scalars()
        }


def noted(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT obj_description('procrastinate_jobs'::regclass)").scalar())


@on_postgresql
def test_a_queue_of_another_program_or_a_newer_one_is_left_alone(engine: Engine) -> None:
    schema.ready(engine, SHARED)
    execute(engine, f"COMMENT ON TABLE procrastinate_jobs IS '{schema.OURS}99.00.00_01_later'")
    with pytest.raises(StorageError, match="upgrade this installation"):
        schema.ready(engine, SHARED)
    execute(engine, "COMMENT ON TABLE procrastinate_jobs IS NULL")
    with pytest.raises(StorageError, match="a database of its own"):
        schema.ready(engine, SHARED)


@on_postgresql
def test_people_are_told_where_no_worker_works(engine: Engine, database_url: str, tmp_path: Path) -> None:
    settings = Settings(workers=True, database_url=SecretStr(database_url), data_dir=tmp_path)

    def told() -> list[str]:
        return [problem.kind for problem in problems(engine, settings, datetime.now(UTC))]

    assert told() == ["no-worker"], "the queue has no tables yet"
    assert [check.level for check in workers(settings)] == []
    assert [(check.level, check.name) for check in lasting(settings)] == [(Level.WARNING, "workers")]
    execute(engine, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES ('2001-01-01')")
    assert told() == ["no-worker"]
    execute(engine, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()), (now())")
    assert told() == []
    assert [check.says for check in workers(settings)] == ["1 worker at work"]


def test_workers_need_postgresql(tmp_path: Path) -> None:
    # SQLite only: it has no queue
    with pytest.raises(SettingsError, match="needs PostgreSQL"):
        schema.ready(open_database(f"sqlite:///{tmp_path / 'x.db'}"), SHARED)

"""The backups that make themselves: one a day, kept for so many days, never the last good one lost."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import Engine

from db.engine import migrate, open_database
from db.feeds import feeds
from db.sessions import session
from jobs.backups import last_backup, path_of
from jobs.checks.check import Level
from jobs.checks.data import newest_copy
from jobs.deploy.jobs import backup
from jobs.mail.link_tokens import Tokens
from jobs.process.context import JobContext
from jobs.settings import Settings
from tracker.errors import StorageError

NOW = datetime(2026, 1, 20, 9, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """SQLite only: what PostgreSQL does otherwise is `pg_dump`, which test_review_backup.py runs."""
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    return engine


def world(engine: Engine, folder: Path, now: datetime = NOW, **given: object) -> JobContext:
    settings = Settings(data_dir=folder, **given)  # type: ignore[arg-type]
    return JobContext(engine, settings, None, structlog.get_logger(), lambda: now)  # type: ignore[arg-type]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "backups").glob("*"))


def fill(folder: Path, size: Callable[[int], int], days: int = 30) -> None:
    """Backups of the days before, of these sizes."""
    (folder / "backups").mkdir()
    for number in range(1, days + 1):
        day = (NOW - timedelta(days=number)).date()
        (folder / "backups" / f"tracker-{day}.db").write_bytes(b"x" * size(number))


async def test_one_is_made_a_day_and_found_again(engine: Engine, tmp_path: Path) -> None:
    night = world(engine, tmp_path)
    Tokens.of(tmp_path)
    assert last_backup(night.settings) is None
    await backup(night)
    assert names(tmp_path) == ["mail.secret", "tracker-2026-01-20.db"]
    made = last_backup(night.settings)
    assert made is not None
    assert datetime.now(UTC) - made < timedelta(minutes=5)
    with session(engine) as opened:
        feeds.add(opened, "https://a.example/feed", NOW)
    before = path_of(night.settings, engine, NOW).read_bytes()
    await backup(night)
    assert path_of(night.settings, engine, NOW).read_bytes() == before


async def test_the_day_is_that_of_the_settings_zone(engine: Engine, tmp_path: Path) -> None:
    await backup(world(engine, tmp_path, datetime(2026, 1, 20, 4, tzinfo=UTC)))
    assert names(tmp_path) == ["tracker-2026-01-19.db"]


async def test_old_ones_go_and_what_else_lies_there_stays(engine: Engine, tmp_path: Path) -> None:
    fill(tmp_path, lambda number: 1)
    (tmp_path / "backups" / "tracker-2001-01-01.db.txt").write_text("notes")
    (tmp_path / "backups" / "tracker-2025-12-24.dump").write_bytes(b"x")  # of the same day as an SQLite copy
    await backup(world(engine, tmp_path, backup_keep_days=3))
    kept = [f"tracker-2026-01-{day}.db" for day in (17, 18, 19, 20)]
    assert names(tmp_path) == ["tracker-2001-01-01.db.txt", *kept]


async def test_the_fullest_one_stays_where_the_newest_holds_far_less(engine: Engine, tmp_path: Path) -> None:
    fill(tmp_path, lambda number: 50_000_000 if number == 29 else 1)
    await backup(world(engine, tmp_path, backup_keep_days=1))
    assert names(tmp_path) == ["tracker-2025-12-22.db", "tracker-2026-01-19.db", "tracker-2026-01-20.db"]


async def test_where_none_can_be_made_none_goes(engine: Engine, tmp_path: Path) -> None:
    fill(tmp_path, lambda number: 1)
    engine.dispose()
    (tmp_path / "tracker.db").write_bytes(b"no database")
    with pytest.raises(StorageError):
        await backup(world(engine, tmp_path, backup_keep_days=1))
    assert len(names(tmp_path)) == 30


async def test_with_0_days_none_is_made(engine: Engine, tmp_path: Path) -> None:
    await backup(world(engine, tmp_path, backup_keep_days=0))
    assert names(tmp_path) == []


async def test_the_doctor_tells_the_newest_copy_of_this_database_and_its_age(engine: Engine, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    def told() -> list[str]:
        return [check.says for check in newest_copy(settings) if check.level is Level.OK]

    settings.backup_dir.mkdir()
    (settings.backup_dir / "tracker-2026-01-19.dump").write_bytes(b"of the database before this one")
    assert told()[0].startswith(f"none of this database in {settings.backup_dir} yet; `tracker run` makes one")
    await backup(world(engine, tmp_path))
    path = path_of(settings, engine, NOW)
    assert told()[0].startswith(f"the newest is {path}, of ")
    assert told()[0].endswith("less than a day old")
    made = (datetime.now(UTC) - timedelta(days=2, hours=1)).timestamp()
    os.utime(path, (made, made))
    assert told()[0].endswith("2 days old")
    settings = Settings(data_dir=tmp_path, backup_keep_days=0)
    assert told()[-1].startswith("`backup_keep_days` is 0, so the daemon makes none")

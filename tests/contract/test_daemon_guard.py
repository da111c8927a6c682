"""A job of the daemon that fails is logged, noted once it lasts, told by the report, and forgotten when it works."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db.engine import reading
from db.ops import incidents
from jobs.process.guard import Guard
from jobs.publish import report
from jobs.settings import Settings
from tracker.errors import StorageError

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Log:
    """Keeps what is logged."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, Any]]] = []

    def error(self, event: str, **values: Any) -> None:
        self.lines.append((event, values))

    info = error


class Work:
    """A job that fails as long as it is told to."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error

    async def __call__(self) -> bool:
        if self.error:
            raise self.error
        return True


def runs(engine: Engine, work: Work, log: Log, times: int, *, stopping: bool = False) -> None:
    run = Guard(engine, log, lambda: NOW, lambda: stopping).around("fetch", work)

    async def all_of_them() -> None:
        for _ in range(times):
            await run()

    asyncio.run(all_of_them())


def lasting(engine: Engine) -> list[str]:
    with reading(engine) as opened:
        return [f"{trouble.name}: {trouble.what}" for trouble in incidents.lasting(opened)]


def coverage_page(engine: Engine, folder: Path) -> str:
    report.write(engine, Settings(data_dir=folder), folder / "site", NOW)
    return (folder / "site" / "coverage" / "index.html").read_text("utf-8")


def test_three_failures_in_a_row_are_told_by_the_report_and_said_once_a_minute(engine: Engine, tmp_path: Path) -> None:
    log, work = Log(), Work(StorageError("the disk is full: make room"))
    runs(engine, work, log, 2)
    assert lasting(engine) == []
    runs(engine, work, log, 1)
    assert lasting(engine) == ["job fetch: the disk is full: make room"]
    assert "the disk is full: make room" in coverage_page(engine, tmp_path)
    assert [event for event, _ in log.lines] == ["failed", "failed"]  # two guards, each within its minute
    assert log.lines[1][1]["times"] == 3


def test_a_bug_is_no_traceback_for_the_scheduler_and_its_text_is_kept(engine: Engine) -> None:
    log = Log()
    runs(engine, Work(IndexError("list index out of range")), log, 3)
    assert lasting(engine) == [
        "job fetch: the program failed (IndexError: list index out of range); please report this"
    ]
    assert isinstance(log.lines[0][1]["exc_info"], IndexError)


def test_a_job_that_works_again_is_no_trouble_any_more(engine: Engine, tmp_path: Path) -> None:
    log, work = Log(), Work(StorageError("locked"))
    runs(engine, work, log, 3)
    work.error = None
    runs(engine, work, log, 2)
    assert lasting(engine) == []
    assert "out of order" not in coverage_page(engine, tmp_path)
    assert [event for event, _ in log.lines] == ["failed", "works again"]


def test_what_fails_while_the_daemon_stops_is_no_failure(engine: Engine) -> None:
    log = Log()
    runs(engine, Work(StorageError("closed")), log, 5, stopping=True)
    assert (log.lines, lasting(engine)) == ([], [])

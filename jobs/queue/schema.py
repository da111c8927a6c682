"""Procrastinate's own tables, in the tracker's database: made where they are missing, brought to the version that is
installed where they are older. Which they are of is noted as a comment on its main table, so that it goes
with it. And how many workers that queue has."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.failures import as_storage_errors, describe
from db.versions import MIGRATION_LOCK
from tracker.errors import SettingsError, StorageError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from jobs.settings import Settings

OURS = "tracker: "
"""How the comment begins; behind it stands the last of Procrastinate's migrations that was applied."""
_NOTED = "SELECT to_regclass('procrastinate_jobs') IS NOT NULL, obj_description(to_regclass('procrastinate_jobs'))"
STALLED_S = 20.0
"""A worker that was not heard for five beats is gone, or held still: its tasks are given to others."""
_THERE = "SELECT to_regclass('procrastinate_workers') IS NOT NULL"
_ENDS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '{} seconds'"


def ready(engine: "Engine", settings: "Settings") -> None:
    """Where workers share the work, the queue's tables are there and of the installed version. Raises SettingsError
    where the database is none that can hold a queue, StorageError where its tables are not ours to change."""
    if not settings.workers:
        return
    if engine.dialect.name != "postgresql":
        raise SettingsError("`workers = true` needs PostgreSQL: set database_url to one, or workers = false")
    try:
        from procrastinate.schema import SchemaManager
    except ModuleNotFoundError:
        raise SettingsError("workers need their queue: pip install 'procedure-tracker[postgres]'") from None
    steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    with as_storage_errors(engine.url), engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        there, noted = connection.exec_driver_sql(_NOTED).one()
        scripts = _scripts(there, noted or "", steps, SchemaManager.get_schema(), describe(engine.url))
        own: Any = connection.connection.driver_connection
        for script in scripts:
            own.execute(script)  # several statements in one text, which only the driver takes
        if scripts:
            connection.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{OURS}{steps[-1].stem}'")


def _scripts(there: bool, noted: str, steps: list[Path], schema: str, where: str) -> list[str]:
    """What is to be run: all of it, the migrations since the last one, or nothing."""
    if not there:
        return [schema]
    if not noted.startswith(OURS):
        raise StorageError(
            f"database {where}: another program keeps its Procrastinate queue there: give the tracker a database of "
            "its own, or a schema of its own by `options=-csearch_path%3Dtracker` in the address"
        )
    last = noted.removeprefix(OURS)
    if last > steps[-1].stem:
        raise StorageError(f"database {where}: a newer Procrastinate made its queue: upgrade this installation")
    return [step.read_text("utf-8") for step in steps if step.stem > last]


def count_workers(session: "Session") -> int:
    """Each shows twice in the queue: it has two ends there. None where there is no queue yet, as on SQLite."""
    connection = session.connection()
    if connection.dialect.name != "postgresql" or not connection.exec_driver_sql(_THERE).scalar_one():
        return 0
    ends = int(connection.exec_driver_sql(_ENDS.format(STALLED_S)).scalar_one())
    return (ends + 1) // 2

"""The database server goes away and comes back under a daemon and its workers: they go on (long: its own server)."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import migrate, open_database
from db.feeds import feeds
from db.sessions import session
from support.processes.chaos import Postgres
from support.processes.daemon import Site
from support.processes.workers import count, execute, processes, until

STORIES = 4
READ = "article WHERE reader_version <> ''"


@pytest.mark.long
def test_daemon_and_workers_outlast_an_outage_of_the_database(tmp_path: Path) -> None:
    """PostgreSQL alone: SQLite has no server."""
    # Not under pytest's folders: run as root, the server changes to a user who may not enter them.
    with tempfile.TemporaryDirectory(prefix="tracker-pg-") as folder:
        postgres, site = Postgres(Path(folder)), Site()
        engine = open_database(postgres.url)
        migrate(engine)
        with session(engine) as opened:
            feeds.add(opened, site.feed("paper"), datetime.now(UTC))
        with processes(postgres.url, tmp_path) as running:
            daemon, worker = running.start("daemon", "run"), running.start("worker", "worker")
            for rounds in (1, 2):
                for _ in range(STORIES):
                    site.news("paper")
                execute(engine, "UPDATE feed SET next_poll = now()")
                until(lambda rounds=rounds: count(engine, READ) == rounds * STORIES, told=running.told)  # type: ignore[misc]
                if rounds == 1:
                    postgres.stop()
                    time.sleep(8)  # longer than a look of whoever leads
                    postgres.start()
                    engine.dispose()
            assert daemon.events("leads again")
            worker.end()
            daemon.end()
        site.close()
        engine.dispose()
        postgres.stop()

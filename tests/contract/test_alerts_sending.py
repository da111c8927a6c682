"""Alerts on a real mail server and a real webhook, decided from a real database on both engines."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import migrate, open_database, reading
from db.ops import incidents
from db.sessions import session
from db.values import AlertState
from jobs.alerts.sending import FILE, AlertStore, UndeliveredError, alert_failure, alert_on_failure, send_due
from jobs.settings import Settings
from jobs.store import open_store
from support.mail.sending import Clock
from support.mail.server import MailServer
from support.servers.webhook import Hook, webhook
from tracker.errors import StorageError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OPS, BOSS = "ops@example.org", "boss@example.org"
WHAT = "job report: report: cannot be written; check its owner (3 times since 2026-11-23 12:00 UTC)"


@pytest.fixture
def hook() -> Iterator[tuple[type[Hook], str]]:
    with webhook() as running:
        yield running


class Watch:
    """A database with one job that keeps failing, and rounds of alerts."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine, self.settings, self.clock, self.memory = (
            engine,
            settings,
            Clock(NOW),
            AlertStore(settings.data_dir),
        )
        self.warned: list[str] = []
        self.fails()

    def fails(self) -> None:
        with session(self.engine) as opened:
            for _ in range(incidents.LASTING):
                incidents.note(opened, "job report", "report: cannot be written; check its owner", NOW)

    def works(self) -> None:
        with session(self.engine) as opened:
            incidents.end(opened, "job report")

    def rounds(self, minutes: int) -> list[str]:
        """A round every two minutes, each as if by a new process; `began failing-job-report` for each line told."""
        said = []
        for _ in range(minutes // 2):
            self.clock.advance(minutes=2)
            told = send_due(self.engine, self.settings, self.memory, self.clock(), self.warned.append)
            said += [f"{line.phase} {line.alert.kind}" for line in told]
        return said


def test_a_problem_reaches_a_mailbox_and_a_webhook_once_and_so_does_its_end(
    engine: Engine, server: MailServer, tmp_path: Path, hook: tuple[type[Hook], str]
) -> None:
    kind, address = hook
    watch = Watch(engine, server.settings(tmp_path, alert_to=f"{OPS}, {address}"))
    assert watch.rounds(40) == ["began failing-job-report"]
    watch.memory = AlertStore(tmp_path)  # a restart repeats nothing
    assert watch.rounds(40) == []
    watch.works()
    assert watch.rounds(40) == ["over failing-job-report"]
    first, last = server.box.to(OPS)
    assert str(first["Subject"]).startswith("tracker.example: job report: report: cannot be written")
    assert (first["Auto-Submitted"], first["From"]) == ("auto-generated", "Tracker <digest@tracker.example>")
    text = first.get_content().replace("\r\n", "\n")
    assert text.startswith(f"GRAVE PROBLEM since 2026-11-23 12:02 UTC:\n    {WHAT}\n    What to do: ")
    assert str(last["Subject"]).startswith("tracker.example: over: job report")
    assert [message["title"] for message in kind.got] == [str(first["Subject"]), str(last["Subject"])]
    assert kind.got[0]["message"].startswith("GRAVE PROBLEM since")
    with reading(engine) as opened:
        assert [alert.state for alert in incidents.alerts(opened).values()] == [AlertState.CLOSED]
    assert watch.warned == []


def test_a_refused_mail_is_told_by_the_webhook_with_the_reason(
    engine: Engine, server: MailServer, tmp_path: Path, hook: tuple[type[Hook], str]
) -> None:
    kind, address = hook
    server.faults.refused = frozenset({OPS})
    watch = Watch(engine, server.settings(tmp_path, alert_to=f"{address} {OPS} {BOSS}"))
    assert watch.rounds(40) == ["began failing-job-report"]
    assert len(server.box.to(BOSS)) == len(kind.got) == 1
    assert f"could not be sent to all:\n    {OPS}: 550 5.1.1 no such mailbox" in kind.got[0]["message"]
    assert watch.warned == [f"alert to {OPS}: 550 5.1.1 no such mailbox"]


def test_what_reaches_nobody_is_a_failure_of_the_job_and_sent_when_it_can_be(
    engine: Engine, server: MailServer, tmp_path: Path, hook: tuple[type[Hook], str]
) -> None:
    kind, address = hook
    kind.status = 503
    good = server.settings(tmp_path, alert_to=f"{OPS} {address}")
    watch = Watch(engine, good.model_copy(update={"smtp_port": 1}))
    watch.rounds(10)
    for _ in range(3):
        with pytest.raises(
            UndeliveredError, match=r"ops@example\.org: localhost:1 does not answer.*json://…: the channel"
        ):
            watch.rounds(2)
    watch.settings = good
    assert watch.rounds(2) == ["began failing-job-report"]
    assert watch.rounds(60) == []
    assert len(server.box.to(OPS)) == 1


def test_with_nobody_named_the_log_is_told_once(engine: Engine, tmp_path: Path) -> None:
    watch = Watch(engine, Settings(data_dir=tmp_path))
    assert watch.rounds(60) == ["began failing-job-report"]


def break_file(path: Path) -> Callable[[], None]:
    """The database becomes noise; gives what puts it back."""
    kept = path.with_suffix(".kept")
    shutil.copy(path, kept)
    path.write_bytes(b"noise" * 5000)

    def mend() -> None:
        shutil.copy(kept, path)

    return mend


def test_a_damaged_database_is_told_once_though_nothing_can_be_noted_in_it(server: MailServer, tmp_path: Path) -> None:
    # SQLite only: bytes of its file are damaged here
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(engine)
    watch = Watch(engine, server.settings(tmp_path, alert_to=OPS))
    watch.works()
    watch.rounds(4)
    engine.dispose()
    for end in ("-wal", "-shm"):
        (tmp_path / f"tracker.db{end}").unlink(missing_ok=True)
    mend = break_file(tmp_path / "tracker.db")
    assert watch.rounds(30) == ["began database"]
    watch.memory = AlertStore(tmp_path)
    assert watch.rounds(30) == [], "a restart repeats nothing"
    engine.dispose()
    mend()
    assert watch.rounds(60) == ["over database"]
    assert not (tmp_path / FILE).exists()
    (first, last) = server.box.to(OPS)
    assert "it is not a database, or its beginning is damaged" in first.get_content().replace("\r\n", " ")
    assert str(last["Subject"]).startswith("tracker.example: over: database ")
    assert watch.clock() - NOW < timedelta(hours=3)


def test_a_daemon_that_ends_at_every_start_is_told_once(server: MailServer, tmp_path: Path) -> None:
    # SQLite only: what ends it is the same on both, and a file is damaged in a line.
    settings = server.settings(tmp_path, alert_to=OPS)
    (tmp_path / "tracker.db").write_bytes(b"noise" * 5000)
    for minute in range(0, 40, 5):
        alert_failure(settings, StorageError("it is not a database"), NOW + timedelta(minutes=minute))
    (mail,) = server.box.to(OPS)
    assert "it is not a database, or its beginning is damaged" in " ".join(mail.get_content().split())


def test_what_ends_the_daemon_ends_it_still_and_is_noted(server: MailServer, tmp_path: Path) -> None:
    # SQLite only: a damaged file is made in a line, and what ends a daemon does so on both.
    settings = server.settings(tmp_path, alert_to=OPS)
    (tmp_path / "tracker.db").write_bytes(b"noise" * 5000)
    with pytest.raises(StorageError, match="not a database"), alert_on_failure(settings), open_store(settings):
        pass
    assert list(AlertStore(tmp_path).known) == ["database"]


def test_a_database_from_before_the_first_release_is_told_once_and_not_asked(
    engine: Engine, server: MailServer, tmp_path: Path
) -> None:
    settings = server.settings(tmp_path, alert_to=OPS, database_url=engine.url.render_as_string(hide_password=False))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE restore")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0010'")
    for minute in range(0, 40, 5):
        alert_failure(settings, StorageError("its version 0010 cannot be read"), NOW + timedelta(minutes=minute))
    (mail,) = server.box.to(OPS)
    assert "the daemon ended: its version 0010 cannot be read" in " ".join(str(mail["Subject"]).split())


def test_nobody_is_told_twice_of_what_else_ends_it(engine: Engine, server: MailServer, tmp_path: Path) -> None:
    settings = server.settings(tmp_path, alert_to=OPS, database_url=engine.url.render_as_string(hide_password=False))
    for minute in range(0, 40, 5):
        alert_failure(
            settings, StorageError("a newer version of the tracker wrote it"), NOW + timedelta(minutes=minute)
        )
    (mail,) = server.box.to(OPS)
    assert "the daemon ended: a newer version of the tracker wrote it" in str(mail["Subject"])
    send_due(engine, settings, AlertStore(tmp_path), NOW + timedelta(minutes=50), print)
    send_due(engine, settings, AlertStore(tmp_path), NOW + timedelta(minutes=61), print)
    assert [str(mail["Subject"]).split(": ")[1] for mail in server.box.to(OPS)] == ["the daemon ended", "over"]

"""Two processes that send at once, as on two machines, and a sender that loses the database's lock: everybody gets
everything once."""

import subprocess
import sys
from os import environ
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.locks import sender_lock
from support.commands.environment import SCRIPTS
from support.mail.news import MONDAY, add_entry, add_reader
from support.mail.sending import BEFORE, World
from support.mail.server import Faults, MailServer, start_server
from support.processes.workers import execute

READERS = 30
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def add_readers(engine: Engine) -> None:
    add_entry(engine, "one", BEFORE)
    for number in range(READERS):
        add_reader(engine, f"r{number}@example.org", BEFORE)


def got(server: MailServer) -> list[str]:
    return sorted(to for to, _ in server.box.taken)


EVERYBODY = sorted(f"r{number}@example.org" for number in range(READERS))


@pytest.mark.slow
@on_postgresql
def test_two_processes_on_two_machines_send_each_mail_once(
    engine: Engine, database_url: str, server: MailServer, tmp_path: Path
) -> None:
    add_readers(engine)
    senders = []
    for machine in ("a", "b"):
        (tmp_path / machine).mkdir()
        command = [sys.executable, "-m", "support.processes.mail_sender", database_url, str(tmp_path / machine)]
        command.append(str(server.port))
        env = environ | SCRIPTS | {"SSL_CERT_FILE": str(server.ca)}
        senders.append(subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    told = "".join(f"{MONDAY.isoformat()}\n" for _ in range(3))
    for sender in senders:
        assert sender.stdin is not None
        sender.stdin.write(told)
        sender.stdin.flush()
    for sender in senders:
        sender.communicate(timeout=120)
    assert got(server) == EVERYBODY


@on_postgresql
def test_what_is_let_go_of_is_free_at_once(engine: Engine) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
    with engine.connect() as other:
        for _ in range(20):
            with sender_lock(engine) as hold:
                assert hold
                assert other.exec_driver_sql(held).scalar() == 1
            assert other.exec_driver_sql(held).scalar() == 0


@on_postgresql
def test_a_sender_that_the_database_no_longer_knows_sends_no_further_mail(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def cut(step: str) -> None:
        taken.extend([step] if step == "taken" else [])
        if step == "taken" and len(taken) == 5:
            lock = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            execute(engine, f"{lock} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")

    server = start_server(tmp_path, Faults(watch=cut))
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))
    try:
        world = World(engine, server, tmp_path)
        world.settings = world.settings.model_copy(update={"smtp_connections": 1})
        add_readers(engine)
        assert world.round() == {"sent": 5}
        assert "no longer knows this process as the only sender" in "".join(world.warned)
        assert world.round() == {"sent": READERS - 5}
        assert got(server) == EVERYBODY
    finally:
        server.stop()

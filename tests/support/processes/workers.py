"""A running `tracker run` or `tracker worker` on PostgreSQL, and what the database knows."""

import json
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from support.commands.environment import TRACKER
from support.processes.daemon import settings

PATIENCE_S = 300
"""A busy machine needs half a minute for a start."""


class Process:
    """A command that runs until it is ended, and the events that it has logged."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], folder: Path) -> None:
        self.name, self._log = name, folder / f"{name}.log"
        folder.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            self.process = subprocess.Popen([TRACKER, *command], stderr=log, env=env, cwd=folder)

    def events(self, name: str) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self._log.read_text().splitlines() if line.endswith("}")]
        return [event for event in found if event["event"] == name]

    def wait_for(self, name: str, patience_s: float = PATIENCE_S) -> None:
        """Until it logs such an event."""
        until(lambda: self.events(name), patience_s, self.told)

    def told(self) -> str:
        return f"{self.name}:\n{self._log.read_text()}"

    def end(self, number: int = signal.SIGTERM) -> None:
        """Until it has ended."""
        self.process.send_signal(number)
        self.process.wait(timeout=PATIENCE_S)


class Processes:
    """Any number of them on one database, each with a folder of its own as on a machine of its own."""

    def __init__(self, database_url: str, folder: Path, **given: object) -> None:
        self._url, self._folder, self._given = database_url, folder, given
        self.all: list[Process] = []

    def start(self, name: str, *command: str) -> Process:
        folder = self._folder / name
        given: dict[str, object] = {"database_url": self._url, "workers": True, "web_port": free_port(), **self._given}
        process = Process(name, list(command), settings(folder, **given), folder)
        self.all.append(process)
        return process

    def told(self) -> str:
        return "\n".join(process.told() for process in self.all)


@contextmanager
def processes(database_url: str, folder: Path, **given: object) -> Iterator[Processes]:
    """None of them outlives the block."""
    found = Processes(database_url, folder, **given)
    try:
        yield found
    finally:
        for process in found.all:
            if process.process.poll() is None:
                process.process.kill()
                process.process.wait()


def until(there: Callable[[], object], patience_s: float = PATIENCE_S, told: Callable[[], str] = str) -> None:
    """Waits until something is so."""
    deadline = time.monotonic() + patience_s
    while not there():
        assert time.monotonic() < deadline, told()
        time.sleep(0.05)


def count(engine: Engine, what: str) -> int:
    """`count(engine, "article WHERE read_at IS NULL")`."""
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())


def execute(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port

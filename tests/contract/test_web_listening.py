"""A port that is held when the daemon starts, an address of another machine: the website comes as soon as it can, and
people know meanwhile."""

import asyncio
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from structlog.testing import CapturingLogger

from db.engine import reading
from db.ops import incidents
from jobs.checks.catalogue import lasting, problems
from jobs.checks.check import Problem
from jobs.process.lock import only_one
from jobs.settings import Settings
from jobs.web import server
from jobs.web.metrics import Meter
from jobs.web.server import serving
from support.web.site import PATIENCE_S


def told(engine: Engine, settings: Settings) -> list[Problem]:
    """What doctor, alerts and `tracker_problem` say of the website while a daemon runs."""
    with only_one(settings.data_dir):
        return [problem for problem in problems(engine, settings, datetime.now(UTC)) if problem.kind == "website"]


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not true():
            await asyncio.sleep(0.01)


async def test_a_port_that_is_held_is_a_problem_until_it_is_free(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "RETRY_S", 0.05)
    log = CapturingLogger()
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        settings = Settings(data_dir=tmp_path, web_port=port, database_url=engine.url.render_as_string(False))
        async with serving(engine, settings, log, Meter()) as web:
            assert web.status.startswith(f"does not serve 127.0.0.1:{port}")
            await until(lambda: told(engine, settings))
            await asyncio.sleep(0.3)  # for some more tries
            (problem,) = told(engine, settings)
            assert problem.grave
            assert "address already in use" in problem.what.lower()
            with only_one(tmp_path):
                assert any(check.name == "web" for check in lasting(settings))
            with reading(engine) as opened:
                assert incidents.shown_to_readers(opened) == (), "no change is missed, so the report does not tell it"
            holder.close()
            await until(lambda: web.status.startswith("serves "))
            await until(lambda: not told(engine, settings))
            assert socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S).close() is None
    assert [(call.args, call.method_name) for call in log.calls] == [
        (("not serving",), "error"),
        (("serving",), "info"),
    ]


async def test_an_address_of_another_machine_is_a_problem(engine: Engine, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, web_host="192.0.2.1")
    async with serving(engine, settings, CapturingLogger(), Meter()):
        await until(lambda: told(engine, settings))
    assert "192.0.2.1:8321" in told(engine, settings)[0].what
    assert [one for one in problems(engine, settings, datetime.now(UTC)) if one.kind == "website"] == [], "none runs"

"""What the daemon tells the service manager, over real datagrams."""

import asyncio
import os
import time
import uuid
from datetime import UTC
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from jobs.process.notify import Notifier
from support.processes.notify_socket import listening


def test_it_says_how_it_stands(tmp_path: Path) -> None:
    with listening(tmp_path / "notify") as heard:
        notifier = Notifier({"NOTIFY_SOCKET": str(tmp_path / "notify")})
        before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        notifier.ready("serves\nhttp://127.0.0.1/")
        notifier.reloading()
        notifier.stopping()
        ready, reloading, stopping = heard.all()
    assert ready == {"READY": "1", "STATUS": "serves http://127.0.0.1/"}
    assert reloading["RELOADING"] == "1"
    assert before <= int(reloading["MONOTONIC_USEC"]) <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    assert stopping == {"STOPPING": "1"}


def test_the_socket_may_be_in_the_abstract_namespace() -> None:
    name = f"@tracker-{uuid.uuid4().hex}"
    with listening(name) as heard:
        Notifier({"NOTIFY_SOCKET": name}).stopping()
        assert heard.names() == ["STOPPING"]


def test_nobody_to_tell_is_no_trouble(tmp_path: Path) -> None:
    Notifier({}).ready("")
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready("")


async def test_the_watchdog_is_fed_while_the_loop_and_the_scheduler_turn(tmp_path: Path) -> None:
    given = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "200000", "WATCHDOG_PID": str(os.getpid())}
    with listening(tmp_path / "notify") as heard:
        scheduler = AsyncIOScheduler(timezone=UTC)
        Notifier(given).feed_watchdog(scheduler)
        scheduler.start()
        await asyncio.sleep(0.55)
        turning = len(heard.names())
        assert turning >= 4
        time.sleep(0.5)
        assert len(heard.names()) == turning
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0.05)
        stopped = len(heard.names())
        await asyncio.sleep(0.3)
        assert len(heard.names()) == stopped


async def test_another_process_s_watchdog_is_not_ours_to_feed(tmp_path: Path) -> None:
    given = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "100000", "WATCHDOG_PID": "1"}
    with listening(tmp_path / "notify") as heard:
        scheduler = AsyncIOScheduler(timezone=UTC)
        Notifier(given).feed_watchdog(scheduler)
        assert (scheduler.get_jobs(), heard.all()) == ([], [])

"""From a council's record to the page, the calendar and the mails, by the commands that people use."""

import asyncio
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from support.commands.environment import TRACKER
from support.commands.shell import Shell, assert_one_line
from support.mail.server import PASSWORD, USER, MailServer, start_server
from support.sources.council import CouncilRecord, council
from tracker.publish.words import day

RULE = "An ordinance amending the city code to require lamps on carts at night, prohibiting carts without lamps"
PATIENCE_S = 90
ADA, BOB = "ada@example.org", "bob@example.org"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    running = start_server(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def shell(
    tmp_path: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    found = Shell(tmp_path, monkeypatch, capsys)
    settings = {
        "SMTP_HOST": "localhost",
        "SMTP_PORT": str(server.port),
        "SMTP_USER": USER,
        "SMTP_PASSWORD": PASSWORD,
        "MAIL_FROM": "digest@tracker.example",
        "WEB_URL": "https://tracker.example",
        "ALLOW_PRIVATE_ADDRESSES": "true",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"TRACKER_{name}", value)
    monkeypatch.setenv("SSL_CERT_FILE", str(server.ca))
    return found


async def test_what_comes_up_from_the_record_to_the_page_and_the_mail(shell: Shell, server: MailServer) -> None:
    async def run(*arguments: str) -> str:
        result = await asyncio.to_thread(shell.run, *arguments)
        assert result.status == 0, result.err
        return result.out

    async with council() as record:
        held = _first(record)
        await run("sources", "add", record.base, "--kind", "legistar", "--home", "Milwaukee, WI")
        await run("poll", "--all")
        await run("report", "--out", "site")
        assert f"{held:%A}, {day(held)}" in (shell.folder / "site/coming/index.html").read_text("utf-8")
        (event,) = icalendar.Calendar.from_ical((shell.folder / "site/wi/milwaukee/coming.ics").read_bytes()).walk(
            "VEVENT"
        )
        assert event.start.isoformat() == f"{held}T13:30:00-0{5 if event.start.dst() else 6}:00"
        await run("subscribers", "add", ADA, "--place", "Milwaukee, WI", "--agenda", "--confirmed")
        await run("subscribers", "add", BOB, "--words", "parade permits", "--matter", "26-9", "--confirmed")
        listed = await run("subscribers", "list", "--json")
        assert '"agenda": true, "matters": ["26-9"], "words": ["parade permits"]' in listed
        assert "26-1: An ordinance" in await run("digest", "preview", "--to", ADA, "--agenda")
        assert "Coming up" in await run("digest", "preview", "--place", "Wisconsin")
        assert await run("digest", "send", "--now") == "1 mail sent.\n"
        assert await run("digest", "send", "--now") == "0 mails sent.\n"
    (mail,) = server.box.mails()
    assert mail["To"] == ADA
    assert "26-1: An ordinance" in str(mail["Subject"])


@pytest.mark.slow
async def test_the_daemon_polls_the_record_and_tells_who_watches(shell: Shell, server: MailServer) -> None:
    async def run(*arguments: str) -> None:
        result = await asyncio.to_thread(shell.run, *arguments)
        assert result.status == 0, result.err

    async with council() as record:
        _first(record)
        await run("sources", "add", record.base, "--kind", "legistar", "--home", "Milwaukee, WI")
        watched = ("--place", "Wisconsin", "--agenda", "--hour", "0", "--timezone", "UTC", "--confirmed")
        await run("subscribers", "add", ADA, *watched)
        log = shell.folder / "daemon.log"
        with log.open("wb") as file, socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            env = os.environ | {"TRACKER_WEB_PORT": str(listening.getsockname()[1])}
            listening.close()
            daemon = subprocess.Popen([TRACKER, "run"], env=env, stderr=file, cwd=shell.folder)
        try:
            for _ in range(PATIENCE_S * 5):
                if server.box.to(ADA):
                    break
                await asyncio.sleep(0.2)
        finally:
            daemon.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(daemon.wait, PATIENCE_S) == 0
    assert ["26-1: An" in str(mail["Subject"]) for mail in server.box.to(ADA)] == [True], log.read_text()


def _first(record: CouncilRecord) -> date:
    today = datetime.now(UTC).date()
    record.today, held = today, today + timedelta(days=5)
    record.matter(1, RULE, introduced=today - timedelta(days=6))
    record.meeting(7, held, "1:30 PM", 1)
    return held


def test_what_makes_no_sense_is_said(shell: Shell) -> None:
    for arguments, says in (
        (("subscribers", "add", ADA, "--agenda", "--stage", "adopted"), "leave out the stages"),
        (("subscribers", "add", ADA, "--words", " ;, "), "nothing to watch"),
        (("digest", "preview", "--agenda"), "--to ADDRESS"),
        (("digest", "preview", "--agenda", "--to", ADA), "there is no subscriber"),
    ):
        result = shell.run(*arguments)
        assert result.status in (1, 2)
        assert_one_line(result.err, says)

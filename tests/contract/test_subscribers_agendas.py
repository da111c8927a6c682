"""Hearings in mails, over real HTTP from a council and real SMTP to a reader: each told once, and again only if it
moved or was taken off; agendas that somebody watches, one mail a day at most."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import reading
from db.mail import doubtful_mails, subscribers
from db.sessions import session
from jobs.mail import agenda, preview
from jobs.mail.mailing import Mailing
from support.commands.environment import SCRIPTS
from support.mail.news import MILWAUKEE, MONDAY, add_reader
from support.mail.sending import ADA, BEFORE, BOB, World
from support.mail.server import Faults, MailServer, start_server
from support.sources.council import CouncilRecord, council, poll
from tracker.errors import BadInput
from tracker.publish.mail.subscribers import Frequency, Subscription

RULE = "An ordinance amending the city code to require lamps on carts at night, prohibiting carts without lamps"
READERS = "Resolution approving a contract for license plate readers"
TUESDAY, LATER, FAR = date(2026, 12, 1), date(2026, 12, 8), date(2027, 1, 12)
WATCHED = Subscription(place=MILWAUKEE, agenda=True)
HOUR = timedelta(hours=1)


@pytest.fixture
async def record(engine: Engine) -> AsyncIterator[CouncilRecord]:
    """A council with a matter that counts and one that does not, both on Tuesday's agenda; polled before the hour."""
    async with council() as found:
        found.today = BEFORE.date()
        found.matter(1, RULE, introduced=date(2026, 11, 17))
        found.matter(2, READERS)
        found.meeting(7, TUESDAY, "1:30 PM", 1, 2)
        await poll(engine, found, BEFORE)
        yield found


def text(world: World, address: str = ADA) -> str:
    """The plain text of the last mail to somebody."""
    part = world.server.box.to(address)[-1].get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


async def test_the_digest_begins_with_what_comes_up_and_tells_it_once(world: World, record: CouncilRecord) -> None:
    add_reader(world.engine, ADA, BEFORE, Subscription(place=MILWAUKEE))
    assert world.round() == {"sent": 1}
    assert text(world).index("Coming up") < text(world).index("New")
    assert "Tuesday, December 1, 2026, 1:30 p.m.\n    Milwaukee, Wisconsin: 26-1: An ordinance" in text(world)
    assert "26-2" not in text(world), "a matter that is no rule is not followed"
    world.clock.advance(days=7)
    assert world.round() == {"sent": 1}
    assert "26-1" not in text(world).partition("Why you get this")[0].partition("New")[0]


async def test_what_moves_is_told_again_once_by_what_was_told(world: World, record: CouncilRecord) -> None:
    add_reader(world.engine, ADA, BEFORE, Subscription(place=MILWAUKEE), frequency=Frequency.DAILY)
    world.round()
    record.meeting(7, LATER, "1:30 PM", 1, 2)
    await poll(world.engine, record, world.clock() + HOUR)
    for _ in range(3):
        world.clock.advance(days=1)
        world.round()
    assert world.subjects()[1:] == ["No new change, 1 hearing moved or taken off in Milwaukee"]
    moved = "Tuesday, December 8, 2026, 1:30 p.m. (moved from Tuesday, December 1,\n2026, 1:30 p.m.)"
    assert moved in text(world)


async def test_what_is_taken_off_is_told_to_who_was_told_of_it(world: World, record: CouncilRecord) -> None:
    add_reader(world.engine, ADA, BEFORE, Subscription(place=MILWAUKEE))
    world.round()
    add_reader(world.engine, BOB, BEFORE, Subscription(place=MILWAUKEE), frequency=Frequency.DAILY)
    record.vanish(7)
    record.meeting(8, FAR, "10:00 AM", body="Common Council")
    await poll(world.engine, record, world.clock() + HOUR)
    world.clock.advance(days=7)
    world.round()
    assert "Taken off the agenda of Tuesday, December 1, 2026, 1:30 p.m." in text(world)
    assert "Coming up" not in text(world, BOB), "to them it is no news"
    world.clock.advance(days=7)
    world.round()
    assert "Taken off" not in text(world)


async def test_a_digest_looks_two_weeks_ahead(world: World, record: CouncilRecord) -> None:
    record.meeting(9, FAR, "10:00 AM", 1, body="Common Council")
    await poll(world.engine, record, BEFORE + HOUR)
    add_reader(world.engine, ADA, BEFORE, Subscription(place=MILWAUKEE))
    world.round()
    assert "January" not in text(world)
    world.clock.at += timedelta(days=42)
    world.round()
    assert "Tuesday, January 12, 2027, 10:00 a.m." in text(world)


async def test_who_watches_agendas_gets_one_mail_a_day_and_no_digest(world: World, record: CouncilRecord) -> None:
    add_reader(world.engine, ADA, BEFORE, WATCHED)
    assert world.round() == {"sent": 1}
    assert world.subjects() == [
        "Tue, Dec 1: 26-1: An ordinance amending the city code to require lamps on carts at night,…"
    ]
    mail = world.server.box.to(ADA)[0]
    assert "unsubscribe" in mail["List-Unsubscribe"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "On agendas of Milwaukee, Wisconsin" in text(world)
    record.meeting(8, LATER, "10:00 AM", 1, body="Common Council")
    await poll(world.engine, record, world.clock() + HOUR)
    world.clock.advance(hours=2)
    assert world.round() == {}, "one a day"
    world.clock.advance(hours=15)
    assert world.round() == {}, "nobody is written to in the night"
    world.clock.advance(hours=8)
    assert world.round() == {"sent": 1}
    assert "December 8" in text(world)
    assert "December 1," not in text(world)
    world.clock.advance(days=7)
    assert world.round() == {}, "no quiet mails"


async def test_what_is_found_late_in_the_day_is_told_that_day(world: World, record: CouncilRecord) -> None:
    add_reader(world.engine, ADA, BEFORE, Subscription(words=("street lamps",), agenda=True))
    assert world.round() == {}
    record.matter(3, "Communication on street lamps")
    record.meeting(8, LATER, "10:00 AM", 3)
    await poll(world.engine, record, world.clock() + HOUR)
    world.clock.advance(hours=3)
    assert world.round() == {"sent": 1}


@pytest.mark.parametrize(
    ("watched", "told"),
    [
        (Subscription(agenda=True, words=("license plate readers",)), ["26-2"]),
        (Subscription(agenda=True, words=("plate lamps",)), []),
        (Subscription(agenda=True, matters=("26-2", "26-9")), ["26-2"]),
        (Subscription(agenda=True, words=("carts",), matters=(" 26-2",)), ["26-1", "26-2"]),
        (Subscription(agenda=True, place=MILWAUKEE, topics=("immigration",)), []),
        (Subscription(agenda=True, place="ocd-division/country:us/state:il"), []),
        (Subscription(agenda=True, place="ocd-division/country:us/state:wi"), ["26-1"]),
    ],
    ids=["words", "not all words", "matter", "either", "another topic", "another state", "state"],
)
async def test_what_is_watched(world: World, record: CouncilRecord, watched: Subscription, told: list[str]) -> None:
    add_reader(world.engine, ADA, BEFORE, watched)
    world.round()
    found = [name for name in ("26-1", "26-2") for mail in world.server.box.to(ADA) if f" {name}: " in text(world)]
    assert found == told


async def test_digest_and_watching_share_what_was_told(world: World, record: CouncilRecord) -> None:
    add_reader(world.engine, ADA, BEFORE, Subscription(place=MILWAUKEE), WATCHED)
    assert world.round() == {"sent": 1}, "the digest tells it first"
    assert "Coming up" in text(world)


async def test_composed_and_killed_before_sending_goes_out_once(world: World, record: CouncilRecord) -> None:
    add_reader(world.engine, ADA, BEFORE, WATCHED)
    mailing = Mailing.of(world.settings)
    assert agenda.prepare(world.engine, mailing, world.clock()) == 1
    assert agenda.prepare(world.engine, mailing, world.clock()) == 0
    assert world.round() == {"sent": 1}
    assert world.round() == {}


async def test_a_mail_that_is_refused_gives_back_what_it_was_to_tell(world: World, record: CouncilRecord) -> None:
    add_reader(world.engine, ADA, BEFORE, WATCHED)
    world.server.faults.share, world.server.faults.kinds = 1.0, ("spam",)
    assert world.round() == {"failed": 1}
    world.server.faults.share = 0.0
    world.clock.advance(days=1)
    assert world.round() == {"sent": 1}
    assert "26-1" in text(world)


async def test_a_mail_in_doubt_is_shown_and_can_be_told_again(world: World, record: CouncilRecord) -> None:
    reader = add_reader(world.engine, ADA, BEFORE, WATCHED)
    agenda.prepare(world.engine, Mailing.of(world.settings), world.clock())
    with session(world.engine) as opened:
        doubtful_mails.doubt_open_mails(opened)
        assert [(item.address, item.told) for item in doubtful_mails.doubtful(opened, BEFORE)] == [(ADA, 1)]
        assert doubtful_mails.tell_again(opened, reader.id) == 1
    world.clock.advance(days=1)
    assert world.round() == {"sent": 1}


async def test_a_preview_marks_nothing(world: World, record: CouncilRecord, tmp_path: Path) -> None:
    add_reader(world.engine, ADA, BEFORE, WATCHED)
    add_reader(world.engine, BOB, BEFORE, Subscription(place=MILWAUKEE))
    for _ in range(2):
        assert "26-1" in preview.compose_agenda(world.engine, world.settings, ADA, world.clock()).text
        assert "Coming up" in preview.compose_for(world.engine, world.settings, BOB, world.clock()).text
        files = sorted(path.name for path in preview.write_due(world.engine, world.settings, tmp_path, world.clock()))
        assert files == ["1-ada@example.org-agenda.eml", "2-bob@example.org.eml"]
    with pytest.raises(BadInput, match="watches no agenda"):
        preview.compose_agenda(world.engine, world.settings, BOB, world.clock())
    assert world.round() == {"sent": 2}
    with pytest.raises(BadInput, match="nothing is new"):
        preview.compose_agenda(world.engine, world.settings, ADA, world.clock())


async def test_who_leaves_before_it_goes_out_gets_nothing(world: World, record: CouncilRecord) -> None:
    reader = add_reader(world.engine, ADA, BEFORE, WATCHED)
    agenda.prepare(world.engine, Mailing.of(world.settings), world.clock())
    with session(world.engine) as opened:
        subscribers.end(opened, reader.id, world.clock())
    assert world.round() == {"dropped": 1}


class Killer:
    """Kills the sender once, when it comes to a step."""

    def __init__(self, step: str) -> None:
        self.step, self.victim = step, 0

    def watch(self, step: str) -> None:
        if step == self.step and self.victim:
            os.kill(self.victim, signal.SIGKILL)
            self.victim = 0


@pytest.mark.parametrize("step", ["rcpt", "data"])
async def test_a_sender_that_is_killed_is_made_good_by_the_next(
    engine: Engine, record: CouncilRecord, tmp_path: Path, step: str
) -> None:
    killer = Killer(step)
    server = start_server(tmp_path, Faults(watch=killer.watch))
    try:
        add_reader(engine, ADA, BEFORE, WATCHED)
        assert _rounds(engine, server, tmp_path, killer) == [-signal.SIGKILL, 0, 0]
        assert [str(mail["Subject"])[:13] for mail in server.box.to(ADA)] == ["Tue, Dec 1: 2"]
        with reading(engine) as opened:
            assert doubtful_mails.doubtful(opened, BEFORE) == []
    finally:
        server.stop()


def _rounds(engine: Engine, server: MailServer, folder: Path, killer: Killer) -> list[int]:
    """Three rounds of a real process, the first of which is killed; how each ended."""
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "support.processes.mail_sender", url, str(folder), str(server.port)]
    env = os.environ | SCRIPTS | {"SSL_CERT_FILE": str(server.ca)}
    ended = []
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(f"{(MONDAY + number * timedelta(minutes=20)).isoformat()}\n")
            process.stdin.flush()
            child = int(process.stdout.readline())
            killer.victim = child if number == 0 else 0
            ended.append(int(process.stdout.readline()))
        process.stdin.close()
    return ended

"""1,000 subscribers, 50 kills of the sender, a fifth of all attempts gone wrong, every other server refuses a mail that
it took before: everybody gets everything once."""

import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from os import environ, kill
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import migrate, open_database, reading
from db.mail import ledger, subscribers
from db.sessions import session
from db.values import MessageState
from support.commands.environment import SCRIPTS
from support.mail.news import CHICAGO, MILWAUKEE, MONDAY, WI, add_entry, revise
from support.mail.server import Faults, MailServer, start_server
from tracker.partial_date import PartialDate
from tracker.publish.mail.subscribers import Rhythm, Subscription

READERS = 1000
KILLS = 50
FAULTS = 0.2
GONE = 20
"""Addresses that the server refuses for good in the first week."""
WHILE_COMPOSING = 10
"""Kills, of all, that do not wait for a step: they fall within composing and storing, which takes some seconds."""
STEPS_A_KILL = (10, 120)
"""Steps of the dialogue (RCPT, DATA, taken) between two kills, so that they fall on every step and everywhere."""
TICK = timedelta(minutes=20)
"""Between two rounds: longer than the first pauses after a failure."""
MATTER = re.compile(r"matter (e\d)\.")
pytestmark = pytest.mark.long


class Killer:
    """Watches the server's steps and kills the sender at some of them, at any of the three."""

    def __init__(self, seed: int) -> None:
        self.random, self.left, self.kills = random.Random(seed), 10**9, 0
        self.victim = 0
        self.after_taking = 0

    def arm(self, victim: int) -> None:
        self.victim, self.left = victim, self.random.randint(*STEPS_A_KILL)
        if self.kills < WHILE_COMPOSING:
            self.left = 10**9
            self.kills += 1
            self.after_taking += 1  # composing may be over by then: nobody saw at which step it fell
            time.sleep(self.random.uniform(0.0, 1.5))
            kill(victim, signal.SIGKILL)

    def watch(self, step: str) -> None:
        self.left -= 1
        if self.left == 0 and self.kills < KILLS:
            self.kills += 1
            self.after_taking += step == "taken"
            kill(self.victim, signal.SIGKILL)


class Sender:
    """The process that forks senders."""

    def __init__(self, url: str, folder: Path, server: MailServer, killer: Killer) -> None:
        command = [sys.executable, "-m", "support.processes.mail_sender", url, str(folder), str(server.port)]
        env = environ | SCRIPTS | {"SSL_CERT_FILE": str(server.ca)}
        self._process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._killer = killer

    def round(self, now: datetime) -> int:
        """One round; the exit status, negative where it was killed."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{now.isoformat()}\n")
        stdin.flush()
        self._killer.arm(int(stdout.readline()))
        status = int(stdout.readline())
        self._killer.left = 10**9
        return status

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(opened)
    yield opened
    opened.dispose()


def add_readers(engine: Engine, at: datetime) -> None:
    """A third follow the state, a third the city, a third the city's immigration matters only."""
    follows = (
        Subscription(place=WI),
        Subscription(place=MILWAUKEE),
        Subscription(place=MILWAUKEE, topics=("immigration",)),
    )
    with session(engine) as opened:
        for number in range(READERS):
            reader, _ = subscribers.add(
                opened, f"r{number}@example.org", Rhythm(timezone=CHICAGO), [follows[number % 3]], at
            )
            subscribers.confirm(opened, reader.id, at)


def refuses_doubles(address: str) -> bool:
    """True where the reader's server refuses a Message-ID that it took before."""
    return address.partition("@")[0][-1] in "13579"


def until_done(engine: Engine, sender: Sender, now: datetime) -> datetime:
    """Rounds until nothing is left to send; the moment of the last."""
    for _ in range(400):
        status = sender.round(now)
        with reading(engine) as opened:
            waiting = sum(ledger.count_open(opened, now))
        if status == 0 and not waiting:
            return now
        now += TICK
    raise AssertionError("it does not come to an end")


def test_everybody_gets_everything_once_whatever_fails(engine: Engine, tmp_path: Path) -> None:
    killer = Killer(seed=11)
    gone = frozenset(f"r{number}@example.org" for number in range(GONE))
    kinds = ("before", "within", "after", "greylist", "busy") * 6 + ("slow",)  # each slow one costs two seconds
    faults = Faults(FAULTS, kinds, seed=7, refused=gone, once=refuses_doubles, watch=killer.watch)
    server = start_server(tmp_path, faults)
    sender = Sender(str(engine.url), tmp_path, server, killer)
    try:
        before = MONDAY - timedelta(days=3)
        for name in ("e1", "e2", "e3"):
            topic = "housing" if name == "e3" else "immigration"
            add_entry(engine, name, before, topic=topic, day="2026-11-01")
        add_readers(engine, before)
        now = until_done(engine, sender, MONDAY)
        faults.refused = frozenset()
        with session(engine) as opened:  # the addresses work again, and somebody says so
            for address in gone:
                reader = subscribers.by_address(opened, address)
                assert reader is not None
                assert reader.state == "suppressed"
                subscribers.confirm(opened, reader.id, now)
        add_entry(engine, "e4", now, day="2026-11-01")
        add_entry(engine, "e5", now, topic="housing", day="2026-11-01")
        revise(engine, "e1", now, "the paper corrects the day", date=PartialDate.parse("2026-11-02"))
        now = until_done(engine, sender, MONDAY + timedelta(days=7))
        assert sender.round(now) == 0  # a rerun sends nothing
    finally:
        sender.close()
        server.stop()
    check(engine, server, killer, gone)


def check(engine: Engine, server: MailServer, killer: Killer, gone: frozenset[str]) -> None:
    assert killer.kills == KILLS
    deliveries = Counter(str(mail["Message-ID"]) for mail in server.box.mails())
    told: dict[str, Counter[str]] = defaultdict(Counter)
    corrected: Counter[str] = Counter()
    seen: set[str] = set()
    for (address, _), mail in zip(server.box.taken, server.box.mails(), strict=True):
        if str(mail["Message-ID"]) in seen:
            continue
        seen.add(str(mail["Message-ID"]))
        part = mail.get_body(("plain",))
        text = " ".join(str(part.get_content()).split()) if part else ""
        told[address].update(set(MATTER.findall(text)))
        corrected[address] += "we said November 1, 2026; it is November 2, 2026" in text
    for number in range(READERS):
        address = f"r{number}@example.org"
        wanted = {"e1", "e2", "e4"} | (set() if number % 3 == 2 else {"e3", "e5"})
        assert told[address] == Counter(dict.fromkeys(wanted, 1)), address
        assert corrected[address] == (address not in gone), address
    with reading(engine) as opened:
        messages = [
            item for reader in subscribers.all_subscribers(opened) for item in ledger.messages_of(opened, reader.id)
        ]
    assert {item.state for item in messages} == {MessageState.SENT, MessageState.FAILED, MessageState.DOUBTFUL}
    doubtful = {item.message_id for item in messages if item.state is MessageState.DOUBTFUL}
    assert all(deliveries[name] == 1 for name in doubtful)
    assert {item.message_id for item in messages if item.state is MessageState.SENT} | doubtful == set(deliveries)
    assert {item.message_id for item in messages if item.state is MessageState.FAILED}.isdisjoint(deliveries)
    doubled = {name: count - 1 for name, count in deliveries.items() if count > 1}
    unclear = {item.message_id: item.unclear for item in messages}
    assert all(count <= unclear[name] for name, count in doubled.items())  # the ledger says which
    died = server.faults.died_after_taking
    assert sum(doubled.values()) <= sum(died.values()) + killer.after_taking
    assert sum(max(0, count - died[name]) for name, count in doubled.items()) <= killer.after_taking
    print(
        f"\n{len(server.box.taken)} deliveries of {len(messages)} mails, {killer.kills} kills"
        f" (up to {killer.after_taking} after a mail was taken), faults {dict(server.faults.drawn)},"
        f" {sum(doubled.values())} arrived twice, {sum(count > 0 for count in unclear.values())} marked unclear,"
        f" {len(doubtful)} doubtful"
    )

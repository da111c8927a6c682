"""How fast the digest is composed and sent: `python tests/bench/bench_digest.py [READERS] [ENTRIES]`.

10,000 subscribers and 200 new entries without arguments. Composes, stores and sends over loopback to a server that
takes every mail and looks at none, in a process of its own; SQLite on disk, one connection, no encryption. The readers
share 40 sorts of interest, so there are at most 40 editions, each written once.
Prints the time, mails a second and the peak of memory of each step. Exits with 1 if a mail is missing.
"""

import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import Engine

from db.engine import migrate, open_database
from db.mail import subscribers
from db.sessions import session
from jobs.mail import outbox
from jobs.mail import prepare as mail_prepare
from jobs.mail.mailing import Mailing
from jobs.mail.send import Post
from jobs.mail.transports import MailServer
from jobs.settings import Settings
from support.mail.news import CHICAGO, MADISON, MILWAUKEE, MONDAY, WI, add_entry
from tracker.publish.mail.subscribers import Rhythm, Subscription
from tracker.read.places import gazetteer

READERS, ENTRIES, INTERESTS = 10_000, 200, 40
TOPICS = ("immigration", "housing", "surveillance", "streets", "records")
PLACES = (WI, MILWAUKEE, MADISON, None)
END = b"\r\n.\r\n"


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counts: Any) -> None:
    """As little of a mail server as takes mails."""
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        command = line[:4].upper().strip()
        if command == b"DATA":
            writer.write(b"354 go on\r\n")
            text = await reader.readuntil(END)
            counts[0] += 1
            counts[1] += len(text)
        writer.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
        await writer.drain()
        if command == b"QUIT":
            break
    writer.close()


def sink(port: "Synchronized[int]", counts: Any) -> None:
    """Runs the server until it is killed."""

    async def run() -> None:
        limit = 10_000_000
        server = await asyncio.start_server(lambda r, w: answer(r, w, counts), "127.0.0.1", 0, limit=limit)
        port.value = server.sockets[0].getsockname()[1]
        await server.serve_forever()

    asyncio.run(run())


def interest(number: int) -> tuple[Subscription, ...]:
    """One of `INTERESTS`."""
    place, topics = PLACES[number % 4], TOPICS[: number // 4 % 5 + 1]
    return (Subscription(place=place, topics=topics if number < INTERESTS // 2 else ()),)


def fill(engine: Engine, readers: int, entries: int) -> None:
    """Readers and news, as they stand on a Monday morning."""
    before = MONDAY - timedelta(days=3)
    for number in range(entries):
        place = (MILWAUKEE, MADISON)[number % 2]
        add_entry(engine, f"entry{number:04}", before, place=place, topic=TOPICS[number % 5])
    with session(engine) as opened:
        for number in range(readers):
            rhythm = Rhythm(timezone=CHICAGO)
            reader, _ = subscribers.add(
                opened, f"reader{number}@example.org", rhythm, interest(number % INTERESTS), before
            )
            subscribers.confirm(opened, reader.id, before)


def measured(name: str, act: Callable[[], Any], mails: int) -> Any:
    """Runs a step and prints what it took."""
    began = time.perf_counter()
    result = act()
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<20} {took:7.1f} s {mails / took:9.0f} mails/s   peak {peak:5.0f} MB", flush=True)
    return result


def main(readers: int, entries: int) -> int:
    """Prints the measures; the number of mails that are missing."""
    port, counts = multiprocessing.Value("i", 0), multiprocessing.Array("q", [0, 0])
    server = multiprocessing.Process(target=sink, args=(port, counts), daemon=True)
    server.start()
    gazetteer.load().county_of(MILWAUKEE)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/tracker.db")
        migrate(engine)
        fill(engine, readers, entries)
        while not port.value:
            time.sleep(0.05)
        settings = Settings(
            data_dir=Path(folder), smtp_host="127.0.0.1", smtp_port=port.value, smtp_tls="none", mail_per_minute=0,
            mail_from="digest@tracker.example", web_url="https://tracker.example", public_url="https://tracker.example",
        )  # fmt: skip
        mailing = Mailing.of(settings)
        measured("compose and store", lambda: mail_prepare.prepare(engine, mailing, MONDAY), readers)
        connect = lambda: MailServer(settings, mailing.sender.address)  # noqa: E731
        post = Post(engine, mailing, connect, lambda: MONDAY, print)
        sent = measured("send", post.send_all, readers)["sent"]
        measured("nothing to do", lambda: outbox.run(engine, settings, print, now=lambda: MONDAY), readers)
        size = sum(path.stat().st_size for path in Path(folder).glob("tracker.db*")) / 1e6
        taken, volume = counts[0], counts[1]
        average = volume / max(taken, 1) / 1000
        print(
            f"{taken} mails taken, {average:.0f} KB on average; {readers} readers, {entries} entries;"
            f" database {size:.0f} MB"
        )
        engine.dispose()
    server.terminate()
    return readers - min(sent, taken)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]] + [READERS, ENTRIES][len(sys.argv) - 1 :]
    sys.exit(1 if main(*numbers) else 0)

"""A database, a mail server and a clock, and rounds of sending with them: what the tests of the ledger share."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from db.engine import reading
from db.mail import ledger
from db.values import MessageState
from jobs.mail import outbox
from support.mail.news import MONDAY
from support.mail.server import MailServer

BEFORE = MONDAY - timedelta(days=3)
ADA, BOB = "ada@example.org", "bob@example.org"


def news(name: str, place: str = "Milwaukee", *, day: int = 20, more: int = 0) -> str:
    """The subject of a mail that tells of this entry first, which no person has checked."""
    others = f", and {more} more" if more else ""
    return f"Uncertain: {place}: Council decides matter {name}, adopted November {day}, 2026{others}"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        self.at += timedelta(**by)


class World:
    """`round` is one round of sending, at the clock's moment."""

    def __init__(self, engine: Engine, server: MailServer, folder: Path) -> None:
        self.engine, self.server, self.clock = engine, server, Clock(MONDAY)
        self.settings = server.settings(folder)
        self.warned: list[str] = []

    def round(self, **options: object) -> dict[str, int]:
        return dict(outbox.run(self.engine, self.settings, self.warned.append, now=self.clock, **options))  # type: ignore[arg-type]

    def subjects(self, address: str = ADA) -> list[str]:
        return [str(mail["Subject"]) for mail in self.server.box.to(address)]

    def text(self, number: int = -1) -> str:
        part = self.server.box.mails()[number].get_body(("plain",))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")

    def states(self) -> list[tuple[MessageState, int]]:
        with reading(self.engine) as opened:
            return [(item.state, item.tries) for item in ledger.last_messages(opened).values()]

"""One sender at a time: a lock of the data folder, and on PostgreSQL, which several machines may share, one of the
database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.locks import Hold, only_holder
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

LOCK_FILE = "mail.lock"


class SendingElsewhereError(TrackerError):
    """Another process sends already."""

    def __init__(self) -> None:
        super().__init__("another process is sending mails just now; try again when it is done")


RELEASE = "look at `tracker digest preview`, then let them go with `tracker digest resume`"


def held(since: datetime) -> str:
    """That mails wait for a person, and why."""
    return f"mails wait since the database was restored on {since:%Y-%m-%d}, or they might tell things twice"


class MailsWaitError(TrackerError):
    """The database was restored from a copy that does not know which mails went out since."""

    def __init__(self, since: datetime) -> None:
        super().__init__(f"{held(since)}: {RELEASE}")


def refuse_waiting(engine: "Engine") -> None:
    """Raises MailsWaitError where mails wait for a person."""
    from db.engine import reading
    from db.mail.doubtful_mails import mails_wait_since

    with reading(engine) as opened:
        since = mails_wait_since(opened)
    if since:
        raise MailsWaitError(since)


@contextmanager
def only_sender(data_dir: Path, engine: "Engine") -> Iterator[Hold]:
    """Holds the lock; raises SendingElsewhereError. The system lets go of it however the process ends. The database's
    share in it can be lost with the connection: ask it before each mail."""
    import fcntl

    with (data_dir / LOCK_FILE).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SendingElsewhereError from None
        with only_holder(engine) as held:
            if held is None:
                raise SendingElsewhereError
            yield held

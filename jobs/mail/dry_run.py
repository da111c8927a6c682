"""The mails that would be sent, as files; nothing is sent and nothing marked."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jobs.mail import prepare
from jobs.mail.mailing import Mailing
from jobs.output import make_dir, written
from jobs.settings import Settings
from tracker.publish.mail import envelope
from tracker.publish.mail.envelope import Edition
from tracker.publish.mail.subscribers import Subscriber

if TYPE_CHECKING:
    from sqlalchemy import Engine

_UNUSUAL = re.compile(r"[^A-Za-z0-9@.+_-]")


def write(
    engine: "Engine",
    settings: Settings,
    folder: Path,
    now: datetime,
    *,
    only: Collection[int] = (),
    early: bool = False,
) -> Iterator[Path]:
    """One file a mail that is due; yields the paths. A mail that is composed already and waits for another try is not
    among them. Raises StorageError."""
    mailing = Mailing.of(settings, preview=True)
    make_dir(folder)
    slots = prepare.due(engine, now, only=only, early=early)
    for reader, slot, item in prepare.drafts(engine, mailing, slots, now) if slots else ():
        if item:
            unique = envelope.message_id(f"dry-run.{reader.id}.{slot.key.replace(':', '')}", mailing.sender)
            person = mailing.reader(reader.address, reader.key, unique, now)
            path = folder / f"{_file_name(reader)}.eml"
            with written(str(path)) as file:
                file.write(Edition(item.digest, mailing.sender).message(person))
            yield path


def _file_name(reader: Subscriber) -> str:
    """The address where it is an ordinary one, and always the number: no two the same, none outside the folder."""
    return f"{reader.id}-{_UNUSUAL.sub('_', 'channel' if reader.is_channel else reader.address)[:100]}"

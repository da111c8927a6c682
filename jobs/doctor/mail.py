"""Whether mails can go out, and which of them perhaps did not arrive."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

SHOWN = 10
"""Doubts, one a line; more say no more."""


def sender(settings: "Settings") -> Iterator[Check]:
    """What every mail needs besides a server, as sending takes it. Nothing is sent."""
    from tracker.errors import TrackerError
    from tracker.publish.envelope import Sender

    if not settings.mail_from:
        return
    try:
        Sender(settings.mail_from).address  # noqa: B018 - a bad address is refused here
    except TrackerError as error:
        yield Check(Level.PROBLEM, "mail", f"`mail_from`: {error}")


def mail(settings: "Settings") -> Iterator[Check]:
    if not settings.smtp_host:
        yield Check(Level.OK, "mail", "no mail server is set; the digest can be previewed, not sent")
        yield from _never_asked(settings)
        return
    from jobs.mail.check import greet

    greet(settings)
    yield Check(Level.OK, "mail", f"{settings.smtp_host}:{settings.smtp_port} answers")
    if not settings.mail_from:
        yield Check(Level.PROBLEM, "mail", "`mail_from` is empty; set it to the From address of the digest")
    if settings.public_url and not settings.web_url:
        says = "`web_url` is empty, so readers confirm and leave at `public_url`; set it to where the daemon is reached"
        yield Check(Level.WARNING, "mail", says)
    if not settings.readers_url.startswith("https://"):
        says = "no https address in `web_url`; set one, or readers can unsubscribe by mail only"
        yield Check(Level.WARNING, "mail", says)


def _never_asked(settings: "Settings") -> Iterator[Check]:
    """Who was added by hand and waits for a mail that nothing can send."""
    from db import subscribers
    from db.engine import reading
    from jobs.store import open_store
    from tracker.publish.counts import count

    with open_store(settings) as engine, reading(engine) as opened:
        found = len(subscribers.never_asked(opened))
    if found:
        one, many = "subscriber was never asked for a yes and gets", "subscribers were never asked for a yes and get"
        says = f"{count(found, one, many)} nothing"
        remedy = "set `smtp_host` and `mail_from`, or run `tracker subscribers confirm ADDRESS` when they have said yes"
        yield Check(Level.WARNING, "mail", f"{says}; {remedy}")


def doubts(settings: "Settings") -> Iterator[Check]:
    """Mails that may have arrived before they were refused. Whatever is older would only be counted by another mail."""
    from db import doubts
    from db.engine import reading
    from jobs.store import open_store
    from tracker.publish.counts import count
    from tracker.publish.sections import OLD_DAYS
    from tracker.publish.subscribers import shown

    with open_store(settings) as engine, reading(engine) as opened:
        found = doubts.found(opened, datetime.now(UTC) - timedelta(days=OLD_DAYS))
    for item in found[:SHOWN]:
        says = f"the mail of {item.composed_at:%Y-%m-%d} to {shown(item.address)} {item.error}"
        told = f"its {count(item.told, 'entry counts', 'entries count')} as told"
        yield Check(Level.WARNING, "mail", f"{says}; {told}; if it did not arrive: `tracker digest again ADDRESS`")
    if len(found) > SHOWN:
        yield Check(Level.WARNING, "mail", f"and {len(found) - SHOWN} more that may have arrived")

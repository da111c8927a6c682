"""The few things that a person must know, in the words in which alerts tell them too (`jobs.health`)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

TOLD_BEFORE = frozenset({"database"})
"""Kinds that another look of the doctor tells, with more than is asked every minute."""
SUBJECTS = {
    "disk": "data",
    "network": "feeds",
    "polling-stopped": "feeds",
    "feeds-silent": "feeds",
    "no-article": "articles",
    "unread": "articles",
    "mail-held": "mail",
    "mail-waiting": "mail",
    "mail-refused": "mail",
    "backup-old": "backup",
    "website": "web",
    "no-worker": "workers",
    "second-opinion": "opinions",
}
"""What the line is about; of a job that keeps failing it is `trouble`."""


def problems(settings: "Settings") -> Iterator[Check]:
    from jobs.health import problems
    from jobs.store import open_store

    with open_store(settings) as engine:
        found = [each for each in problems(engine, settings, datetime.now(UTC)) if each.kind not in TOLD_BEFORE]
    for problem in found:
        level = Level.PROBLEM if problem.grave else Level.WARNING
        yield Check(level, SUBJECTS.get(problem.kind, "trouble"), problem.says)
    if not found:
        yield Check(Level.OK, "health", "polling, reading, mail and disk do as they should; nothing keeps failing")


def alerts(settings: "Settings") -> Iterator[Check]:
    """Whether somebody is told of problems, and by a way that there is. Nothing is sent: `tracker alerts test` does."""
    from tracker.publish.subscribers import is_channel, shown

    addresses = settings.alert_addresses
    if not addresses:
        says = "`alert_to` is empty, so nobody is told of problems but who looks here or at /readyz; set a mail address"
        yield Check(Level.WARNING, "alerts", says)
        return
    from jobs.mail import channels

    for address in filter(is_channel, addresses):
        channels.check(address)
    if not all(map(is_channel, addresses)) and not (settings.smtp_host and settings.mail_from):
        says = "`alert_to` has a mail address, which needs `smtp_host` and `mail_from`; set them, or remove the address"
        yield Check(Level.PROBLEM, "alerts", says)
        return
    told = ", ".join(map(shown, addresses))
    yield Check(Level.OK, "alerts", f"problems are told to {told}; `tracker alerts test` tries it")

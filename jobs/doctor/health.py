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
    "mail-waiting": "mail",
    "mail-refused": "mail",
    "backup-old": "backup",
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

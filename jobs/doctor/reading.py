"""The articles that the reader cannot read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

SHOWN = 3
"""Addresses in the line; the report's page on coverage has more."""
REMEDY = "the next version of the reader tries again, and `tracker reread` does at once; please report them"


def unreadable(settings: "Settings") -> Iterator[Check]:
    from db import articles
    from db.engine import reading
    from jobs.store import open_store
    from tracker.publish.counts import count

    with open_store(settings) as engine, reading(engine) as session:
        found = articles.unreadable(session)
    if not found:
        yield Check(Level.OK, "articles", "none that the reader cannot read")
        return
    named = ", ".join(trouble.name for trouble in found[:SHOWN])
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    yield Check(Level.WARNING, "articles", f"{count(len(found), 'article')} cannot be read: {named}{more}; {REMEDY}")

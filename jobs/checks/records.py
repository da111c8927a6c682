"""Official records: each has its row as it was fetched."""

from collections.abc import Iterator

from sqlmodel import Session

from db.ops import record_audit
from jobs.checks.check import Passed, Problem, Result
from jobs.settings import Settings
from jobs.store import open_session
from tracker.publish.counts import count


def records(settings: Settings) -> Iterator[Result]:
    with open_session(settings) as session:
        yield from check_rows(session)


def check_rows(session: Session) -> Iterator[Result]:
    """Nothing where no record was ever read."""
    number, bare = record_audit.count(session), record_audit.without_row(session)
    if bare:
        what = f"{len(bare)} of {count(number, 'official record')} without the row as fetched, {bare[0]} among them"
        yield Problem("records-without-row", what, "restore a backup; `tracker verify` names each", subject="records")
    elif number:
        yield Passed("records", f"{count(number, 'official record')} with the row as fetched")

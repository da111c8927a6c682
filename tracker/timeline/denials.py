"""Steps that their own reports deny or put off: such a step decides nothing, and is shown struck through."""

from tracker.model import Entry, EntryStatus, Evidence, Factuality
from tracker.partial_date import PartialDate

DECIDED = frozenset({"date", "stage", "status"})
"""Fields by which a person says that the step was taken on its date."""


def denial(entry: Entry) -> Evidence | None:
    """The last report that denies the step on its date, or puts it off, where none has asserted it since; None where a
    person said that the step is right."""
    if entry.status is not EntryStatus.PENDING or entry.locked & DECIDED or entry.date is None:
        return None
    told = [item for item in entry.evidence if _is_of(item, entry.date)]
    against = [item for item in told if not item.supports]
    last = max(against, key=lambda item: (item.published, item.url), default=None)
    if last is None or any(item.supports and item.published > last.published for item in told):
        return None
    return last


def _is_of(item: Evidence, day: PartialDate) -> bool:
    """True for a report of the step on its date; that it was never taken is often told with the day on which somebody
    said so."""
    when = item.finding.date
    return item.finding.factuality is Factuality.DENIED or (when is not None and when.agrees(day))


def is_put_off(against: Evidence) -> bool:
    """True where the report says that the step was put off, not that it was never taken."""
    return against.finding.factuality is Factuality.POSTPONED

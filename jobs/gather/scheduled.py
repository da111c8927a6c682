"""Matters that stand on an agenda before their record tells any step: proposed, by the hearing they are called to."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlmodel import Session

from db.sources import agendas, councils, records
from db.sources.agendas import ScheduledMatter
from db.timeline.recorder import EntryChanges
from tracker.read.records.findings import Council, ReadRecord, read_agenda


def bring_up_to_date(opened: Session, source_id: int, council: Council, today: date, now: datetime) -> EntryChanges:
    """Records the next hearing of each followed matter that has no step yet, and takes back what was said of those that
    have one by now, or stand on no agenda any more. It rests on what is stored,
    so that a run which was killed before it is made good by the next."""
    scheduled = agendas.scheduled(opened, source_id, today)
    known = records.agenda_rows(opened, source_id)
    whole = councils.matters(opened, source_id, scheduled)
    found = {one.record.record: one for one in _read(council, scheduled, whole)}
    new = [one for name, one in found.items() if records.says_otherwise(opened, known.get(name), one)]
    gone = {key for name, key in known.items() if name not in found and records.stages_of(opened, [key])[key]}
    return records.record_rows(opened, source_id, new, now) + records.take_back(opened, gone, now)


def _read(
    council: Council, scheduled: Mapping[int, ScheduledMatter], whole: Mapping[int, councils.SortedMatter]
) -> Iterator[ReadRecord]:
    for number, one in scheduled.items():
        if told := whole.get(number):
            yield read_agenda(council, told.matter, told.topic, one.body, one.day, one.listed, one.meeting)

"""Articles read again, and what that changed: entries opened, changed and retired, for people and for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rich.progress import Progress
from sqlalchemy import Engine
from sqlmodel import Session

from db.articles import articles
from db.engine import reading
from db.readings import BATCH, ReadArticle, record_readings
from db.sessions import session
from db.timeline.entries import revised_at
from db.values import StoredArticle
from jobs.json_lines import to_json
from jobs.opinions.answers import SecondOpinions
from jobs.reader import open_reader
from jobs.reading import leases
from jobs.reading.batches import count, read_batch, read_each, record_read
from jobs.review.show import place_name
from jobs.settings import Settings
from jobs.tally import Tally
from jobs.terminal.console import one_line, steps, warn
from tracker.model import Entry, EntryStatus, Revision
from tracker.publish import words
from tracker.publish.exports.json import record
from tracker.read.reader import Reader
from tracker.read.version import without_model
from tracker.timeline.merging.intents import SHOWN

OPENED, CHANGED, RETIRED, EVIDENCE = "opened", "changed", "retired", "evidence"


@dataclass(frozen=True)
class Wanted:
    """Which articles: published `since` a day; with `everything`, those too that this version of the reader read."""

    since: date = date.min
    everything: bool = False


def run(
    engine: Engine, settings: Settings, wanted: Wanted, now: datetime, bar: Progress
) -> tuple[Tally, list[dict[str, object]]]:
    """Reads and records batch after batch, each in one transaction; what was done, and how each entry changed."""
    tally, reader = Tally(), open_reader(settings)
    opinions = SecondOpinions.of(engine, settings, reader)
    for done in _read_batches(engine, reader, wanted, bar, opinions, noted=True):
        record_read(engine, done, now, tally, warn, opinions)
    with reading(engine) as session:
        return tally, changes_at(session, now)


class _NothingKept(Exception):
    """Ends a transaction of which nothing is to stay."""


def rehearse(
    engine: Engine, settings: Settings, wanted: Wanted, now: datetime, bar: Progress
) -> tuple[Tally, list[dict[str, object]]]:
    """The same, undone at the end: everything is read first, then recorded in one transaction that is rolled back."""
    tally, reader = Tally(), open_reader(settings)
    opinions = SecondOpinions.of(engine, settings, reader)
    done = [one for batch in _read_batches(engine, reader, wanted, bar, opinions, noted=False) for one in batch]
    found: list[dict[str, object]] = []
    try:
        with session(engine) as opened:
            count(tally, done, record_readings(opened, done, now))
            found = changes_at(opened, now)
            raise _NothingKept
    except _NothingKept:
        return tally, found


def _read_batches(
    engine: Engine,
    reader: Reader,
    wanted: Wanted,
    bar: Progress,
    opinions: SecondOpinions | None,
    *,
    noted: bool,
) -> Iterator[list[ReadArticle]]:
    """What the reader makes of all wanted articles, in batches; what one batch changes in the database is no matter.
    `noted`: they are noted as in hand, which recording takes back."""
    versions, total = _versions(engine, wanted, reader.version)
    with steps(bar, "reading again", total) as shown, leases.present(engine):
        for version in versions:
            for batch in _batches(engine, version, wanted):
                parts: Iterable[list[ReadArticle]]
                if noted:
                    parts = read_batch(engine, reader, batch, leases.take(engine, batch), warn)
                else:
                    parts = [list(read_each(reader, batch, warn))]
                for done in parts:
                    yield opinions.with_answers(done) if opinions else done
                    shown.done(len(done))


def _versions(engine: Engine, wanted: Wanted, own: str) -> tuple[list[str], int]:
    """The reader versions whose articles are wanted, and how many these are. Our `own` comes first: what others read
    joins it while we go on, and must not come twice. What was read with a language model's opinion beside it counts as
    read by the reader that asked."""
    with reading(engine) as session:
        others = articles.reader_versions(session)
        versions = [name for name in others if wanted.everything or without_model(name) != own]
        versions.sort(key=lambda name: (name != own, name))
        return versions, sum(articles.count_read_by(session, name, since=wanted.since) for name in versions)


def _batches(engine: Engine, version: str, wanted: Wanted) -> Iterator[tuple[StoredArticle, ...]]:
    after = 0
    while True:
        with reading(engine) as session:
            batch = articles.read_by(session, version, since=wanted.since, after=after, limit=BATCH)
        if not batch:
            return
        yield batch
        after = batch[-1].key


def changes_at(session: Session, now: datetime) -> list[dict[str, Any]]:
    """One record for each revision of this moment: `what` happened, the entry as exported, the fields that changed."""
    return [_change(entry, revision) for entry, revision in revised_at(session, now)]


def _change(entry: Entry, revision: Revision) -> dict[str, Any]:
    changes = [change.model_dump() for change in revision.changes]
    told = {"what": _what(entry, revision), "place": place_name(entry.jurisdiction, entry), "reason": revision.reason}
    shown = [f"{name}: {old} → {new}" for name, old, new in words.revision_changes(revision)]
    return told | {"in_words": shown, "changes": changes, "entry": record(entry)}


def _what(entry: Entry, revision: Revision) -> str:
    """`evidence`: the entry shows what it showed, by other sentences. An entry that is found again counts as opened."""
    if not entry.evidence:
        return RETIRED
    back = any((change.field, change.new) == ("status", EntryStatus.PENDING) for change in revision.changes)
    if revision.number == 1 or back:
        return OPENED
    return CHANGED if any(change.field in SHOWN for change in revision.changes) else EVIDENCE


def show(tally: Tally, changes: Sequence[dict[str, Any]], *, as_json: bool, dry_run: bool) -> None:
    """Prints all changes for programs; for people those of what entries show, and the counts."""
    for change in changes:
        if as_json:
            print(to_json(change))
        elif change["what"] != EVIDENCE:
            for line in _lines(change):
                print(one_line(line) if not line.startswith(" ") else f"    {one_line(line)}")
    if not as_json:
        print(_counts(tally, changes, dry_run))


def _lines(change: dict[str, Any]) -> Iterable[str]:
    entry = change["entry"]
    when = f", {entry['date']}" if entry["date"] else ""
    yield f"{change['what']:<8} {change['place']}: {entry['title']} ({entry['stage']}{when}; {entry['id']})"
    if change["what"] == CHANGED:
        yield from (f"  {line}" for line in change["in_words"])


def _counts(tally: Tally, changes: Iterable[dict[str, Any]], dry_run: bool) -> str:
    if not tally.read:
        return "Nothing to read again: this version of the reader has read every article (--all reads them anyway)."
    counted = Counter(change["what"] for change in changes)
    report = "reports" if tally.changes == 1 else "report"
    told = (
        f"{words.count(tally.read, 'article')} read again, {tally.changes} {report} a change; "
        f"{words.count(counted[OPENED], 'entry', 'entries')} opened, "
        f"{counted[CHANGED]} changed, {counted[RETIRED]} retired, {counted[EVIDENCE]} with other evidence only."
    )
    return f"{told} Nothing was kept: this was a dry run." if dry_run else told

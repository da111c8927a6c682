"""`tracker reread`: articles are read again after the reader improved; entries follow by revisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import progress, state, steps, warn
from jobs.terminal.options import Since

if TYPE_CHECKING:
    from rich.progress import Progress
    from sqlalchemy import Engine

    from db.readings import ReadArticle
    from db.values import StoredArticle
    from jobs.opinions.answers import SecondOpinions
    from jobs.settings import Settings
    from jobs.tally import Tally
    from tracker.read.reader import Reader


@dataclass(frozen=True)
class Wanted:
    """Which articles: published `since` a day; with `everything`, those too that this version of the reader read."""

    since: date = date.min
    everything: bool = False


def command(
    ctx: typer.Context,
    since: Since = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and keep nothing.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also what this version of the reader has read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What changes, one JSON object a line.")] = False,
) -> None:
    """ReadArticle articles again that another version of the reader has read, and bring the timeline up to date.

    A reader with another model, other rules or other word lists is another version; `tracker doctor` shows which.
    Findings are replaced and entries change by revisions; nothing is doubled, and what people decided stands. A run
    that is interrupted is continued by the next one. Recording waits while --dry-run compares.

    Example: tracker reread --since 2024 --dry-run
    """
    from jobs.reading import reread_show
    from jobs.store import open_store
    from jobs.terminal.options import date as parsed

    wanted = Wanted(parsed(since, "--since").first_day() if since else date.min, everything)
    settings, now = state(ctx).settings, datetime.now(UTC)
    with open_store(settings) as engine, progress() as bar:
        work = rehearse if dry_run else run
        tally, changes = work(engine, settings, wanted, now, bar)
    reread_show.show(tally, changes, as_json=as_json, dry_run=dry_run)
    if tally.unreadable:
        raise typer.Exit(1)


def run(
    engine: "Engine", settings: "Settings", wanted: Wanted, now: datetime, bar: "Progress"
) -> "tuple[Tally, list[dict[str, object]]]":
    """Reads and records batch after batch, each in one transaction; what was done, and how each entry changed."""
    from db.engine import reading
    from jobs.opinions.answers import SecondOpinions
    from jobs.reader import open_reader
    from jobs.reading.batches import record_read
    from jobs.reading.reread_show import changes_at
    from jobs.tally import Tally

    tally, reader = Tally(), open_reader(settings)
    opinions = SecondOpinions.of(engine, settings, reader)
    for done in _read_batches(engine, reader, wanted, bar, opinions, noted=True):
        record_read(engine, done, now, tally, warn, opinions)
    with reading(engine) as session:
        return tally, changes_at(session, now)


class _NothingKept(Exception):
    """Ends a transaction of which nothing is to stay."""


def rehearse(
    engine: "Engine", settings: "Settings", wanted: Wanted, now: datetime, bar: "Progress"
) -> "tuple[Tally, list[dict[str, object]]]":
    """The same, undone at the end: everything is read first, then recorded in one transaction that is rolled back."""
    from db.engine import session
    from db.readings import record_readings
    from jobs.opinions.answers import SecondOpinions
    from jobs.reader import open_reader
    from jobs.reading.batches import count
    from jobs.reading.reread_show import changes_at
    from jobs.tally import Tally

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
    engine: "Engine",
    reader: "Reader",
    wanted: Wanted,
    bar: "Progress",
    opinions: "SecondOpinions | None",
    *,
    noted: bool,
) -> "Iterator[list[ReadArticle]]":
    """What the reader makes of all wanted articles, in batches; what one batch changes in the database is no matter.
    `noted`: they are noted as in hand, which recording takes back."""
    from jobs.reading import leases
    from jobs.reading.batches import read_batch, read_each

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


def _versions(engine: "Engine", wanted: Wanted, own: str) -> tuple[list[str], int]:
    """The reader versions whose articles are wanted, and how many these are. Our `own` comes first: what others read
    joins it while we go on, and must not come twice. What was read with a language model's opinion beside it counts as
    read by the reader that asked."""
    from db.articles import articles
    from db.engine import reading
    from tracker.read.version import without_model

    with reading(engine) as session:
        others = articles.reader_versions(session)
        versions = [name for name in others if wanted.everything or without_model(name) != own]
        versions.sort(key=lambda name: (name != own, name))
        return versions, sum(articles.count_read_by(session, name, since=wanted.since) for name in versions)


def _batches(engine: "Engine", version: str, wanted: Wanted) -> "Iterator[tuple[StoredArticle, ...]]":
    from db.articles import articles
    from db.engine import reading
    from db.readings import BATCH

    after = 0
    while True:
        with reading(engine) as session:
            batch = articles.read_by(session, version, since=wanted.since, after=after, limit=BATCH)
        if not batch:
            return
        yield batch
        after = batch[-1].key

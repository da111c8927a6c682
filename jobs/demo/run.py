"""The demo: the sample news polled, read and recorded; the timeline printed, the report and a digest written."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import typer
from sqlalchemy import Engine

from db.engine import migrate, open_database, reading
from db.feeds import feeds
from db.sessions import session
from db.timeline.filters import SHOWN
from db.timeline.timelines import entries
from jobs.demo.server import Manifest, SampleFeed, SampleSource, load_manifest, sample_web
from jobs.gather import poll as job
from jobs.mail import preview
from jobs.publish import report
from jobs.settings import Settings, defaults
from jobs.tally import Tally
from jobs.terminal.console import progress
from jobs.terminal.output import make_dir
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.model import Entry, SourceKind
from tracker.publish import words
from tracker.read.places import gazetteer
from tracker.timeline.threads import in_order

COLUMNS = (
    Column("Place", heads=True),
    Column("When"),
    Column("Stage"),
    Column("What", ratio=5),
    Column("Reported by", ratio=3),
)


def run(folder: Path, *, keep: bool) -> None:
    """Writes into the folder; with `keep` the database is in it, too."""
    make_dir(folder)
    sample, failures = load_manifest(), list[str]()
    with _database(folder, keep) as engine:
        orders = [one for one in sample.sources.values() if one.kind is SourceKind.DOCUMENTS]
        subscribe(engine, orders, sample.visit)
        poll(engine, sample, sample.visit, failures)
        subscribe(engine, [*sample.feeds.values(), *sample.sources.values()], sample.now)
        tally = poll(engine, sample, sample.now, failures)
        show(engine, sample, folder, tally, failures)
    if keep:
        print(f"Database: {_kept(folder).absolute()}")
    if tally.unreadable:
        raise typer.Exit(1)


def subscribe(engine: Engine, wanted: Iterable[SampleFeed | SampleSource], now: datetime) -> None:
    """Subscribes to some of the sample's sources; does nothing where it was done."""
    places = gazetteer.load()
    with session(engine) as opened:
        for one in wanted:
            home = places.parse_home(one.home).id if one.home else None
            feeds.add(opened, one.url, now, title=one.title, home=home, kind=one.kind)


def poll(engine: Engine, sample: Manifest, now: datetime, failures: list[str]) -> Tally:
    """One real poll: of all sources on the sample's day; earlier of those that are due, and without the news.
    `failures` takes what went wrong. The clock stands still."""
    today = now == sample.now
    with progress() as bar:
        return job.run(
            engine,
            _settings(),
            bar,
            failures.append,
            everything=today,
            read=today,
            clock=lambda: now,
            web=lambda: sample_web(sample, now),
            in_order=True,
        )


def show(engine: Engine, sample: Manifest, out: Path, tally: Tally, failures: list[str]) -> None:
    """Prints the timeline and writes the report and the digest."""
    with reading(engine) as opened:
        print_timeline(entries(opened, SHOWN), sample.now.date())
    print(f"\n{tally.in_words()}")
    broken = [f"source {feed.url}:" for feed in sample.feeds.values() if feed.outcome == "error"]
    for failure in sorted(failures):
        what = failure.partition("; tried again")[0]  # the moment is drawn by lot: not the same twice
        print(f"  {'broken on purpose' if what.startswith(tuple(broken)) else 'failed'}: {what}")
    report.write(engine, _settings(), out, sample.now)
    html, text = preview.write(preview.compose(engine, _settings(), SHOWN, sample.now, None), out)
    print("The outlets and all that is told of Oakford are invented, so links lead nowhere; everything else is real.")
    print(f"Report:   {(out / 'index.html').absolute()}")
    print(f"Digest:   {html.absolute()} and {text.name}")


def _settings() -> Settings:
    """The defaults, whatever the environment and tracker.toml say: the demo is the same for everybody. But for
    TRACKER_BIG_LOOK: what a machine has no memory for, it has none for here. Raises
    SettingsError where that says nothing that can be understood."""
    return defaults("big_look")


@contextmanager
def _database(out: Path, keep: bool) -> Iterator[Engine]:
    """The kept database, or one that is thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="tracker-demo-", ignore_cleanup_errors=True) as throw_away:
        folder = _kept(out).parent if keep else Path(throw_away)
        make_dir(folder)
        engine = open_database(f"sqlite:///{folder.absolute() / _kept(out).name}")
        try:
            migrate(engine)
            yield engine
        finally:
            engine.dispose()


def _kept(out: Path) -> Path:
    return out / "database" / "tracker.db"


def print_timeline(entries: Iterable[Entry], today: date) -> None:
    """Prints the entries by place; `entries` come in the order of places."""
    show_table(COLUMNS, _rows(entries, today))


def _rows(entries: Iterable[Entry], today: date) -> Iterator[tuple[str, ...]]:
    for place, members in groupby(entries, key=lambda entry: entry.jurisdiction):
        group = in_order(members)
        label = _label(place, group[0])
        yield from ((label, *_cells(entry, today)) for entry in group)


def _cells(entry: Entry, today: date) -> tuple[str, ...]:
    return words.when(entry), words.stage(entry, today), entry.title, _sources(entry)


def _sources(entry: Entry) -> str:
    """The outlets of the independent reports; copies are counted."""
    reports = words.reports(entry)
    copies = sum(len(more) for _, more in reports)
    outlets = ", ".join(words.outlets(first for first, _ in reports))
    return f"{outlets} (+{words.count(copies, 'copy', 'copies')})" if copies else outlets


def _label(place: str, entry: Entry) -> str:
    found = gazetteer.load().get(place)
    return found.label if found else entry.jurisdiction_name

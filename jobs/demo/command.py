"""`tracker demo`: the whole way in one go, on sample news that ship with the project."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.console import progress
from jobs.output import make_dir, named

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.demo.server import Sample
    from jobs.settings import Settings
    from jobs.tally import Tally

DEFAULT_OUT = "tracker-demo"


def command(
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", parser=named, help="Where the report goes.")
    ] = DEFAULT_OUT,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the database, in DIR/database; run again, it goes on.")
    ] = False,
) -> None:
    """Show the whole job in one go, on sample news: poll, read, record, print the timeline, write the report.

    The sample feeds ship with the program and are served over HTTP on this machine. No network is needed, your own
    database is not touched. Three of the feeds are broken on purpose.

    Example: tracker demo --out /tmp/demo
    """
    from jobs.demo.server import load_sample

    folder = Path(out)
    make_dir(folder)
    sample, failures = load_sample(), list[str]()
    with _database(folder, keep) as engine:
        subscribe(engine, sample)
        tally = poll(engine, sample, failures)
        show(engine, sample, folder, tally, failures)
    if keep:
        print(f"Database: {_kept(folder).absolute()}")
    if tally.unreadable:
        raise typer.Exit(1)


def subscribe(engine: "Engine", sample: "Sample") -> None:
    """Subscribes to all sample feeds; does nothing where it was done."""
    from db.engine import session
    from db.feeds import feeds
    from tracker.read.places import gazetteer

    places = gazetteer.load()
    with session(engine) as opened:
        for feed in sample.feeds:
            home = places.parse_home(feed.home).id if feed.home else None
            feeds.add(opened, feed.url, sample.now, title=feed.title, home=home)


def poll(engine: "Engine", sample: "Sample", failures: list[str]) -> "Tally":
    """One real poll of all feeds; `failures` takes what went wrong. The clock stands still at the sample's day."""
    from jobs.demo.server import sample_web
    from jobs.feeds import poll as job

    with progress() as bar:
        return job.run(
            engine,
            _settings(),
            bar,
            failures.append,
            everything=True,
            clock=lambda: sample.now,
            web=lambda: sample_web(sample),
            in_order=True,
        )


def show(engine: "Engine", sample: "Sample", out: Path, tally: "Tally", failures: list[str]) -> None:
    """Prints the timeline and writes the report and the digest."""
    from db.engine import reading
    from db.timeline.filters import SHOWN
    from db.timeline.timelines import entries
    from jobs.mail import preview
    from jobs.publish import report, timeline_table

    with reading(engine) as session:
        timeline_table.show(entries(session, SHOWN), sample.now.date())
    print(f"\n{tally.in_words()}")
    broken = [f"feed {feed.url}:" for feed in sample.feeds if feed.outcome == "error"]
    for failure in sorted(failures):
        what = failure.partition("; tried again")[0]  # the moment is drawn by lot: not the same twice
        print(f"  {'broken on purpose' if what.startswith(tuple(broken)) else 'failed'}: {what}")
    report.write(engine, _settings(), out, sample.now)
    html, text = preview.write(preview.compose(engine, _settings(), SHOWN, sample.now, None), out)
    print("The outlets are invented, so their links lead nowhere; what they report on is real.")
    print(f"Report:   {(out / 'index.html').absolute()}")
    print(f"Digest:   {html.absolute()} and {text.name}")


def _settings() -> "Settings":
    """The defaults, whatever the environment and tracker.toml say: the demo is the same for everybody. But for
    TRACKER_BIG_LOOK: what a machine has no memory for, it has none for here."""
    from jobs.settings import Settings

    return Settings.model_construct(big_look=os.environ.get("TRACKER_BIG_LOOK", "").lower() not in ("false", "0", "no"))


@contextmanager
def _database(out: Path, keep: bool) -> "Iterator[Engine]":
    """The kept database, or one that is thrown away at the end."""
    from db.engine import migrate, open_database
    from jobs.output import make_dir

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

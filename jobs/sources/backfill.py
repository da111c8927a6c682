"""`tracker sources backfill`: how far back, and what it says of itself."""

from datetime import datetime
from typing import TYPE_CHECKING

from jobs.clock import now
from jobs.terminal.console import progress, say, warn
from tracker.errors import BadInput, BadValue, GatherError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.values import Feed
    from jobs.settings import Settings

GO_ON = "the same command goes on from there"


def first_moment(since: str) -> datetime:
    """The first moment of a year, a month or a day, by the source's own clock. Raises BadValue for what is none, or is
    to come."""
    from jobs.terminal.options import date

    day = date(since, "--since").first_day()
    if day > now().date():
        raise BadValue(f"--since: {since} is to come; a back-fill begins in the past")
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the source's clock has no zone


def run(engine: "Engine", settings: "Settings", source: "Feed", since: datetime) -> None:
    """Brings it in, and prints what was done, also where it is ended from the keyboard. Raises BadInput for a source
    that has no past to be asked for, GatherError where it fails too often."""
    from jobs.gather.backfill import BackfillCounts, backfill

    refuse(source)
    counts = BackfillCounts()
    try:
        with progress() as bar:
            backfill(engine, settings, source, since, counts, now, warn, bar)
    except GatherError as error:
        raise BadInput(f"{source.url}: {error}; {counts.in_words()}; {GO_ON}") from error
    except KeyboardInterrupt:
        say(f"Ended: {counts.in_words()}; {GO_ON}.")
        raise
    print(f"{counts.in_words()}.")


def refuse(source: "Feed") -> None:
    """Raises BadInput for a source of a kind that has no back-fill, or one that is retired."""
    from jobs.gather.sources import BACKFILLS

    if source.kind not in BACKFILLS:
        kinds = ", ".join(BACKFILLS)
        what = "`tracker ingest` takes articles of an archive" if source.kind == "feed" else "it tells its past itself"
        raise BadInput(f"{source.url} is of the kind {source.kind}, which has no back-fill (only {kinds}); {what}")
    if source.retired_at:
        raise BadInput(f"{source.url} is retired: {source.error}; `tracker sources add` takes it up again")

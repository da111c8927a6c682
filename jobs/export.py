"""`tracker export`: entries out, in the formats of tracker.publish.exports."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.choice import Places, Since, Topics, entry_filter
from jobs.console import state
from jobs.output import named, written

if TYPE_CHECKING:
    from db.filters import EntryFilter


class FormatName(StrEnum):
    """The formats of the contract."""

    JSON = "json"
    CSV = "csv"
    ATOM = "atom"
    ICS = "ics"
    TIMELINEJS = "timelinejs"


def command(
    ctx: typer.Context,
    form: Annotated[FormatName, typer.Option("--format", help="How to write them.")] = FormatName.JSON,
    place: Places = None,
    topic: Topics = None,
    since: Since = "",
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", parser=named, help="Where to write; standard output without it.")
    ] = "-",
) -> None:
    """Write entries to a file or to standard output.

    A state takes in its places. Entries that a person rejected are written too, with that status, in JSON and CSV.

    Example: tracker export --format csv --place "Milwaukee, WI" --since 2017 --out milwaukee.csv
    """
    from db.engine import reading
    from db.timelines import entries
    from jobs.store import open_store
    from tracker.publish.exports import FORMATS

    wanted = entry_filter(place, topic, since)
    settings = state(ctx).settings
    with open_store(settings) as engine, reading(engine) as session, written(out) as file:
        FORMATS[form].write(entries(session, wanted), file, public_url=settings.report_url, title=_title(wanted))


def _title(wanted: "EntryFilter") -> str:
    """For one place with all it has, the title that stands in the files beside its page, so that they are the same."""
    from tracker.publish.exports import place_title
    from tracker.publish.exports.format import DEFAULT_TITLE
    from tracker.publish.geography import name_of

    if len(wanted.places) == 1 and not wanted.topics and not wanted.since:
        return place_title(name_of(wanted.places[0]))
    return DEFAULT_TITLE

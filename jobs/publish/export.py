"""`tracker export`: entries out, in the formats of tracker.publish.exports."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal import shell_completion
from jobs.terminal.console import state
from jobs.terminal.options import Directions, Places, Since, Stages, Topics, entry_filter
from jobs.terminal.output import named, written
from tracker.nearest import unknown
from tracker.publish.exports import DEFAULT_TITLE, FORMATS

if TYPE_CHECKING:
    from db.timeline.filters import EntryFilter

DEFAULT = "json"
NO_IDS = ("-",)
"""No entry has this id: an empty list of ids stands for all."""


def command(
    ctx: typer.Context,
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="|".join(FORMATS), help="How to write them.", autocompletion=shell_completion.formats
        ),
    ] = DEFAULT,
    place: Places = None,
    topic: Topics = None,
    stage: Stages = None,
    since: Since = "",
    direction: Directions = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Only rules of policies that changed with no report within 30 days.")
    ] = False,
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", parser=named, help="Where to write; standard output without it.")
    ] = "-",
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of the JSON format, and end.")
    ] = False,
) -> None:
    """Write entries to a file or to standard output.

    A state takes in its places. --direction takes entries that lead to more or less cooperation with immigration
    authorities, or that are stricter or looser for officers. Entries that a person rejected are written too, with that
    status, in JSON and CSV.

    Example: tracker export --format csv --place "Milwaukee, WI" --since 2017 --out milwaukee.csv
    """
    if schema:
        print(json_schema(), end="")
        return
    if form not in FORMATS:
        raise unknown("format", form, FORMATS)
    from db.report.documents import quiet_entries
    from db.timeline.timelines import entries_with_standing
    from jobs.clock import local, now
    from jobs.store import open_session
    from jobs.terminal.console import say
    from jobs.terminal.no_entries import say_gaps
    from tracker.publish import words

    wanted = entry_filter(place, topic, since, direction, stage)
    settings = state(ctx).settings
    today = local(now(), settings).date()
    with open_session(settings) as session:
        if quiet:
            ids, waiting = quiet_entries(session, today)
            wanted = wanted.model_copy(update={"ids": ids or NO_IDS})
            if waiting:
                say(words.waits_for_news(waiting))
        with written(out) as file:
            chosen = entries_with_standing(session, wanted, today)
            FORMATS[form].write(chosen, file, today, public_url=settings.report_url, title=_title(wanted))
        say_gaps(session, wanted)


def json_schema() -> str:
    """What `--schema` prints."""
    from tracker.publish.exports.json import schema

    return schema()


def _title(wanted: "EntryFilter") -> str:
    """For one place with all it has, the title that stands in the files beside its page, so that they are the same."""
    from tracker.publish.exports.format import place_title
    from tracker.publish.geography import name_of

    if len(wanted.places) == 1 and not (
        wanted.topics or wanted.since or wanted.directions or wanted.stages or wanted.ids
    ):
        return place_title(name_of(wanted.places[0]))
    return DEFAULT_TITLE

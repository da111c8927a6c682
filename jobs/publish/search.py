"""`tracker search`: what the daemon's page `search/` finds, on the terminal."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.choice import AsJson, Directions, Effects, HowSure, Places, Stages, Topics, Years
from jobs.console import say, state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlmodel import Session

    from db.search.query import Asked

LIMIT = 20
MOST = 2000
"""Nobody reads more; whoever wants all takes the export."""
NOTHING = "no entry answers to all of this; try fewer or other words, or leave out an option"


def command(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS", help="All must be there.")] = None,
    place: Places = None,
    topic: Topics = None,
    stage: Stages = None,
    effect: Effects = None,
    direction: Directions = None,
    year: Years = None,
    how_sure: HowSure = None,
    latest: Annotated[bool, typer.Option("--latest", help="The latest first, not the best first.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="How many at most.")] = LIMIT,
    as_json: AsJson = False,
) -> None:
    """Look for words in titles, places, policies and the reports behind them.

    Words are found in any of their forms. Within single quotes for the shell, '"in this order"' is a phrase, and
    'detainer -jail' leaves out what has the second word. Without words the latest entries are shown. All entries are
    looked through but those that a person rejected; what is withheld is not found.

    Example: tracker search 'detainer -jail' --place Wisconsin --stage adopted --year 2017
    """
    from db.engine import reading
    from db.search.query import Asked, search
    from jobs.clock import local, now
    from jobs.publish.found_table import show
    from jobs.store import open_store
    from tracker.model import Publish
    from tracker.publish.search_query import parse

    options = {"topic": topic, "stage": stage, "effect": effect, "direction": direction, "year": year, "sure": how_sure}
    asked = Asked(parse(" ".join(words or ())), _narrowed(place, options), latest, a_page=limit)
    settings = state(ctx).settings
    today = local(now(), settings).date()
    with open_store(settings) as engine, reading(engine) as session:
        found = search(session, asked, Publish.ALL, today)
        show(found, asked.words, today, settings.report_url, as_json=as_json)
        _say_gaps(session, asked, found.total, today)


def _narrowed(
    places: "Sequence[str] | None", options: "Mapping[str, Sequence[str] | None]"
) -> "Mapping[str, Sequence[str]]":
    """The options as facets; places as export takes them, a state with all that lies in it. Raises BadValue."""
    from jobs.web.search_asked import READ
    from tracker.read.places import gazetteer

    known = {name: [READ[name](value)[1] for value in values or ()] for name, values in options.items()}
    return known | {"place": [gazetteer.load().parse_home(place).id for place in places or ()]}


def _say_gaps(session: "Session", asked: "Asked", total: int, today: "date") -> None:
    """On stderr: of which place or topic nothing is recorded, else that nothing answers, and what perhaps would."""
    import shlex

    from db.search.query import meant
    from db.timeline.filters import EntryFilter
    from jobs.gaps import gaps
    from tracker.model import Publish

    chosen = {name: tuple(asked.narrowed[name]) for name in ("place", "topic")}
    lines = gaps(session, EntryFilter(places=chosen["place"], inside=True, topics=chosen["topic"]))
    for line in lines or ([] if total else [NOTHING]):
        say(line)
    if not total and (other := meant(session, asked, Publish.ALL, today)):
        say(f"did you mean `tracker search {shlex.quote(other)}`?")

"""`tracker search`: what the daemon's page `search/` finds, on the terminal."""

from typing import Annotated

import typer

from jobs.terminal.console import state
from jobs.terminal.options import AsJson, Directions, Effects, HowSure, Places, Stages, Topics, Years

LIMIT = 20
MOST = 2000
"""Nobody reads more; whoever wants all takes the export."""


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
    from jobs.publish.search_terms import print_found

    options = {"topic": topic, "stage": stage, "effect": effect, "direction": direction, "year": year, "sure": how_sure}
    print_found(state(ctx).settings, words or (), place or (), options, latest=latest, limit=limit, as_json=as_json)

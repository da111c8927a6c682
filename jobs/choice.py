"""Options that several commands share: which entries are wanted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from db.filters import EntryFilter
    from tracker.partial_date import PartialDate

Places = Annotated[
    list[str] | None,
    typer.Option("--place", metavar="PLACE", help='"Milwaukee, WI", "Wisconsin" or an OCD id. Repeatable.'),
]
Topics = Annotated[
    list[str] | None, typer.Option("--topic", metavar="TOPIC", help="For example immigration. Repeatable.")
]
Since = Annotated[str, typer.Option("--since", metavar="DATE", help="2017, 2017-06 or 2017-07-06: from then on.")]


def entry_filter(places: Sequence[str] | None, topics: Sequence[str] | None, since: str) -> "EntryFilter":
    """The options as a filter; a state takes in what lies inside it. Raises UnknownPlace and BadInput."""
    from db.filters import EntryFilter
    from tracker.read import gazetteer

    homes = [gazetteer.load().parse_home(place) for place in places or ()]
    return EntryFilter(
        places=tuple(home.id for home in homes),
        inside=bool(homes),
        topics=tuple(topic.strip().lower() for topic in topics or ()),
        since=_date(since) if since else None,
    )


def _date(text: str) -> "PartialDate":
    from tracker.errors import BadInput
    from tracker.partial_date import PartialDate

    try:
        return PartialDate.parse(text)
    except ValueError:
        raise BadInput(f"--since: {text!r} is no date; write 2017, 2017-06 or 2017-07-06") from None

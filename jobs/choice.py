"""What several commands take: which entries are wanted, topics and stages by name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from db.filters import EntryFilter
    from tracker.model import Stage
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
        since=date(since, "--since") if since else None,
    )


def date(text: str, option: str) -> "PartialDate":
    """A year, a month or a day. Raises BadInput that names the option."""
    from tracker.errors import BadInput
    from tracker.partial_date import PartialDate

    try:
        return PartialDate.parse(text)
    except ValueError:
        raise BadInput(f"{option}: {text!r} is no date; write 2017, 2017-06 or 2017-07-06") from None


def known_topic(text: str) -> str:
    """The topic of this name. Raises BadInput with the nearest one."""
    from difflib import get_close_matches

    from tracker.errors import BadInput
    from tracker.read.topics import topics

    name = text.strip().lower().replace(" ", "-")
    if name not in topics():
        near = get_close_matches(name, topics(), n=1)
        remedy = f"did you mean {near[0]}?" if near else f"write one of {', '.join(topics())}"
        raise BadInput(f'there is no topic "{text}"; {remedy}')
    return name


def known_stage(text: str) -> "Stage":
    """The stage of this name. Raises BadInput with all of them."""
    from tracker.errors import BadInput
    from tracker.model import Stage

    try:
        return Stage(text.strip().lower())
    except ValueError:
        raise BadInput(f'there is no stage "{text}"; write one of {", ".join(Stage)}') from None

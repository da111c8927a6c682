"""What several commands take: which entries are wanted, topics and stages by name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal import shell_completion

if TYPE_CHECKING:
    from db.timeline.filters import EntryFilter
    from tracker.kinds import SourceKind
    from tracker.model import Direction, Effect, EntryStatus, Stage
    from tracker.partial_date import PartialDate
    from tracker.timeline.how_sure import SureWord

Places = Annotated[
    list[str] | None,
    typer.Option("--place", metavar="PLACE", help='"Milwaukee, WI", "Wisconsin" or an OCD id. Repeatable.'),
]
Topics = Annotated[
    list[str] | None,
    typer.Option(
        "--topic", metavar="TOPIC", help="For example immigration. Repeatable.", autocompletion=shell_completion.topics
    ),
]
Directions = Annotated[
    list[str] | None,
    typer.Option(
        "--direction",
        metavar="DIRECTION",
        help="more-cooperation, less-cooperation, stricter or looser. Repeatable.",
        autocompletion=shell_completion.directions,
    ),
]
Stages = Annotated[
    list[str] | None,
    typer.Option(
        "--stage", metavar="STAGE", help="For example adopted. Repeatable.", autocompletion=shell_completion.stages
    ),
]
AStage = Annotated[
    str | None, typer.Option(metavar="STAGE", help="For example adopted.", autocompletion=shell_completion.stages)
]
ATopic = Annotated[
    str | None, typer.Option(metavar="TOPIC", help="For example immigration.", autocompletion=shell_completion.topics)
]
AnEffect = Annotated[
    str | None,
    typer.Option(
        metavar="EFFECT", help='What it does: bans, allows, … or "".', autocompletion=shell_completion.effects
    ),
]
ADirection = Annotated[
    str | None,
    typer.Option(
        metavar="DIRECTION", help='less-cooperation, stricter, … or "".', autocompletion=shell_completion.directions
    ),
]
AFrequency = Annotated[
    str,
    typer.Option(
        metavar="weekly|daily|at-once", help="Weekly without it.", autocompletion=shell_completion.frequencies
    ),
]
AWeekday = Annotated[
    str,
    typer.Option(
        metavar="DAY", help="Of a weekly mail: monday (without it) … sunday.", autocompletion=shell_completion.weekdays
    ),
]
AZone = Annotated[
    str,
    typer.Option(
        metavar="ZONE", help="America/Chicago … Else the settings' own.", autocompletion=shell_completion.zones
    ),
]
Effects = Annotated[
    list[str] | None,
    typer.Option(
        "--effect",
        metavar="EFFECT",
        help="What it does: bans, allows, … Repeatable.",
        autocompletion=shell_completion.effects,
    ),
]
Years = Annotated[
    list[str] | None, typer.Option("--year", metavar="YEAR", help="For example 2017; of its date. Repeatable.")
]
HowSure = Annotated[
    list[str] | None,
    typer.Option(
        "--how-sure",
        metavar="WORD",
        help="sure, likely or uncertain. Repeatable.",
        autocompletion=shell_completion.how_sure,
    ),
]
AKind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="feed, legistar, 287g or documents, where the address does not tell it.",
        autocompletion=shell_completion.source_kinds,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A mail address, or a channel's: slack://…")]
Since = Annotated[str, typer.Option("--since", metavar="DATE", help="2017, 2017-06 or 2017-07-06: from then on.")]


def entry_filter(
    places: Sequence[str] | None,
    topics: Sequence[str] | None,
    since: str,
    directions: Sequence[str] | None = None,
    stages: Sequence[str] | None = None,
) -> "EntryFilter":
    """The options as a filter; a state takes in what lies inside it. Raises BadValue."""
    from db.timeline.filters import EntryFilter
    from tracker.read.places import gazetteer

    homes = [gazetteer.load().parse_home(place) for place in places or ()]
    return EntryFilter(
        places=tuple(home.id for home in homes),
        inside=bool(homes),
        topics=tuple(known_topic(topic) for topic in topics or ()),
        since=date(since, "--since") if since else None,
        directions=tuple(known_direction(direction) for direction in directions or ()),
        stages=tuple(known_stage(stage) for stage in stages or ()),
    )


def date(text: str, option: str) -> "PartialDate":
    """A year, a month or a day. Raises BadValue that names the option."""
    from tracker.errors import BadValue
    from tracker.partial_date import PartialDate

    try:
        return PartialDate.parse(text)
    except ValueError:
        raise BadValue(f"{option}: {text!r} is no date; write 2017, 2017-06 or 2017-07-06") from None


def known_kind(text: str) -> "SourceKind":
    """The kind of source of this name. Raises BadValue with the nearest one."""
    from tracker.kinds import SourceKind
    from tracker.nearest import member

    return member(SourceKind, "kind of source", text)


def known_topic(text: str) -> str:
    """The topic of this name, as the reader writes it or as pages do. Raises BadValue with the nearest ones."""
    from tracker.nearest import unknown
    from tracker.read.topics import topics

    name = "-".join(text.lower().split())
    if name not in topics():
        raise unknown("topic", text, topics())
    return name


def known_stage(text: str) -> "Stage":
    """The stage of this name. Raises BadValue with the nearest ones."""
    from tracker.model import Stage
    from tracker.nearest import member

    return member(Stage, "stage", text)


def known_direction(text: str) -> "Direction":
    """The direction of this name. Raises BadValue with the nearest ones."""
    from tracker.model import Direction
    from tracker.nearest import unknown

    try:
        return Direction("-".join(text.lower().split()))
    except ValueError:
        raise unknown("direction", text, list(Direction)) from None


def known_effect(text: str) -> "Effect":
    """The effect of this name. Raises BadValue with the nearest ones."""
    from tracker.model import Effect
    from tracker.nearest import unknown

    telling = {effect.value: effect for effect in Effect if effect is not Effect.UNCLEAR}
    name = text.strip().lower()
    if name not in telling:
        raise unknown("effect", text, telling)
    return telling[name]


def known_year(text: str) -> str:
    """A year in four digits. Raises BadValue."""
    from tracker.characters import visible
    from tracker.errors import BadValue

    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BadValue(f'there is no year "{visible(text[:10])}"; write it as 2019')
    return text


def known_sure(text: str) -> "SureWord":
    """The word for how sure an entry is. Raises BadValue with the nearest ones."""
    from tracker.nearest import member
    from tracker.timeline.how_sure import SureWord

    return member(SureWord, "word for how sure an entry is", text)


def known_status(text: str) -> "EntryStatus":
    """What a person has said of an entry: pending, confirmed, rejected. Raises BadValue with the nearest one."""
    from tracker.model import EntryStatus
    from tracker.nearest import member

    return member(EntryStatus, "status of an entry", text)


def known_state(text: str) -> str:
    """The postal code of a state in any spelling: Wisconsin, wi, Wis. Raises BadValue with the nearest ones."""
    from tracker.nearest import unknown
    from tracker.read.places.place_names import state_of, state_rows

    if (postal := state_of(text)) is None:
        raise unknown("state", text, [row["name"] for row in state_rows()], "write its name or WI")
    return postal

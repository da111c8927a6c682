"""What several commands take: which entries are wanted, topics and stages by name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.terminal import shell_completion
from jobs.terminal.output import named

if TYPE_CHECKING:
    from db.timeline.filters import EntryFilter
    from tracker.kinds import SourceKind
    from tracker.model import Direction, Effect, EntryStatus, Stage
    from tracker.partial_date import PartialDate
    from tracker.timeline.how_sure import SureWord


def _option(metavar: str, says: str, complete: Any = None, name: str = "") -> Any:
    """`complete` gives what a shell proposes; `name` where it is not that of the parameter."""
    return typer.Option(*([f"--{name}"] if name else []), metavar=metavar, help=says, autocompletion=complete)


_SEVERAL = list[str] | None
Places = Annotated[_SEVERAL, _option("PLACE", '"Milwaukee, WI", "Wisconsin" or an OCD id. Repeatable.', name="place")]
Topics = Annotated[_SEVERAL, _option("TOPIC", "For example immigration. Repeatable.", shell_completion.topics, "topic")]
_WAYS = "more-cooperation, less-cooperation, stricter or looser. Repeatable."
Directions = Annotated[_SEVERAL, _option("DIRECTION", _WAYS, shell_completion.directions, "direction")]
Stages = Annotated[_SEVERAL, _option("STAGE", "For example adopted. Repeatable.", shell_completion.stages, "stage")]
AStage = Annotated[str | None, _option("STAGE", "For example adopted.", shell_completion.stages)]
ATopic = Annotated[str | None, _option("TOPIC", "For example immigration.", shell_completion.topics)]
AnEffect = Annotated[str | None, _option("EFFECT", 'What it does: bans, allows, … or "".', shell_completion.effects)]
ADirection = Annotated[
    str | None, _option("DIRECTION", 'less-cooperation, stricter, … or "".', shell_completion.directions)
]
AFrequency = Annotated[str, _option("weekly|daily|at-once", "Weekly without it.", shell_completion.frequencies)]
_OF_WEEKLY = "Of a weekly mail: monday (without it) … sunday."
AWeekday = Annotated[str, _option("DAY", _OF_WEEKLY, shell_completion.weekdays)]
AZone = Annotated[str, _option("ZONE", "America/Chicago … Else the settings' own.", shell_completion.zones)]
_DOES = "What it does: bans, allows, … Repeatable."
Effects = Annotated[_SEVERAL, _option("EFFECT", _DOES, shell_completion.effects, "effect")]
Years = Annotated[_SEVERAL, _option("YEAR", "For example 2017; of its date. Repeatable.", name="year")]
_SURE = "sure, likely or uncertain. Repeatable."
HowSure = Annotated[_SEVERAL, _option("WORD", _SURE, shell_completion.how_sure, "how-sure")]
_KINDS = "feed, legistar, 287g or documents, where the address does not tell it."
AKind = Annotated[str, _option("KIND", _KINDS, shell_completion.source_kinds, "kind")]
Out = Annotated[
    str, typer.Option("--out", metavar="FILE", parser=named, help="Where to write; standard output without it.")
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

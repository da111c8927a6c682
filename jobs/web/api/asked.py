"""What a request for a list asks: which things, how many, from where on."""

import base64
import json
import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from db.timeline.filters import SHOWN, EntryFilter
from tracker.errors import BadValue, TrackerError
from tracker.model import Stage
from tracker.nearest import unknown
from tracker.partial_date import PartialDate
from tracker.publish.search_query import MAX_QUERY as MOST_TYPED
from tracker.publish.search_query import parse
from tracker.read.topics import topics

LIMIT = 100
MOST = 500
"""A page of so many entries has about a megabyte."""
MOST_VALUES = 50
"""Of one parameter."""
LONGEST = 300
"""Characters of a value; an id of a place has some sixty."""
DAY = r"^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


class NoSuch(TrackerError):
    """What is asked for by a name that nothing has."""


def _topic(name: str) -> str:
    if name not in topics():
        raise ValueError(str(unknown("topic", name, topics())))
    return name


def _words(given: str) -> str:
    """What holds no word would ask for everything, which nobody means who typed something."""
    if given and not parse(given):
        raise ValueError("there is no word in it that can be looked for; write letters or digits, or leave it out")
    return given


def _moment(given: str) -> str:
    if not re.match(DAY, given):
        raise ValueError("write a year, a month or a day: 2017, 2017-06, 2017-06-30")
    return given


PlaceName = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Topic = Annotated[str, AfterValidator(_topic), WithJsonSchema({"type": "string", "enum": list(topics())})]
Typed = Annotated[str, Field(min_length=1, max_length=MOST_TYPED), AfterValidator(_words)]
Moment = Annotated[str, AfterValidator(_moment), WithJsonSchema({"type": "string", "pattern": DAY})]


class Page(BaseModel):
    """How many, from where on."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(LIMIT, ge=1, le=MOST, description="How many at most.")
    cursor: str | None = Field(
        None,
        min_length=1,
        max_length=1000,
        description="Where the page before ended: follow the link `next` and do not make one up.",
    )

    def after(self, length: int) -> tuple[str, ...] | None:
        """The key of the last thing that is known, of so many parts; None at the beginning. Raises NoSuch."""
        if self.cursor is None:
            return None
        try:
            key = json.loads(base64.urlsafe_b64decode(self.cursor + "=="))
        except (ValueError, RecursionError):
            key = None
        if not isinstance(key, list) or len(key) != length or not all(isinstance(part, str) for part in key):
            raise NoSuch("cursor: there is no such page; take it from the link to the next one, or leave it out")
        return tuple(key)

    def link(self, key: Sequence[str]) -> str:
        """The Link header (RFC 8288) to the page behind the thing of this key, relative to the request's address."""
        given = self.model_dump(mode="json", exclude_defaults=True, exclude={"cursor"})
        cursor = base64.urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")
        return f'<?{urlencode([*_flat(given), ("cursor", cursor)])}>; rel="next"'


class OfPlaces(Page):
    """Which places."""

    place: list[PlaceName] = Field(
        [],
        max_length=MOST_VALUES,
        description='A place, as "Milwaukee, WI", "Wisconsin" or an Open Civic Data id. A state takes in its places.',
        examples=[["Milwaukee, WI"]],
    )


class OfPolicies(OfPlaces):
    """Which policies."""

    topic: list[Topic] = Field([], max_length=MOST_VALUES, description="A topic.", examples=[["immigration"]])


class OfEntries(OfPolicies):
    """Which entries."""

    q: Typed | None = Field(
        None,
        description=(
            "Words of titles, places, policies and the reports behind them. All must be there, in any of their forms; "
            '`"in this order"` for a phrase, `-word` for what must not be there: as on the page `search/`. '
            "Entries come in the order of this list, not the best first, so that pages do not shift."
        ),
        examples=['detainer -jail "common council"'],
    )
    stage: list[Stage] = Field([], max_length=MOST_VALUES, description="A stage.", examples=[["adopted"]])
    since: Moment | None = Field(
        None,
        description="A year, a month or a day: what may have happened from then on.",
        examples=["2017", "2017-06", "2017-07-06"],
    )


AskedPlaces = Annotated[OfPlaces, Query()]
AskedPolicies = Annotated[OfPolicies, Query()]
AskedEntries = Annotated[OfEntries, Query()]


def places_of(asked: OfPlaces) -> tuple[str, ...]:
    """Their Open Civic Data ids. Raises NoSuch that names the nearest ones."""
    if not asked.place:
        return ()
    from tracker.read.places import gazetteer

    try:
        return tuple(gazetteer.load().parse_home(place).id for place in asked.place)
    except BadValue as error:
        raise NoSuch(str(error)) from None


def policies_filter(asked: OfPolicies) -> EntryFilter:
    """The places and topics. Raises NoSuch."""
    told = {"places": places_of(asked), "inside": bool(asked.place), "topics": tuple(asked.topic)}
    return SHOWN.model_copy(update=told)


def entries_filter(asked: OfEntries) -> EntryFilter:
    """The places, topics and stages, the first day, and from which entry on. Raises NoSuch."""
    key = asked.after(4)
    if key and key[1]:
        _day(key[1], "cursor")
    after = (key[0], key[1], _stage(key[2]), key[3]) if key else None
    since = _day(asked.since, "since") if asked.since else None
    told = {"stages": tuple(asked.stage), "since": since, "after": after, "words": parse(asked.q or "")}
    return policies_filter(asked).model_copy(update=told)


def _day(text: str, parameter: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise NoSuch(f"{parameter}: there is no such day as {text!r}") from None


def _stage(text: str) -> Stage:
    try:
        return Stage(text)
    except ValueError:
        raise NoSuch(f"cursor: there is no such stage as {text!r}") from None


def _flat(given: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    for name, value in given.items():
        yield from ((name, one) for one in (value if isinstance(value, list) else [value]))

"""What a request for a list asks: which things, how many, from where on."""

import base64
import json
import re
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import HTTPException
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from db.timeline.filters import SHOWN, EntryFilter
from tracker.errors import BadValue
from tracker.model import Stage
from tracker.nearest import unknown
from tracker.partial_date import PartialDate
from tracker.publish.search_query import MAX_QUERY as MOST_TYPED
from tracker.publish.search_query import parse
from tracker.read.places import gazetteer
from tracker.read.topics import topics

LIMIT = 100
MOST = 500
"""A page of so many entries has about a megabyte."""
MOST_VALUES = 50
"""Of one parameter."""
LONGEST = 300
"""Characters of a value; an id of a place has some sixty."""
DAY = r"^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

T = TypeVar("T")


def missing(detail: str) -> HTTPException:
    """What is asked for by a name that nothing has."""
    return HTTPException(404, detail)


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


class ListQuery(BaseModel):
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
        """The key of the last thing that is known, of so many parts; None at the beginning. Raises HTTPException."""
        if self.cursor is None:
            return None
        try:
            key = json.loads(base64.urlsafe_b64decode(self.cursor + "=="))
        except (ValueError, RecursionError):
            key = None
        if not isinstance(key, list) or len(key) != length or not all(isinstance(part, str) for part in key):
            raise missing("cursor: there is no such page; take it from the link to the next one, or leave it out")
        return tuple(key)

    def part(self, items: Sequence[T], key: Callable[[T], tuple[str, ...]]) -> tuple[Sequence[T], str]:
        """As many of the items as are wanted, and, where there are more, the Link header (RFC 8288) to the part behind
        the last one's `key`, relative to the request's address."""
        part = items[: self.limit]
        if len(items) <= len(part):
            return part, ""
        given = self.model_dump(mode="json", exclude_defaults=True, exclude={"cursor"})
        cursor = base64.urlsafe_b64encode(json.dumps(list(key(part[-1]))).encode()).decode().rstrip("=")
        return part, f'<?{urlencode({**given, "cursor": cursor}, doseq=True)}>; rel="next"'


class PlaceQuery(ListQuery):
    """Which places."""

    place: list[PlaceName] = Field(
        [],
        max_length=MOST_VALUES,
        description='A place, as "Milwaukee, WI", "Wisconsin" or an Open Civic Data id. A state takes in its places.',
        examples=[["Milwaukee, WI"]],
    )


class PolicyQuery(PlaceQuery):
    """Which policies."""

    topic: list[Topic] = Field([], max_length=MOST_VALUES, description="A topic.", examples=[["immigration"]])


class EntryQuery(PolicyQuery):
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


def places_of(query: PlaceQuery) -> tuple[str, ...]:
    """Their Open Civic Data ids. Raises HTTPException that names the nearest ones."""
    if not query.place:
        return ()
    try:
        return tuple(gazetteer.load().parse_home(place).id for place in query.place)
    except BadValue as error:
        raise missing(str(error)) from None


def policies_filter(query: PolicyQuery) -> EntryFilter:
    """The places and topics. Raises HTTPException."""
    told = {"places": places_of(query), "inside": bool(query.place), "topics": tuple(query.topic)}
    return SHOWN.model_copy(update=told)


def entries_filter(query: EntryQuery) -> EntryFilter:
    """The places, topics and stages, the first day, and from which entry on. Raises HTTPException."""
    key = query.after(4)
    if key and key[1]:
        _day(key[1], "cursor")
    after = (key[0], key[1], _stage(key[2]), key[3]) if key else None
    since = _day(query.since, "since") if query.since else None
    told = {"stages": tuple(query.stage), "since": since, "after": after, "words": parse(query.q or "")}
    return policies_filter(query).model_copy(update=told)


def _day(text: str, parameter: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise missing(f"{parameter}: there is no such day as {text!r}") from None


def _stage(text: str) -> Stage:
    try:
        return Stage(text)
    except ValueError:
        raise missing(f"cursor: there is no such stage as {text!r}") from None

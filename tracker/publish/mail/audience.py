"""Which entries and which feeds concern a reader. Pure; whoever follows the same things is looked up once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from tracker.coverage import Coverage
from tracker.model import Entry, OcdId, Publish, Stage
from tracker.publish import geography, safe, words
from tracker.publish.mail.subscribers import Subscription
from tracker.read.places.gazetteer import is_within
from tracker.timeline.how_sure import is_published

CountyOf = Callable[[OcdId], OcdId | None]
"""The county in which a place lies; its id does not say so (Open Civic Data puts places directly under their state)."""
EVERYWHERE = 3
"""How near what is followed for its topic only is."""
COUNTRY_PARTS = 2
"""Parts of an id that every id here has: `ocd-division/country:us`."""


class FollowableStep(Protocol):
    """What of an entry decides whether somebody follows it."""

    @property
    def jurisdiction(self) -> OcdId: ...
    @property
    def topic(self) -> str: ...
    @property
    def stage(self) -> Stage: ...


@dataclass(frozen=True)
class Interest:
    """What somebody follows, in one order and without what makes no difference: readers who follow the same have equal
    interests."""

    subscriptions: tuple[Subscription, ...]

    @classmethod
    def of(cls, subscriptions: Iterable[Subscription]) -> "Interest":
        """The interest of somebody with these subscriptions, those to agendas aside."""
        plain = {_plain(item) for item in subscriptions if not item.agenda}
        return cls(
            tuple(
                sorted(plain, key=lambda item: (item.place or "", item.inside, item.within, item.topics, item.stages))
            )
        )

    def nearness(self, entry: Entry, county_of: CountyOf) -> int:
        """0 for an entry of a place that is followed by name, 1 for one in such a county or within the miles around a
        place, 2 in such a state, 3 else."""
        near = around(entry.jurisdiction, county_of)
        fits = [item for item in self.subscriptions if item.place and _fits(entry, item)]
        ways = [_far(item.place, entry) for item in fits if item.place and item.place in near]
        return min([*ways, *(1 for item in fits if _is_close(entry.jurisdiction, item))], default=EVERYWHERE)

    def follows(self, entry: FollowableStep, county_of: CountyOf) -> bool:
        """Whether an entry of this place, topic and stage matches a subscription."""
        near = {None, *around(entry.jurisdiction, county_of)}
        at = {None, entry.jurisdiction}
        return any(
            (item.place in (near if item.inside else at) or _is_close(entry.jurisdiction, item)) and _fits(entry, item)
            for item in self.subscriptions
        )

    def in_words(self) -> tuple[str, ...]:
        """`Milwaukee, Wisconsin: immigration`, one a subscription."""
        return tuple(map(describe, self.subscriptions))


def describe(item: Subscription) -> str:
    """`Wisconsin and all places in it: immigration, housing; adopted`; `On agendas of Milwaukee, Wisconsin: matter 26-1
    or “lamps”`."""
    what = "all places" if item.place is None else geography.name_of(item.place)
    if item.place and item.inside and "/place:" not in item.place:  # nothing inside a city is reported here
        what += " and all places in it"
    if item.place and item.within:
        what += f" and within {item.within} miles"
    topics = ", ".join(words.topic(name) for name in item.topics)
    stages = ", ".join(words.STAGES[stage] for stage in item.stages)
    told = "; ".join(part for part in (f"{what}: {topics}" if topics else what, stages) if part)
    if not item.agenda:
        return told
    named = [*(f"matter {safe.plain(name)}" for name in item.matters), *map(words.in_quotes, item.words)]
    return f"On agendas of {told}" + (f"{';' if topics else ':'} {words.series(named, 'or')}" if named else "")


def _is_close(place: OcdId, item: Subscription) -> bool:
    """True within the miles around what is followed."""
    return bool(item.place and item.within) and is_within(place, item.place or "", item.within)


def _plain(item: Subscription) -> Subscription:
    fields = {"id": 0, "topics": tuple(sorted(set(item.topics))), "stages": tuple(sorted(set(item.stages)))}
    return item.model_copy(update=fields)


def _far(place: OcdId, entry: Entry) -> int:
    if place == entry.jurisdiction:
        return 0
    return 2 if place.count("/") == COUNTRY_PARTS else 1


class EntryIndex:
    """Entries put where readers find them: by the place and everything around it. What is not published is only known,
    so that what was told of it before can be corrected."""

    def __init__(self, entries: Iterable[Entry], county_of: CountyOf, publish: Publish = Publish.ALL) -> None:
        self.known = {entry.id: entry for entry in entries}
        self._inside: dict[OcdId | None, list[Entry]] = defaultdict(list)
        self._at: dict[OcdId, list[Entry]] = defaultdict(list)
        self._cache: dict[Interest, tuple[Entry, ...]] = {}
        for entry in (entry for entry in self.known.values() if is_published(entry, publish)):
            self._at[entry.jurisdiction].append(entry)
            for place in (None, *around(entry.jurisdiction, county_of)):
                self._inside[place].append(entry)

    def matching(self, interest: Interest) -> tuple[Entry, ...]:
        """The entries that match a subscription, each once, by id."""
        if interest not in self._cache:
            found = {entry.id: entry for item in interest.subscriptions for entry in self._subscribed(item)}
            self._cache[interest] = tuple(found[name] for name in sorted(found))
        return self._cache[interest]

    def _subscribed(self, item: Subscription) -> Iterable[Entry]:
        near = self._inside[item.place] if item.inside or item.place is None else self._at[item.place]
        close = [place for place in self._at if _is_close(place, item)] if item.within else []
        return (entry for entry in chain(near, *(self._at[place] for place in close)) if _fits(entry, item))


def _fits(entry: FollowableStep, item: Subscription) -> bool:
    return (not item.topics or entry.topic in item.topics) and (not item.stages or entry.stage in item.stages)


def around(place: OcdId, county_of: CountyOf) -> tuple[OcdId, ...]:
    """The place itself, what it lies in by its id, and its county."""
    parts = place.split("/")
    by_id = ["/".join(parts[:count]) for count in range(len(parts), COUNTRY_PARTS - 1, -1)]
    county = county_of(place)
    return tuple(dict.fromkeys([*by_id, *([county] if county else [])]))


def coverage_for(coverage: Sequence[Coverage], interest: Interest, county_of: CountyOf) -> tuple[Coverage, ...]:
    """The feeds that serve what somebody follows: the place itself, what lies around it, and what lies in it."""
    if any(item.place is None for item in interest.subscriptions):
        return tuple(coverage)
    return tuple(feed for feed in coverage if any(_serves(feed, item, county_of) for item in interest.subscriptions))


def unserved_places(coverage: Sequence[Coverage], interest: Interest, county_of: CountyOf) -> tuple[str, ...]:
    """The places that somebody follows and no feed serves, by name: that nothing is told of them says nothing."""
    silent = (
        item.place
        for item in interest.subscriptions
        if item.place and not any(_serves(feed, item, county_of) for feed in coverage)
    )
    return tuple(map(geography.name_of, dict.fromkeys(silent)))


def _serves(feed: Coverage, item: Subscription, county_of: CountyOf) -> bool:
    """True where a feed is of the followed place, of what lies around it, or, where that is followed too, inside it or
    within some miles."""
    if not item.place or not feed.home:
        return False
    if _is_close(feed.home, item):
        return True
    return feed.home in around(item.place, county_of) or (item.inside and item.place in around(feed.home, county_of))

"""From words to values: what somebody follows and when they are written to, as commands and CSV files say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jobs.terminal.options import known_stage, known_topic
from tracker.errors import BadValue
from tracker.model import Kind, OcdId
from tracker.nearest import member
from tracker.publish.mail.subscribers import MOST_MILES, Frequency, Rhythm, Subscription, weekday, zone
from tracker.read.places import gazetteer

EVERYWHERE = frozenset({"", "everywhere", "all", "*"})
"""What stands for every place in a file."""


@dataclass(frozen=True)
class Preferences:
    """What was said; empty texts and None leave things as they are."""

    places: Sequence[str] = ()
    topics: Sequence[str] = ()
    stages: Sequence[str] = ()
    inside: bool = True
    within: int = 0
    frequency: str = ""
    weekday: str = ""
    hour: int | None = None
    timezone: str = ""

    def subscriptions(self) -> tuple[Subscription, ...]:
        """One for each place, with all topics and stages; BadInput."""
        topics = tuple(known_topic(name) for name in self.topics)
        stages = tuple(known_stage(name) for name in self.stages)
        places: Iterable[OcdId | None] = [place(name) for name in self.places] or [None]
        what = {"inside": self.inside, "within": self.within, "topics": topics, "stages": stages}
        for one in places:
            _check_centre(one, self.within)
        return tuple(Subscription(place=one, **what) for one in places)

    @property
    def names_something(self) -> bool:
        """Whether it says what to follow; if not, it stands for everything."""
        return bool(self.places or self.topics or self.stages)

    def rhythm(self, known: Rhythm) -> Rhythm:
        """The known rhythm with what was said otherwise; BadInput."""
        said = {
            "frequency": member(Frequency, "frequency", self.frequency) if self.frequency else None,
            "weekday": weekday(self.weekday) if self.weekday else None,
            "hour": _hour(self.hour),
            "timezone": zone(self.timezone).key if self.timezone else None,
        }
        return known.model_copy(update={name: value for name, value in said.items() if value is not None})


def place(text: str) -> OcdId | None:
    """The place's id; None for everywhere. UnknownPlace."""
    return None if text.strip().lower() in EVERYWHERE else gazetteer.load().parse_home(text.strip()).id


def _check_centre(centre: OcdId | None, within: int) -> None:
    """Raises BadValue for miles around what has no point, and for too many."""
    if not 0 <= within <= MOST_MILES:
        raise BadValue(f"not so many miles: {within}; write a number from 1 to {MOST_MILES}, or name a state")
    known = gazetteer.load().get(centre) if centre else None
    if within and (known is None or known.kind is Kind.STATE or known.latitude is None):
        raise BadValue("miles are counted around a city or a county; name one, or leave the miles out")


def _hour(hour: int | None) -> int | None:
    if hour is not None and not 0 <= hour <= 23:
        raise BadValue(f"not an hour: {hour}; write a number from 0 to 23")
    return hour

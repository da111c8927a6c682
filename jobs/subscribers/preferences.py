"""From words to values: what somebody follows and when they are written to, as commands and CSV files say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from jobs.terminal.options import known_stage, known_topic
from tracker.errors import BadValue
from tracker.model import Kind, OcdId
from tracker.nearest import member
from tracker.publish.mail.subscribers import MOST_MILES, Frequency, Rhythm, Subscription, weekday, zone
from tracker.publish.safe import plain, shorten
from tracker.publish.search_query import tokens
from tracker.read.places import gazetteer

EVERYWHERE = frozenset({"", "everywhere", "all", "*"})
"""What stands for every place in a file."""


@dataclass(frozen=True)
class Preferences:
    """What was said; empty texts and None leave things as they are. `digest_too`: the digest about places and topics,
    besides what is about agendas."""

    places: Sequence[str] = ()
    topics: Sequence[str] = ()
    stages: Sequence[str] = ()
    inside: bool = True
    within: int = 0
    frequency: str = ""
    weekday: str = ""
    hour: int | None = None
    timezone: str = ""
    agenda: bool = False
    matters: Sequence[str] = ()
    words: Sequence[str] = ()
    digest_too: bool = False

    def subscriptions(self) -> tuple[Subscription, ...]:
        """One for each place, with all topics and stages; BadInput."""
        topics = tuple(known_topic(name) for name in self.topics)
        stages = tuple(known_stage(name) for name in self.stages)
        places: Iterable[OcdId | None] = [place(name) for name in self.places] or [None]
        what = {"inside": self.inside, "within": self.within, "topics": topics, "stages": stages}
        if self.watches_agendas:
            if stages:
                raise BadValue("what stands on agendas is proposed: leave out the stages, or what is about agendas")
            matters, phrases = (tuple(map(_plain, texts)) for texts in (self.matters, self.words))
            what |= {"agenda": True, "matters": matters, "words": phrases}
        for one in places:
            _check_centre(one, self.within)
        also: tuple[Subscription, ...] = ()
        if self.watches_agendas and self.digest_too and (self.places or self.topics):
            also = replace(self, agenda=False, matters=(), words=()).subscriptions()
        return (*also, *(Subscription(place=one, **what) for one in places))

    @property
    def watches_agendas(self) -> bool:
        """Whether it is about agendas; whoever names a matter or words to watch means them."""
        return bool(self.agenda or self.matters or self.words)

    @property
    def names_something(self) -> bool:
        """Whether it says what to follow; if not, it stands for everything."""
        return bool(self.places or self.topics or self.stages or self.watches_agendas)

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


LONGEST_WATCHED = 200
"""Characters of a file number or of words to watch."""


def _plain(text: str) -> str:
    """A file number, or words, as they are kept. Raises BadValue."""
    told = plain(text)
    if not tokens(told) or len(told) > LONGEST_WATCHED:
        raise BadValue(
            f"nothing to watch on an agenda: {shorten(told, 40)!r}; write a file number, or words of a title"
        )
    return told


def _hour(hour: int | None) -> int | None:
    if hour is not None and not 0 <= hour <= 23:
        raise BadValue(f"not an hour: {hour}; write a number from 0 to 23")
    return hour

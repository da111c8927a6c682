"""Which jurisdiction each place name of an article means.

Evidence, in order of weight: the state written behind the name, the dateline, the states that the article names, the
home of the outlet (right for 91 % of local place names, against 67 % for the most populous place of a name), the
distance from it, and the population.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import log10

from tracker.errors import UnknownPlace
from tracker.model import Article, Jurisdiction, Kind
from tracker.read.places.finder import MentionFinder, NameMention
from tracker.read.places.gazetteer import Gazetteer, kilometres
from tracker.read.places.levels import GovernmentLevel
from tracker.read.places.place_names import state_of, states_named
from tracker.read.places.tokens import surnames, words_of

EXPLICIT = 10.0
"""The state is written behind the name somewhere in the article: nothing else can outweigh it."""
TEXT_STATE_FIRST, TEXT_STATE_ANY = 2.6, 1.3
"""The state that the article names most, and any other that it names."""
HOME_STATE, HOME_ITSELF = 3.0, 2.5
"""The outlet's own state, and its own town or county."""
HOME_STATE_UNNAMED = 1.2
"""The outlet's state where the article names other states only: wire copy travels."""
NEAR_KM, NEAR, FAR_KM, FAR = 60.0, 2.0, 150.0, 1.0
"""An outlet covers what lies within an hour's drive, across state lines too."""
SIBLING = 1.0
"""Another name of the article can only mean that state."""
TOWNSHIP_UNNAMED = 1.5
"""What a township loses where the text does not say "Township"."""
PEOPLE = 0.5
"""Points for each power of ten of population."""
LARGE, TIMES = 50_000, 10
"""People of a place that its name may mean anywhere, and how many times as many as the place nearby that has it."""
CLOSE_CALL = 0.8
"""A candidate within so many points of the best is kept as a possible other."""

_OF_COUNTIES = re.compile(r"\b(?:county|counties|parish|parishes|sheriffs?|supervisors|commissioners)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResolvedName:
    """A mention with the jurisdiction that it means; `others` are the candidates that come close."""

    mention: NameMention
    jurisdiction: Jurisdiction
    others: tuple[Jurisdiction, ...] = ()


@dataclass(slots=True)
class ArticlePlaces:
    """All that an article says about where: the mentions of text and title, and the states it names."""

    text: list[ResolvedName]
    title: list[ResolvedName]
    home: Jurisdiction | None
    home_unknown: bool
    states: Counter[str]
    of_counties: bool = False
    """Whether the article speaks of counties or of their governments."""


class PlaceReader:
    """Places of articles, for as many threads as like: a daemon reads new ones while it asks a model about others."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def home(self, article: Article) -> tuple[Jurisdiction | None, bool]:
        """The home of the outlet, and True where one is given that is not in the United States; of a community that no
        list has, the state is known."""
        if not article.source_home:
            return None, False
        try:
            return self._gazetteer.parse_home(article.source_home), False
        except UnknownPlace:
            postal = state_of(article.source_home.rpartition(",")[2].strip())
            return (self._gazetteer.state(postal), False) if postal else (None, True)

    def read(self, article: Article) -> ArticlePlaces:
        """Finds, resolves and weighs every place of the article."""
        home, unknown = self.home(article)
        states = Counter(states_named(article.text)) + Counter(states_named(article.title))
        finder = MentionFinder(self._gazetteer)  # it remembers what it finds in a text
        text = finder.find(article.text, home, states)
        people = surnames(words_of(article.text), article.text, sure=True) - {mention.name for mention in text}
        title = finder.find(article.title, home, states, people)
        states.update(m.state for m in text + title if m.state)
        title = [_as_in_text(mention, text) for mention in title]
        resolve = _Resolver(self._gazetteer, text + title, states, home)
        of_counties = _OF_COUNTIES.search(f"{article.title}\n{article.text}") is not None
        return ArticlePlaces(
            [resolve(m) for m in text], [resolve(m) for m in title], home, unknown, states, of_counties
        )

    def around(self, places: ArticlePlaces) -> dict[str, Jurisdiction]:
        """The counties around the outlet's home and around the dateline: in a town's paper "the county board" is
        that county's."""
        dateline = next((p.jurisdiction for p in places.text if p.mention.dateline), None)
        inside = {"home": _local(places.home), "dateline": dateline}
        found = {what: self._gazetteer.county_of(place.id) for what, place in inside.items() if place}
        return {what: county for what, county in found.items() if county and county.kind is Kind.COUNTY}

    def rivals(self, places: ArticlePlaces) -> Iterator[Jurisdiction]:
        """What else the names of an article may mean, the likeliest first: a place that comes close, a far larger one
        of the name, and where counties are spoken of, the county of that name."""
        speaks = (
            any(p.mention.level is GovernmentLevel.COUNTY for p in places.text + places.title) or places.of_counties
        )
        for placed in {p.jurisdiction.id: p for p in places.title + places.text}.values():
            if placed.mention.state or placed.mention.level in (GovernmentLevel.COUNTY, GovernmentLevel.FOREIGN):
                yield from placed.others[:1]
                continue
            yield from placed.others[:2]
            place, name = placed.jurisdiction, placed.mention.name
            yield from (
                big for big in self._gazetteer.named(name)[:2]
                if big.kind is Kind.PLACE and big.population >= max(LARGE, TIMES * place.population)
            )  # fmt: skip
            if speaks:
                counties = self._gazetteer.named(f"{name} County") or self._gazetteer.named(f"{name} Parish")
                yield from (county for county in counties if county.state == place.state)


def _as_in_text(mention: NameMention, text: list[NameMention]) -> NameMention:
    """A title's "Anderson council" is the county's where the text only knows Anderson County."""
    if mention.level not in (GovernmentLevel.CITY, GovernmentLevel.BARE):
        return mention
    name = mention.name.casefold()
    if any(other.name.casefold() == name for other in text):
        return mention
    county = next(
        (o for o in text if o.level is GovernmentLevel.COUNTY and o.name.casefold() == f"{name} county"), None
    )
    return (
        replace(mention, candidates=county.candidates, level=GovernmentLevel.COUNTY, state=county.state)
        if county
        else mention
    )


def _local(home: Jurisdiction | None) -> Jurisdiction | None:
    return home if home and home.kind is not Kind.STATE else None


class _Resolver:
    """Scores the candidates of every name once an article."""

    def __init__(
        self, gazetteer: Gazetteer, mentions: Iterable[NameMention], states: Counter[str], home: Jurisdiction | None
    ) -> None:
        self._gazetteer, self._states, self._home = gazetteer, states, home
        self._explicit: dict[str, str] = {}
        self._certain: Counter[str] = Counter()
        self._bare: set[str] = set()
        for mention in mentions:
            if mention.state:
                self._explicit.setdefault(mention.name.casefold(), mention.state)
            if mention.level is GovernmentLevel.BARE:
                self._bare.add(mention.name.casefold())
            if len({c.state for c in mention.candidates}) == 1:
                self._certain[mention.candidates[0].state] += 1
        self._top = states.most_common(1)[0][1] if states else 0
        self._cache: dict[tuple[str, GovernmentLevel], tuple[Jurisdiction, tuple[Jurisdiction, ...]]] = {}

    def __call__(self, mention: NameMention) -> ResolvedName:
        key = (mention.name.casefold(), mention.level)
        if key not in self._cache or mention.state:
            self._cache[key] = self._choose(mention)
        best, others = self._cache[key]
        return ResolvedName(mention, best, others)

    def _choose(self, mention: NameMention) -> tuple[Jurisdiction, tuple[Jurisdiction, ...]]:
        scored = sorted(
            ((self._score(c, mention), c) for c in mention.candidates), key=lambda pair: (-pair[0], pair[1].id)
        )
        best_score, best = scored[0]
        others = tuple(c for score, c in scored[1:] if best_score - score < CLOSE_CALL and c.state != best.state)
        return best, others[:5]

    def _score(self, place: Jurisdiction, mention: NameMention) -> float:
        score = PEOPLE * log10(place.population + 100)
        explicit = mention.state or self._explicit.get(mention.name.casefold())
        if explicit:
            score += EXPLICIT if explicit == place.state else 0.0
        if count := self._states.get(place.state, 0):
            score += TEXT_STATE_FIRST if count == self._top else TEXT_STATE_ANY
        if place.state in self._certain and len(mention.candidates) > 1:
            score += SIBLING
        if (
            place.kind is Kind.TOWNSHIP
            and "township" not in mention.name.casefold()
            and mention.body not in ("township", "township trustees", "township board")
        ):
            score -= TOWNSHIP_UNNAMED
        if place.name.casefold() != mention.name.casefold() and mention.name.casefold() in self._bare:
            score -= HOME_ITSELF
        return score + self._near_home(place)

    def _near_home(self, place: Jurisdiction) -> float:
        if self._home is None:
            return 0.0
        score = 0.0
        if place.state == self._home.state:
            named = self._states.get(place.state, 0) or not self._states
            score += HOME_STATE if named else HOME_STATE_UNNAMED
        if place.id == self._home.id:
            score += HOME_ITSELF
        if self._home.kind is Kind.STATE:
            return score
        around = self._gazetteer.county_of(self._home.id)
        if around and around.id == place.id:
            score += HOME_ITSELF
        away = kilometres(place, self._home)
        return score + (0.0 if away is None else NEAR if away <= NEAR_KM else FAR if away <= FAR_KM else 0.0)

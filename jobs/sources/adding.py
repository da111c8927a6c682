"""`tracker sources add`: what a person wants of a source that was found, and whose council a record is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import typer

from jobs.sources import subscriptions
from jobs.sources.lookup import FoundSource
from jobs.terminal.options import known_topic
from tracker.errors import BadInput
from tracker.kinds import SourceKind
from tracker.read.places import gazetteer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.values import Feed

WITHOUT_HOME = {
    SourceKind.FEED: 'It has no home. `tracker sources add {} --home "City, ST"` names one later.',
    SourceKind.DOCUMENTS: "It has no home, so whose a document is rests on the department that it names. One that "
    "names none, or one of which there are several, is not followed; `tracker sources show {0}` names it. "
    '`tracker sources add {0} --home "City, ST"` says whose they are, and those are followed too.',
}
"""What is said of a new source without one, by its kind: a council's record has one, the sheet is of the whole
country."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`topics` None: as they are, else all for a new one; empty: all of them."""

    home: str | None = None
    topics: tuple[str, ...] | None = None
    title: str = ""

    @classmethod
    def of(cls, home: str, topics: Sequence[str] | None, all_topics: bool, title: str) -> Self:
        """The options as they are typed. Raises BadValue kinds."""
        if topics and all_topics:
            raise typer.BadParameter("--topic and --all-topics contradict each other: give one of them")
        named = () if all_topics else tuple(dict.fromkeys(map(known_topic, topics))) if topics else None
        return cls(subscriptions.home_id(home), named, title)


def refuse_topics(kind: SourceKind, wanted: Wanted) -> None:
    """Raises BadParameter for topics of a feed, which is read whole."""
    if kind is SourceKind.FEED and wanted.topics is not None:
        raise typer.BadParameter("--topic narrows a council's record; news is read whole, whatever its topic")


def add(engine: "Engine", found: FoundSource, wanted: Wanted, *, ask: bool) -> "tuple[Feed, bool]":
    """The source, and whether it is new. Raises BadInput."""
    home = wanted.home
    if found.kind is SourceKind.LEGISTAR and home is None and not _has_home(engine, found.url):
        home = _home(found.url, ask)
    title = wanted.title or found.title or _title(found.kind, home)
    return subscriptions.subscribe(engine, found.url, title, found.site, home, found.kind, wanted.topics)


def _has_home(engine: "Engine", url: str) -> bool:
    from db.engine import reading
    from db.feeds import feeds

    with reading(engine) as session:
        known = feeds.by_url(session, url)
    return bool(known and known.home)


def _home(url: str, ask: bool) -> str | None:
    """Whose council it is, asked; what its name says is only proposed. Raises BadInput where nobody can be asked."""
    likely = subscriptions.likely_home(url)
    if not ask:
        raise BadInput(f"{url}: {subscriptions.home_wanted(likely)}; nothing was added")
    answer = typer.prompt("Whose council is it?", default=likely or None)
    return subscriptions.home_id(str(answer))


def _title(kind: SourceKind, home: str | None) -> str:
    place = gazetteer.load().get(home) if home else None
    return f"Council record of {place.label}" if kind is SourceKind.LEGISTAR and place else ""

"""What a choice of entries leaves empty, said on stderr, so that nothing found is not taken for a misspelt word."""

from collections.abc import Iterator

from sqlmodel import Session

from db.feeds import feeds
from db.timeline.filters import ALL, SHOWN, EntryFilter, unordered
from jobs.terminal.console import say
from tracker.model import OcdId
from tracker.publish.report.coverage import coverage_summary
from tracker.read.places import gazetteer


def say_gaps(session: Session, wanted: EntryFilter) -> None:
    """One line for each place and each topic that nothing is recorded of; one where they only never meet."""
    lines = gaps(session, wanted)
    if not lines and wanted != ALL and not _any(session, wanted):
        lines = ["no entry has all of what you chose; leave out an option to see more"]
    for line in lines:
        say(line)


def gaps(session: Session, wanted: EntryFilter) -> list[str]:
    """One line for each place and each topic that nothing is recorded of."""
    return [*_of_places(session, wanted), *_of_topics(session, wanted)]


def _of_places(session: Session, wanted: EntryFilter) -> Iterator[str]:
    for place in wanted.places:
        if not _any(session, SHOWN.model_copy(update={"places": (place,), "inside": wanted.inside})):
            label = gazetteer.load().label(place)
            none = f'No feed covers it; `tracker sources add ADDRESS --home "{label}"` subscribes to one.'
            covering = [feed for feed in feeds.coverage(session) if feed.home and _covers(feed.home, place)]
            yield f"nothing is recorded for {label}. {coverage_summary(covering, none).sentence}"


def _of_topics(session: Session, wanted: EntryFilter) -> Iterator[str]:
    for topic in wanted.topics:
        if not _any(session, SHOWN.model_copy(update={"topics": (topic,)})):
            yield f"nothing is recorded on the topic {topic}."


def _any(session: Session, wanted: EntryFilter) -> bool:
    return session.execute(unordered(wanted).limit(1)).first() is not None


def _covers(home: OcdId, place: OcdId) -> bool:
    """True for a feed of the place, of what lies around it, and of what lies in it."""
    return home == place or place.startswith(f"{home}/") or home.startswith(f"{place}/")

"""What the report is built from: which places have changed, and each with all that its page shows."""

from collections.abc import Callable, Iterator, Sequence

from sqlmodel import Session

from db import freshness
from db.mapping import batches
from db.people.withholding import withholdings
from db.timeline.filters import EntryFilter
from db.timeline.timelines import timelines
from tracker.coverage import PlaceTimeline
from tracker.model import Jurisdiction, OcdId, Publish
from tracker.publish.report.fingerprints import mark, sources
from tracker.publish.withholding import published_timeline

CODE = ("db", "tracker.read.places")
"""What else decides what is loaded of a place."""


class ShownPlaces:
    """`tracker.publish.report.sources.Places` from one state of the database."""

    def __init__(
        self, session: Session, jurisdiction_of: Callable[[OcdId], Jurisdiction | None], publish: Publish
    ) -> None:
        self._session, self._jurisdiction_of, self._publish = session, jurisdiction_of, publish
        self.stamps = freshness.stamps(session)
        withheld = [item.model_dump_json() for item in withholdings(session, active=True)]
        self.basis = mark(str(publish), *map(sources, CODE), *withheld)  # a hash: what is withheld stands nowhere

    def load(self, wanted: Sequence[OcdId] | None) -> Iterator[PlaceTimeline]:
        """Those of the wanted places that are there, or all, by id, as readers are shown them."""
        for places in [()] if wanted is None else batches(sorted(wanted)):
            of_them = EntryFilter(places=tuple(places))  # what was rejected too: it keeps its address
            for timeline in timelines(self._session, self._jurisdiction_of, of_them):
                yield published_timeline(timeline, self._publish)

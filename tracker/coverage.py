"""How well the tracker hears its sources, what of its own is out of order, and all that the page of a place shows."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from tracker.hearings import Agendas
from tracker.model import Jurisdiction, Policy, SourceKind, Value


@dataclass(frozen=True, slots=True)
class MatterCounts:
    """Matters of a record: all that are known, those about a standing rule, those of them that are followed."""

    all: int = 0
    counting: int = 0
    followed: int = 0

    @property
    def put_aside(self) -> int:
        """Matters about no standing rule."""
        return self.all - self.counting


class Coverage(Value):
    """How well one source is heard; `feed` is its address. `state`: active, failing or retired; `error` is the last
    failure in words; `since` when it is followed. `put_aside` of a feed's items were not fetched: by headline and
    summary they report no change. `matters` are those of a council's record, None for every other kind."""

    feed: str
    kind: SourceKind = SourceKind.FEED
    title: str = ""
    home: str | None = None
    state: str = "active"
    last_heard: datetime | None = None
    error: str = ""
    since: datetime | None = None
    put_aside: int = 0
    matters: MatterCounts | None = None


NETWORK = "network"
"""The name of the trouble that this machine's own network is down."""
WEBSITE = "website"
"""The name of the trouble that the daemon cannot listen where the settings have it. No change is missed by that."""

SLOW_WEBSITE = "website-slow"
"""The same where whoever comes waits long for a page."""
OF_WEBSITE = (WEBSITE, SLOW_WEBSITE)


class Trouble(Value):
    """Something of the tracker's own that is out of order, so that changes may be missed. `name` is the job that keeps
    failing, `network`, `website`, `website-slow`, or the address of an article that cannot be read; `times` it went
    wrong in a row."""

    name: str
    what: str
    since: datetime
    times: int = Field(default=1, ge=1)


class PlaceTimeline(Value):
    """Everything that a place's page shows. `agendas` None: no record of its own is followed."""

    jurisdiction: Jurisdiction
    policies: tuple[Policy, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    agendas: Agendas | None = None

"""How well the tracker hears its feeds, what of its own is out of order, and all that the page of a place shows."""

from datetime import datetime

from pydantic import Field

from tracker.hearings import Agendas
from tracker.model import Jurisdiction, Policy, Value


class Coverage(Value):
    """How well one feed is heard. `state`: active, failing or retired; `error` is the last failure in words.
    `put_aside` of its items were not fetched: by headline and summary they report no change."""

    feed: str
    title: str = ""
    home: str | None = None
    state: str = "active"
    last_heard: datetime | None = None
    error: str = ""
    put_aside: int = 0


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

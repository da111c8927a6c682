"""What time it is: the one clock of the top storey, handed down from here."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from jobs.settings import Settings


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime, settings: "Settings") -> datetime:
    """The moment in the zone of the settings, by which days begin."""
    return moment.astimezone(ZoneInfo(settings.timezone))

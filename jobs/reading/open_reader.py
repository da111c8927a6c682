"""The one place that makes readers, and knows which one the settings want."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobs.settings import Settings
    from tracker.read.reader import Reader


def open_reader(settings: "Settings") -> "Reader":
    """The reader as the settings want it. Loads no model yet."""
    from tracker.read.reader import Reader

    return Reader(big_look=settings.big_look)


def reader_version(settings: "Settings") -> str:
    """The version of that reader, without making it."""
    from tracker.read import version

    return version.READER_VERSION if settings.big_look else version.SMALL_LOOK_VERSION

"""The one place that makes readers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobs.settings import Settings
    from tracker.read.reader import Reader


def open_reader(_settings: "Settings") -> "Reader":
    """The reader as the settings want it. Nothing of them matters to the scorer that ships; one that is reached by
    them is made here. Loads no model yet."""
    from tracker.read.reader import Reader

    return Reader()

"""What a worker says of its work: one line a minute at most, since each of its tasks is small."""

import time
from collections import Counter
from typing import Any

SAY_EVERY_S = 60.0
"""Polls of one worker are hundreds a minute; whoever looks at the log wants to see that it works, and how much."""


class Share:
    """Counts the tasks of a worker: `poll=212 fetch=31 read=4 failed=1 seconds=48`."""

    def __init__(self, log: Any) -> None:
        self._log, self._counts, self._seconds, self._since = log, Counter[str](), 0.0, time.monotonic()

    def took(self, name: str, seconds: float, well: bool) -> None:
        """One task came to an end."""
        self._counts[name] += 1
        self._counts["failed"] += not well
        self._seconds += seconds
        if time.monotonic() - self._since >= SAY_EVERY_S:
            self.say()

    def say(self) -> None:
        """Says what was done since the last line; nothing where that is nothing."""
        if self._counts:
            self._log.info(
                "worked", **{name: count for name, count in self._counts.items() if count}, seconds=round(self._seconds)
            )
        self._counts, self._seconds, self._since = Counter(), 0.0, time.monotonic()

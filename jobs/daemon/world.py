"""What the daemon's jobs work with."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.feeds.gathering import Gatherer
    from jobs.settings import Settings
    from jobs.tally import Tally

T = TypeVar("T")


class World:
    """One for the life of a daemon. `clock` gives the moment in UTC. `stopping` is true once the end was asked for: a
    job that runs comes to a good end, and no other begins."""

    def __init__(
        self, engine: "Engine", settings: "Settings", gatherer: "Gatherer", log: Any, clock: Callable[[], datetime]
    ) -> None:
        self.engine, self.settings, self.gatherer, self.log, self.clock = engine, settings, gatherer, log, clock
        self.stopping = False
        self.wake: Callable[[str], None] = lambda _name: None
        """Lets a job begin now instead of at its next round; the scheduler puts its own here."""
        self._kept: dict[type, Any] = {}
        self._at_end: list[Callable[[], None]] = []

    def kept(self, kind: type[T], make: Callable[[], T]) -> T:
        """What a job remembers from round to round: made at its first, one of a kind. What must outlive the process
        belongs into the database."""
        if kind not in self._kept:
            self._kept[kind] = make()
        found: T = self._kept[kind]
        return found

    def at_end(self, do: Callable[[], None]) -> None:
        """Called when the end is asked for, once."""
        self._at_end.append(do)

    def stop(self) -> None:
        """Asks for the end."""
        self.stopping = True
        for do in self._at_end:
            do()

    def said(self, event: str, tally: "Tally", *names: str) -> None:
        """Logs the counts that are not 0; a quiet round says nothing."""
        counts = {name: count for name, count in tally.as_dict().items() if name in names and count}
        if counts:
            self.log.info(event, **counts)

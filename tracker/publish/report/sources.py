"""Where a build takes its places from: all of them one by one, or those that it asks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from tracker.coverage import PlaceTimeline
from tracker.model import OcdId


class Places(Protocol):
    """One state of what the report shows. `stamps` has a number for every place that ever changed, another one whenever
    something of the place is another; with another `basis` any place may be another, whatever its stamp says."""

    @property
    def stamps(self) -> Mapping[OcdId, int]:
        """By the ids of places; see above."""

    @property
    def basis(self) -> str:
        """See above."""

    def load(self, wanted: Sequence[OcdId] | None) -> Iterator[PlaceTimeline]:
        """Those of the wanted places that are there, or all, in the order of their OCD ids."""


class Given:
    """Timelines that are at hand, in the order of their OCD ids: all are looked at."""

    def __init__(self, timelines: Iterable[PlaceTimeline]) -> None:
        self._timelines = timelines
        self.stamps: Mapping[OcdId, int] = {}
        self.basis = ""

    def load(self, wanted: Sequence[OcdId] | None) -> Iterator[PlaceTimeline]:
        """As they come."""
        return iter(self._timelines)

"""Which way steps lead, in words and for the filters of lists: told, not known, or none where the topic has none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.model import Direction, Entry
from tracker.read.topics import direction_pair

DIRECTIONS: dict[Direction, str] = {
    Direction.MORE_COOPERATION: "More cooperation with immigration authorities",
    Direction.LESS_COOPERATION: "Less cooperation with immigration authorities",
    Direction.STRICTER: "Stricter for officers",
    Direction.LOOSER: "Looser for officers",
}
UNKNOWN = "unknown"


def direction(entry: Entry) -> str:
    """`Less cooperation with immigration authorities`; empty where no report tells."""
    return DIRECTIONS[entry.direction] if entry.direction else ""


def way(entry: Entry) -> str:
    """The direction as the filters of lists know it: `stricter`; `unknown-officers` where the topic has directions and
    no report tells; empty where it has none."""
    if entry.direction:
        return entry.direction.value
    return unknown_way(entry.topic)


def unknown_way(topic: str) -> str:
    """How a direction of this topic is called that no report tells: `unknown-officers`; empty where it has none."""
    pair = direction_pair(topic)
    return f"{UNKNOWN}-{pair}" if pair else ""


def ways(entries: Iterable[Entry]) -> list[str]:
    """Which way the steps of a policy lead: the directions that are told, in their order; where none is, that."""
    found = {way(entry) for entry in entries} - {""}
    return [way.value for way in Direction if way in found] or sorted(found)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which directions the lines of a list have, and how many have one that is not known."""

    directions: tuple[Direction, ...] = ()
    unknown: int = 0

    @classmethod
    def of(cls, lines: Iterable[Sequence[str]]) -> "Choice":
        """By the `ways` of each line."""
        found = [way for line in lines for way in line]
        told = tuple(way for way in Direction if way in found)
        return cls(told, sum(way.startswith(UNKNOWN) for way in found))


def directions(entries: Iterable[Entry]) -> Choice:
    """Of a list of entries."""
    return Choice.of((way(entry),) for entry in entries)

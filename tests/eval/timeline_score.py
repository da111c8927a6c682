"""How well a timeline tells labelled stories: entries by place, stage and date, each labelled one matched once.

Dates agree when one is the other at a coarser precision; a labelled entry may name other stages and dates that are as
right. What matches a labelled entry that is matched already is doubled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perfect import Record
from stories import agree

from tracker.model import Entry
from tracker.read.evaluate import place_id


@dataclass(frozen=True, slots=True)
class Score:
    """Counts; they add up."""

    labelled: int = 0
    told: int = 0
    matched: int = 0
    doubled: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.labelled + other.labelled,
            self.told + other.told,
            self.matched + other.matched,
            self.doubled + other.doubled,
        )

    @property
    def f1(self) -> float:
        """Of the entries."""
        return 2 * self.matched / (self.labelled + self.told) if self.matched else 0.0

    @property
    def doubled_share(self) -> float:
        """The share of the entries told that tell again what another one tells."""
        return self.doubled / self.told if self.told else 0.0


def score(entries: Iterable[Entry], labelled: Sequence[Record]) -> Score:
    """The entries with most evidence choose first, each the labelled one of its very stage and date first."""
    told = sorted(entries, key=lambda entry: -len(entry.evidence))
    taken: set[int] = set()
    matched = doubled = 0
    for entry in told:
        fits = [number for number, line in enumerate(labelled) if _fits(entry, line)]
        free = [number for number in fits if number not in taken]
        if free:
            taken.add(max(free, key=lambda number: _likeness(entry, labelled[number])))
            matched += 1
        doubled += bool(fits) and not free
    return Score(len(labelled), len(told), matched, doubled)


def _likeness(entry: Entry, line: Record) -> tuple[bool, bool]:
    return line["stage"] == entry.stage, line["date"] == str(entry.date)


def _fits(entry: Entry, line: Record) -> bool:
    if place_id(line["jurisdiction"]) != entry.jurisdiction:
        return False
    options = [(stage, line["date"]) for stage in (line["stage"], *(line.get("stage_alt") or []))]
    options += [(variant["stage"], variant["date"]) for variant in line.get("variants") or []]
    day = str(entry.date) if entry.date else None
    return any(stage == entry.stage and agree(when, day) for stage, when in options)

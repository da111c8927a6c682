"""What entries are narrowed by, packed into one number an entry, so that two hundred thousand are counted in a moment.

The database says which entries hold the words; the numbers of those are all that is loaded, and NumPy counts them.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any

from tracker.model import Direction, Effect, Entry, EntryStatus, Stage
from tracker.timeline.how_sure import SureWord, how_sure, percent, record_shares, weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

ENUMS: dict[str, type[StrEnum]] = {
    "stage": Stage,
    "effect": Effect,
    "direction": Direction,
    "sure": SureWord,
    "status": EntryStatus,
}
BITS = {
    "status": 2, "sure": 2, "direction": 3, "effect": 4, "stage": 3, "chance": 7, "topic": 8, "place": 16, "day": 18,
}  # fmt: skip
"""Of each field, from the lowest on; 63 in all, so that the number is positive on both engines. Room for 256 topics,
65,536 places (the gazetteer has 39,000), chances in percents, and the days of 717 years from `FIRST_DAY` on."""
FIRST_DAY = date(1700, 1, 1).toordinal()
"""No local rule that is told today is older; what is, or is further ahead, counts as of the first or the last day."""
SHIFTS = {name: sum(list(BITS.values())[:at]) for at, name in enumerate(BITS)}
FACETS = ("state", "place", "topic", "stage", "effect", "direction", "year", "sure", "status")
"""What people narrow by, in the order of the page; by `status` only those who decide."""
MOST_VALUES = 100
"""Of one facet that are counted: all states, years and topics, and more places than anybody looks through."""
SHAPE = 2
"""Raised whenever the index itself takes another shape: entries are read into it anew then."""


def stamp() -> str:
    """What the numbers mean; it changes with the values of the model and with how sureness is reckoned."""
    told = [
        SHAPE,
        {name: list(kind) for name, kind in ENUMS.items()},
        BITS,
        astuple(weights()),
        astuple(weights(heard=True)),
        astuple(record_shares()),
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:16]


def pack(entry: Entry, place: int, topic: int) -> int:
    """The number of an entry; `place` and `topic` are those of their names (`db.search.index`)."""
    values = {name: code(name, getattr(entry, name)) for name in ("stage", "effect", "direction", "status")}
    sure = how_sure(entry)
    values |= {"sure": code("sure", sure.word), "chance": percent(sure.chance)}
    values |= {"place": place, "topic": topic, "day": _day(entry)}
    assert all(0 <= value < 1 << BITS[name] for name, value in values.items())
    return sum(value << SHIFTS[name] for name, value in values.items())


def _day(entry: Entry) -> int:
    """Days from the one before `FIRST_DAY`; 0 for no date."""
    if entry.date is None:
        return 0
    return min(max(1, entry.date.first_day().toordinal() - FIRST_DAY + 1), (1 << BITS["day"]) - 1)


def code(name: str, value: StrEnum | None) -> int:
    """The number of a value, from 1 on; 0 for none."""
    return list(ENUMS[name]).index(value) + 1 if value is not None else 0


def unpack(packed: "Numbers", name: str) -> "Numbers":
    """The field of each entry."""
    return (packed >> SHIFTS[name]) & ((1 << BITS[name]) - 1)


def years(days: "Numbers") -> "Numbers":
    """The year of each day as it is packed; 0 for none."""
    import numpy as np

    dates = (days + FIRST_DAY - 1 - _EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(days > 0, dates, 0)


_EPOCH = 719_163
"""The ordinal of January 1, 1970."""


@dataclass(frozen=True)
class FacetColumn:
    """One facet of all entries: the number of its value for each, and what the numbers stand for."""

    codes: "Numbers"
    values: Sequence[str]

    def counts(self, mask: "Numbers") -> dict[str, int]:
        """How often each value stands among those of the mask, the commonest first, `MOST_VALUES` of them."""
        import numpy as np

        found = np.bincount(self.codes[mask], minlength=len(self.values))
        known = [at for at in np.flatnonzero(found).tolist() if self.values[at]]
        known.sort(key=lambda at: (-found[at], self.values[at]))
        return {self.values[at]: int(found[at]) for at in known[:MOST_VALUES]}

    def among(self, wanted: Sequence[str]) -> "Numbers":
        """True for each entry that has one of the values, or whose place lies in one of them: a state takes in its
        places."""
        import numpy as np

        inside = tuple(f"{value}/" for value in wanted)
        known = [at for at, value in enumerate(self.values) if value in wanted or value.startswith(inside)]
        return np.isin(self.codes, known)


@dataclass(frozen=True)
class FacetIndex:
    """All entries that are searched, by their keys, as of one `number` of the index. 60 bytes an entry."""

    number: int
    ids: "Numbers"
    packed: "Numbers"
    columns: dict[str, FacetColumn]

    @classmethod
    def of(
        cls, number: int, rows: Sequence[Sequence[int]], names: Sequence[str], topics: Sequence[str]
    ) -> "FacetIndex":
        """Of (key, packed facets) by key; `names` are those of places, and `topics` theirs, by their numbers."""
        import numpy as np

        both = np.fromiter(chain.from_iterable(rows), np.int64, 2 * len(rows)).reshape(-1, 2)
        return cls(number, both[:, 0], both[:, 1], _columns(both[:, 1], names, topics))

    def has(self, keys: Sequence[int]) -> "Numbers":
        """True for each entry whose key is among these, which are all known."""
        import numpy as np

        mask = np.zeros(len(self.ids), bool)
        mask[np.searchsorted(self.ids, np.fromiter(keys, np.int64, len(keys)))] = True
        return mask


def _columns(packed: "Numbers", names: Sequence[str], topics: Sequence[str]) -> dict[str, FacetColumn]:
    import numpy as np

    from tracker.publish.geography import state_code  # its table of states is for this alone

    places, year = unpack(packed, "place"), years(unpack(packed, "day"))
    of_names = [state_code(name).lower() for name in names]
    states = ["", *sorted({*of_names} - {""})]
    at = {state: number for number, state in enumerate(states)}
    of_place = np.array([at[state] for state in of_names])
    known = np.unique(year)
    found = {
        "state": FacetColumn(of_place[places], states),
        "place": FacetColumn(places, names),
        "topic": FacetColumn(unpack(packed, "topic"), topics),
        "year": FacetColumn(np.searchsorted(known, year), [str(one) if one else "" for one in known.tolist()]),
    }
    found |= {name: FacetColumn(unpack(packed, name), ["", *map(str, kind)]) for name, kind in ENUMS.items()}
    found["direction"] = _directions(found["direction"], found["topic"])
    return {name: FacetColumn(found[name].codes.astype(np.int32), found[name].values) for name in FACETS}


def _directions(told: FacetColumn, topic: FacetColumn) -> FacetColumn:
    """The directions; where none is told, and the topic has some, it is not known, which is a value too."""
    import numpy as np

    from tracker.publish.words import UNKNOWN_DIRECTION, unknown_way

    has_some = np.array([bool(unknown_way(name)) for name in topic.values], bool)
    open_ones = (told.codes == 0) & has_some[topic.codes]
    return FacetColumn(np.where(open_ones, len(told.values), told.codes), [*told.values, UNKNOWN_DIRECTION])

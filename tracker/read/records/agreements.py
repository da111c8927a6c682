"""Two sheets of 287(g) agreements compared: which rows are new, which are gone, which were only put right."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from tracker.gather.sources.sheet import SheetRow
from tracker.read.places.place_names import fold
from tracker.read.records.agencies import AGENCY, sheet_state, signatory

ALIKE = 0.8
"""Ratio of difflib from which two names of one state, model and day are one agency's, spelt anew."""
MANY, MANY_SHARE = 10, 0.1
"""Rows, and their share of all that are listed, from which a sheet that lacks them is doubted: of four sheets
of 2025 none lacked more than one row of the 700 before it."""
_NOISE = re.compile(r"\b(?:city|town|village|borough) of\b|\W+|\boffice?\b", re.I)


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """What changed from one sheet to the next. `matched`: (the row before, the row now) of every row that stayed."""

    added: tuple[SheetRow, ...]
    gone: tuple[SheetRow, ...]
    matched: tuple[tuple[SheetRow, SheetRow], ...]

    @property
    def corrected(self) -> tuple[tuple[SheetRow, SheetRow], ...]:
        """Those that say something else now."""
        return tuple((old, row) for old, row in self.matched if _said(old) != _said(row))


def are_many(missing: int, listed: int) -> bool:
    """Whether a sheet lacks more rows than one does that was kept as usual."""
    return missing >= MANY and missing > MANY_SHARE * listed


def distinct(rows: Iterable[SheetRow]) -> list[SheetRow]:
    """The rows, each agreement once: some stand twice, spelt alike."""
    return list({(_spelt(row), row.signed): row for row in reversed(list(rows))}.values())[::-1]


def compare(before: Sequence[SheetRow], now: Sequence[SheetRow]) -> SheetChanges:
    """Rows are matched by state, agency and model; then by a nearly equal name and the same day; then by government,
    day and model (the agency was renamed, or another of the government took its place). A row that stands twice and
    then once is neither gone nor corrected."""
    left, new = list(before), list(now)
    pairs = []
    for key, alike in ((_same, _always), (_spelt, _always), (_signing, _alike), (_signing, _one_government)):
        matched, left, new = _matched(left, new, key, alike)
        pairs += matched
    kept = {_spelt(row) for row in now}
    gone = [row for row in left if _spelt(row) not in kept]
    return SheetChanges(tuple(new), tuple(gone), tuple(pairs))


def _same(row: SheetRow) -> Hashable:
    return _state(row), row.agency, row.model, row.signed


def _spelt(row: SheetRow) -> Hashable:
    return _state(row), fold(row.agency), row.model


def _state(row: SheetRow) -> str:
    """A state that was misspelt is put right, and its rows stay."""
    return sheet_state(row.state) or row.state


def _said(row: SheetRow) -> Hashable:
    return row.state, row.agency, row.model, row.signed, row.county, row.kind


def _matched(
    before: Iterable[SheetRow],
    now: Iterable[SheetRow],
    key: Callable[[SheetRow], Hashable],
    alike: Callable[[SheetRow, SheetRow], bool],
) -> tuple[list[tuple[SheetRow, SheetRow]], list[SheetRow], list[SheetRow]]:
    """(pairs, the rows that are left, the new ones). Only rows of one key can be alike; each takes the first."""
    left: dict[Hashable, list[SheetRow]] = {}
    for row in before:
        left.setdefault(key(row), []).append(row)
    pairs, new = [], []
    for row in now:
        same = left.get(key(row), [])
        at = next((number for number, old in enumerate(same) if alike(old, row)), None)
        if at is None:
            new.append(row)
        else:
            pairs.append((same.pop(at), row))
    return pairs, [row for rows in left.values() for row in rows], new


def _always(_old: SheetRow, _row: SheetRow) -> bool:
    return True


def _signing(row: SheetRow) -> Hashable:
    return _state(row), row.model, row.signed


def _alike(old: SheetRow, row: SheetRow) -> bool:
    if _two_governments(old, row):
        return False
    # A board's agreement passes to its police: the same name but for what sort of agency it is.
    if fold(AGENCY.sub("", old.agency)) == fold(AGENCY.sub("", row.agency)):
        return True
    names = (_NOISE.sub(" ", fold(old.agency)).strip(), _NOISE.sub(" ", fold(row.agency)).strip())
    return SequenceMatcher(None, *names).ratio() >= ALIKE


def _one_government(old: SheetRow, row: SheetRow) -> bool:
    place = government(old)
    return place is not None and place == government(row)


def _two_governments(old: SheetRow, row: SheetRow) -> bool:
    """Both names are of known governments, and of different ones: "Bay County" is not "Clay County"."""
    first, second = government(old), government(row)
    return first is not None and second is not None and first != second


@lru_cache(maxsize=4096)
def government(row: SheetRow) -> str | None:
    """The OCD id of the government whose agency signed."""
    place = signatory(row)
    return place.id if place else None

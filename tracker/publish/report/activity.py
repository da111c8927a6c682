"""The picture of activity over time: one row a stage, one bar a year or month, and the same figures as a table."""

from collections import Counter
from dataclasses import dataclass

from tracker.model import Stage

MONTHS_AT_MOST = 24
"""Up to two years are drawn by month; longer times by year, so that bars stay wide enough to see."""
YEARS_AT_MOST = 40
"""Older years are added up in the first bar."""

Month = tuple[int, int]


@dataclass(frozen=True)
class Activity:
    """`labels` name the bars; `rows` hold one count a bar; `highest` is the tallest bar of all rows."""

    labels: tuple[str, ...] = ()
    rows: tuple[tuple[Stage, tuple[int, ...]], ...] = ()
    highest: int = 0
    by: str = "year"

    @property
    def totals(self) -> tuple[int, ...]:
        """Entries of each bar, all stages together."""
        return tuple(map(sum, zip(*(counts for _, counts in self.rows), strict=True)))


def activity(counts: Counter[tuple[int, int, Stage]]) -> Activity:
    """Bars from the first to the last date, without holes."""
    if not counts:
        return Activity()
    by_month = _by_month(counts)
    bars = _months(counts) if by_month else _years(counts)
    rows = tuple((stage, tuple(_sum(counts, stage, bar, bars[0]) for bar in bars)) for stage in Stage)
    labels = tuple(f"{year}-{month:02d}" if by_month else str(year) for year, month in bars)
    return Activity(labels, rows, max(max(row) for _, row in rows), "month" if by_month else "year")


def _by_month(counts: Counter[tuple[int, int, Stage]]) -> bool:
    return all(month for _, month, _ in counts) and len(_months(counts)) <= MONTHS_AT_MOST


def _months(counts: Counter[tuple[int, int, Stage]]) -> list[Month]:
    """Every month from the first to the last."""
    numbers = [year * 12 + max(month, 1) - 1 for year, month, _ in counts]
    return [(number // 12, number % 12 + 1) for number in range(min(numbers), max(numbers) + 1)]


def _years(counts: Counter[tuple[int, int, Stage]]) -> list[Month]:
    years = [year for year, _, _ in counts]
    return [(year, 0) for year in range(max(min(years), max(years) - YEARS_AT_MOST + 1), max(years) + 1)]


def _sum(counts: Counter[tuple[int, int, Stage]], stage: Stage, bar: Month, first: Month) -> int:
    year, month = bar
    if month:
        return counts[year, month, stage]
    return sum(n for (y, _, s), n in counts.items() if s is stage and (y == year or (bar == first and y < year)))

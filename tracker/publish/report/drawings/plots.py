"""Plots by pygal as SVG to stand inside a page: without colours, fonts and scripts, with the page's classes instead."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lxml import etree
from markupsafe import Markup

from tracker.model import Stage
from tracker.publish import words
from tracker.publish.safe import plain, shorten

if TYPE_CHECKING:
    from pygal.graph.graph import Graph
from collections import Counter
from dataclasses import dataclass

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


PANEL = (300, 120)
WIDE, BAR, FRAME = 480, 20, 40
"""Units of a picture: of one small panel; of a wide one, whose height is a bar for each row and room for the axis. A
phone shows the wide one at three quarters of its size."""
LETTERS = {"label_font_size": 15, "major_label_font_size": 15}
"""Room that pygal keeps for labels: for letters as large as the style sheet makes them on a phone."""
NAME_LENGTH = 22
TICKS = 4
"""Lines at most across the bars; what lies between them can be read off the table."""
_LONG = re.compile(r"-?\d+\.\d+")
_DROPPED = frozenset({"defs", "title", "desc", "style", "script"})
_CLASSES = frozenset({"axis", "x", "y", "guide", "line"})
_KEPT = frozenset({"x", "y", "width", "height", "d", "class", "transform", "viewBox"})


def activity_plots(shown: Activity) -> list[tuple[Stage, int, Markup]]:
    """(stage, entries, picture) for each stage: bars by year or month, all with one scale."""
    return [(stage, sum(counts), _panel(shown, stage, counts)) for stage, counts in shown.rows]


def topics_plot(topics: Iterable[tuple[str, Mapping[Stage, int]]]) -> Markup:
    """One bar a topic, in parts by stage."""
    rows = list(topics)
    labels = [shorten(plain(words.topic(name)), NAME_LENGTH) for name, _ in rows]
    parts = [(stage, [counts.get(stage, 0) for _, counts in rows]) for stage in Stage]
    return _bars(labels, parts, max((sum(counts.values()) for _, counts in rows), default=0))


def standing_plot(counts: Mapping[Stage, int]) -> Markup:
    """One bar a state that policies are in today."""
    stages = [stage for stage in Stage if counts.get(stage)]
    parts = [(stage, [counts[stage] if row is stage else 0 for row in stages]) for stage in stages]
    return _bars([words.STANDS[stage] for stage in stages], parts, max((counts[stage] for stage in stages), default=0))


def ticks(highest: int) -> list[int]:
    """Round figures from 0 to at least the highest: 0, 1, 2, 3; 0, 5, 10; 0, 200, 400, 600."""
    steps = (unit * 10**power for power in range(len(str(highest)) + 1) for unit in (1, 2, 5))
    step = next(step for step in steps if step * (TICKS - 1) >= highest)
    return list(range(0, max(highest, 1) + step, step))


def _panel(shown: Activity, stage: Stage, counts: Sequence[int]) -> Markup:
    import pygal

    scale = ticks(shown.highest)
    last = len(shown.labels) - 1
    ends = {0, last // 2, last} if last > 3 else {0, last}
    chart = pygal.Bar(**_common(*PANEL), range=(0, scale[-1]), y_labels=scale)
    chart.x_labels = [label if place in ends else "" for place, label in enumerate(shown.labels)]
    chart.add(stage.value, [number or None for number in counts])
    return _svg(chart, [stage])


def _bars(labels: Sequence[str], parts: Sequence[tuple[Stage, Sequence[int]]], highest: int) -> Markup:
    import pygal

    scale = ticks(highest)
    options = _common(WIDE, BAR * len(labels) + FRAME)
    chart = pygal.HorizontalStackedBar(**options, range=(0, scale[-1]), y_labels=scale)
    chart.x_labels = list(labels)[::-1]
    for stage, numbers in parts:
        chart.add(stage.value, list(numbers)[::-1])
    return _svg(chart, [stage for stage, _ in parts])


def _common(width: int, height: int) -> dict[str, Any]:
    from pygal.style import Style

    hidden = {"show_legend": False, "show_x_guides": False, "truncate_label": -1, "no_data_text": ""}
    size = {
        "width": width,
        "height": height,
        "margin": 6,
        "margin_right": 16,
        "margin_bottom": 0,
        "style": Style(**LETTERS),
    }
    return {"js": [], "css": [], "no_prefix": True, **hidden, **size}


def _svg(chart: "Graph", stages: Sequence[Stage]) -> Markup:
    """The picture without what pygal adds for pages of its own: styles, scripts, the day in a comment, tooltips."""
    root = chart.render_tree()
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname in _DROPPED:
            element.getparent().remove(element)
    for element in list(root.iter())[::-1]:
        if _is_drawn(element):
            _tidy(element, stages)
        elif element is not root:
            element.getparent().remove(element)
    etree.cleanup_namespaces(root)
    root.attrib.update({"class": "plot", "aria-hidden": "true", "focusable": "false"})
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - a serialised tree is escaped


def _is_drawn(element: Any) -> bool:
    """False for what a reader cannot see: empty groups and labels, bars of nothing, backgrounds, tooltips."""
    name, kinds = etree.QName(element).localname, element.get("class", "").split()
    if name == "rect":
        return not {"background", "tooltip-box"} & set(kinds) and all(
            float(element.get(side, 0)) for side in ("width", "height")
        )
    if name == "path":
        labelled = len(element.getparent()) > 1
        return labelled or "guides" not in element.getparent().get("class", "")
    return bool(len(element) or (element.text or "").strip())


def _tidy(element: Any, stages: Sequence[Stage]) -> None:
    """Shorter figures, no attribute but those that place and name things; the stage instead of the series' number."""
    kinds = element.attrib.pop("class", "").split()
    for key, value in element.attrib.items():
        if key not in _KEPT:
            del element.attrib[key]
        else:
            element.set(key, _LONG.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), value))
    numbers = [int(kind[6:]) for kind in kinds if kind.startswith("serie-")]
    name = stages[numbers[0]].value if numbers else " ".join(kind for kind in kinds if kind in _CLASSES)
    if name:
        element.set("class", name)

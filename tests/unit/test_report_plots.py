"""The pictures of the report: the figures they show, and that they hold nothing but shapes, text and class names."""

from collections import Counter
from xml.etree import ElementTree

import pytest

from tracker.model import Stage
from tracker.publish.report.drawings.plots import activity, activity_plots, standing_plot, ticks, topics_plot

COUNTS = Counter(
    {
        (2015, 3, Stage.ADOPTED): 2,
        (2016, 0, Stage.ADOPTED): 4,
        (2018, 1, Stage.EFFECTIVE): 1,
        (2018, 2, Stage.BLOCKED): 3,
    }
)
TOPICS = [("jail-and-bail", {Stage.ADOPTED: 6, Stage.EFFECTIVE: 3}), ("<b>&\u202e", {Stage.BLOCKED: 1})]


def all_pictures():
    panels = [picture for _, _, picture in activity_plots(activity(COUNTS))]
    return [*panels, topics_plot(TOPICS), standing_plot({Stage.ADOPTED: 2, Stage.REJECTED: 1})]


def labels(picture):
    return [text.text for text in ElementTree.fromstring(picture).iter("text")]


def lengths(picture, stage, side):
    group = next(item for item in ElementTree.fromstring(picture).iter() if item.get("class") == stage)
    return [float(bar.get(side)) for bar in group.iter("rect")]


@pytest.mark.parametrize(
    ("highest", "figures"),
    [(0, [0, 1]), (3, [0, 1, 2, 3]), (4, [0, 2, 4]), (9, [0, 5, 10]), (31, [0, 20, 40]), (301, [0, 200, 400])],
)
def test_axes_have_round_figures(highest, figures):
    assert ticks(highest) == figures


def test_bars_are_as_long_as_their_figures():
    panels = {stage: picture for stage, _, picture in activity_plots(activity(COUNTS))}
    two, four = lengths(panels[Stage.ADOPTED], "adopted", "height")
    assert four == pytest.approx(2 * two, abs=0.2)
    three = lengths(panels[Stage.BLOCKED], "blocked", "height")
    assert three == pytest.approx([1.5 * two], abs=0.2), "all panels have one scale"
    assert list(ElementTree.fromstring(panels[Stage.REJECTED]).iter("rect")) == []
    adopted, effective = (lengths(topics_plot(TOPICS), stage, "width")[0] for stage in ("adopted", "effective"))
    assert adopted == pytest.approx(2 * effective, abs=0.2)


def test_the_totals_stand_beside_the_panels():
    assert [(stage, total) for stage, total, _ in activity_plots(activity(COUNTS)) if total] == [
        (Stage.ADOPTED, 6),
        (Stage.EFFECTIVE, 1),
        (Stage.BLOCKED, 3),
    ]


def test_labels_are_text_and_the_first_row_stands_on_top():
    picture = topics_plot(TOPICS)
    assert labels(picture) == ["<b>&", "Jail and bail", "0", "5", "10"]
    heights = [float(text.get("y")) for text in ElementTree.fromstring(picture).iter("text")]
    assert heights[1] < heights[0]


def test_a_picture_takes_every_colour_and_font_from_the_page():
    for picture in all_pictures():
        names = {item.tag for item in ElementTree.fromstring(picture).iter()}
        assert names <= {"svg", "g", "path", "rect", "text"}
        attributes = {name for item in ElementTree.fromstring(picture).iter() for name in item.attrib}
        assert attributes <= {
            "class",
            "d",
            "height",
            "transform",
            "viewBox",
            "width",
            "x",
            "y",
            "aria-hidden",
            "focusable",
        }
        assert "<!--" not in picture, "pygal notes the day in a comment"


def test_a_picture_is_the_same_bytes_each_time():
    assert all_pictures() == all_pictures()


def test_a_picture_is_small():
    years = Counter({(year, 0, stage): 7 for year in range(1980, 2020) for stage in Stage})
    assert sum(len(picture) for _, _, picture in activity_plots(activity(years))) < 25_000

"""The maps: where dots stand, what they are called and where they lead, and that names do not lie on one another."""

import runpy
from itertools import combinations
from pathlib import Path

import pytest

from tracker.publish.report.catalogue import PlaceLine
from tracker.publish.report.drawings import projection
from tracker.publish.report.drawings.dots import DOTS_AT_MOST, NAME_LENGTH, SEVERAL, Dots, _sides
from tracker.publish.report.drawings.map import LETTERS, NAMED, state_map, state_outlines, us_dots, us_map
from tracker.publish.report.summaries import summary
from tracker.read.places import gazetteer

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
MILWAUKEE, DANE = samples["milwaukee"](), samples["dane"]()


def record(name="Here", latitude=43.0, longitude=-88.0, entries=1, state="WI", kind="place", **more):
    address = f"{state.lower()}/{name.lower()}/"
    return PlaceLine(name, state, name, kind, address, 1, entries, "", latitude, longitude, **more)


def test_a_dot_has_the_colour_and_the_letter_of_what_is_commonest_there():
    near = [
        record("Big", entries=5, standings="adopted:1", topics="housing:1", sureness="uncertain"),
        record("Small", 43.001, entries=2, standings="effective:2", topics="streets:2", sureness="likely"),
    ]
    (dot,) = (shown := state_map("WI", near)).dots
    assert (dot.standing, dot.topic, dot.is_uncertain, shown.topic_of(dot)) == ("effective", "streets", False, 1)
    assert dot.said.endswith("2 in force, 1 adopted; streets, housing")
    (alone,) = state_map("WI", near[:1]).dots
    assert alone.is_uncertain
    assert "all uncertain" in alone.said


def line_of(timeline):
    return summary(timeline, samples["NOW"].date()).place


def records(state, count):
    """The largest places of a state, with fewer entries the smaller they are."""
    largest = sorted(gazetteer.load().in_state(state), key=lambda place: -place.population)
    return [
        record(place.name, place.latitude, place.longitude, count - number, state, place.kind.value)
        for number, place in enumerate(largest[:count])
    ]


@pytest.mark.parametrize(
    ("state", "longitude", "latitude", "x", "y"),
    [
        ("NY", -74.0064, 40.7142, 869.8, 215.7),
        ("AK", -149.90, 61.22, 112.3, 544.3),
        ("HI", -157.8583, 21.3069, 267.0, 549.2),
    ],
)
def test_the_map_agrees_with_the_projection_of_its_outline(state, longitude, latitude, x, y):
    """Expected: what d3.geoAlbersUsa gives for these points, in the frame of the outline."""
    found = projection.us_point(record("x", latitude, longitude, state=state))
    assert found == pytest.approx((x, y), abs=0.2)


def test_the_map_counts_the_places_that_it_cannot_show():
    dots = us_dots()
    for place in samples["all_places"]():
        dots.add(line_of(place))
    shown = us_map(dots)
    assert (len(shown.dots), shown.left_out, shown.crowded) == (4, 1, False)


def test_a_dot_says_its_place_and_number_and_leads_to_its_page():
    dots = us_dots()
    dots.add(line_of(MILWAUKEE))
    dots.add(line_of(DANE))
    said = {dot.said: (dot.address, dot.kind) for dot in us_map(dots).dots}
    assert said == {
        "Milwaukee, WI: 2 policies, 3 steps; 1 adopted, 1 proposed; immigration, pursuits": ("wi/milwaukee/", "place"),
        "Dane County, WI: 1 policy, 2 steps, all uncertain; 1 adopted; jail and bail": ("wi/county/dane/", "county"),
    }


def test_places_that_lie_together_share_a_dot_that_says_so_and_leads_where_all_of_them_are():
    near = [record("Big", entries=5), record("Small", 43.001, entries=2), record("Tiny", 43.002)]
    country, state = us_dots(), state_map("WI", near)
    for place in near:
        country.add(place)
    (dot,) = us_map(country).dots
    assert (dot.said, dot.kind, dot.address) == ("Big, WI and 2 places beside it: 3 policies, 8 steps", SEVERAL, "wi/")
    told = "Big and 2 places beside it: 3 policies, 8 steps"
    assert [(dot.said, dot.address) for dot in state.dots] == [(told, "wi/big/")]


def test_a_map_of_very_many_places_merges_those_that_lie_together():
    dots = Dots(projection.us_point)
    for number in range(40_000):
        row, column = divmod(number, 200)
        dots.add(record(f"p{number}", 25 + row * 0.12, -124 + column * 0.28, state="KS"))
    shown = us_map(dots)
    assert DOTS_AT_MOST / 5 < len(shown.dots) <= DOTS_AT_MOST
    assert shown.crowded
    assert sum(int(dot.said.split(": ")[1].split()[0].replace(",", "")) for dot in shown.dots) == 40_000


@pytest.mark.parametrize("state", ["WI", "CA", "AK", "HI", "RI", "NJ", "DC", "ID"])
def test_the_places_of_a_state_lie_within_its_frame(state):
    shown = state_map(state, records(state, 40))
    left, top, width, height = shown.frame
    assert all(left < dot.x < left + width and top < dot.y < top + height for dot in shown.dots)


@pytest.mark.parametrize("state", ["WI", "NJ", "CA", "TX", "MA"])
def test_no_name_lies_on_another_or_on_the_middle_of_a_dot_or_leaves_the_frame(state):
    shown = state_map(state, records(state, 60))
    assert 3 <= len(shown.labels) <= NAMED
    named = {dot.name: dot for dot in reversed(shown.dots)}
    boxes = [
        next(
            box for told, box in _sides(named[label.text], LETTERS) if told.anchor == label.anchor and told.y == label.y
        )
        for label in shown.labels
    ]
    left, top, width, _ = shown.frame
    assert not any(one.meets(two) for one, two in combinations(boxes, 2))
    assert all(left <= box.left and box.right <= left + width and top <= box.top for box in boxes)
    centres = [(dot.x, dot.y) for dot in shown.dots]
    assert not any(box.left < x < box.right and box.top < y < box.bottom for box in boxes for x, y in centres)


def test_a_hostile_name_is_short_and_on_one_line():
    place = record("<script>alert(1)</script>\u202e\u0000\n" * 5, entries=3)
    (label,) = state_map("WI", [place]).labels
    assert len(label.text) <= NAME_LENGTH
    assert not set(label.text) & set("\u202e\u0000\n")


def test_what_has_no_outline_or_no_place_with_coordinates_has_no_map():
    assert state_map("PR", [record(state="PR")]) is None
    assert state_map("WI", [record(latitude=None)]) is None
    assert len(state_outlines()) == 51

"""Activity over time: every entry is counted, and the bars have no holes."""

import runpy
from pathlib import Path

from support.timeline.list_catalogue import ListCatalogue
from tracker.publish.report.drawings.plots import activity
from tracker.publish.report.policies import shown as shown_entries

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, MILWAUKEE = samples["NOW"], samples["milwaukee"]()


def activity_of(places):
    """The bars of these places."""
    return activity(ListCatalogue(places, NOW.date()).activity())


def test_activity_has_a_bar_for_every_year_and_counts_every_entry():
    places = samples["all_places"]()
    entries = [entry for place in places for policy in place.policies for entry in shown_entries(policy.entries)]
    shown = activity_of(places)
    assert shown.labels == ("2013", "2014", "2015", "2016", "2017", "2018")
    assert shown.totals == (3, 1, 0, 3, 6, 1)
    assert sum(shown.totals) == len(entries) == 14


def test_activity_of_a_short_time_is_by_month():
    assert activity_of([MILWAUKEE]).labels == ("2017-05", "2017-06", "2017-07")

"""Activity over time: every entry is counted, and the bars have no holes."""

import runpy
from dataclasses import asdict
from pathlib import Path

from tracker.publish.report import write_site
from tracker.publish.report.activity import activity
from tracker.publish.report.memory import Memory
from tracker.publish.report.overview import Entries, overview

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, MILWAUKEE = samples["NOW"], samples["milwaukee"]()


def overview_of(folder, places):
    """What a build of these places remembers for the index."""
    write_site(iter(places), folder, now=NOW)
    with Memory(folder) as memory:
        return overview(memory, Entries(memory, NOW.date()))


def test_activity_has_a_bar_for_every_year_and_counts_every_entry(tmp_path):
    found = overview_of(tmp_path, samples["all_places"]())
    shown = activity(found.activity)
    assert shown.labels == ("2013", "2014", "2015", "2016", "2017", "2018")
    assert shown.totals == (3, 1, 0, 3, 6, 1)
    assert sum(shown.totals) == found.entries == 14


def test_activity_of_a_short_time_is_by_month(tmp_path):
    assert asdict(activity(overview_of(tmp_path, [MILWAUKEE]).activity))["labels"] == ("2017-05", "2017-06", "2017-07")

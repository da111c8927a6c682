"""A council's matter with two actions, recorded as a poll does."""

import json
from datetime import UTC, datetime

from sqlalchemy import Engine

from db.feeds import feeds
from db.sessions import session
from db.sources import councils, records
from db.sources.councils import SortedMatter
from tracker.gather.sources import legistar
from tracker.model import SourceKind
from tracker.read.places import gazetteer
from tracker.read.records.findings import Council, read_matter
from tracker.read.records.steps import read_history

NOW = datetime(2024, 3, 9, 12, tzinfo=UTC)
HOME = "ocd-division/country:us/state:wi/place:madison"
BASE = "https://webapi.example/v1/oakford"
PAGE = f"{BASE}/Matters/1"
MATTER = {
    "MatterId": 1,
    "MatterFile": "24-1",
    "MatterTypeName": "Ordinance",
    "MatterTitle": "An ordinance to require lamps on carts at night",
    "MatterBodyName": "Common Council",
}
ASIDE = MATTER | {"MatterId": 2, "MatterFile": "24-2", "MatterTitle": "Thanks to the high school band"}


def action(number: int, name: str, day: str) -> dict[str, object]:
    row = {"MatterHistoryId": number, "MatterHistoryActionDate": f"{day}T18:30:00"}
    return row | {"MatterHistoryActionName": name, "MatterHistoryActionBodyName": "Common Council"}


ACTIONS = (action(11, "Introduced", "2024-02-06"), action(12, "ADOPTED", "2024-03-05"))


def record_council(engine: Engine) -> int:
    """Records both steps of the matter; the other one is put aside. Gives the id of the source."""
    (matter, aside), history = legistar.matters([MATTER, ASIDE]), read_history(legistar.actions(ACTIONS))
    home = gazetteer.load().get(HOME)
    assert home is not None
    found = list(read_matter(Council(home, BASE), matter, "streets", history))
    with session(engine) as opened:
        feed, _ = feeds.add(opened, BASE, NOW, home=HOME, kind=SourceKind.LEGISTAR, title="Oakford Common Council")
    with session(engine) as opened:
        records.record_rows(opened, feed.id, found, NOW)
        sorted_out = [SortedMatter(matter, True, "streets"), SortedMatter(aside, False)]
        councils.save_matters(opened, feed.id, sorted_out, (), NOW)
    return feed.id


ROW = json.dumps(ACTIONS[1], ensure_ascii=False, sort_keys=True)

"""What each place gives to the report's pages about many (`tracker.publish.report.summaries`), kept so that they are a
query away. These tables are not among those of SQLModel: all that they hold is made of other tables, and is made
again where it is not there or not right (`db.report.catalogue`)."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, String, Table

from db.columns import KEY

TABLES = MetaData()
PLACES = Table(
    "report_place",
    TABLES,
    Column("id", KEY, primary_key=True),
    Column("stamp", BigInteger),
    Column("basis", String),
    Column("day", String),
    Column("until", String),
    Column("has_feed", Boolean),
    Column("mark", String),
    Column("listed", Boolean),
    *(Column(name, KEY) for name in ("state", "name", "kind", "address")),
    *(Column(name, Integer) for name in ("policies", "entries")),
    Column("latest", String),
    *(Column(name, Float) for name in ("latitude", "longitude")),
    *(Column(name, String) for name in ("standings", "topics", "sureness")),
    Index("ix_report_place_state", "state", "id"),
)
"""One row a place that was looked at. It is right as long as the `stamp` of the place is this (`db.freshness`) and the
`basis` too (whatever else decides what readers are shown), from `day` on and before `until` (empty: for ever), and
while it is, or is not, the home of a feed. A place that there is nothing of has no `mark`."""
POLICIES = Table(
    "report_policy",
    TABLES,
    Column("place", KEY, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *(Column(name, KEY) for name in ("state", "id", "topic")),
    Column("name", String),
    *(Column(name, KEY) for name in ("stage", "word")),
    *(Column(name, String) for name in ("details", "directions")),
    Column("entries", Integer),
    Index("ix_report_policy_topic", "topic", "state", "stage", "word", "place", "entries"),
)
"""The policies of a place in the order of its page; `state` is the place's."""
ENTRIES = Table(
    "report_entry",
    TABLES,
    Column("place", KEY, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *(Column(name, KEY) for name in ("state", "id", "policy", "topic", "stage")),
    Column("year", Integer),
    Column("month", Integer),
    *(Column(name, KEY) for name in ("reported", "date", "comes")),
    Index("ix_report_entry_reported", "reported", "date"),
    Index("ix_report_entry_topic", "topic", "reported", "date", "stage"),
    Index("ix_report_entry_state", "state", "topic", "reported", "date"),
    Index("ix_report_entry_comes", "comes"),
    Index("ix_report_entry_year", "year", "month", "stage"),
)
"""The entries that readers are shown; those that are rejected are not among them."""

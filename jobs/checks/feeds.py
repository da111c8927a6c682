"""The sources: whether they are polled, and how they do. Their subject is called by the older name."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from db.feeds import feeds as subscribed
from db.feeds import items
from db.ops import incidents
from db.values import Feed
from jobs.checks.check import Passed, Problem, Result
from jobs.checks.facts import Facts
from jobs.settings import Settings
from jobs.store import open_session
from tracker.coverage import NETWORK
from tracker.publish.counts import count

HANGS = timedelta(hours=1)
"""The daemon looks every few seconds for what is due, and a feed waits for another of its host at most minutes: where
none at all was polled for so long although some are due, it hangs."""
NOBODY_POLLS = timedelta(days=2)
"""The same where no daemon runs: whoever polls by cron does so once a day."""
MANY_SILENT = 0.25
"""Of the feeds. At any time a tenth fails, since sites come and go; a quarter at once has one cause."""
SILENT_FEEDS = 3
"""Fewer are not many, whatever their share: `tracker sources list` shows them."""
SET_BACK = timedelta(hours=1)
"""Further than any clock is set back when it is put right."""
LIST = "`tracker sources list` shows each with its error"


def polling(facts: Facts, now: datetime) -> Iterator[Problem]:
    feeds = facts.vitals.feeds
    patience = HANGS if facts.daemon else NOBODY_POLLS
    polled = feeds.polled_at or feeds.first_added
    if feeds.due_since and polled and max(feeds.due_since, polled) < now - patience:
        what = f"no source was polled since {polled:%Y-%m-%d %H:%M} UTC, though some are due"
        remedy = facts.log if facts.daemon else "start `tracker run`, or run `tracker poll` from time to time"
        yield Problem("polling-stopped", what, remedy, grave=facts.daemon, subject="feeds")


def silent(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """All that fail at once are the fault of this machine, and told at once."""
    feeds = facts.vitals.feeds
    if feeds.polled and feeds.failing == feeds.polled:
        what = f"all fail ({feeds.failing}), {feeds.example[0]} with: {feeds.example[1]}"
        look = "look at this machine's network and name server, and set `contact`, since sites may refuse the nameless"
        yield Problem("feeds-silent", what, f"{look}; {LIST}", grave=True, subject="feeds")
    elif feeds.silent >= max(SILENT_FEEDS, feeds.polled * MANY_SILENT):
        share = f"{feeds.silent} of {count(feeds.polled, 'source')} ({feeds.silent / feeds.polled:.0%})"
        yield Problem("feeds-silent", f"{share} fail and were not heard for two days", LIST, subject="feeds")


def feeds(settings: Settings) -> Iterator[Result]:
    with open_session(settings) as session:
        known, network = subscribed.all_feeds(session), incidents.by_name(session, NETWORK)
    yield from () if known and network else some_failing(known)


def some_failing(known: Sequence[Feed]) -> Iterator[Result]:
    """Some that fail are a warning: sites come and go. That all do is grave, and told by `silent`."""
    failing = [feed for feed in known if feed.state == "failing"]
    if not known:
        yield Problem("feeds", "none", "`tracker sources import --starter --state WI` subscribes to a state's")
    elif failing and len(failing) < sum(feed.state != "retired" for feed in known):
        what = f"{len(failing)} of {len(known)} fail, {failing[0].url} among them"
        yield Problem("feeds", what, "`tracker sources list` shows why")
    elif not failing:
        yield Passed("feeds", f"{len(known)}")


def put_aside(settings: Settings) -> Iterator[Result]:
    with open_session(settings) as session:
        aside = sum(items.count_put_aside(session).values())
    on = "" if settings.screen else "; the setting `screen` is off, so it is none of the new ones"
    yield Passed("items", f"{count(aside, 'item')} put aside by headline and summary{on}")


def clock(settings: Settings) -> Iterator[Result]:
    """Nothing was stored in the future: else the clock goes wrong now, and nothing is due until it catches up."""
    with open_session(settings) as session:
        polled = [feed.polled_at for feed in subscribed.all_feeds(session) if feed.polled_at]
    now, newest = datetime.now(UTC), max(polled, default=datetime.min.replace(tzinfo=UTC))
    if newest - now > SET_BACK:
        what = f"it shows {now:%Y-%m-%d %H:%M} UTC, but a source was polled at {newest:%Y-%m-%d %H:%M}"
        yield Problem("clock", what, "set it right", grave=True)

"""The catalogue of feeds that a new tracker can start with: `data/starter_feeds.csv`, one feed a row.

To add one, add a row: `home` is the Open Civic Data id of the place that the outlet serves (`tracker sources add
--home` takes the place's name and `tracker sources list --json` shows its id), `place` the same for people.
"""

import csv
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tracker.gather.canonical import bare_host


class StarterFeed(NamedTuple):
    """One feed. `kind` is the kind of outlet; `checked` tells that a public list saw the address work in 2026."""

    url: str
    title: str
    site: str
    home: str
    kind: str
    checked: bool

    @property
    def state(self) -> str:
        """The postal code of the state that its home is or lies in."""
        return self.home.split("/")[2].partition(":")[2].upper()


def starter_feeds(state: str | None = None, kind: str | None = None) -> tuple[StarterFeed, ...]:
    """The feeds of a state (postal code, any case) and of a kind of outlet; None means all, in the file's order."""
    postal = state and state.upper()
    return tuple(feed for feed in _catalogue() if postal in (None, feed.state) and kind in (None, feed.kind))


def home_of(address: str) -> str | None:
    """The home of the outlet whose site an address is on (an OCD id); None where no feed of the catalogue tells it, or
    several tell different ones."""
    return _homes().get(bare_host(address))


@cache
def _homes() -> dict[str, str]:
    """Host of a site → home, of the sites that have one home only."""
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for feed in _catalogue():
        homes[bare_host(feed.site)].add(feed.home)
    return {host: home for host, (home, *others) in homes.items() if host and not others}


@cache
def _catalogue() -> tuple[StarterFeed, ...]:
    text = files("tracker.gather").joinpath("data", "starter_feeds.csv").read_text(encoding="utf-8")
    return tuple(_feed(row) for row in csv.DictReader(text.splitlines()))


def _feed(row: dict[str, str]) -> StarterFeed:
    return StarterFeed(row["url"], row["title"], row["site"], row["home"], row["kind"], row["checked"] == "yes")

"""What a state's page tells of its places: the latest changes, coming dates, topics, and the feeds that are heard."""

from dataclasses import dataclass

from tracker.model import Entry
from tracker.publish.report.blocks import Block, steps
from tracker.publish.report.coverage import Heard
from tracker.publish.report.overview import Entries
from tracker.publish.words import DirectionChoice, directions

LATELY = 6
"""Policies listed: about two screens."""
SOON_SHOWN = 8
"""Coming dates; the calendar has those of all places."""
TOPICS_SHOWN = 10
FEEDS_SHOWN = 30
"""Feeds listed, those in trouble first; the page of each place has its own."""
NONE_HERE = "No feed of this state is followed, so a change may go unnoticed."


@dataclass(frozen=True, slots=True)
class StateNews:
    """`lately` newest first, `soon` soonest first, `topics` with how many policies and entries they have, those with
    most first."""

    lately: list[Block]
    soon: list[Entry]
    topics: list[tuple[str, int, int]]
    coverage: Heard
    feeds_shown: int = FEEDS_SHOWN

    @property
    def directions(self) -> DirectionChoice:
        """Which way the steps lead that are listed."""
        return directions(steps(self.lately))


def state_news(entries: Entries, state: str, coverage: Heard) -> StateNews:
    """Of a state, by its code; `coverage` is of all its places."""
    topics = entries.topics(TOPICS_SHOWN, state)
    return StateNews(entries.blocks(LATELY, state), entries.soonest(SOON_SHOWN, state), topics, coverage)

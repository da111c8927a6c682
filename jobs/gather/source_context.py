"""What a poll of a source that is no feed works with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.values import DueFeed, Feed
from jobs.gather.network_tasks import NetworkTasks
from jobs.tally import Tally
from tracker.errors import RecordError
from tracker.gather.http.client import Fetcher
from tracker.gather.http.robots import Robots
from tracker.gather.schedule import DAY

if TYPE_CHECKING:
    from jobs.settings import Settings
    from tracker.gather.sources.legistar import Matter
    from tracker.read.documents.rule_edits import ReadEdits
    from tracker.read.reader import Reader


PATIENCE_S = 60.0
"""Seconds in which one poll visits documents, twelve at five seconds between two requests: others wait for its end."""
BY_HAND_S = 900.0
"""The same of a poll that somebody asked for and looks at."""


def no_topics(matters: "Sequence[Matter]") -> list[str]:
    """Where no reader is loaded."""
    return ["other"] * len(matters)


def edits_by_words(title: str, pairs: Sequence[tuple[str, str]]) -> "ReadEdits":
    """The same; loaded with the first document, since most polls are of feeds alone."""
    from tracker.read.documents.rule_edits import by_words

    return by_words(title, pairs)


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What polls of records need of the settings: the tokens of councils by client, who tells matters' topics, how long
    a poll visits documents, and who reads what was changed in one (its title, the old and new sentences)."""

    tokens: Mapping[str, str] = field(default_factory=dict)
    topics: "Callable[[Sequence[Matter]], list[str]]" = no_topics
    patience_s: float = PATIENCE_S
    edits: "Callable[[str, Sequence[tuple[str, str]]], ReadEdits]" = edits_by_words

    @classmethod
    def of(
        cls, settings: "Settings", reader: "Callable[[], Reader]", patience_s: float = PATIENCE_S
    ) -> "SourceOptions":
        """`reader` gives the one that tells topics and reads edits; it is asked for when the first matter or edit needs
        it, which loads a model."""
        tokens = {name: token.get_secret_value() for name, token in settings.legistar_tokens.items()}
        return cls(
            tokens,
            lambda matters: reader().topics_of(matters) if matters else [],
            patience_s,
            lambda title, pairs: reader().read_edits(title, pairs),
        )


INTERVAL_S = DAY
"""Records and sheets are entered in office hours: one look a day hears of each within a day, and asks little."""
MOVED = "was it moved? `tracker sources add` takes the new one"


@dataclass(frozen=True, slots=True)
class SourceNews:
    """What a poll of one kind gives back: whether it brought something new, and after how many seconds the source is
    due again."""

    changed: bool
    due_s: float = INTERVAL_S


@dataclass(frozen=True, slots=True)
class SourceContext:
    """What a poll of one source works with."""

    engine: Engine
    fetcher: Fetcher
    tasks: NetworkTasks
    clock: Callable[[], datetime]
    options: SourceOptions
    tally: Tally
    robots: Robots

    def subscription(self, source: DueFeed) -> Feed:
        """As it is stored. Raises RecordError where it was removed meanwhile."""
        with reading(self.engine) as opened:
            found = feeds.by_id(opened, source.id)
        if found is None:
            raise RecordError(source.url, "it was removed meanwhile")
        return found

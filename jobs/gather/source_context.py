"""What a poll of a source that is no feed works with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from jobs.gather.network_tasks import NetworkTasks
from jobs.tally import Tally
from tracker.gather.http.client import Fetcher
from tracker.gather.sources.legistar import Matter

if TYPE_CHECKING:
    from jobs.settings import Settings


def no_topics(matters: Sequence[Matter]) -> list[str]:
    """Where no reader is loaded."""
    return ["other"] * len(matters)


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What polls of records need of the settings: the tokens of councils by client, and who tells matters' topics."""

    tokens: Mapping[str, str] = field(default_factory=dict)
    topics: Callable[[Sequence[Matter]], list[str]] = no_topics

    @classmethod
    def of(cls, settings: "Settings") -> "SourceOptions":
        return cls({name: token.get_secret_value() for name, token in settings.legistar_tokens.items()})


@dataclass(frozen=True, slots=True)
class SourceContext:
    """What a poll of one source works with."""

    engine: Engine
    fetcher: Fetcher
    tasks: NetworkTasks
    clock: Callable[[], datetime]
    options: SourceOptions
    tally: Tally

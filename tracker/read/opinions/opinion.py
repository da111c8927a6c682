"""What a language model chose among the mentions of one article: numbers of mentions, and nothing of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.model import Direction, Effect, Stage
from tracker.read.mentions import Span


@dataclass(frozen=True, slots=True)
class OpinionStep:
    """One step. `unit`: the title (0) or the sentence (from 1 on) that states it; `date`, `place`, `body`,
    `instrument`: indexes into the article's `Mentions`, None for none; `rule`: the words of the article that name the
    rule, as they stand there."""

    unit: int
    stage: Stage
    date: int | None
    place: int
    body: int | None = None
    instrument: int | None = None
    effect: Effect | None = None
    direction: Direction | None = None
    rule: str = ""
    news: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model says of an article: whether it reports a local change, its topic ("" where none), its steps."""

    is_change: bool
    topic: str = ""
    choices: tuple[OpinionStep, ...] = ()


def nearest(numbers: Iterable[int], here: Span, span_of: Callable[[int], Span]) -> int:
    """Of several mentions the one that begins closest to where a unit does, in the same of title and text."""

    def distance(number: int) -> tuple[bool, int]:
        span = span_of(number)
        return span.in_title != here.in_title, abs(span.start - here.start)

    return min(numbers, key=distance)

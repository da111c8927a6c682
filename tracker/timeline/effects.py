"""What a step does, and which way it leads: what the report tells that says most of it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tracker.model import Direction, Effect, Evidence, Finding

T = TypeVar("T", Effect, Direction)


def leading_effect(items: Sequence[Evidence]) -> Effect | None:
    """What the step does; None where no report tells surely."""
    return _leading(items, lambda told: None if told.effect is Effect.UNCLEAR else told.effect)


def leading_direction(items: Sequence[Evidence]) -> Direction | None:
    """Which way the step leads; None where no report tells surely."""
    return _leading(items, lambda told: told.direction)


def _leading(items: Sequence[Evidence], said: Callable[[Finding], T | None]) -> T | None:
    """What the article says whose news the step is, else the one that the reader is surest of; of equals the first."""
    telling = [item.finding for item in items if said(item.finding)]
    best = max(telling, key=lambda told: (told.primary, told.score), default=None)
    return said(best) if best else None

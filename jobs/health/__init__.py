"""What a person must know: a few problems, in the same words for `tracker doctor`, `/readyz`, metrics and alerts."""

from datetime import datetime
from typing import TYPE_CHECKING

from jobs.health.problem import Problem

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings

__all__ = ["Problem", "problems"]


def problems(engine: "Engine", settings: "Settings", now: datetime) -> tuple[Problem, ...]:
    """What is wrong as of now, grave ones first; empty where all is well. A database that is damaged or away is one of
    them. A few short queries, each time anew; they block, so call it in a thread."""
    from jobs.health.facts import gather
    from jobs.health.judge import judge

    return judge(gather(engine, settings, now), now)

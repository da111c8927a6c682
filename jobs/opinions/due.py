"""Whether a language model is to be asked, about how much, and whether mails wait for its answers."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from db.engine import reading
from db.opinions import opinions as waiting
from db.opinions import usage
from jobs.clock import local
from jobs.opinions.trust import trust_of

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from jobs.settings import Settings

MOST_TASKS = 8
"""Processes that ask at the same time; each asks about several articles at once."""


def may_ask(settings: "Settings") -> bool:
    """Whether a model is to be asked at all."""
    return bool(settings.second_opinion_address)


def to_ask(engine: "Engine", settings: "Settings", now: datetime) -> int:
    """How many processes there is work for. None while the server is left alone, or the model is not listened to."""
    with reading(engine) as opened:
        day = usage.day_usage(opened, day_of(now, settings))
        if (day.quiet_until and day.quiet_until > now) or is_worse(opened, settings):
            return 0
        at_once = min(settings.second_opinion_at_once, MOST_TASKS)
        due = waiting.count_due(opened, now, at_once) if day.asked < settings.second_opinion_per_day else 0
        return due or len(waiting.answered_articles(opened, settings.second_opinion_model, 1))


def waits_for_opinions(engine: "Engine", settings: "Settings", now: datetime) -> Callable[[datetime], bool]:
    """Whether the mails of an hour wait for articles that came before it and are to be asked about: not longer than
    `second_opinion_mail_hours`, and not where nobody will ask today."""
    patience = timedelta(hours=settings.second_opinion_mail_hours)

    def waits(hour: datetime) -> bool:
        if not may_ask(settings) or not hour <= now < hour + patience:
            return False
        with reading(engine) as opened:
            if is_worse(opened, settings):
                return False
            is_spent = usage.day_usage(opened, day_of(now, settings)).asked >= settings.second_opinion_per_day
            return waiting.waits_since(opened, hour, only_asked=is_spent)

    return waits


def is_worse(session: "Session", settings: "Settings") -> bool:
    """Whether the model was checked and is not listened to, being no better than the encoder."""
    trust = trust_of(session, settings.second_opinion_model)
    return trust is not None and trust.weights is None


def day_of(now: datetime, settings: "Settings") -> date:
    """The day that counts, by the settings' zone."""
    return local(now, settings).date()

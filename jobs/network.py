"""The polite client as the settings want it."""

from typing import TYPE_CHECKING

from jobs.settings import Settings
from tracker.gather.http.client import Client, OwnAddress

if TYPE_CHECKING:
    from sqlalchemy import Engine

ANSWER_BYTES = 1024 * 1024
"""Of a language model's answer, with all that it thought aloud: the longest of ours have 8 KB."""


def client(settings: Settings, engine: "Engine | None" = None) -> Client:
    """To be used as `async with client(settings, engine) as fetcher`. With the `engine` of a PostgreSQL database
    the limits per host hold for all processes that are given it. SQLite is one machine's, and is not to be written at
    every request: there they hold for this process."""
    at_once, gap_s = settings.requests_per_host, settings.seconds_between_requests
    others = None
    if engine is not None and engine.dialect.name == "postgresql":
        from jobs.agreement import Shared

        others = Shared(engine, at_once, gap_s)
    return Client(
        contact=settings.contact,
        allow_private=settings.allow_private_addresses,
        at_once=at_once,
        gap_s=gap_s,
        others=others,
        own=_own(settings),
    )


def _own(settings: Settings) -> OwnAddress | None:
    """The model's server, if one is named."""
    if not settings.second_opinion_url:
        return None
    at_once, seconds = settings.second_opinion_at_once, settings.second_opinion_seconds
    return OwnAddress(settings.second_opinion_address, at_once, seconds, ANSWER_BYTES)

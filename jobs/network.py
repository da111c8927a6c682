"""The polite client as the settings want it."""

from jobs.settings import Settings
from tracker.gather.http import Client


def client(settings: Settings) -> Client:
    """To be used as `async with client(settings) as fetcher`."""
    return Client(
        contact=settings.contact,
        allow_private=settings.allow_private_addresses,
        at_once=settings.requests_per_host,
        gap_s=settings.seconds_between_requests,
    )

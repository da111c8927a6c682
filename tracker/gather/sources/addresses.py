"""What kind of source an address is of, as far as the address itself tells it. Pure; a feed is told by a look at it."""

import re
from urllib.parse import urlsplit

from tracker.errors import BadValue
from tracker.gather.canonical import is_of_site
from tracker.gather.sources.legistar import api_address
from tracker.kinds import SourceKind

LEGISTAR = "legistar.com"
ICE = "ice.gov"
_AGREEMENTS = re.compile(r"287\W?g", re.I)
_COUNCIL_FEED = re.compile(r"/feed\.ashx$", re.I)
"""Councils' sites have feeds too, of what is searched for there."""


def kind_of_address(address: str) -> SourceKind | None:
    """The kind that the address tells; None where only its answer can."""
    if address.lower().startswith("legistar:"):
        return SourceKind.LEGISTAR
    host, path = _host_and_path(address)
    if is_of_site(host, LEGISTAR):
        return SourceKind.FEED if _COUNCIL_FEED.search(path) else SourceKind.LEGISTAR
    return SourceKind.AGREEMENTS if is_of_site(host, ICE) and _AGREEMENTS.search(path) else None


def polled_address(address: str, kind: SourceKind) -> str:
    """The address as a source of the kind is polled by. Raises BadValue for one that cannot be of that kind."""
    address = address.strip()
    if kind is SourceKind.LEGISTAR:
        if base := api_address(address):
            return base
        raise BadValue(
            f"{address[:100]} is no address of a Legistar record: write legistar:CLIENT, the council's site "
            "(https://CLIENT.legistar.com/) or the API's own (https://HOST/v1/CLIENT)"
        )
    return address


def as_polled(address: str) -> str:
    """The address of a source of the kind that the address tells, else as it is. Raises BadValue."""
    return polled_address(address, kind_of_address(address) or SourceKind.FEED)


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        return parts.hostname or "", parts.path
    except ValueError:
        return "", ""

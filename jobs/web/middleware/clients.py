"""Who asks: the address of a client, and how often it may ask."""

import math
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Lock

from fastapi import HTTPException, Request

Network = IPv4Network | IPv6Network
HOME_BITS = 64
"""Of an IPv6 address; the rest is one customer's own to choose (RFC 6177): a limit by whole addresses would be none."""


def networks(given: str) -> tuple[Network, ...]:
    """`127.0.0.1, 10.0.0.0/8` as values. Raises ValueError."""
    return tuple(ip_network(one.strip(), strict=False) for one in given.split(",") if one.strip())


def parsed(address: str) -> IPv4Address | IPv6Address | None:
    """The address, an IPv4 one that stands within IPv6 as itself; None for what is no address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def household(address: str) -> str:
    """What is counted as one client: the address, or the network that a customer has of IPv6."""
    found = parsed(address)
    if found is None or found.version == 4:
        return str(found or address)
    return str(ip_network((found, HOME_BITS), strict=False))


def neighbourhood(address: str) -> str:
    """What a provider gives to a customer who asks for many addresses: 256 of IPv4, 65,536 networks of IPv6."""
    found = parsed(address)
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False)) if found else address


def is_within(address: str, given: Iterable[Network]) -> bool:
    """True for an address of one of the networks."""
    found = parsed(address)
    return found is not None and any(found in network for network in given)


NEAR = networks("127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, ::1, fc00::/7, fe80::/10")
"""This machine and private networks (RFC 1918, 4193, 3927, 4291). What Python calls private holds more: addresses of
Teredo and of documentation, behind which anybody may be."""


def is_near(address: str) -> bool:
    """True for this machine and private networks."""
    return is_within(address, NEAR)


def asks_from_near(request: Request) -> bool:
    """True for this machine and private networks: whoever looks after the tracker, and what watches it. Not for what a
    web server passes on that we do not know (`trusted_proxies`): nobody can tell who asks."""
    is_known = getattr(request.state, "client_is_known", False) or "x-forwarded-for" not in request.headers
    return is_known and request.client is not None and is_near(request.client.host)


AT_ONCE = 30
"""Forms: more than a person sends who looks at all of their subscriptions, and than an office does in a minute."""
EACH_S = 2.0
"""Seconds after which one more is free."""
MOST_CLIENTS = 10_000
"""Remembered at once; who was quiet for the longest is forgotten first."""


class Rate:
    """A bucket of `at_once` forms (or of `what`) for each client; it fills again by itself, one in `each_s` seconds."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        at_once: float = AT_ONCE,
        each_s: float = EACH_S,
        what: str = "forms",
    ) -> None:
        self._clock, self._lock = clock, Lock()
        self._at_once, self._each_s, self._what = at_once, each_s, what
        self._full_at: dict[str, float] = {}
        """When a client's bucket will be full again, in the order of their last forms."""

    def spend(self, request: Request) -> None:
        """One form. Raises HTTPException 429 that says when the next one may come."""
        if wait := self.late(household(request.client.host if request.client else "")):
            said = f"Too many {self._what} came from your address. Nothing was changed."
            said += f" Please try again in {wait} seconds."
            raise HTTPException(429, said, {"Retry-After": str(wait)})

    def give_back(self, request: Request) -> None:
        """The form did nothing, since something in it was mistyped: it does not count."""
        self.charge(household(request.client.host if request.client else ""), -1)

    def late(self, who: str) -> int:
        """One form of whoever is named so: whole seconds after which it would be free, 0 where it is, and is spent."""
        with self._lock:
            late = self._late(who)
            if late <= 0:
                self._charge(who, 1)
            return max(math.ceil(late), 0)

    def wait(self, who: str) -> int:
        """The same, and nothing is spent."""
        with self._lock:
            return max(math.ceil(self._late(who)), 0)

    def charge(self, who: str, forms: float) -> None:
        """So many were spent, or, below 0, did no harm and are given back."""
        with self._lock:
            self._charge(who, forms)

    def _late(self, who: str) -> float:
        """Seconds until one more would be free; 0 or less where it is."""
        now = self._clock()
        return max(self._full_at.get(who, now), now) + (1 - self._at_once) * self._each_s - now

    def _charge(self, who: str, forms: float) -> None:
        now = self._clock()
        self._full_at[who] = max(self._full_at.pop(who, now), now) + forms * self._each_s
        if len(self._full_at) > MOST_CLIENTS:
            del self._full_at[next(iter(self._full_at))]

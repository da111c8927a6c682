"""Who asks: the address of a client, and what follows from it."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import Request

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


def asks_from_near(request: "Request") -> bool:
    """True for this machine and private networks: whoever looks after the tracker, and what watches it. Not for what a
    web server passes on that we do not know (`trusted_proxies`): nobody can tell who asks."""
    is_known = getattr(request.state, "client_is_known", False) or "x-forwarded-for" not in request.headers
    return is_known and request.client is not None and is_near(request.client.host)

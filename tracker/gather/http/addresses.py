"""The address guard: which addresses we connect to at all.

It stands in two places. `checked` looks at the URL (scheme, credentials, host) before anything is sent;
`guarded_socket` is handed to aiohttp as its socket factory and sees every address that a connection is really opened
to, literal or resolved, at every redirect, so that a name which resolves differently the second time (DNS rebinding)
gains nothing. A resolver would see the names only.
"""

import socket
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from yarl import URL

from tracker.errors import AddressRefused, NetworkError

METADATA = frozenset(map(ip_address, ("169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254")))
"""Where cloud providers serve the secrets of a machine; 168.63.129.16 (Azure) is not in any private range."""
NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are the IPv4 address that is really reached."""
NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")
"""RFC 8215: translated by a rule that we cannot know."""
IPV4_COMPATIBLE = IPv6Network("::/96")
"""RFC 4291 2.5.5.1, deprecated: still routed to the IPv4 address by some systems."""

LATELY = 1024
"""Addresses that are remembered: each is looked at twice, in the URL and when it is connected to."""

LIFTED = "; allow_private_addresses lifts this for your own network"
SocketFactory = Callable[[tuple[Any, ...]], socket.socket]


class GuardError(OSError):
    """Raised inside the connector, which understands only OSError; the client turns it into AddressRefused."""


@lru_cache(maxsize=LATELY)
def refusal(address: str, allow_private: bool = False) -> str | None:
    """Why the IP address (text, with or without a zone) is never connected to, or None if it may be.

    `allow_private` lifts the ban on private and loopback ranges; link-local, metadata, multicast and unspecified
    addresses stay refused.
    """
    try:
        ip = _inner(ip_address(address.partition("%")[0]))
    except ValueError:
        return "not an IP address"
    if ip in METADATA:
        return "a cloud metadata address"
    for name in ("link_local", "multicast", "unspecified"):
        if getattr(ip, f"is_{name}"):
            return f"a {name.replace('_', '-')} address"
    if ip in NAT64_LOCAL:
        return "a locally translated address"
    return None if allow_private or _public(ip) else _private_kind(ip)


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, NAT64, compatible), else the address."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour or ip
    if ip in NAT64 or (ip in IPV4_COMPATIBLE and int(ip) > 1):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def _public(ip: IPv4Address | IPv6Address) -> bool:
    tunnelled = isinstance(ip, IPv6Address) and (ip.teredo is not None or ip.is_site_local)
    return ip.is_global and not ip.is_reserved and not tunnelled


def _private_kind(ip: IPv4Address | IPv6Address) -> str:
    return "a loopback address" if ip.is_loopback else "a private or reserved address"


def guarded_socket(allow_private: bool) -> SocketFactory:
    """A socket factory for aiohttp's connector that opens no socket towards a refused address."""

    def open_socket(info: tuple[Any, ...]) -> socket.socket:
        family, kind, proto, _, destination = info
        if reason := refusal(str(destination[0]), allow_private):
            raise GuardError(f"{destination[0]} is {reason}")
        return socket.socket(family, kind, proto)

    return open_socket


def checked(url: str, allow_private: bool = False) -> URL:
    """The URL ready to be asked for, without its fragment.

    Raises AddressRefused for another scheme than http(s), for credentials and for a refused literal IP address;
    NetworkError for what is no address at all.
    """
    try:
        parsed = URL(url.strip()).with_fragment(None)
        host = parsed.host
    except (ValueError, TypeError) as error:
        raise NetworkError(url, "not a usable address") from error
    if parsed.scheme not in ("http", "https"):
        raise AddressRefused(url, f"only http and https addresses are fetched, not {parsed.scheme or 'a bare path'}")
    if parsed.user is not None or parsed.password is not None:
        bare = str(parsed.with_user(None))
        raise AddressRefused(bare, "the address holds a user name or password; such addresses are not fetched")
    if not host:
        raise NetworkError(url, "the address has no host name")
    if (reason := _literal_refusal(host, allow_private)) is not None:
        lifted = "" if allow_private or _literal_refusal(host, True) else LIFTED
        raise AddressRefused(url, f"{host} is {reason}{lifted}")
    return parsed


def _literal_refusal(host: str, allow_private: bool) -> str | None:
    """Only for hosts that are IP addresses; names are judged by what they resolve to."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return refusal(host, allow_private)

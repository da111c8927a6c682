"""What went wrong on the network, said in plain words: the one place that reads the errors of aiohttp and of Python."""

import errno
import socket
import ssl

import aiohttp
from yarl import URL

from tracker.characters import visible
from tracker.errors import AddressRefused, FetchError, NetworkError, Unheard
from tracker.gather.http.addresses import GuardError

_NO_CONNECTION = {
    errno.ECONNREFUSED: "it refuses connections",
    errno.ECONNRESET: "it breaks the connection off",
    errno.ENETUNREACH: "there is no way to its network",
    errno.EHOSTUNREACH: "there is no way to it",
    errno.ETIMEDOUT: "it does not answer",
    errno.EADDRNOTAVAIL: "this machine has no address for it",
}
"""What the operating system's numbers mean to people."""


def fault(target: URL, error: Exception, told: bool) -> FetchError:
    """The error of one request as one of ours. `told`: the beginning of an answer had come."""
    url, host = str(target), target.host or ""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = _certificate(error.certificate_error)
        return _unheard(url, f"its certificate is not trusted: {reason}", "certificate")
    if isinstance(error, aiohttp.ClientConnectorError):
        return _no_connection(url, host, error)
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return _closed(url, error)
    if isinstance(error, aiohttp.ClientPayloadError) or (told and isinstance(error, OSError)):
        return NetworkError(url, "the answer breaks off or is malformed")
    if isinstance(error, OSError):
        return Unheard(url, "the connection was broken off before an answer came")
    if isinstance(error, aiohttp.ClientResponseError):
        return NetworkError(url, "the answer breaks the rules of HTTP")
    if isinstance(error, UnicodeError):
        return NetworkError(url, f"{visible(host)[:80]} is not a host name")
    return NetworkError(url, "the address, or what the server wanted sent back, cannot be put into a request")


def too_late(target: URL, seconds: float, told: bool) -> FetchError:
    """The error of a request that took too long."""
    if told:
        return NetworkError(str(target), f"no whole answer within {seconds:g} seconds")
    return _unheard(str(target), f"no answer within {seconds:g} seconds", "slow")


def _unheard(url: str, told: str, why: str) -> Unheard:
    error = Unheard(url, told)
    error.why = why
    return error


def _no_connection(url: str, host: str, error: aiohttp.ClientConnectorError) -> FetchError:
    cause = error.os_error
    if isinstance(cause, GuardError):
        return AddressRefused(url, f"{host}: {cause}")
    if isinstance(cause, ssl.SSLError):
        reason = (cause.reason or "").replace("_", " ").lower()
        return _unheard(url, f"no secure connection to {host}" + (f": {reason}" if reason else ""), "tls")
    if isinstance(cause, socket.gaierror):
        return _unheard(url, f"no connection to {host}: its name cannot be looked up", "name")
    broken_off = errno.ECONNRESET if isinstance(cause, ConnectionResetError) else 0  # asyncio's own has no number
    reason = _NO_CONNECTION.get(cause.errno or broken_off, "")
    told = f"no connection to {host}" + (f": {reason}" if reason else "")
    return _unheard(url, told, "refused" if cause.errno == errno.ECONNREFUSED else "")


def _closed(url: str, error: aiohttp.ServerDisconnectedError) -> FetchError:
    """Where the beginning of an answer had come, aiohttp gives its half-made message object as the message."""
    if isinstance(error.message, str):
        return Unheard(url, "the connection was closed before an answer came")
    return NetworkError(url, "the answer breaks off at its beginning")


def _certificate(error: Exception) -> str:
    told = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else ""
    return visible(told).rstrip(".") or "it could not be checked"

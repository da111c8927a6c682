"""What the settings say, and what they leave out."""

import stat
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jobs.console import State
from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

OWN_NETWORKS = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
"""Ends of names that lead nowhere outside of a network (RFC 6761, 6762, 8375; ICANN on `.internal`)."""


def settings(settings: "Settings", given: State) -> Iterator[Check]:
    from jobs.settings import config_path
    from jobs.settings_given import unknown_variables
    from tracker.publish import safe

    path = config_path(given.config)
    if path.exists():
        yield Check(Level.OK, "settings", str(path))
    else:
        yield Check(Level.WARNING, "settings", f"there is no {path}, so defaults are used; `tracker init` writes one")
    yield from _open_secret(path)
    yield from _in_the_clear(settings)
    yield from _key_in_the_clear(settings)
    if not settings.contact:
        yield Check(
            Level.WARNING, "settings", "`contact` is empty; set a mail address, so that site owners can reach you"
        )
    elif not (safe.mail_address(settings.contact) or safe.web_address(settings.contact)):
        says = (
            f'`contact` is neither a mail nor a web address: "{settings.contact}"; site owners cannot reach you by it'
        )
        yield Check(Level.WARNING, "settings", says)
    for name in unknown_variables():
        yield Check(
            Level.WARNING, "settings", f"environment variable {name} is no setting; correct its name or unset it"
        )


def _open_secret(path: Path) -> Iterator[Check]:
    """A password in a file that everybody on the machine may read."""
    from jobs.settings_given import secrets_in

    if path.exists() and path.stat().st_mode & stat.S_IROTH and (names := secrets_in(path)):
        says = f"{path} holds {' and '.join(names)}, and everybody here may read it; `chmod 600 {path}`"
        yield Check(Level.WARNING, "settings", says)


def _in_the_clear(settings: "Settings") -> Iterator[Check]:
    """Passwords of the desk that others on the way can read."""
    address = urlsplit(settings.web_url)
    host = address.hostname or ("" if settings.trusted_proxies else settings.web_host)
    if settings.desk and address.scheme != "https" and not _is_this_machine(host):
        says = "the desk is on and `web_url` is no https address, so passwords may go in the clear"
        yield Check(Level.WARNING, "settings", f"{says}; serve it by https, as the README has it, and set `web_url`")


def _key_in_the_clear(settings: "Settings") -> Iterator[Check]:
    """The key of the model's server, where it goes over the internet."""
    address = urlsplit(settings.second_opinion_url)
    if settings.second_opinion_key.get_secret_value() and address.scheme == "http" and not _is_near(address.hostname):
        says = "`second_opinion_url` is no https address, so the key goes in the clear; write https:// there"
        yield Check(Level.WARNING, "settings", says)


def _is_near(host: str | None) -> bool:
    """Whether an address is in one's own network, as far as it tells: a container's name, or one that routers give."""
    try:
        return ip_address(host or "").is_private
    except ValueError:
        return "." not in (host or "") or (host or "").endswith(OWN_NETWORKS)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")  # RFC 6761, 6.3

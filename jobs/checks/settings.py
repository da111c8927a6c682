"""What the settings say, and what they leave out."""

import stat
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from jobs.checks.check import Passed, Problem, Result
from jobs.settings import PREFIX, Settings, config_path, secrets_in, unknown_variables
from jobs.settings.errors import GONE
from jobs.terminal.console import State
from tracker.publish import safe

NAME = "settings"
OWN_NETWORKS = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
"""Ends of names that lead nowhere outside of a network (RFC 6761, 6762, 8375; ICANN on `.internal`)."""


def settings(settings: Settings, given: State) -> Iterator[Result]:
    path = config_path(given.config)
    if path.exists():
        yield Passed(NAME, str(path))
    else:
        yield Problem(NAME, f"there is no {path}, so defaults are used", "`tracker init` writes one")
    yield from _open_secret(path)
    yield from _in_the_clear(settings)
    yield from _contact(settings.contact)
    for name in unknown_variables():
        yield Problem(NAME, f"environment variable {name} is no setting", _instead(name))


def _instead(variable: str) -> str:
    """What to do about a variable that is no setting."""
    why = GONE.get(variable.upper().removeprefix(PREFIX).lower())
    return f"it means nothing any more, since {why}; unset it" if why else "correct its name or unset it"


def _open_secret(path: Path) -> Iterator[Problem]:
    """A password in a file that everybody on the machine may read."""
    if path.exists() and path.stat().st_mode & stat.S_IROTH and (names := secrets_in(path)):
        what = f"{path} holds {' and '.join(names)}, and everybody here may read it"
        yield Problem(NAME, what, f"`chmod 600 {path}`")


def _in_the_clear(settings: Settings) -> Iterator[Problem]:
    """Passwords of the desk that others on the way can read, and the key of the model's server on the internet."""
    web, model = urlsplit(settings.web_url), urlsplit(settings.second_opinion_url)
    host = web.hostname or ("" if settings.trusted_proxies else settings.web_host)
    if settings.desk and web.scheme != "https" and not _is_this_machine(host):
        what = "the desk is on and `web_url` is no https address, so passwords may go in the clear"
        yield Problem(NAME, what, "serve it by https, as the README has it, and set `web_url`")
    if settings.second_opinion_key.get_secret_value() and model.scheme == "http" and not _is_near(model.hostname or ""):
        what = "`second_opinion_url` is no https address, so the key goes in the clear"
        yield Problem(NAME, what, "write https:// there")


def _contact(contact: str) -> Iterator[Problem]:
    if not contact:
        yield Problem(NAME, "`contact` is empty", "set a mail address, so that site owners can reach you")
    elif not (safe.mail_address(contact) or safe.web_address(contact)):
        what = f'`contact` is neither a mail nor a web address: "{contact}"'
        yield Problem(NAME, what, "site owners cannot reach you by it")


def _is_near(host: str) -> bool:
    """Whether an address is in one's own network, as far as it tells: a container's name, or one that routers give."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(OWN_NETWORKS)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")  # RFC 6761, 6.3

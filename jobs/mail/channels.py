"""Other ways than mail (Slack, Matrix, Mastodon …), through Apprise, which is loaded only where somebody has one."""

from typing import TYPE_CHECKING, Any

from jobs.mail.server import Attempt, Verdict
from tracker.errors import SettingsError

if TYPE_CHECKING:
    from tracker.publish.mail.digest import Digest

PATIENCE_S = 60.0
"""For the answer of a channel; Apprise would wait for 4. A channel does not know a message that it took before: whoever
hangs up early says it twice."""


def check(address: str) -> None:
    """Raises SettingsError where Apprise is not installed or does not know the address."""
    if not _apprise().Apprise().add(address):
        kind = address.partition("://")[0]
        raise SettingsError(f"{kind}://…: Apprise does not know this address; `apprise --details` lists what it knows")


def send(address: str, mail: "Digest") -> Attempt:
    """The digest as a message of a channel: HTML where there is some and the channel can show it. Apprise says only yes
    or no."""
    apprise = _apprise()
    channel = apprise.Apprise()
    if not channel.add(address):
        return Attempt(Verdict.NEVER, "Apprise does not know this address")
    for server in channel:
        server.socket_read_timeout = max(server.socket_read_timeout, PATIENCE_S)
    text_only = all(server.notify_format == apprise.NotifyFormat.TEXT for server in channel)
    body, kind = (mail.text, "text") if text_only or not mail.html else (mail.html, "html")
    if channel.notify(title=mail.subject, body=body, body_format=kind):
        return Attempt(Verdict.SENT)
    return Attempt(Verdict.LATER, "the channel did not take it")


def _apprise() -> Any:
    try:
        import apprise
    except ModuleNotFoundError:
        raise SettingsError("channels need Apprise: pip install 'procedure-tracker[channels]'") from None
    return apprise

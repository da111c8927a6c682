"""How mails and messages go out. To the mail server by one connection for many mails, with the standard library:
`smtplib` gives every step of the dialogue by itself, which is what telling "refused", "not sent" and "perhaps sent"
apart needs, and is in use for the doctor. To other channels by Apprise."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from jobs.settings import Settings
from tracker.errors import SettingsError, TrackerError
from tracker.publish.mail.bounces import status_code

if TYPE_CHECKING:
    from tracker.publish.mail.digest import Digest

PATIENT = 5
"""How many times longer the answer to the text is waited for: whoever hangs up before it sends the mail twice
(RFC 5321, 4.5.3.2.6, asks for ten minutes)."""
MAILS_A_CONNECTION = 100
"""Servers end longer ones by themselves, some without a word."""
OK, GO_ON, CLOSING = 250, 354, 421
ACCEPTED = frozenset({OK, 251, 252})
TEMPORARY, PERMANENT = 4, 5
"""The first digit of a refusal."""
_LINE_END = re.compile(rb"(?m)^\.")


class Delivery(Enum):
    """What became of one attempt."""

    SENT = "sent"
    LATER = "later"
    NEVER = "never"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Attempt:
    """`status` is the enhanced code, or the plain one as `550`; `about_address`: the server refused the recipient."""

    delivery: Delivery
    says: str = ""
    status: str = ""
    about_address: bool = False


class NoConnectionError(TrackerError):
    """The server is not there, or does not take us: no mail was touched. `final`: trying again at once is of no use,
    and for a login even harmful."""

    def __init__(self, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


class MailServer:
    """A context manager; connects when the first mail is sent and again where the connection was lost."""

    def __init__(self, settings: Settings, sender: str) -> None:
        self._settings, self._sender = settings, sender
        self._server: smtplib.SMTP | None = None
        self._left = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up(politely=error is None)

    def greet(self) -> None:
        """Connects, encrypts and logs in as sending does, and touches no mail. Raises NoConnectionError."""
        self._connected()

    def send(self, to: str, data: bytes) -> Attempt:
        """One mail to one address; `data` has CRLF line ends. Raises NoConnectionError where no server is to be had."""
        server = self._connected()
        self._left -= 1
        try:
            refused = self._offered(server, to)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up(politely=False)
            return Attempt(Delivery.LATER, f"the connection was lost before the text was sent ({_words(error)})")
        if refused:
            self._tidy(refused)
            return refused
        return self._handed_over(server, data)

    def _offered(self, server: smtplib.SMTP, to: str) -> Attempt | None:
        """MAIL, RCPT, DATA; the refusal, if any."""
        code, says = server.mail(self._sender)
        if code != OK:
            return self._sender_refused(code, says)
        code, says = server.rcpt(to)
        if code not in ACCEPTED:
            return _refusal(code, says, about_address=True)
        code, says = server.docmd("DATA")
        return None if code == GO_ON else _refusal(code, says)

    def _sender_refused(self, code: int, says: bytes) -> Attempt:
        """A permanent refusal of the sender or its login would meet every mail, so it is none of this one's."""
        if code // 100 != PERMANENT:
            return _refusal(code, says)
        self._hang_up(politely=True)
        where = f"{self._settings.smtp_host}:{self._settings.smtp_port}"
        raise NoConnectionError(
            f"{where} refuses the sender ({code} {_text(says)}); check mail_from and the login", final=True
        )

    def _handed_over(self, server: smtplib.SMTP, data: bytes) -> Attempt:
        try:
            server.send(_LINE_END.sub(b"..", data) + (b"" if data.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up(politely=False)
            return Attempt(Delivery.LATER, f"the connection was lost within the text ({_words(error)})")
        try:
            if server.sock:
                server.sock.settimeout(self._settings.smtp_timeout * PATIENT)
            code, says = server.getreply()
            if server.sock:
                server.sock.settimeout(self._settings.smtp_timeout)
            attempt = Attempt(Delivery.SENT, _text(says)) if code == OK else _refusal(code, says)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up(politely=False)
            return Attempt(Delivery.UNCLEAR, f"no answer to the text ({_words(error)})")
        self._tidy(attempt)
        return attempt

    def _tidy(self, attempt: Attempt) -> None:
        """After a refusal the dialogue starts anew; after the last mail of a connection it ends."""
        if self._left <= 0 or attempt.status.startswith(str(CLOSING)):
            self._hang_up(politely=not attempt.status.startswith(str(CLOSING)))
        elif attempt.delivery is not Delivery.SENT and self._server:
            try:
                self._server.rset()
            except (OSError, smtplib.SMTPException):
                self._hang_up(politely=False)

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            self._server, self._left = connect(self._settings), MAILS_A_CONNECTION
        return self._server

    def _hang_up(self, *, politely: bool) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        try:
            if politely:
                server.quit()
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            server.close()


def connect(settings: Settings) -> smtplib.SMTP:
    """Connects, encrypts and logs in. Raises NoConnectionError with the remedy."""
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        server = _greeted(settings)
        try:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
    except smtplib.SMTPAuthenticationError:
        raise NoConnectionError(f"{where} refuses the login; check smtp_user and smtp_password", final=True) from None
    except ssl.SSLError as error:
        raise NoConnectionError(
            f"{where}: no encrypted connection ({error.reason}); check smtp_tls and smtp_port", final=True
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NoConnectionError(
            f"{where} does not answer as a mail server ({_words(error)}); check smtp_host and smtp_port"
        ) from None
    return server


def _greeted(settings: Settings) -> smtplib.SMTP:
    if not settings.smtp_host:
        raise SettingsError("`smtp_host` is empty; set it to your mail server, or see the mail with `digest preview`")
    timeout = settings.smtp_timeout
    if settings.smtp_tls == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=timeout, context=context)
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=timeout)
    try:
        if settings.smtp_tls == "starttls":
            server.starttls(context=ssl.create_default_context())
    except BaseException:
        server.close()
        raise
    return server


def _refusal(code: int, says: bytes, *, about_address: bool = False) -> Attempt:
    """4xx: later; 5xx, and what no server may answer here: never. A code of -1 is no answer at all."""
    if code < 0:
        raise smtplib.SMTPServerDisconnected("the answer could not be read")
    text = _text(says)
    delivery = Delivery.LATER if code // 100 == TEMPORARY else Delivery.NEVER
    return Attempt(delivery, f"{code} {text}", status_code(text) or str(code), about_address)


def _text(says: bytes) -> str:
    return " ".join(says.decode("utf-8", "replace").split())


def _words(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


PATIENCE_S = 60.0
"""For the answer of a channel; Apprise would wait for 4. A channel does not know a message that it took before: whoever
hangs up early says it twice."""


def check_channel(address: str) -> None:
    """Raises SettingsError where Apprise is not installed or does not know the address."""
    if not _apprise().Apprise().add(address):
        kind = address.partition("://")[0]
        raise SettingsError(f"{kind}://…: Apprise does not know this address; `apprise --details` lists what it knows")


def send_to_channel(address: str, mail: "Digest") -> Attempt:
    """The digest as a message of a channel: HTML where there is some and the channel can show it. Apprise says only yes
    or no."""
    apprise = _apprise()
    channel = apprise.Apprise()
    if not channel.add(address):
        return Attempt(Delivery.NEVER, "Apprise does not know this address")
    for server in channel:
        server.socket_read_timeout = max(server.socket_read_timeout, PATIENCE_S)
    text_only = all(server.notify_format == apprise.NotifyFormat.TEXT for server in channel)
    body, kind = (mail.text, "text") if text_only or not mail.html else (mail.html, "html")
    if channel.notify(title=mail.subject, body=body, body_format=kind):
        return Attempt(Delivery.SENT)
    return Attempt(Delivery.LATER, "the channel did not take it")


def _apprise() -> Any:
    try:
        import apprise
    except ModuleNotFoundError:
        raise SettingsError("channels need Apprise: pip install 'procedure-tracker[channels]'") from None
    return apprise

"""A mail server as real as they come, and certificates for it.

It is aiosmtpd with STARTTLS and AUTH. `Faults` decides, attempt by attempt, what goes wrong: it drops the
connection before, within or after the text, puts off, refuses, hangs.
"""

import asyncio
import random
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from jobs.settings import Settings

USER, PASSWORD = "sender", "correct horse"
KINDS = ("before", "within", "after", "greylist", "busy", "slow")
"""What may go wrong with an attempt: the connection drops before the text, within it, after it was taken; the server
puts off at RCPT, or after the text; it answers nothing after it took the text."""
AT_RCPT = {"greylist": "451 4.7.1 greylisted, come back later", "blocked": "550 5.7.1 you are not welcome here"}
AT_TEXT = {
    "busy": "452 4.3.1 no room just now",
    "spam": "554 5.7.1 this looks like spam",
    "garbled": "there you are",
}
"""More that may go wrong: what the server answers at RCPT, and after the text."""
HANG_S = 30.0


@dataclass
class Faults:
    """Draws a fault for some of the attempts. `refused`: addresses that never get anything; `once`: those whose server
    refuses a Message-ID that it took before. `watch` is told of every step, and may kill."""

    share: float = 0.0
    kinds: tuple[str, ...] = KINDS
    seed: int = 0
    refused: frozenset[str] = frozenset()
    once: Callable[[str], bool] = lambda _address: False
    watch: Callable[[str], None] = lambda _step: None
    drawn: Counter[str] = field(default_factory=Counter)
    died_after_taking: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def draw(self) -> str:
        """The fault of this attempt, or nothing."""
        kind = self._random.choice(self.kinds) if self.kinds and self._random.random() < self.share else ""
        self.drawn[kind or "none"] += 1
        return kind


class MailBox:
    """Everything that the server took, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.taken: list[tuple[str, bytes]] = []
        self.names: set[str] = set()

    def add(self, to: str, data: bytes) -> None:
        with self._lock:
            self.taken.append((to, data))
            self.names.add(name_of(data))

    def mails(self) -> list[EmailMessage]:
        """The mails as parsed by the standard library."""
        return [message_from_bytes(data, policy=default) for _, data in self.taken]  # type: ignore[misc]

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for (to, _), mail in zip(self.taken, self.mails(), strict=True) if to == address]


def name_of(data: bytes) -> str:
    """The Message-ID of a mail."""
    return str(message_from_bytes(data, policy=default)["Message-ID"])


class _Smtp(SMTP):
    """aiosmtpd's server, which can also break off within a text."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the library's name
        self.event_handler.faults.watch("data")
        fault = self.event_handler.fault
        if fault in ("before", "within"):
            if fault == "within":
                await self.push("354 Go on")
                await self._reader.readline()
            assert self.transport is not None
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Handler:
    """One for all connections; a connection handles one mail at a time, and so do the tests that count faults."""

    def __init__(self, box: MailBox, faults: Faults) -> None:
        self.box, self.faults, self.fault = box, faults, ""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.faults.watch("rcpt")
        if address in self.faults.refused:
            return "550 5.1.1 no such mailbox"
        self.fault = self.faults.draw()
        if self.fault in AT_RCPT:
            return AT_RCPT[self.fault]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.fault in AT_TEXT:
            return AT_TEXT[self.fault]
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        name = name_of(content)
        if self.faults.once(envelope.rcpt_tos[0]) and name in self.box.names:
            return "554 5.6.0 this Message-ID was taken before"
        self.box.add(envelope.rcpt_tos[0], content)
        if self.fault in ("after", "slow"):
            self.faults.died_after_taking[name] += 1
            if self.fault == "slow":
                await asyncio.sleep(HANG_S)
            assert server.transport is not None
            server.transport.abort()
            return "250 nobody hears this"
        self.faults.watch("taken")
        return "250 2.0.0 taken"


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Smtp(self.handler, **self.SMTP_kwargs)


@dataclass
class MailServer:
    """A running server: where it is, what it took, what goes wrong."""

    port: int
    box: MailBox
    faults: Faults
    ca: Path
    stop: Callable[[], None]

    def settings(self, folder: Path, **more: Any) -> Settings:
        """Settings that send through it, with the ledger in `folder`."""
        values: dict[str, Any] = {
            "data_dir": folder,
            "smtp_host": "localhost",
            "smtp_port": self.port,
            "smtp_tls": "starttls",
            "smtp_user": USER,
            "smtp_password": PASSWORD,
            "smtp_timeout": 5,
            "smtp_connections": 1,
            "mail_from": "Tracker <digest@tracker.example>",
            "mail_per_minute": 0,
            "web_url": "https://tracker.example",
        }
        return Settings(**values | more)


def start_server(folder: Path, faults: Faults | None = None) -> MailServer:
    """Starts a server on loopback that takes mails only over STARTTLS and after a login. Its authority's certificate is
    in `ca`: the environment's SSL_CERT_FILE must name it."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    ca = folder / "ca.pem"
    authority.cert_pem.write_to_path(ca)
    box, faults = MailBox(), faults or Faults()
    controller = _Controller(
        _Handler(box, faults),
        hostname="localhost",
        port=_free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=_login,
        data_size_limit=10_000_000,
    )
    controller.start()
    return MailServer(controller.port, box, faults, ca, controller.stop)


def _login(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=good)  # a refusal that nobody handled is answered by the library


def _free_port() -> int:
    import socket

    with socket.socket() as listening:
        listening.bind(("localhost", 0))
        return int(listening.getsockname()[1])

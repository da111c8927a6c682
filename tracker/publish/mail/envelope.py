"""From a composed mail to the bytes that are sent. Pure; what the readers of one edition share is made once.

Headers: RFC 5322 (Date, Message-ID), RFC 2919 (List-Id), RFC 2369 and 8058 (List-Unsubscribe and its one click), RFC
3834 (Auto-Submitted). Every value goes through the standard library's policy, which refuses line breaks, or must be
printable ASCII: nothing that a feed or a subscriber wrote can begin another header.
"""

import binascii
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from tracker.errors import BadInput
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.subscribers import checked_address

PLACEHOLDER = "the-token-of-the-reader"
"""Stands in an edition where each reader's own token goes. Text of a feed that holds it shows somebody their own."""
MAX_LINE = 998
"""Bytes of a line (RFC 5322, 2.1.1). Addresses are never folded: the library would encode a long one into pieces."""
_SOFT_BREAK = b"=\r\n"


@dataclass(frozen=True)
class Sender:
    """Who sends. `mail_from` is an address with or without a name; `web_url` is where links to unsubscribe lead, empty
    where there is no such place."""

    mail_from: str
    web_url: str = ""
    reply_to: str = ""

    @property
    def address(self) -> str:
        """The bare address; BadInput where `mail_from` holds none."""
        return checked_address(parseaddr(self.mail_from)[1])

    @property
    def domain(self) -> str:
        """The part after the @."""
        return self.address.rpartition("@")[2]

    def link(self, what: str) -> str:
        """Where a reader confirms, unsubscribes or chooses, or nothing."""
        return f"{self.web_url.rstrip('/')}/{what}/{PLACEHOLDER}" if self.web_url else ""

    def mail(self, what: str) -> str:
        """The address and subject of a mail that does it, as in a `mailto:` (RFC 6068)."""
        return f"{self.address}?subject={what}%20{PLACEHOLDER}"


@dataclass(frozen=True)
class Recipient:
    """What is one reader's own in a mail."""

    address: str
    token: str
    message_id: str
    composed_at: datetime


class Edition:
    """A composed mail, ready for any number of readers. `bulk` False: asked for by its reader (a confirmation), so it
    has no list to leave."""

    def __init__(self, digest: Digest, sender: Sender, *, bulk: bool = True) -> None:
        self._sender, self._bulk = sender, bulk
        boundary = "=_" + hashlib.sha256(digest.html.encode()).hexdigest()[:32]  # no quoted-printable text holds `=_`
        self._head = b"".join(self._shared(digest.subject, boundary))
        self._body = _alternatives(digest, boundary)

    def _shared(self, subject: str, boundary: str) -> list[bytes]:
        name, address = parseaddr(self._sender.mail_from)
        headers = [
            _folded("From", str(Address(name, addr_spec=checked_address(address)))),
            _folded("Subject", subject),
            _folded("MIME-Version", "1.0"),
            _folded("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
            _folded("Auto-Submitted", "auto-generated"),
        ]
        if self._sender.reply_to:
            headers.append(_folded("Reply-To", self._sender.reply_to))
        if self._bulk:
            headers.append(_whole("List-Id", f"Changes to local procedures <digest.{self._sender.domain}>"))
            headers.append(_folded("Precedence", "bulk"))
        return headers

    def message(self, reader: Recipient) -> bytes:
        """The mail as one reader gets it, with CRLF line ends. The same for the same arguments."""
        own = [
            _whole("To", reader.address),
            _whole("Message-ID", reader.message_id),
            _whole("Date", format_datetime(reader.composed_at.astimezone(UTC))),
            *(self._leaving(reader.token) if self._bulk else ()),
        ]
        between = _SOFT_BREAK + reader.token.encode("ascii") + _SOFT_BREAK
        return b"".join([*own, self._head, b"\r\n", between.join(self._body)])

    def _leaving(self, token: str) -> list[bytes]:
        by_mail = f"<mailto:{self._sender.mail('unsubscribe')}>"
        link = self._sender.link("unsubscribe")
        if not link:
            return [_whole("List-Unsubscribe", by_mail.replace(PLACEHOLDER, token))]
        return [
            _whole("List-Unsubscribe", f"<{link}>, {by_mail}".replace(PLACEHOLDER, token)),
            _whole("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ]


def personal(digest: Digest, token: str) -> Digest:
    """The mail with one reader's token, as the preview shows it."""
    html, text = (part.replace(PLACEHOLDER, token) for part in (digest.html, digest.text))
    return replace(digest, html=html, text=text)


def message_id(unique: str, sender: Sender) -> str:
    """`<unique@domain>`: by it a mail that was sent twice is known as one."""
    return f"<{unique}@{sender.domain}>"


def _folded(name: str, value: str) -> bytes:
    """A header in lines of 78 characters, words beyond ASCII encoded. The library leaves the first line empty where
    all the rest fits into the second, which programs take for a space before the subject, or for none at all."""
    folded = SMTP.fold_binary(*SMTP.header_store_parse(name, value))
    return folded.replace(f"{name}:\r\n ".encode(), f"{name}: ".encode(), 1)


def _whole(name: str, value: str) -> bytes:
    """A header in one line of printable ASCII, which holds no line break. Each reader has five, and the library's
    parser would take longer than everything else that is done for a mail."""
    if not value.isascii() or not value.isprintable() or len(name) + len(value) + 2 > MAX_LINE:
        raise BadInput(f"{name}: {value[:60]!r} cannot stand in a header")
    return f"{name}: {value}\r\n".encode("ascii")


def _alternatives(digest: Digest, boundary: str) -> list[bytes]:
    """Both forms, cut where the reader's token goes: text first, so that programs which show both prefer HTML."""
    parts = []
    for kind, content in (("plain", digest.text), ("html", digest.html)):
        headers = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        pieces = [_quoted(piece) for piece in content.split(PLACEHOLDER)]
        pieces[0] = f"--{boundary}\r\n{headers}".encode() + pieces[0]
        pieces[-1] += b"\r\n"
        parts.append(pieces)
    text, html = parts
    html[-1] += f"--{boundary}--\r\n".encode()
    return [*text[:-1], text[-1] + html[0], *html[1:]]


def _quoted(text: str) -> bytes:
    """Quoted-printable (RFC 2045, 6.7) with CRLF line ends, by the C code: the email package does it in Python."""
    return binascii.b2a_qp(text.replace("\r\n", "\n").encode(), quotetabs=False).replace(b"\n", b"\r\n")

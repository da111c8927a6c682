"""Signed tokens in links: who may confirm, choose and unsubscribe. Nothing is stored for them. And in the cookie of the
desk, which names a session (`jobs/web/desk/session.py`)."""

import base64
import hashlib
import hmac
import os
import secrets
from enum import StrEnum
from pathlib import Path

from jobs.settings import SECRET_FILE
from tracker.errors import StorageError

SECRET_BYTES = 32
MAC_BYTES = 16
"""128 bits of an HMAC-SHA-256: nobody guesses one (RFC 2104, 5)."""


class Purpose(StrEnum):
    """What a token allows; its letter begins the token. FEED reads what somebody follows, and nothing else. DESK and
    BROWSER are cookies: who is signed in there, who signed in there before."""

    CONFIRM = "c"
    MANAGE = "m"
    FEED = "f"
    DESK = "d"
    BROWSER = "b"


class Tokens:
    """Makes and reads tokens with the secret of one data folder."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def of(cls, data_dir: Path) -> "Tokens":
        """With the secret in the data folder, which is made where there is none. Raises StorageError."""
        path = data_dir / SECRET_FILE
        try:
            return cls(_read(path) or _made(path))
        except OSError as error:
            raise StorageError(f"{path}: cannot be read or made ({error.strerror}); check its owner") from None

    def make(self, purpose: Purpose, key: str) -> str:
        """A token for the subscriber of this key: letters, digits, `_`, `-` and one dot."""
        named = f"{purpose}{key}"
        return f"{named}.{self._mac(named)}"

    def read(self, token: str, purpose: Purpose) -> str | None:
        """The key of the subscriber, or None where the token is not ours or for something else."""
        named, _, mac = token.partition(".")
        if not named.startswith(purpose) or not token.isascii() or not hmac.compare_digest(mac, self._mac(named)):
            return None
        return named[len(purpose) :]

    def pseudonym(self, text: str) -> str:
        """A name for a text from which nobody without the secret can tell it, or try whether it is this one: the whole
        HMAC, in hexadecimal. It begins apart from tokens, so that neither is ever taken for the other."""
        return hmac.digest(self._secret, f"pseudonym:{text}".encode(), hashlib.sha256).hex()

    def _mac(self, named: str) -> str:
        made = hmac.digest(self._secret, named.encode(), hashlib.sha256)[:MAC_BYTES]
        return base64.urlsafe_b64encode(made).decode().rstrip("=")


def _read(path: Path) -> bytes | None:
    try:
        secret = path.read_bytes()
    except FileNotFoundError:
        return None
    if len(secret) != SECRET_BYTES:
        raise StorageError(f"{path}: damaged; restore it, or remove it, which ends all links in mails already sent")
    return secret


def _made(path: Path) -> bytes:
    """A new secret, whole or not at all, readable by its owner only; of two processes the first one's stays."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_bytes()

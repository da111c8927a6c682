"""DKIM signatures (RFC 6376), for those whose mail server does not sign: with dkimpy, which is loaded only then."""

from collections.abc import Callable

from jobs.settings import Settings
from tracker.errors import SettingsError

SIGNED = (
    *(b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type", b"reply-to"),
    *(b"list-id", b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted", b"precedence"),
)
"""What a mailbox provider shows or acts on; RFC 8058 (4) wants the two of List-Unsubscribe signed."""
Signer = Callable[[bytes], bytes]


def signer(settings: Settings, domain: str) -> Signer | None:
    """What puts a signature before a message, or None where none is set up. Raises SettingsError."""
    if not settings.dkim_selector:
        return None
    try:
        import dkim
    except ModuleNotFoundError:
        raise SettingsError("`dkim_selector` needs dkimpy: pip install 'procedure-tracker[dkim]'") from None
    try:
        key = settings.dkim_key.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"{settings.dkim_key}: the DKIM key cannot be read ({error.strerror}); put it there, name another file in "
            "`dkim_key`, or remove `dkim_selector`"
        ) from None
    selector = settings.dkim_selector.encode()

    def sign(message: bytes) -> bytes:
        try:
            made: bytes = dkim.sign(message, selector, domain.encode(), key, include_headers=_present(message))
        except (dkim.DKIMException, ValueError) as error:
            remedy = f"`openssl genrsa -out {settings.dkim_key} 2048` makes one"
            raise SettingsError(f"{settings.dkim_key}: no key to sign with ({error}); {remedy}") from None
        return made + message

    sign(b"From: a@b.example\r\n\r\n\r\n")  # a bad key is said before the first mail
    return sign


def _present(message: bytes) -> list[bytes]:
    """The headers to be signed that the message has: dkimpy would sign their absence."""
    head = message.partition(b"\r\n\r\n")[0].lower()
    names = {line.partition(b":")[0] for line in head.split(b"\r\n")}
    return [name for name in SIGNED if name in names]

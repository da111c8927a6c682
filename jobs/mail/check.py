"""Says hello to the mail server of the settings, without sending anything."""

import smtplib
import ssl

from jobs.settings import Settings
from tracker.errors import SettingsError

TIMEOUT_S = 10.0
"""Long enough for a greylisting pause before the greeting, short enough for somebody who waits."""


def greet(settings: Settings) -> None:
    """Connects, encrypts and logs in as a sending would. Raises SettingsError with the remedy."""
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        with _connect(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.noop()
    except smtplib.SMTPAuthenticationError:
        raise SettingsError(f"{where} refuses the login; check smtp_user and smtp_password") from None
    except ssl.SSLError as error:
        raise SettingsError(
            f"{where}: no encrypted connection ({error.reason}); check smtp_tls and smtp_port"
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        raise SettingsError(
            f"{where} does not answer as a mail server ({error}); check smtp_host and smtp_port"
        ) from None


def _connect(settings: Settings) -> smtplib.SMTP:
    if settings.smtp_tls == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_S)
    if settings.smtp_tls == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server

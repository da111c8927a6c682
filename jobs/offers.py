"""Which forms the daemon offers to everybody, and where: what the report's pages and mails link to."""

from jobs.settings import Settings


def sign_up_url(settings: Settings) -> str:
    """Where anybody can ask for the mails; empty where it is turned off, where the address of these pages is not known,
    or where nobody could be asked for their confirmation."""
    can_ask = settings.smtp_host and settings.mail_from
    return _under(settings, "subscribe/") if settings.sign_up and can_ask else ""


def remark_url(settings: Settings) -> str:
    """Where anybody can say what is wrong with an entry; empty where it is turned off or the address is not known."""
    return _under(settings, "report-error/") if settings.remarks else ""


def _under(settings: Settings, path: str) -> str:
    return f"{settings.web_url.rstrip('/')}/{path}" if settings.web_url else ""

"""Whether mails can go out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings


def mail(settings: "Settings") -> Iterator[Check]:
    if not settings.smtp_host:
        yield Check(Level.OK, "mail", "no mail server is set; the digest can be previewed, not sent")
        return
    from jobs.mail_check import greet

    greet(settings)
    yield Check(Level.OK, "mail", f"{settings.smtp_host}:{settings.smtp_port} answers")
    if not settings.mail_from:
        yield Check(Level.PROBLEM, "mail", "`mail_from` is empty; set it to the From address of the digest")
    if not (settings.web_url or settings.public_url).startswith("https://"):
        says = "no https address in `web_url`; set one, or readers can unsubscribe by mail only"
        yield Check(Level.WARNING, "mail", says)

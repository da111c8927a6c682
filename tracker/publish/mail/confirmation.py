"""The mails beside the digest: the one that asks somebody whether they want the others (double opt-in), the one to who
asks for them again, and the one that tells a reader what came of a report."""

from dataclasses import dataclass
from datetime import date

from tracker.publish.mail import digest
from tracker.publish.mail.digest import Digest
from tracker.timeline.decisions.remarks import RemarkOutcome

SUBJECT = "Please confirm that you want these mails"
KNOWN = "You get these mails already"
ANSWERED = "What came of your report"
OUTCOMES = {
    RemarkOutcome.CORRECTED: "The entry was corrected.",
    RemarkOutcome.WITHDRAWN: "The entry was taken back: it does not stand any longer.",
    RemarkOutcome.STANDS: "It was looked at, and the entry stands as it is.",
}


@dataclass(frozen=True)
class ConfirmationRequest:
    """`rhythm` and `follows` in words; `url` leads to the page that confirms, empty where there is none; `mail` is the
    address and subject of a mail that confirms."""

    rhythm: str
    follows: tuple[str, ...]
    url: str
    mail: str
    contact: str = ""


@dataclass(frozen=True)
class RemarkReply:
    """What a reader wrote about which entry, what came of it, and why; `url` leads to the entry, or is empty."""

    on: date
    about: str
    title: str
    outcome: RemarkOutcome
    why: str
    url: str
    contact: str = ""


def confirmation_mail(question: ConfirmationRequest) -> Digest:
    """The mail, in both forms."""
    return _mail(SUBJECT, "confirm", question)


def already_subscribed_mail(question: ConfirmationRequest) -> Digest:
    """The mail to somebody who gets the mails already and asks for them again; `url` leads to their preferences."""
    return _mail(KNOWN, "known", question)


def reply_mail(reply: RemarkReply) -> Digest:
    """The mail to a reader who wrote about an entry."""
    return _mail(ANSWERED, "answer", reply, outcome=OUTCOMES[reply.outcome])


def _mail(subject: str, name: str, letter: ConfirmationRequest | RemarkReply, **more: str) -> Digest:
    html, text = (digest.render(f"{name}.{kind}.j2", letter=letter, **more) for kind in ("html", "txt"))
    return Digest(subject, html, text)

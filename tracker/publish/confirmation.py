"""The mail that asks somebody whether they want the others (double opt-in)."""

from dataclasses import dataclass

from tracker.publish import digest
from tracker.publish.digest import Digest

SUBJECT = "Please confirm that you want these mails"


@dataclass(frozen=True)
class Question:
    """`rhythm` and `follows` in words; `url` leads to the page that confirms, empty where there is none; `mail` is the
    address and subject of a mail that confirms."""

    rhythm: str
    follows: tuple[str, ...]
    url: str
    mail: str
    contact: str = ""


def write(question: Question) -> Digest:
    """The mail, in both forms."""
    html, text = (digest.render(f"confirm.{kind}.j2", letter=question) for kind in ("html", "txt"))
    return Digest(SUBJECT, html, text)

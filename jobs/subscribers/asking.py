"""Asking somebody for their yes by hand, and what keeps mails from them, said with the way out."""

from typing import TYPE_CHECKING

import typer

from jobs.console import fail, say, warn

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings
    from tracker.publish.mail.subscribers import Subscriber


def ask(engine: "Engine", settings: "Settings", reader: "Subscriber") -> None:
    """Asks by mail where that is set up, else says how they can be confirmed. Ends with status 1 where no mail went."""
    from jobs.mail import confirm as mail_confirm
    from jobs.mail import job as mail_job
    from jobs.mail.mailing import Mailing

    if not settings.smtp_host or not settings.mail_from:
        link = mail_confirm.link(Mailing.of(settings, preview=True), reader)
        how = f"give them this link: {link} or run" if link else "when they have said yes, run"
        later = f"`tracker subscribers confirm {reader.address}`; once a mail server is set, a mail asks them"
        say(f"No mail server is set, so nobody was asked; {how} {later}")
        return
    if mail_job.ask(engine, settings, reader, warn)["sent"]:
        print("They were asked by mail.")
        return
    now = mail_job.known(engine, reader.address)
    if now.suppressed_at:
        fail(suppressed(now))
    else:
        print("They will be asked when the mail server takes the mail.")
    raise typer.Exit(1)


def suppressed(reader: "Subscriber") -> str:
    """Of somebody whose mails came back."""
    why = f" ({reader.problem})" if reader.problem else ""
    confirm = f"`tracker subscribers confirm {reader.address}` lifts that where the address is right"
    return f"mails to {reader.shown} came back{why}, so none are sent there; {confirm}"

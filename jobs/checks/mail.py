"""Mails: whether they can go out, which wait or did not arrive, and whether somebody is told of problems."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from db.mail import doubtful_mails as in_doubt
from db.mail import subscribers
from jobs.checks.check import Passed, Problem, Result
from jobs.checks.facts import Facts
from jobs.mail import outbox, transports
from jobs.mail.transports import MailServer
from jobs.settings import Settings
from jobs.store import open_session
from tracker.errors import TrackerError
from tracker.publish.counts import count
from tracker.publish.mail.envelope import Sender
from tracker.publish.mail.sections import OLD_DAYS
from tracker.publish.mail.subscribers import is_channel, shown

HELD = "mail-held"
WAITS = timedelta(hours=2)
"""A server that puts off strangers takes their mail within the hour; ours is tried five times by then."""
MANY_REFUSED = 0.1
"""Of the mails of a day. Of a list one in a hundred addresses is gone; one in ten is a server that does not want us."""
STORM = 200
"""Requests of a day that nobody confirms. Most people who ask say yes within the hour."""
ADDRESS = re.compile(r"[^\s<>@]+@")
"""Of a reader, in what a server answers: problems are told to many, and /readyz may be open to all."""
PATIENCE_S = 10.0
"""Long enough for a greylisting pause before the greeting, short enough for somebody who waits."""
SHOWN = 10
"""Doubts, one a line; more say no more."""
TRY = "`tracker digest send` tries now and says what the server answers"
CLOSE_THE_FORM = "see in the log of your web server who sends `/subscribe/`; `sign_up = false` takes the form away"


def held(facts: Facts, _now: datetime) -> Iterator[Problem]:
    if since := facts.vitals.mails.held_since:
        yield Problem(HELD, outbox.why_mails_wait(since), outbox.RELEASE, subject="mail")


def waiting(facts: Facts, now: datetime) -> Iterator[Problem]:
    mails = facts.vitals.mails
    if mails.waiting_since and mails.waiting_since < now - WAITS:
        what = f"{count(mails.waiting, 'mail waits', 'mails wait')} since {mails.waiting_since:%Y-%m-%d %H:%M} UTC"
        why = f" ({ADDRESS.sub('…@', mails.error)})" if mails.error else ""
        yield Problem("mail-waiting", f"{what}{why}", TRY, subject="mail")


def refused(facts: Facts, _now: datetime) -> Iterator[Problem]:
    mails = facts.vitals.mails
    if mails.refused and mails.refused >= mails.tried * MANY_REFUSED:
        what = f"{mails.refused} of the last {count(mails.tried, 'mail')} of a day were refused or given up"
        remedy = "`tracker subscribers list` shows each with the answer of the server"
        yield Problem("mail-refused", what, remedy, subject="mail")


def sign_up(facts: Facts, _now: datetime) -> Iterator[Problem]:
    if facts.vitals.unanswered >= STORM:
        what = f"{facts.vitals.unanswered:,} requests for the mails of the last day were not confirmed"
        what = f"{what}: somebody sends the form in others' names"
        yield Problem("sign-up-storm", what, CLOSE_THE_FORM, subject="trouble")


def sender(settings: Settings) -> Iterator[Result]:
    """What every mail needs besides a server, as sending takes it. Nothing is sent."""
    if not settings.mail_from:
        return
    try:
        Sender(settings.mail_from).address  # noqa: B018 - a bad address is refused here
    except TrackerError as error:
        yield Problem("mail", f"`mail_from`: {error}", grave=True)


def server(settings: Settings) -> Iterator[Result]:
    if not settings.smtp_host:
        yield Passed("mail", "no mail server is set; the digest can be previewed, not sent")
        yield from _never_asked(settings)
        return
    with MailServer(settings.model_copy(update={"smtp_timeout": PATIENCE_S}), settings.mail_from) as smtp:
        smtp.greet()
    yield Passed("mail", f"{settings.smtp_host}:{settings.smtp_port} answers")
    if not settings.mail_from:
        yield Problem("mail", "`mail_from` is empty", "set it to the From address of the digest", grave=True)
    if settings.public_url and not settings.web_url:
        what = "`web_url` is empty, so readers confirm and leave at `public_url`"
        yield Problem("mail", what, "set it to where the daemon is reached")
    if not settings.readers_url.startswith("https://"):
        yield Problem("mail", "no https address in `web_url`", "set one, or readers can unsubscribe by mail only")


def _never_asked(settings: Settings) -> Iterator[Result]:
    """Who was added by hand and waits for a mail that nothing can send."""
    with open_session(settings) as session:
        found = len(subscribers.never_asked(session))
    if found:
        one, many = "subscriber was never asked for a yes and gets", "subscribers were never asked for a yes and get"
        remedy = "set `smtp_host` and `mail_from`, or run `tracker subscribers confirm ADDRESS` when they have said yes"
        yield Problem("mail", f"{count(found, one, many)} nothing", remedy)


def doubts(settings: Settings) -> Iterator[Result]:
    """Mails that may have arrived before they were refused. Whatever is older would only be counted by another mail."""
    with open_session(settings) as session:
        found = in_doubt.doubtful(session, datetime.now(UTC) - timedelta(days=OLD_DAYS))
    for item in found[:SHOWN]:
        what = f"the mail of {item.composed_at:%Y-%m-%d} to {shown(item.address)} {item.error}"
        told = f"its {count(item.told, 'entry counts', 'entries count')} as told"
        yield Problem("mail", f"{what}; {told}", "if it did not arrive: `tracker digest again ADDRESS`")
    if len(found) > SHOWN:
        yield Problem("mail", f"and {len(found) - SHOWN} more that may have arrived")


def alerts(settings: Settings) -> Iterator[Result]:
    """Whether somebody is told of problems, and by a way that there is. Nothing is sent: `tracker alerts test` does."""
    addresses = settings.alert_addresses
    if not addresses:
        what = "`alert_to` is empty, so nobody is told of problems but who looks here or at /readyz"
        yield Problem("alerts", what, "set a mail address")
        return
    for address in filter(is_channel, addresses):
        transports.check_channel(address)
    if not all(map(is_channel, addresses)) and not (settings.smtp_host and settings.mail_from):
        what = "`alert_to` has a mail address, which needs `smtp_host` and `mail_from`"
        yield Problem("alerts", what, "set them, or remove the address", grave=True)
        return
    told = ", ".join(map(shown, addresses))
    yield Passed("alerts", f"problems are told to {told}; `tracker alerts test` tries it")

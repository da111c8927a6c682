"""The mail that somebody would get, without sending it: for `digest preview`, the desk and the demo."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jobs.clock import local
from jobs.console import say
from jobs.output import make_dir, written

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.timeline.filters import EntryFilter
    from jobs.settings import Settings
    from tracker.publish.mail.digest import Digest


def compose_for(engine: "Engine", settings: "Settings", address: str, now: datetime) -> "Digest":
    """The mail that a subscriber would get now, quiet or not. Raises BadInput where there is no such subscriber."""
    from db.engine import reading
    from db.mail import ledger
    from jobs.mail import job as mail_job
    from jobs.mail import prepare
    from jobs.mail.mailing import Mailing
    from jobs.mail.tokens import Purpose
    from tracker.publish.mail import envelope

    mailing, reader = Mailing.of(settings, preview=True), mail_job.known(engine, address)
    if reader.state != "active":
        say(f"{reader.shown} is {reader.state} and gets no such mail now; see `tracker subscribers list`")
    seen = prepare.window_of(reader, now)
    with reading(engine) as opened:
        told = ledger.told(opened, [reader.id], seen).get(reader.id, {})
    found = prepare.composer(engine, mailing, seen).compose(reader, told, now, quiet=True)
    assert found is not None
    return envelope.personal(found.digest, mailing.tokens.make(Purpose.MANAGE, reader.key))


def compose(
    engine: "Engine",
    settings: "Settings",
    wanted: "EntryFilter",
    now: datetime,
    since: datetime | None,
    archive: bool = False,
) -> "Digest":
    """The mail about the wanted entries found after `since` (None: all). Days are those of the settings' zone. Of an
    `archive`: as if each report had been read when it ran."""
    from db.engine import reading
    from db.feeds import feeds
    from db.timeline.timelines import entries
    from jobs.mail.mailing import county_of
    from jobs.mail.prepare import policies_of
    from tracker.publish.mail import digest
    from tracker.publish.mail.audience import Interest, coverage_for, unserved_places
    from tracker.publish.mail.sections import seen_on
    from tracker.publish.mail.subscribers import Subscription
    from tracker.timeline.how_sure import is_published

    with reading(engine) as session:
        coverage = feeds.coverage(session)
        follows = Interest.of(Subscription(place=place, inside=wanted.inside) for place in wanted.places)
        today = local(now, settings)
        found = (entry for entry in entries(session, wanted) if is_published(entry, settings.mailed))
        return digest.compose(
            (seen for entry in found if (seen := seen_on(entry, today.date()))) if archive else found,
            now=today,
            since=since,
            coverage=coverage_for(coverage, follows, county_of) if wanted.places else coverage,
            unheard=unserved_places(coverage, follows, county_of),
            public_url=settings.report_url,
            contact=settings.contact,
            policies=policies_of(engine, settings.publish, today.date() if archive else None),
            publish=settings.mailed,
        )


def write(mail: "Digest", folder: Path) -> tuple[Path, Path]:
    """Writes digest.html and digest.txt and returns their paths. Raises StorageError."""
    make_dir(folder)
    pages = (folder / "digest.html", mail.html), (folder / "digest.txt", f"Subject: {mail.subject}\n\n{mail.text}")
    for path, text in pages:
        with written(str(path)) as file:
            file.write(text.encode())
    return pages[0][0], pages[1][0]

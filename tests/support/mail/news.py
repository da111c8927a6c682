"""News in a database, and subscribers who want it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from db.articles import articles
from db.mail import subscribers
from db.sessions import session
from db.tables.timeline import EvidenceRow
from db.timeline import entries, findings
from tracker.model import Article, Basis, Change, Entry, Finding, Policy, Revision, Stage
from tracker.partial_date import PartialDate
from tracker.publish.mail.subscribers import Rhythm, Subscriber, Subscription

WI = "ocd-division/country:us/state:wi"
MILWAUKEE, MADISON = f"{WI}/place:milwaukee", f"{WI}/place:madison"
CHICAGO = "America/Chicago"
MONDAY = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
"""Half past seven in Chicago, on a Monday: the hour of a weekly mail has come."""


def add_entry(
    engine: Engine,
    name: str,
    at: datetime,
    *,
    place: str = MILWAUKEE,
    reported: date | None = None,
    day: str | None = None,
    stage: Stage = Stage.ADOPTED,
    topic: str = "immigration",
    title: str = "",
    policy: str = "",
) -> Entry:
    """Records an entry opened at a moment, with one report of a day; of a policy of its own where none is named."""
    quote = f"The council decided matter {name}."
    reported = reported or at.date()
    finding = Finding(
        jurisdiction=place,
        jurisdiction_name="Milwaukee",
        stage=stage,
        date=PartialDate.parse(day) if day else PartialDate.of(reported),
        basis=Basis.STATED,
        quote=quote,
        start=0,
        end=len(quote),
        score=0.9,
        topic=topic,
    )
    article = Article(
        id=name, url=f"https://news.example/{name}", title=title or name, text=quote, published=reported,
        publisher="Lakefront Ledger",
    )  # fmt: skip
    entry = Entry(
        id=name,
        policy=policy or f"policy-{name}",
        jurisdiction=place,
        jurisdiction_name=place.rpartition(":")[2].title(),
        body="Common Council",
        topic=topic,
        stage=stage,
        date=finding.date,
        basis=Basis.STATED,
        title=title or f"Council decides matter {name}",
    )
    with session(engine) as opened:
        key, _ = articles.store_article(opened, article, at)
        ids = findings.replace_findings(opened, key, [finding])
        entries.save_policy(opened, Policy(id=entry.policy, name=entry.title, jurisdiction=place, topic=topic))
        entries.save_entry(opened, entry, ids, Revision(number=1, at=at, actor="tracker", reason="first report"))
    return entry


def revise(engine: Engine, name: str, at: datetime, why: str, *, actor: str = "tracker", **new: Any) -> None:
    """Revises an entry: new values by field."""
    with session(engine) as opened:
        entry = entries.load_entry(opened, name)
        assert entry is not None
        changes = tuple(
            Change(field=field, old=str(getattr(entry, field) or ""), new=str(value or ""))
            for field, value in new.items()
        )
        ids = _finding_ids(opened, name)
        if actor != "tracker" and "status" in new:
            new["locked"] = entry.locked | {"status"}
        revised = entry.model_copy(update={**new, "revision": entry.revision + 1})
        revision = Revision(number=revised.revision, at=at, actor=actor, reason=why, changes=changes)
        entries.save_entry(opened, revised, ids, revision)


def _finding_ids(opened: Any, name: str) -> list[int]:
    return list(opened.exec(select(EvidenceRow.finding_id).where(col(EvidenceRow.entry_id) == name)))


def add_reader(
    engine: Engine,
    address: str,
    at: datetime,
    *wanted: Subscription,
    confirmed: bool = True,
    **rhythm: Any,
) -> Subscriber:
    """A subscriber who follows Wisconsin and all in it, unless something else is wanted; confirmed at that moment."""
    with session(engine) as opened:
        follows: Iterable[Subscription] = wanted or (Subscription(place=WI),)
        reader, _ = subscribers.add(opened, address, Rhythm(timezone=CHICAGO, **rhythm), follows, at)
        if confirmed:
            subscribers.confirm(opened, reader.id, at)
    return reader

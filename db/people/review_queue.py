"""What waits for a person, in the order of what a mistake would do."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, update
from sqlmodel import Session, col, func, select

from db.mapping import batches
from db.people import remarks
from db.tables.timeline import EntryRow, EvidenceRow, FindingRow
from db.timeline import news as candidates
from db.timeline.entries import select_entries, with_evidence
from db.timeline.filters import EntryFilter, unordered
from db.timeline.timelines import whole_policies
from tracker.model import Entry, EntryStatus, Policy, Publish
from tracker.publish.withholding import published_policy
from tracker.timeline.decisions.review import WITNESSES_DIFFER, Harm, Need, need, needs
from tracker.timeline.how_sure import is_published
from tracker.timeline.standing.standing import deciding, standing

HORIZON = 100
"""Entries that are ordered anew: of all that wait, those most in doubt. A mistake is as bad as it is likely."""


@dataclass(frozen=True, slots=True)
class QueuedEntry:
    """An entry that waits, with what readers are told of it: its policy and how that stands today; and what a mistake
    in it would do."""

    entry: Entry
    policy: Policy
    harm: Harm

    @property
    def needs(self) -> tuple[Need, ...]:
        """Why, the weightiest reason first."""
        return needs(self.entry, self.harm)

    @property
    def need(self) -> float:
        """How much."""
        return need(self.entry, self.harm)


def queued(
    session: Session,
    wanted: EntryFilter,
    limit: int,
    today: date,
    but: Collection[str] = (),
    publish: Publish = Publish.ALL,
    mailed: Publish | None = None,
) -> list[QueuedEntry]:
    """At most `limit` entries that need a person, `but` for these ids: those that readers wrote about, the longest
    waiting first, then those of which a mistake would do most."""
    unsure = doubtful(session, wanted, max(limit, HORIZON), but)
    news = doubtful(session, wanted, HORIZON, but, candidates.news_ids(today))
    by_id = {entry.id: entry for entry in (*unsure, *news)}
    found = list(with_harm(session, by_id.values(), today, publish, mailed))
    said = remarks.open_by_entry(session)
    first = [one for one in found if one.entry.id in said]
    rest = [one for one in found if one.entry.id not in said]
    return [*first, *sorted(rest, key=lambda one: (-one.need, one.entry.id))][:limit]


def doubtful(
    session: Session,
    wanted: EntryFilter,
    limit: int,
    but: Collection[str] = (),
    among: Select[tuple[str]] | None = None,
) -> Iterator[Entry]:
    """At most `limit` entries that need a person, `but` for these ids: those that readers wrote about, the longest
    waiting first, then those most in doubt (only those `among` some ids)."""
    said = [name for name in remarks.open_by_entry(session) if name not in but]
    rows = session.execute(unordered(wanted).where(col(EntryRow.id).in_(said))).all() if said else []
    first = sorted(rows, key=lambda row: said.index(row.id))[:limit]
    query = unordered(wanted).where(col(EntryRow.need) > 0).order_by(col(EntryRow.need).desc(), col(EntryRow.id))
    left_out = {*but, *said}
    query = query.where(col(EntryRow.id).not_in(left_out)) if left_out else query
    query = query.where(col(EntryRow.id).in_(among)) if among is not None else query
    rest = session.execute(query.limit(limit - len(first))).all()
    return (found for batch in batches([*first, *rest]) for found in with_evidence(session, batch))


def with_harm(
    session: Session, entries: Iterable[Entry], today: date, publish: Publish, mailed: Publish | None = None
) -> Iterator[QueuedEntry]:
    """The entries, each with how its policy stands by what `publish` lets readers see, and what a mistake would do;
    what `mailed` keeps back goes into no mail."""
    found = list(entries)
    policies = {policy.id: policy for policy in whole_policies(session, {entry.policy for entry in found})}
    decisive = {step.id for policy in policies.values() for step in deciding(policy.entries, today)}
    shown = [entry.id for entry in found if is_published(entry, mailed or publish)]
    named, news = col(EntryRow.id).in_(shown), col(EntryRow.id).in_(candidates.news_ids(today))
    told = set(session.scalars(select(EntryRow.id).where(named, news)))
    for entry in found:
        policy = policies[entry.policy]
        how = standing(published_policy(policy, publish).entries, today)
        facts = {"policy_name": policy.name, "standing": how.state.value if how and not how.open else ""}
        facts["standing_line"] = how.words if how else ""
        seen = entry.model_copy(update=facts)
        yield QueuedEntry(seen, policy, Harm(entry.id in decisive, entry.id in told))


def queued_entry(
    session: Session, entry: Entry, today: date, publish: Publish, mailed: Publish | None = None
) -> QueuedEntry:
    """The same for one entry, whether it waits or not."""
    return next(with_harm(session, [entry], today, publish, mailed))


def needs_person(session: Session, found: Entry) -> bool:
    """Whether something about the entry is in doubt, or a reader wrote about it and has no answer yet."""
    return need(found) > 0 or any(item.closed_at is None for item in remarks.of_entry(session, found.id))


def count_differing(session: Session) -> int:
    """Entries that only one of two witnesses reads so, and that wait: nothing else is needed as much."""
    return session.exec(select(func.count()).where(col(EntryRow.need) >= WITNESSES_DIFFER)).one()


def note_needs(session: Session, article_ids: Collection[int]) -> None:
    """How much the entries that rest on these articles need a person, now that it is noted who read these."""
    rests = select(EvidenceRow.entry_id).join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
    for keys in batches(sorted(article_ids)):
        named = set(session.scalars(rests.where(col(FindingRow.article_id).in_(keys))))
        rows = session.execute(select_entries().where(col(EntryRow.id).in_(named))).all()
        for entry in with_evidence(session, rows):
            session.execute(update(EntryRow).where(col(EntryRow.id) == entry.id).values(need=need(entry)))


def count_waiting(session: Session) -> tuple[int, int]:
    """(entries that are pending, those of them and of the others that need a person)."""
    pending = select(func.count()).where(col(EntryRow.status) == EntryStatus.PENDING)
    needy = select(func.count()).where(col(EntryRow.need) > 0)
    said = select(func.count()).where(
        col(EntryRow.id).in_(list(remarks.open_by_entry(session))), col(EntryRow.need) <= 0
    )
    return session.exec(pending).one(), session.exec(needy).one() + session.exec(said).one()

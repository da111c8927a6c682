"""An entry as the desk shows it: the same facts as `tracker review show`, as values for a template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from db.articles.articles import article_id
from db.opinions import opinions
from db.people import decisions, remarks, review_queue
from db.people.withholding import withholdings_of as withheld_of
from db.timeline.entries import load_policies
from jobs.review.input import OPTIONS
from jobs.review.show import in_context, now_says, place_name, sources
from jobs.settings import Settings
from tracker.model import Entry, Evidence, Policy, Revision
from tracker.publish.withholding import Withholding
from tracker.timeline.decisions.remarks import Remark
from tracker.timeline.decisions.review import Need
from tracker.timeline.decisions.undo import standing_acts
from tracker.timeline.provenance import TwoReadings, model_asked, two_readings


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence in its paragraph, the key of its article, and how two witnesses read it, where two were
    heard."""

    item: Evidence
    before: str
    quote: str
    after: str
    article: int | None
    two: TwoReadings | None
    number: int
    """From 1, in the order shown."""

    @property
    def model(self) -> str:
        """The language model that was heard; empty for none."""
        return model_asked(self.item)


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of an entry: its name, what it says as a person would type it, and what that rests on: the numbers of
    evidence, or the revision by which a person set it."""

    name: str
    value: str
    numbers: Sequence[int] = ()
    set_by: Revision | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is known of an entry."""

    entry: Entry
    """As readers are told of it."""
    policy: Policy
    """With all its entries."""
    needs: Sequence[Need]
    """Why a person should look at it, the weightiest reason first."""
    policy_history: Sequence[Revision]
    kept_out: Sequence[Withholding]
    facts: Sequence[Fact]
    proofs: Sequence[Proof]
    places: Sequence[str]
    """The other places that it may be."""
    remarks: Sequence[Remark]
    """What readers wrote about it."""
    policies: Sequence[Policy]
    """Those of its place, to which it could move, MOST_POLICIES of them at most."""

    @property
    def open_remarks(self) -> list[Remark]:
        """Those that wait for an answer."""
        return [item for item in self.remarks if item.closed_at is None]

    @property
    def siblings(self) -> list[Entry]:
        """The other entries of its policy that have evidence: what it could be merged with."""
        return [other for other in self.policy.entries if other.id != self.entry.id and other.evidence]

    @property
    def is_decided(self) -> bool:
        """Whether there is a decision that can be taken back."""
        return bool(standing_acts(self.entry.revisions))


FIELDS = ("date", "stage", "place", "body", "instrument", "number", "topic", "subject", "effect", "direction", "title")
"""What a person can set, by the names of `tracker review edit`, the likeliest first."""
MOST_POLICIES = 100
"""That a form proposes; the id of any other can be typed."""


def sheet(session: Session, name: str, today: date, settings: Settings) -> Sheet:
    """The entry of this id, as of a day, where these settings hold. Raises BadInput."""
    waits = review_queue.queued_entry(session, decisions.entry(session, name), today, settings.publish, settings.mailed)
    entry = waits.entry
    texts = decisions.texts(session, entry)
    return Sheet(
        entry=entry,
        policy=waits.policy,
        needs=waits.needs,
        policy_history=decisions.policy_revisions(session, entry.policy),
        kept_out=withheld_of(session, entry),
        facts=facts(entry),
        proofs=[_proof(session, number, item, texts) for number, item in enumerate(entry.evidence, 1)],
        places=[place_name(place) for place in entry.candidates],
        remarks=remarks.of_entry(session, name),
        policies=load_policies(session, entry.jurisdiction)[:MOST_POLICIES],
    )


def _proof(session: Session, number: int, item: Evidence, texts: Mapping[str, str]) -> Proof:
    return Proof(item, *in_context(item, texts), article_id(session, item.url), two_of(session, item), number)


def two_of(session: Session, item: Evidence) -> TwoReadings | None:
    """How two witnesses read a piece of evidence; None where no second one was heard."""
    key = article_id(session, item.url) if model_asked(item) else None
    alone = opinions.readings(session, [key]).get(key) if key else None
    return two_readings(item, alone) if alone else None


def facts(entry: Entry) -> list[Fact]:
    """Each field that a person can set, as it is now."""
    found, acts = sources(entry), {revision.number: revision for revision in entry.revisions}
    return [_fact(entry, name, found.get(OPTIONS[name], {}), acts) for name in FIELDS]


def _fact(entry: Entry, name: str, source: Mapping[str, Any], acts: Mapping[int, Revision]) -> Fact:
    return Fact(name, now_says(entry, name), source.get("evidence", ()), acts.get(source.get("revision", 0)))

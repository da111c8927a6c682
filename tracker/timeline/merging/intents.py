"""What is to be done to an entry: open it, support it, correct it, retire it. Values; `db` carries them out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.model import Basis, Change, Entry, Evidence, PublishedBasis
from tracker.timeline.entry_fields import evidence_key
from tracker.timeline.steps import recorded_by, whose_record

SHOWN = (
    "jurisdiction",
    "jurisdiction_name",
    "candidates",
    "body",
    "instrument",
    "identifier",
    "topic",
    "subject",
    "stage",
    "date",
    "basis",
    "effect",
    "direction",
    "title",
)
"""The fields that say something of the world."""
FACTS = frozenset({"jurisdiction", "body", "identifier", "topic", "stage", "date"})
"""A change of one of these corrects what the entry said; the others are only words for it."""
KEPT = ("policy", "status", "score")
"""Fields of our own book-keeping, written into revisions like the others."""


@dataclass(frozen=True, slots=True)
class Intent:
    """`entry` is the entry as it is to be afterwards (its revision already counted), `changes` what differs."""

    entry: Entry
    changes: tuple[Change, ...]
    reason: str


class Open(Intent):
    """A new entry."""


class Support(Intent):
    """More (or other) evidence for what the entry already shows."""


class Correct(Intent):
    """The evidence now says something else in a field that is shown."""


class Retire(Intent):
    """No article supports the entry any longer: it is marked, never deleted."""


def as_text(value: object) -> str:
    """A field's value as a revision writes it: empty for nothing, lists by commas."""
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def changes_between(old: Entry, new: Entry) -> tuple[Change, ...]:
    """What differs, field by field; evidence as one change for each article gained or lost."""
    fields = [name for name in (*SHOWN, *KEPT) if getattr(old, name) != getattr(new, name)]
    changed = [Change(field=n, old=as_text(getattr(old, n)), new=as_text(getattr(new, n))) for n in fields]
    return tuple(changed + list(_evidence_changes(old, new)))


def _evidence_changes(old: Entry, new: Entry) -> Iterable[Change]:
    """An article that says the same in other words is neither gained nor lost."""
    before, after = (Counter(item.url for item in entry.evidence) for entry in (old, new))
    yield from (Change(field="evidence", old=url, new="") for url in (before - after).elements())
    yield from (Change(field="evidence", old="", new=url) for url in (after - before).elements())


def opening(entry: Entry) -> Open:
    """Opens `entry` with everything it says as its first revision."""
    told = [name for name in (*SHOWN, *KEPT) if as_text(getattr(entry, name))]
    changes = [Change(field=name, old="", new=as_text(getattr(entry, name))) for name in told]
    changes += [Change(field="evidence", old="", new=item.url) for item in entry.evidence]
    first = entry.evidence[0]
    way = "first reported" if first.is_report else "recorded"
    return Open(entry, tuple(changes), f"{way} by {_who(first)} on {_ran(first)}")


def change(old: Entry, new: Entry) -> Support | Correct | None:
    """What turns `old` into `new`, with its reason; None where nothing differs."""
    changes = changes_between(old, new)
    if not changes and old.evidence == new.evidence:
        return None
    new = new.model_copy(update={"revision": old.revision + 1 if changes else old.revision})
    kind = Correct if any(item.field in FACTS and item.old for item in changes) else Support
    return kind(new, changes, _reason(old, new))


def _reason(old: Entry, new: Entry) -> str:
    """Why, in one line for people."""
    known = {evidence_key(item) for item in old.evidence}
    gained = [item for item in new.evidence if evidence_key(item) not in known]
    record = recorded_by(new)
    if record and (old.stage, old.date) != (new.stage, new.date):
        return _record_reason(old, new, record)
    if record and record in gained:
        return f"{whose_record(record)} tells it too"
    if old.date != new.date:
        return _date_reason(old, new)
    if gained:
        return _gained_reason(new, gained)
    if len(new.evidence) < len(old.evidence):
        return "an article was read again and no longer says this"
    return "an article was read again" if old.evidence != new.evidence else "what is known of the policy changed"


def _record_reason(old: Entry, new: Entry, record: Evidence) -> str:
    """What a record says in place of reports: "the council's record says adopted June 21, 2017; reports said June 14,
    2017"."""
    before = [old.stage.value] if old.stage is not new.stage else []
    before += [old.date.in_words() if old.date else "no date"] if old.date != new.date else []
    day = f" {new.date.in_words()}" if new.date else ""
    return f"{whose_record(record)} says {new.stage.value}{day}; reports said {', '.join(before)}"


def _gained_reason(entry: Entry, gained: Sequence[Evidence]) -> str:
    """Who else reports it, and which other dates they give."""
    named = list(dict.fromkeys(_who(item) for item in gained))
    others = [item.finding.date for item in gained if item.finding.basis is not Basis.REPORTED]
    other = next((day for day in others if day and entry.date and not day.agrees(entry.date)), None)
    told = f", which says {other.in_words()}" if other and len(named) == 1 else ""
    return f"also reported by {', '.join(named[:3])}{' and others' if len(named) > 3 else ''}{told}"


def _who(item: Evidence) -> str:
    return item.publisher or item.url


def _ran(item: Evidence) -> str:
    """`2017-07-04`; a report of which nothing tells when it ran had run by then."""
    return f"or before {item.published}" if item.published_basis is PublishedBasis.SEEN else str(item.published)


def _date_reason(old: Entry, new: Entry) -> str:
    sources = [item for item in new.evidence if item.finding.date == new.date]
    said = f" according to {_who(sources[-1])}, {_ran(sources[-1])}" if sources else ""
    if old.date is None:
        return f"dated{said}"
    if new.date is not None and old.date.contains(new.date):
        return f"a more precise date{said}"
    return f"another date{said}; earlier reports said {old.date.in_words()}"

"""What goes into one mail: what is new, what starts soon, what was told wrong before, what was found late. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from tracker.hearings import Hearing
from tracker.model import Basis, Change, Entry, EntryStatus, Policy, Revision, Stage
from tracker.partial_date import PartialDate
from tracker.publish import words
from tracker.publish.mail.paragraphs import tells_text, without_vaguer
from tracker.timeline.decisions.acts import own_words
from tracker.timeline.decisions.review import TAKEN_BACK, told_changes
from tracker.timeline.history import EVIDENCE, PROGRAM, STATUS, by_person, is_taken_back, lost_articles, steps
from tracker.timeline.how_sure import is_uncertain
from tracker.timeline.steps import STAGE_ORDER, denial

Near = Callable[[Entry], int]
"""How far an entry's place is from what a reader follows: 0 for a place that they named, more for what lies around."""
Rank = tuple[int, int, int, int, str, str]
KIND = 2
"""Where in a rank it stands what kind of step it is."""
DONE = frozenset({Stage.ADOPTED, Stage.RESCINDED, Stage.BLOCKED})
"""Stages after which something is otherwise than before."""
SOON_DAYS = 30
"""A date within this many days is "soon": time enough for one more mail before it, and one for a meeting."""
OLD_DAYS = 30
"""An entry that was first found now but reported only longer ago is counted, not told: a back-filled archive must not
flood a mail."""
PAST_DAYS = 60
"""A step that lies longer back than this on the day of the mail is counted, not told, however fresh its report: that an
article looks back on a vote of 1988 is no news. Sixty days leave room for the act of last month that a story of this
week brings to light, and for a week or two until it is recorded and mailed."""
ASIDE = frozenset({"basis"})
"""How a date is known stands beside the date itself; whoever is told a better date need not read it twice."""


@dataclass(frozen=True)
class SentRevision:
    """What somebody was told of an entry: its last revision then, and whether in full or only as a number."""

    revision: int
    in_full: bool = True


@dataclass(frozen=True)
class Correction:
    """An entry that an earlier mail told otherwise: what differs from what was told, and why."""

    entry: Entry
    changes: tuple[Change, ...]
    reasons: tuple[str, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """True where the entry does not stand any longer."""
        return self.entry.status is EntryStatus.REJECTED

    @property
    def why_withdrawn(self) -> str:
        """In words. What was merged into another entry is not wrong: only a merge takes evidence away, losing none."""
        if is_taken_back(self.entry):
            copy = "it only copies what a person found not to belong here"
            return copy if self.entry.evidence else "no report supports it any longer"
        if not self.entry.evidence and not lost_articles(self.entry):
            return "a person found that it is the same change as another entry"
        return "a person found that it does not belong here"


@dataclass(frozen=True)
class Sections:
    """What goes into one mail, the most telling first (`rank`). A policy of which there is something `new` is
    not among those of which something is `soon`. `older` are entries that nobody was told and that are no news
    (`is_old`): they are only counted. `sent` are the ids of what the reader was told before. `hearings` are those ahead
    that they do not know, or know otherwise."""

    new: tuple[Entry, ...] = ()
    soon: tuple[Entry, ...] = ()
    corrections: tuple[Correction, ...] = ()
    older: tuple[Entry, ...] = ()
    sent: frozenset[str] = frozenset()
    hearings: tuple[Hearing, ...] = ()

    @property
    def has_news(self) -> bool:
        """False for a quiet week: dates that come near were told before, and what is old can wait for the next mail."""
        return bool(self.new or self.corrections or self.hearings)


def everywhere_alike(_entry: Entry) -> int:
    """For a mail that is nobody's own."""
    return 0


def for_reader(
    wanted: Iterable[Entry],
    sent: Mapping[str, SentRevision],
    known: Mapping[str, Entry],
    *,
    today: date,
    since: datetime | None,
    near: Near = everywhere_alike,
) -> Sections:
    """What one reader gets: of the `wanted` entries (those they follow) what they were not told, and of all that they
    were told (`known` holds those entries, wherever they belong now) what was not so. `since` is when they subscribed:
    what was found before that and is old is not even counted. `near` says how far a place is from what they follow."""
    shown = _shown(wanted)
    order = partial(rank, today=today, near=near)
    fresh = [entry for entry in shown if _is_fresh(entry, sent.get(entry.id), today)]
    new = tuple(ranked((entry for entry in fresh if not is_old(entry, today)), order))
    with_news = {(entry.jurisdiction, entry.policy) for entry in new}
    soon = (entry for entry in shown if is_soon(entry, today))
    wrong = (_correction(known[name], what) for name, what in sent.items() if what.in_full and name in known)
    older = (entry for entry in fresh if is_old(entry, today) and opened_after(entry, since))
    return Sections(
        new=new,
        soon=tuple(sorted((one for one in soon if (one.jurisdiction, one.policy) not in with_news), key=_by_day)),
        corrections=tuple(sorted(filter(None, wrong), key=lambda item: order(item.entry))),
        older=tuple(sorted(older, key=lambda entry: entry.id)),
        sent=frozenset(sent),
    )


def sort_out(entries: Iterable[Entry], *, today: date, since: datetime | None = None) -> Sections:
    """What of the entries belongs into a mail of the time after `since`, for somebody who was told all before it. None:
    for somebody who was told nothing yet, and of all that was ever recorded."""
    known = {entry.id: entry for entry in entries}
    before = (entry for entry in known.values() if since and not opened_after(entry, since))
    sent = {entry.id: _sent_by(entry, since) for entry in before if since}
    return for_reader(known.values(), sent, known, today=today, since=since)


def rank(entry: Entry, today: date, near: Near) -> Rank:
    """The lower, the more telling: what is likely right before what is uncertain, since the newest steps are wrong most
    often; what lies near before what lies far; what starts, then what was done, then what is only proposed or came to
    nothing; the newest report first."""
    reported = words.first_report(entry) or date.min
    uncertain = is_uncertain(entry)
    return (
        int(uncertain),
        near(entry),
        _weight_of_kind(entry, today),
        -reported.toordinal(),
        entry.jurisdiction,
        entry.id,
    )


def ranked(entries: Iterable[Entry], order: Callable[[Entry], Rank]) -> list[Entry]:
    """By their rank; but steps of one policy on one day that weigh alike stand together, where the first of them would,
    in the order in which they are taken."""
    found: dict[tuple[object, ...], list[Entry]] = {}
    for entry in sorted(entries, key=order):
        key = (entry.policy, entry.date, order(entry)[KIND]) if entry.date else (entry.id,)
        found.setdefault(key, []).append(entry)
    return [entry for steps in found.values() for entry in sorted(steps, key=lambda step: STAGE_ORDER[step.stage])]


def _weight_of_kind(entry: Entry, today: date) -> int:
    if entry.stage is Stage.EFFECTIVE:
        return 0 if entry.date is None or entry.date.last_day() >= today else 1
    return 1 if entry.stage in DONE else 2


def _by_day(entry: Entry) -> tuple[bool, PartialDate, int, str]:
    return is_uncertain(entry), entry.date or words.NO_DATE, STAGE_ORDER[entry.stage], entry.id


def _shown(entries: Iterable[Entry]) -> list[Entry]:
    """Those that may be told: not what was rejected, what a report denies, and what another step tells more exactly."""
    return without_vaguer(
        [entry for entry in entries if entry.status is not EntryStatus.REJECTED and not denial(entry)]
    )


def seen_on(entry: Entry, day: date) -> Entry | None:
    """The entry as it would have been known on a day if each report had been read when it ran; None where none had run
    by then. Its date and title are those of today: what a later report told more precisely is not taken back."""
    evidence = tuple(item for item in entry.evidence if item.published <= day)
    if not evidence:
        return None
    first = datetime.combine(min(item.published for item in evidence), time.min, UTC)
    opened = Revision(number=1, at=first, actor=PROGRAM, reason="first report")
    return entry.model_copy(update={"evidence": evidence, "revisions": (opened,), "revision": 1})


def policy_seen_on(policy: Policy, day: date) -> Policy:
    """The policy with the entries that would have been known on a day."""
    entries = tuple(seen for entry in policy.entries if (seen := seen_on(entry, day)))
    return policy.model_copy(update={"entries": entries})


def is_old(entry: Entry, today: date) -> bool:
    """True where it is no news: every report of it is over `OLD_DAYS` old, or the step itself over `PAST_DAYS`. A step
    that a person put on a day to come is news, whenever it was reported; so is a policy whose text was found replaced,
    whatever old day it prints."""
    last, day = words.last_report([entry]), last_day(entry)
    if "date" in entry.locked and day is not None and day > today:
        return False
    if last is None or last < today - timedelta(days=OLD_DAYS):
        return True
    return day is not None and _is_past(day, today) and not tells_text(entry)


def last_day(entry: Entry) -> date | None:
    """The last day on which the step can have been taken, as far as is known: of its date, or of its first report where
    no report gives one."""
    dated = entry.date if entry.basis is not Basis.REPORTED else None
    return dated.last_day() if dated else words.first_report(entry)


def _is_past(day: date, today: date) -> bool:
    return day < today - timedelta(days=PAST_DAYS)


def is_soon(entry: Entry, today: date) -> bool:
    """True where something starts, or ends, from today on and within `SOON_DAYS`."""
    if entry.date is None or entry.stage not in (Stage.EFFECTIVE, Stage.RESCINDED):
        return False
    return words.coming_until(entry.date) >= today and entry.date.first_day() <= today + timedelta(days=SOON_DAYS)


def opened_after(entry: Entry, since: datetime | None) -> bool:
    """True where the entry was opened after `since`, or at any time where that is None."""
    first = min((_utc(revision.at) for revision in entry.revisions), default=None)
    return since is None or first is None or first > _utc(since)


def _is_fresh(entry: Entry, sent: SentRevision | None, today: date) -> bool:
    """True where somebody was not told of it yet. What was only counted, for a date so old that it was no news, is
    fresh once another date shows that it is."""
    if sent is None or sent.in_full:
        return sent is None
    before = next((item.old for item in _net(_later(entry, sent)) if item.field == "date"), "")
    return bool(before) and _is_past(PartialDate.parse(before).last_day(), today) and not is_old(entry, today)


def _later(entry: Entry, sent: SentRevision) -> list[Revision]:
    """The revisions after the one that was told, in their order."""
    return sorted((item for item in entry.revisions if item.number > sent.revision), key=lambda item: item.number)


def _sent_by(entry: Entry, since: datetime) -> SentRevision:
    """What somebody was told who had read everything by then."""
    return SentRevision(max((item.number for item in entry.revisions if _utc(item.at) <= _utc(since)), default=1))


def _correction(entry: Entry, sent: SentRevision) -> Correction | None:
    """What differs now from what was told, if it matters to somebody who relied on it. What was changed there and back
    meanwhile never reached them."""
    later = _later(entry, sent)
    net = tuple(item for item in _net(later) if not _is_only_vaguer(item, later))
    if not any(words.is_correction(item) or _is_verdict(item) for item in net) and not _denied_since(entry, later):
        return None
    counts = {step.revision.number for item in net for step in steps(later, item.field)}
    why = [item for item in later if item.number in counts]
    reasons = dict.fromkeys(filter(None, map(own_words, why)))
    return Correction(entry, net, tuple(reasons))


def _net(revisions: Sequence[Revision]) -> tuple[Change, ...]:
    """The changes of several revisions as one each field: the first old value and the last new one. Reports that were
    added or lost are no claim of ours."""
    found: dict[str, Change] = {}
    every = (item for revision in revisions for item in told_changes(revision))
    for change in (item for item in every if item.field not in words.UNTOLD):
        first = found.get(change.field, change)
        found[change.field] = Change(field=change.field, old=first.old, new=change.new)
    return tuple(item for item in found.values() if item.old != item.new and item.field not in ASIDE)


def _denied_since(entry: Entry, later: Sequence[Revision]) -> bool:
    """True where a report that came after what was told denies the step, or puts it off."""
    against = denial(entry)
    news = {change.new for revision in later for change in revision.changes if change.field == EVIDENCE}
    return against is not None and against.url in news


def _is_only_vaguer(item: Change, later: Sequence[Revision]) -> bool:
    """True where the program has a coarser date now that does not gainsay the finer one which was told. A person who
    makes a date coarser takes the day back."""
    if item.field != "date" or not (item.old and item.new):
        return False
    old, new = PartialDate.parse(item.old), PartialDate.parse(item.new)
    last = steps(later, item.field)
    return new.contains(old) and not (last and by_person(last[-1].revision))


def _is_verdict(item: Change) -> bool:
    """True where an entry was taken back, or one that was taken back stands again."""
    return item.field == STATUS and not {EntryStatus.REJECTED, TAKEN_BACK}.isdisjoint((item.old, item.new))


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

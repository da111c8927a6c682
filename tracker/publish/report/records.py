"""What one place gives to the pages that are about many: small records, made when its own pages are made. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.coverage import PlaceTimeline
from tracker.model import Entry, EntryStatus, Evidence, Jurisdiction, Kind, Stage
from tracker.publish import addresses, words
from tracker.publish.report.threads import Thread, shown
from tracker.publish.words import ways
from tracker.timeline.how_sure import SureWord
from tracker.timeline.steps import first_told


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """One line of the list of places. `standings` and `topics` are how many of its policies stand how (by the stage
    whose shape shows it) and are on what, `effective:2 proposed:1`, the commonest first; `sureness` is the surest word
    of its entries."""

    state: str
    name: str
    kind: str
    address: str
    policies: int
    entries: int
    latest: str
    latitude: float | None
    longitude: float | None
    standings: str = ""
    topics: str = ""
    sureness: str = ""


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """Where an entry stands among all: `topic` is that of its policy, on whose page it stands, whatever the entry alone
    would be about. `year` and `month` are those of its date, else of its first report; `reported` and `date` are text
    that sorts as days do; `comes` is the last day on which it is told as coming, empty where it does neither."""

    id: str
    policy: str
    topic: str
    stage: str
    year: int | None
    month: int
    reported: str
    date: str
    comes: str


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """A policy with how it stands on the day of the build; `directions` are where its steps led (`ways`),
    `entries` how many."""

    id: str
    topic: str
    name: str
    stage: str
    word: str
    details: str
    directions: str
    entries: int


@dataclass(frozen=True, slots=True)
class Records:
    """All that a place gives. `is_listed`: it has a page of its own."""

    place: PlaceRecord
    entries: tuple[EntryRecord, ...]
    policies: tuple[PolicyRecord, ...]
    is_listed: bool = True


def is_listed(timeline: PlaceTimeline) -> bool:
    """False for a state of which nothing but its feeds is known: its page is the one of its places."""
    return timeline.jurisdiction.kind is not Kind.STATE or bool(timeline.policies)


def records(timeline: PlaceTimeline, threads: Sequence[Thread]) -> Records:
    """Those of a place whose threads these are."""
    entries = [(policy.topic, entry) for policy in timeline.policies for entry in shown(policy.entries)]
    return Records(
        _place(timeline.jurisdiction, threads, [entry for _, entry in entries]),
        tuple(_entry(topic, entry) for topic, entry in entries),
        tuple(map(_policy, threads)),
        is_listed(timeline),
    )


def _place(place: Jurisdiction, threads: Sequence[Thread], entries: list[Entry]) -> PlaceRecord:
    latest = words.last_report(entries)
    words_found = {words.sureness(entry) for entry in entries}
    return PlaceRecord(
        state=place.state,
        name=place.name,
        kind=place.kind.value,
        address=addresses.place(place.id),
        policies=len(threads),
        entries=len(entries),
        latest=words.day(latest) if latest else "",
        latitude=place.latitude,
        longitude=place.longitude,
        standings=_counted(item.stage.value for item in threads if not item.is_open),
        topics=_counted(item.policy.topic for item in threads),
        sureness=next((word.value for word in SureWord if word.value in words_found), ""),
    )


def _counted(values: Iterable[str]) -> str:
    """`effective:2 proposed:1`, the commonest first, of equals the first."""
    return " ".join(f"{value}:{number}" for value, number in Counter(values).most_common())


def counted(text: str) -> Counter[str]:
    """The numbers that such a text holds."""
    pairs = (part.rpartition(":") for part in text.split())
    return Counter({value: int(number) for value, _, number in pairs})


def _entry(topic: str, entry: Entry) -> EntryRecord:
    reported = words.first_report(entry)
    moment = entry.date or reported
    return EntryRecord(
        id=entry.id,
        policy=entry.policy,
        topic=topic,
        stage=entry.stage.value,
        year=moment.year if moment else None,
        month=(moment.month or 0) if moment else 0,
        reported=reported.isoformat() if reported else "",
        date=str(entry.date or ""),
        comes=comes(entry),
    )


def comes(entry: Entry) -> str:
    """The last day on which the entry is told as taking effect, or ending, in ISO 8601; empty where it does neither."""
    ahead = entry.stage in (Stage.EFFECTIVE, Stage.RESCINDED)
    return words.coming_until(entry.date).isoformat() if entry.date and ahead else ""


def _policy(item: Thread) -> PolicyRecord:
    return PolicyRecord(
        id=item.policy.id,
        topic=item.policy.topic,
        name=item.policy.name,
        stage=item.stage.value,
        word=item.state_word,
        details=item.details,
        directions=" ".join(ways(item.entries)),
        entries=len(item.entries),
    )


def readable(timeline: PlaceTimeline) -> PlaceTimeline:
    """The same in values that may be read again: what stands in the place of a withheld quote is not as long as the
    quote, and of the place of a quote in its article nothing is made."""
    policies = (
        policy.model_copy(update={"entries": tuple(map(_readable, policy.entries))}) for policy in timeline.policies
    )
    return timeline.model_copy(update={"policies": tuple(policies), "coverage": ()})


def _readable(entry: Entry) -> Entry:
    if all(item.finding.end - item.finding.start == len(item.finding.quote) for item in entry.evidence):
        return entry
    return entry.model_copy(update={"evidence": tuple(map(_with_end, entry.evidence))})


def _with_end(item: Evidence) -> Evidence:
    end = item.finding.start + len(item.finding.quote)
    return item.model_copy(update={"finding": item.finding.model_copy(update={"end": end})})


def turn(timeline: PlaceTimeline, today: date) -> str:
    """The next day on which something of the place may read otherwise than today, in ISO 8601; empty for none. Standing
    and "takes effect" change on the first and the last day of a date, on the day after it, and with a first report."""
    days = (day for policy in timeline.policies for entry in policy.entries for day in _days(entry))
    return min((day.isoformat() for day in days if day > today), default="")


def _days(entry: Entry) -> Iterator[date]:
    told: Iterable[date] = (first_told(entry),) if entry.evidence else ()
    yield from told
    if entry.date and entry.status is not EntryStatus.REJECTED:
        first, last = entry.date.first_day(), entry.date.last_day()
        yield from (first, last, last + timedelta(days=1) if last < date.max else last)

"""What one place gives to whatever is about many places: small lines, and a mark of what it shows. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from tracker.coverage import Coverage, PlaceTimeline
from tracker.hearings import Agendas
from tracker.model import Entry, EntryStatus, Jurisdiction, Kind
from tracker.publish import addresses, words
from tracker.publish.report.catalogue import PlaceLine, PolicyLine
from tracker.publish.report.coverage import feed_line
from tracker.publish.report.documents import DocumentLine
from tracker.publish.report.policies import ShownPolicy, comes, shown, threads
from tracker.publish.words import ways
from tracker.timeline.how_sure import SureWord
from tracker.timeline.steps import first_told

SOURCES = (".py", ".j2", ".toml", ".json", ".csv", ".gz", ".css", ".js")


@dataclass(frozen=True, slots=True)
class EntryLine:
    """Where an entry stands among all: `topic` is that of its policy. `year` and `month` are those of its date, else of
    its first report; `reported` and `date` are text that sorts as days do; `comes` is the last day on which it is told
    as coming, empty where it does neither take effect nor end."""

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
class PlaceSummary:
    """All that a place gives, as of a day. `is_listed`: it has a page of its own; `mark` is another where its pages
    read otherwise, but for its feeds (`with_feeds`); `until` is the day, in ISO 8601, from which on something of it may
    read otherwise, empty for none."""

    place: PlaceLine
    policies: tuple[PolicyLine, ...]
    entries: tuple[EntryLine, ...]
    is_listed: bool
    mark: str
    until: str


def summary(timeline: PlaceTimeline, today: date) -> PlaceSummary:
    """Of one place."""
    its = threads(timeline, today)
    entries = [(policy.topic, entry) for policy in timeline.policies for entry in shown(policy.entries)]
    return PlaceSummary(
        _place(timeline.jurisdiction, its, [entry for _, entry in entries]),
        tuple(map(_policy, its)),
        tuple(_entry(topic, entry) for topic, entry in entries),
        is_listed(timeline),
        _mark_of(timeline, its, today),
        _until(timeline, today),
    )


def is_listed(timeline: PlaceTimeline) -> bool:
    """False for a state of which nothing but its feeds is known: its page is the one of its places."""
    return timeline.jurisdiction.kind is not Kind.STATE or bool(timeline.policies)


def _place(place: Jurisdiction, its: Sequence[ShownPolicy], entries: list[Entry]) -> PlaceLine:
    latest = words.last_report(entries)
    sureness = {words.sureness(entry) for entry in entries}
    return PlaceLine(
        id=place.id,
        state=place.state,
        name=place.name,
        kind=place.kind.value,
        address=addresses.place(place.id),
        policies=len(its),
        entries=len(entries),
        latest=words.day(latest) if latest else "",
        latitude=place.latitude,
        longitude=place.longitude,
        standings=_counted(item.stage.value for item in its if not item.is_open),
        topics=_counted(item.policy.topic for item in its),
        sureness=next((word.value for word in SureWord if word.value in sureness), ""),
    )


def _counted(values: Iterable[str]) -> str:
    """`effective:2 proposed:1`, the commonest first, of equals the first."""
    return " ".join(f"{value}:{number}" for value, number in Counter(values).most_common())


def _entry(topic: str, entry: Entry) -> EntryLine:
    reported = words.first_report(entry)
    moment = entry.date or reported
    return EntryLine(
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


def _policy(item: ShownPolicy) -> PolicyLine:
    return PolicyLine(
        id=item.policy.id,
        topic=item.policy.topic,
        name=item.policy.name,
        stage=item.stage.value,
        word=item.state_word,
        details=item.details,
        directions=" ".join(ways(item.entries)),
        entries=len(item.entries),
    )


def _until(timeline: PlaceTimeline, today: date) -> str:
    """Standing and "takes effect" change on the first and the last day of a date, on the day after it, and with a first
    report."""
    days = (day for policy in timeline.policies for entry in policy.entries for day in _days(entry))
    return min((day.isoformat() for day in days if day > today), default="")


def _days(entry: Entry) -> Iterator[date]:
    if entry.evidence:
        yield first_told(entry)
    if entry.date and entry.status is not EntryStatus.REJECTED:
        first, last = entry.date.first_day(), entry.date.last_day()
        yield from (first, last, last + timedelta(days=1) if last < date.max else last)


def _mark_of(timeline: PlaceTimeline, its: Iterable[ShownPolicy], today: date) -> str:
    lines: list[str] = []
    for item in its:
        lines += [item.words, *(words.stage(entry, today) for entry in item.entries)]
        lines += ["comes" for entry in item.entries if comes(entry) >= today.isoformat()]
    return mark(timeline.model_dump_json(exclude={"coverage"}), "\n".join(lines))


def with_feeds(place_mark: str, feeds: Iterable[Coverage]) -> str:
    """The mark of a place with how its feeds are heard."""
    lines = "\n".join(map(feed_line, feeds))
    return mark(place_mark, lines) if lines else place_mark


def with_agendas(place_mark: str, agendas: Agendas | None) -> str:
    """The mark of a place with what stands on its agendas."""
    return mark(place_mark, agendas.model_dump_json()) if agendas else place_mark


def with_documents(place_mark: str, documents: Iterable[DocumentLine]) -> str:
    """The mark of a place with its published policies."""
    lines = [line.mark for line in documents]
    return mark(place_mark, *lines) if lines else place_mark


def mark(*parts: str | bytes) -> str:
    """64 bits of a hash in hexadecimal: two states of one place share a mark once in 10^19 changes."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        content = part.encode("utf-8", "replace") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


@cache
def mark_of_code(*names: str) -> str:
    """The mark of modules, and of the code, the templates and the small data of packages, as they were when first asked
    for."""
    return mark(*(content for name in names for content in _source(name)))


def _source(name: str) -> Iterator[bytes]:
    package, _, module = name.rpartition(".")
    file = files(package).joinpath(f"{module}.py") if package else None
    if file and file.is_file():
        yield file.read_bytes()
    else:
        yield from _contents(files(name))


def _contents(folder: Traversable) -> Iterator[bytes]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name != "__pycache__":
            yield from _contents(item)
        elif item.name.endswith(SOURCES):
            yield item.read_bytes()

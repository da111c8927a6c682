"""Which feeds are heard and which records are read: silence must never look like "nothing changed"."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.coverage import NETWORK, Coverage, Trouble
from tracker.model import Evidence, OcdId, SourceKind
from tracker.publish import words

_ORDER = {"failing": 0, "retired": 1, "active": 2}
"""What needs a person first."""


@dataclass(frozen=True)
class CoverageSummary:
    """The feeds and the records, those in trouble first, and what sums them up."""

    feeds: tuple[Coverage, ...]
    sentence: str
    records: tuple[Coverage, ...] = ()
    """Sources that are no news: councils' records, the sheet of agreements, lists of documents."""
    troubles: tuple[Trouble, ...] = ()
    """What of the tracker's own is out of order."""

    @property
    def councils(self) -> frozenset[OcdId]:
        """The places whose council's record is followed."""
        return self._homes(SourceKind.LEGISTAR)

    @property
    def materials(self) -> str:
        """`news reports, official records and published policies`: what is read, by the sources that are followed."""
        kinds = [one.kind for one in (*self.feeds, *self.records)] or [SourceKind.FEED]
        return words.series([name for name, of_kinds in MATERIALS.items() if of_kinds.intersection(kinds)])

    @property
    def beyond_news(self) -> str:
        """Which places have more than news, and what is said of everything else."""
        kinds, texts = {one.kind for one in self.records}, self._homes(SourceKind.DOCUMENTS)
        known = {
            SourceKind.LEGISTAR: f"the council’s own record of {words.count(len(self.councils), 'place')}",
            SourceKind.DOCUMENTS: "published policies" + (f" of {words.count(len(texts), 'place')}" if texts else ""),
            SourceKind.AGREEMENTS: "the federal list of 287(g) agreements, which covers all places",
        }
        read = words.series([text for kind, text in known.items() if kind in kinds])
        if not self.feeds:
            return f"The tracker reads {read}. No news is heard: nothing else is known here."
        others = f"The tracker reads {read}. Of everything else only" if read else "Only"
        return f"{others} news is heard: what no outlet reports is not known here."

    def _homes(self, kind: SourceKind) -> frozenset[OcdId]:
        return frozenset(record.home for record in self.records if record.home and record.kind is kind)

    @property
    def put_aside(self) -> int:
        """Items whose pages were not fetched."""
        return sum(feed.put_aside for feed in self.feeds)


NONE_HERE = "No feed of its own is followed, so a change may go unnoticed."
OUTLETS_NAMED = 3
NONE_AT_ALL = "No feed is followed, so no news is heard."
ONLY_RECORD = "No feed of its own is followed."
"""What is said where the record alone tells what is decided."""
NO_RECORD = (
    "No record of a council is followed here: of what it decides, what no outlet reports is not known, and hearings "
    "only once the news tells of them."
)
MATERIALS: dict[str, frozenset[SourceKind]] = {
    "news reports": frozenset({SourceKind.FEED}),
    "official records": frozenset({SourceKind.LEGISTAR, SourceKind.AGREEMENTS}),
    "published policies": frozenset({SourceKind.DOCUMENTS}),
}
"""What entries are read from, and which sources have it."""
KINDS: dict[SourceKind, tuple[str, str]] = {
    SourceKind.FEED: ("feed", "feeds"),
    SourceKind.LEGISTAR: ("official record", "official records"),
    SourceKind.AGREEMENTS: ("official record", "official records"),
    SourceKind.DOCUMENTS: ("list of documents", "lists of documents"),
}
"""What sources are called where they are counted."""
RECORD_KINDS: dict[SourceKind, str] = {
    SourceKind.LEGISTAR: "Record of the council",
    SourceKind.AGREEMENTS: "List of 287(g) agreements, of all places",
    SourceKind.DOCUMENTS: "List of documents",
}
"""What a source that is no feed is."""


def none_here(reports: Iterable[Evidence]) -> str:
    """What is said of a place that no feed has as its home: by which outlets it was heard all the same, those with most
    articles first."""
    articles = {item.url: words.outlet(item) for item in reports}
    outlets = [name for name, _ in Counter(articles.values()).most_common()]
    if not outlets:
        return NONE_HERE
    others = len(outlets) - OUTLETS_NAMED
    named = outlets[:OUTLETS_NAMED] + ([words.count(others, "other outlet")] if others > 0 else [])
    return f"{NONE_HERE} It was heard of through {words.series(named)}."


def coverage_summary(
    sources: Iterable[Coverage], none: str = NONE_HERE, troubles: Iterable[Trouble] = ()
) -> CoverageSummary:
    """Sorted and summed up; `none` is what is said where there is no feed, and no record of the place's own."""
    ordered = sorted(sources, key=lambda one: (_ORDER.get(one.state, 0), (one.title or one.feed).lower()))
    feeds = tuple(one for one in ordered if one.kind is SourceKind.FEED)
    records = tuple(one for one in ordered if one.kind is not SourceKind.FEED)
    troubles = tuple(troubles)
    outage = next((trouble for trouble in troubles if trouble.name == NETWORK), None)
    sentence = (
        _outage(len(ordered), "source" if records else "feed", outage)
        if outage and ordered
        else _sentence(feeds, records, none)
    )
    return CoverageSummary(feeds, sentence, records, troubles)


def _outage(sources: int, name: str, outage: Trouble) -> str:
    followed, since = words.count(sources, f"{name} is", f"{name}s are"), words.day(outage.since.date())
    return f"{followed} followed, and none can be heard since {since}: the tracker's own network is down."


def _sentence(feeds: tuple[Coverage, ...], records: tuple[Coverage, ...], none: str) -> str:
    has_own = any(record.kind is not SourceKind.AGREEMENTS for record in records)
    heard = _heard(feeds) if feeds else ONLY_RECORD if has_own and none != NONE_AT_ALL else none
    return f"{heard} {_read(records)}".strip()


def _heard(feeds: tuple[Coverage, ...]) -> str:
    well = _well(feeds)
    if well == len(feeds):
        return f"{words.count(well, 'feed is', 'feeds are')} followed and heard."
    return f"{well} of {words.count(len(feeds), 'feed')} heard. A change may have been missed while a feed was silent."


def _read(records: tuple[Coverage, ...]) -> str:
    """`2 official records are read.`; empty where there are none."""
    if not records:
        return ""
    read = f"{records_read(records)} {'is' if len(records) == 1 else 'are'} read."
    return read if _well(records) == len(records) else f"{read} A decision may be missing until the others can be read."


def records_read(records: Iterable[Coverage]) -> str:
    """`2 official records`, `1 of 2 official records and 1 list of documents`: those that are read, of how many."""
    groups: dict[tuple[str, str], list[Coverage]] = {}
    for record in records:
        groups.setdefault(KINDS[record.kind], []).append(record)
    shares = ((_well(some), words.count(len(some), *name), len(some)) for name, some in groups.items())
    return words.series([counted if well == number else f"{well} of {counted}" for well, counted, number in shares])


def _well(sources: Iterable[Coverage]) -> int:
    return sum(one.state == "active" for one in sources)


def record_name(record: Coverage) -> str:
    """`Record of the council: Milwaukee`: what a source that is no feed is, and how it is called."""
    name = record.title or (record.feed if record.kind is not SourceKind.AGREEMENTS else "")  # there is one sheet only
    return f"{RECORD_KINDS[record.kind]}: {name}" if name else RECORD_KINDS[record.kind]


def matters_words(record: Coverage) -> str:
    """`1,240 matters known, 310 of them about a standing rule, of which 120 are followed; 930 put aside`; empty for
    what has none."""
    if record.matters is None:
        return ""
    known = record.matters
    counting = f"{known.counting:,} of them about a standing rule, of which {known.followed:,} are followed"
    return f"{words.count(known.all, 'matter')} known, {counting}; {known.put_aside:,} put aside"


def record_facts(record: Coverage) -> str:
    """`followed since July 4, 2017; 1,240 matters known, …`; empty where none of that is known."""
    since = f"followed since {words.day(record.since.date())}" if record.since else ""
    return "; ".join(filter(None, (since, matters_words(record))))


def feed_line(feed: Coverage) -> str:
    """All that a place's page says of a source, as one line."""
    error = feed.error if feed.state != "active" else ""
    if feed.kind is SourceKind.FEED:
        return f"{feed.title or feed.feed}: {feed.state}, {lasting_words(feed)} {error}"
    return f"{record_name(feed)}: {feed.state}, {lasting_words(feed)} {error} {record_facts(feed)}"


def lasting_words(feed: Coverage) -> str:
    """What `state_words` says, without the day of a source that is heard: on the pages of places it would be another
    every day, and all of them would be made again for it. The coverage page tells the day."""
    return _verb(feed) if feed.state == "active" and feed.last_heard else state_words(feed)


def _verb(source: Coverage) -> str:
    """News is heard, records are read."""
    return "heard" if source.kind is SourceKind.FEED else "read"


def state_words(feed: Coverage) -> str:
    """`heard July 4, 2017`, `silent; last heard June 2, 2017`, `retired by its publisher`; of a record `read July 4,
    2017`, `cannot be read; last read June 2, 2017`."""
    last, verb = words.day(feed.last_heard.date()) if feed.last_heard else "", _verb(feed)
    if feed.state == "active":
        return f"{verb} {last}" if last else "not polled yet"
    if feed.state == "retired":
        return f"retired by its publisher; last {verb} {last}" if last else "retired by its publisher"
    fails = "silent" if feed.kind is SourceKind.FEED else "cannot be read"
    return f"{fails}; last {verb} {last}" if last else f"{fails}; never {verb}"

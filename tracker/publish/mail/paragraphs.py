"""What a mail tells of one policy: its news first, then what is still to come, then what was before. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.model import Entry, Evidence, EvidenceKind, OcdId, Policy, Publish, Stage
from tracker.partial_date import PartialDate
from tracker.publish import words
from tracker.publish.report.policies import moment, shown, thread
from tracker.timeline.how_sure import is_published, is_uncertain
from tracker.timeline.steps import denial

Policies = Callable[[Collection[str]], Mapping[str, Policy]]
"""The policies of these ids, whole: the step that decides how one stands need not be news."""
EARLIER_AT_MOST = 5
"""Earlier steps of a policy that a mail names; its page has all."""
NEWS_AT_MOST = 8
"""News of one policy that are told in full: some 20 KB of a mail."""
REPORTS_AT_MOST = 2
"""Reports of a step that a mail quotes."""
COMING = frozenset({Stage.EFFECTIVE, Stage.RESCINDED})
"""Stages whose date is one to prepare for."""
Report = tuple[Evidence, tuple[Evidence, ...]]


@dataclass(frozen=True)
class NewsStep:
    """One step that is news: the reports that are quoted for it, each with its copies, and how many more there are."""

    entry: Entry
    reports: tuple[Report, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class MailParagraph:
    """One policy. `news` are steps that are told in full; `coming` and `earlier` are a line each, `left_out` earlier
    ones that are only counted. `standing` is how it stands on the day of the mail, in words, empty where nobody
    knows."""

    news: tuple[NewsStep, ...] = ()
    coming: tuple[Entry, ...] = ()
    earlier: tuple[Entry, ...] = ()
    left_out: int = 0
    standing: str = ""

    @property
    def lead(self) -> Entry:
        """The step that tells most."""
        return self.news[0].entry if self.news else self.coming[0]

    @property
    def is_uncertain(self) -> bool:
        """True where no step that the paragraph is there for is more than uncertain."""
        return all(map(is_uncertain, [step.entry for step in self.news] or self.coming))

    @property
    def tells_text(self) -> bool:
        """True where a step among the news is proven by the text of a policy, before and after."""
        return any(tells_text(step.entry) for step in self.news)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that the paragraph tells."""
        return (*(step.entry for step in self.news), *self.coming, *self.earlier)


def tells_text(entry: Entry) -> bool:
    """True where the text of a policy, before and after, proves it."""
    return any(item.kind is EvidenceKind.DOCUMENT for item in entry.evidence)


def grouped(entries: Iterable[Entry]) -> list[tuple[Entry, ...]]:
    """The entries of each policy, where its first one stands."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.jurisdiction, entry.policy), []).append(entry)
    return [tuple(members) for members in found.values()]


def in_order(paragraphs: Sequence[MailParagraph]) -> list[MailParagraph]:
    """What is sure or likely before what is uncertain, and in both all of a place together."""
    of_lead = {paragraph.lead.id: paragraph for paragraph in paragraphs}
    return [
        of_lead[entry.id]
        for doubt in (False, True)
        for entry in by_place(paragraph.lead for paragraph in paragraphs if paragraph.is_uncertain is doubt)
    ]


def by_place(entries: Iterable[Entry]) -> list[Entry]:
    """In their order, but all of a place together, where its first one stands."""
    found: dict[OcdId, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.jurisdiction, []).append(entry)
    return [entry for members in found.values() for entry in members]


def news_paragraph(
    group: Sequence[Entry], policy: Policy | None, today: date, publish: Publish = Publish.ALL
) -> MailParagraph:
    """The paragraph of entries of one policy that are news; of its other steps those that `publish` lets through."""
    names = {entry.id for entry in group}
    others = [entry for entry in _told(policy, publish) if entry.id not in names]
    others = [entry for entry in without_vaguer([*group, *others]) if entry.id not in names]
    coming = sorted((entry for entry in others if is_coming(entry, today)), key=moment)
    earlier = sorted((entry for entry in others if not is_coming(entry, today)), key=moment, reverse=True)
    return MailParagraph(
        news=tuple(_steps(group[:NEWS_AT_MOST])),
        coming=tuple(coming),
        earlier=tuple(earlier[:EARLIER_AT_MOST]),
        left_out=len(earlier[EARLIER_AT_MOST:]),
        standing=standing(policy, today),
    )


def soon_paragraph(group: Sequence[Entry], policy: Policy | None, today: date) -> MailParagraph:
    """The paragraph of a policy of which there is no news, and something is to come."""
    return MailParagraph(coming=tuple(group), standing=standing(policy, today))


def standing(policy: Policy | None, today: date) -> str:
    """`In force since July 6, 2017`, as the pages say it; empty where nothing is known of the policy."""
    found = thread(policy, today) if policy else None
    return found.words if found and found.standing else ""


def is_coming(entry: Entry, today: date) -> bool:
    """True where something starts, or ends, from today on."""
    return entry.stage in COMING and entry.date is not None and words.coming_until(entry.date) >= today


def without_vaguer(entries: Sequence[Entry]) -> list[Entry]:
    """Without the steps of which another one of that policy and stage tells a finer date: "March" beside "March 1"."""
    finer: dict[tuple[str, str, Stage], list[PartialDate]] = {}
    for entry in entries:
        if entry.date:
            finer.setdefault(_kind(entry), []).append(entry.date)
    return [entry for entry in entries if not any(_is_finer(day, entry) for day in finer.get(_kind(entry), ()))]


def _kind(entry: Entry) -> tuple[str, str, Stage]:
    return entry.jurisdiction, entry.policy, entry.stage


def _is_finer(day: PartialDate, entry: Entry) -> bool:
    return entry.date is not None and day != entry.date and entry.date.contains(day)


def _told(policy: Policy | None, publish: Publish) -> list[Entry]:
    entries = shown(policy.entries) if policy else []
    return [entry for entry in entries if is_published(entry, publish) and not denial(entry)]


def _steps(entries: Iterable[Entry]) -> Iterator[NewsStep]:
    """Each with its reports; a sentence that proves two steps is quoted once."""
    quoted = set[str]()
    for entry in entries:
        every = words.reports(entry)
        chosen = every[:REPORTS_AT_MOST]
        fresh = tuple(report for report in chosen if report[0].finding.said not in quoted)
        quoted |= {first.finding.said for first, _ in fresh}
        yield NewsStep(entry, fresh, len(every) - len(chosen))

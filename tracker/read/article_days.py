"""The time expressions of an article in order, once for all its acts."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.partial_date import EARLIEST_YEAR, PartialDate
from tracker.read.dates import DateKind, DateMention, Direction
from tracker.read.sentences import Sentence

NEWS_DAYS = 8
"""A story runs within a week of the meeting that it tells, a weekly paper's with its day of printing."""
YEAR_DAYS, MONTH_DAYS = 365, 30
"""What a year and a month count in `DateMention.days`."""
MOST_OF_SENTENCE = 20
"""Time expressions of one sentence at most; the labelled ones have 5, and each is weighed for every act nearby."""
MOST_FRESH = 20
"""Fresh days told far from an act that are weighed for it; a page of dates is no reason to weigh thousands."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The time expressions of an article: the first of each sentence by its index, and the first of those that name a
    day of the last week. `days`: all such days; where it is one only, that is the day of the news."""

    of: Mapping[int, Sequence[DateMention]]
    fresh: Sequence[tuple[Sentence, DateMention, PartialDate]]
    days: Set[PartialDate]
    published: date


def calendar(sentences: Sequence[Sentence], mentions: Sequence[DateMention], published: date) -> Calendar:
    """Puts the time expressions of an article in order, once for all its acts."""
    starts = [s.start for s in sentences]
    of: dict[int, list[DateMention]] = defaultdict(list)
    fresh: list[tuple[Sentence, DateMention, PartialDate]] = []
    for mention in mentions:
        if not starts or mention.start < starts[0]:
            continue
        sentence = sentences[bisect_right(starts, mention.start) - 1]
        if len(of[sentence.index]) < MOST_OF_SENTENCE:
            of[sentence.index].append(mention)
        day = mention.past if mention.kind is DateKind.DAY and mention.direction is not Direction.FUTURE else None
        if day and day.day and 0 <= (published - day.first_day()).days <= NEWS_DAYS:
            fresh.append((sentence, mention, day))
    return Calendar(of, fresh[:MOST_FRESH], {day for _, _, day in fresh}, published)


def counted_back(mention: DateMention, published: date) -> PartialDate | None:
    """ "The bill is back, *three years after* the council rejected it": so long before the publication, as precise as
    the words."""
    if not mention.days or mention.days <= 0 or not mention.text.lower().endswith("after"):
        return None
    years, days = divmod(mention.days, YEAR_DAYS)
    if days == 0:
        return PartialDate(published.year - years) if years < published.year - EARLIEST_YEAR else None
    if mention.days % MONTH_DAYS:
        return None
    return PartialDate.of(published - timedelta(days=mention.days)).to_month()

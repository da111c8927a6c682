"""The day of a start that is told from the decision: "30 days after adoption", "effective immediately"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from tracker.model import Stage
from tracker.partial_date import PartialDate
from tracker.read.dates import DateMention
from tracker.read.dates.words import number
from tracker.read.findings import Candidate
from tracker.read.sentences import Sentence

_AFTER = re.compile(r"\b(?:days?|weeks?|months?) (?:after|from)\b", re.I)
_DAYS_FROM = re.compile(r"\b([\w-]+) (day|week)s? (?:from|after) (?:the )?$", re.I)
_DECIDED = (Stage.ADOPTED, Stage.RESCINDED)
_AT_ONCE = re.compile(r"\b(?:immediately|upon (?:passage|adoption|signing)|at once|right away)\b", re.I)


def with_starts(acts: Sequence[Candidate], mentions: Sequence[DateMention]) -> list[Candidate]:
    """Starts that are told from the decision ("30 days after adoption", "at once") get their day from its day."""
    decided = sorted((c for c in acts if c.stage in _DECIDED and c.date and c.date.day), key=lambda c: -c.worth)
    days = {c.government.jurisdiction.id: c.date for c in reversed(decided) if c.government}
    return [_with_start(c, days, mentions) for c in acts]


def _with_start(
    candidate: Candidate, days: Mapping[str, PartialDate | None], mentions: Sequence[DateMention]
) -> Candidate:
    if candidate.stage is not Stage.EFFECTIVE or candidate.government is None:
        return candidate
    sentence = candidate.sentence
    here = [m for m in mentions if sentence.start <= m.start < sentence.end]
    counted = next((own for m in here if (own := _counted_from(m, sentence))), None)
    if counted is not None:
        return replace(candidate, mention=counted[0], date=counted[1])
    decided = days.get(candidate.government.jurisdiction.id)
    if decided is None or (candidate.date is not None and not _AFTER.search(sentence.text)):
        return candidate
    after = next((m for m in here if m.days and m.days > 0 and m.date is None), None)
    if after is not None and after.days:
        return replace(candidate, mention=after, date=PartialDate.of(decided.first_day() + timedelta(days=after.days)))
    return replace(candidate, date=decided) if _AT_ONCE.search(sentence.text) else candidate


def _counted_from(mention: DateMention, sentence: Sentence) -> tuple[DateMention, PartialDate] | None:
    """ "30 days from Monday": the day that is named, and so many days."""
    if mention.past is None or not mention.past.day:
        return None
    found = _DAYS_FROM.search(sentence.text[: mention.start - sentence.start])
    count = number(found.group(1)) if found else None
    if found is None or count is None:
        return None
    days = count * (7 if found.group(2).lower() == "week" else 1)
    return mention, PartialDate.of(mention.past.first_day() + timedelta(days=days))

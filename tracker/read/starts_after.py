"""The day of a start that is told from the decision: "30 days after adoption", "effective immediately"."""

import re
from dataclasses import replace
from datetime import timedelta

from tracker.model import Stage
from tracker.partial_date import PartialDate
from tracker.read.dates import DateMention
from tracker.read.findings import Candidate

_AFTER = re.compile(r"\b(?:days?|weeks?|months?) (?:after|from)\b", re.I)
_AT_ONCE = re.compile(r"\b(?:immediately|upon (?:passage|adoption|signing)|at once|right away)\b", re.I)


def with_starts(steps: list[Candidate], mentions: list[DateMention]) -> list[Candidate]:
    """Starts that are told from the decision ("30 days after adoption", "at once") get their day from its day."""
    adopted = next((c.date for c in steps if c.stage is Stage.ADOPTED and c.date and c.date.day), None)
    return [_with_start(c, adopted, mentions) for c in steps]


def _with_start(candidate: Candidate, adopted: PartialDate | None, mentions: list[DateMention]) -> Candidate:
    if candidate.stage is not Stage.EFFECTIVE or adopted is None:
        return candidate
    if candidate.date is not None and not _AFTER.search(candidate.sentence.text):
        return candidate
    here = [m for m in mentions if candidate.sentence.start <= m.start < candidate.sentence.end]
    after = next((m for m in here if m.days and m.days > 0), None)
    if after is not None and after.days:
        return replace(candidate, mention=after, date=PartialDate.of(adopted.first_day() + timedelta(days=after.days)))
    at_once = _AT_ONCE.search(candidate.sentence.text)
    return replace(candidate, date=adopted) if at_once else candidate

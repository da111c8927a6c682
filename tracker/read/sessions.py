"""The day of an act told without one: the meeting of the lede, "30 days after adoption", "effective immediately"."""

import re
from dataclasses import replace
from datetime import date, timedelta

from tracker.model import Stage
from tracker.partial_date import PartialDate
from tracker.read.dates import DateKind, DateMention, Direction
from tracker.read.findings import Candidate
from tracker.read.grammar import Mode
from tracker.read.sentences import Sentence

SESSION_DAYS = 8
"""A story of a meeting runs within the week; an older day belongs to something else."""
LEDE_SENTENCES = 3
"""A day in the first sentences is the day of the news, whatever stands around it."""
_MEETING = re.compile(
    r"\b(?:meeting|session|hearing|vote[ds]?|voting|council|commission(?:ers)?|board|aldermen|trustees|supervisors"
    r"|assembly|selectmen|selectboard|ruling|ruled|judge|court|signed|announce[ds]?|announcement"
    r"|letter|order(?:ed)?|decision|approv\w+|said)\b",
    re.I,
)
_AFTER = re.compile(r"\b(?:days?|weeks?|months?) (?:after|from)\b", re.I)
_AT_ONCE = re.compile(r"\b(?:immediately|upon (?:passage|adoption|signing)|at once|right away)\b", re.I)


def session_day(
    candidate: Candidate, sentences: list[Sentence], mentions: list[DateMention], published: date
) -> DateMention | None:
    """The day named nearest to an undated act in a sentence on a meeting, a vote or a ruling within the last days."""
    best: tuple[int, DateMention] | None = None
    for mention in mentions:
        when = mention.past
        if (
            mention.kind is not DateKind.DAY
            or when is None
            or mention.direction is Direction.FUTURE
            or when.day is None
        ):
            continue
        if not 0 <= (published - when.first_day()).days <= SESSION_DAYS:
            continue
        sentence = next((s for s in sentences if s.start <= mention.start < s.end), None)
        if sentence is None or not (sentence.index < LEDE_SENTENCES or _MEETING.search(sentence.text)):
            continue
        far = abs(sentence.index - candidate.sentence.index) + (
            0 if sentence.paragraph == candidate.sentence.paragraph else 1
        )
        if best is None or far < best[0]:
            best = (far, mention)
    return best[1] if best else None


def with_session_days(
    steps: list[Candidate], sentences: list[Sentence], mentions: list[DateMention], published: date
) -> list[Candidate]:
    """Undated done acts get the day of the meeting; undated starts get theirs from the adoption."""
    main = max((c for c in steps), key=lambda c: c.worth).government if steps else None
    ours = [
        c.government is not None and main is not None and c.government.jurisdiction.id == main.jurisdiction.id
        for c in steps
    ]
    dated = [_with_session(c, sentences, mentions, published) if own else c for c, own in zip(steps, ours, strict=True)]
    adopted = next((c.date for c in dated if c.stage is Stage.ADOPTED and c.date and c.date.day), None)
    return [_with_start(c, adopted, mentions) for c in dated]


def _with_session(
    candidate: Candidate, sentences: list[Sentence], mentions: list[DateMention], published: date
) -> Candidate:
    week = candidate.mention is not None and candidate.mention.kind is DateKind.WEEK
    if (
        (candidate.date is not None and not week)
        or candidate.stage is Stage.EFFECTIVE
        or candidate.act.told is not Mode.DONE
    ):
        return candidate
    mention = session_day(candidate, sentences, mentions, published)
    if mention is None or (
        candidate.date is not None and mention.past is not None and not candidate.date.contains(mention.past)
    ):
        return candidate
    return replace(candidate, mention=mention, date=mention.past)


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

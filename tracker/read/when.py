"""Which time expression is the day of an act: every one near it is weighed by its signs, "none of them" too.

The parse counts most: an expression that hangs on the act's own verb is its day. Where none does, the day of the
meeting in the lede or in a sentence nearby may be meant. The weights are fitted like those of `signs.py` (a conditional
logit over the options of an act, McFadden 1974): `data/weights.toml`, table `date`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp

from spacy.tokens import Doc, Token

from tracker.partial_date import PartialDate
from tracker.read.act import Act
from tracker.read.article_days import Calendar, counted_back
from tracker.read.cues import Does
from tracker.read.dates import DateKind, DateMention, Direction
from tracker.read.grammar import Mode
from tracker.read.lexicon import words
from tracker.read.sentences import Sentence
from tracker.read.weighing import points

CLIMB = 12
"""Steps from a time expression up to its verb; longer paths are parse errors."""
OPENING_SENTENCES = 3
"""A day in the first sentences is the day of the news, whatever stands around it."""
NEIGHBOURS = 2
"""Sentences before and after an act in which its day may stand."""
NEAR_TOKENS, FAR_TOKENS = 4, 10
"""Words between an act and an expression: within one phrase; beyond a clause."""
_AGES = (
    (-400, "far ahead"),
    (-60, "ahead"),
    (-1, "soon"),
    (0, "today"),
    (8, "this week"),
    (40, "weeks ago"),
    (400, "months ago"),
)
"""Days from the value to the publication, up to which it is called so; what is older is "years ago"."""
_BEFORE = re.compile(r"([A-Za-z]+)\W{1,2}$")
_TELLING = frozenset(
    {
        "on",
        "in",
        "by",
        "until",
        "till",
        "after",
        "before",
        "since",
        "from",
        "at",
        "of",
        "through",
        "starting",
        "beginning",
        "effective",
        "late",
        "early",
        "following",
        "despite",
        "than",
        "for",
        "to",
    }
)
_AHEAD = frozenset({"behind “until”", "behind “till”", "behind “through”"})
_MEETING = re.compile(
    r"\b(?:meeting|session|hearing|vote[ds]?|voting|ruling|ruled|signed|announce[ds]?|announcement|approv\w+|adopt\w+|pass\w+)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Option:
    """One date that an act may have, None for none, with what speaks for it."""

    mention: DateMention | None
    date: PartialDate | None
    signs: dict[str, float]

    @property
    def points(self) -> float:
        """The sum of the weights of its signs: log-odds against the other options."""
        return points(self.signs, "date")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an act stands: its sentence, the sentence's parse (None for the proof of a headline), the article's
    sentences and calendar; `stranger` where the act's government is not the article's."""

    sentence: Sentence
    doc: Doc | None
    sentences: Sequence[Sentence]
    calendar: Calendar
    stranger: bool = False


def direction(act: Act) -> Direction:
    """Done acts lie behind, the rest ahead; "takes effect" in the present tense lies ahead."""
    if act.does is Does.EFFECT:
        return Direction.PAST if act.mode is Mode.DONE else Direction.FUTURE
    if act.told is Mode.DONE:
        return Direction.PAST
    return Direction.PAST if act.mode is Mode.DONE else Direction.NONE if act.mode is Mode.HABIT else Direction.FUTURE


def likeliest(found: Sequence[Option]) -> Option:
    """The option with most points, the first of equals."""
    return max(found, key=lambda option: option.points)


def likelihood(chosen: Option, among: Sequence[Option]) -> float:
    """The probability of an option by the logit, 0 to 1."""
    return 1.0 / sum(exp(option.points - chosen.points) for option in among)


def options(act: Act, place: Place) -> list[Option]:
    """Every date that an act may have, "none" first; an act that a date made has that date only."""
    if act.dated is not None:
        here = place.calendar.of[place.sentence.index]
        own = next(m for m in here if m.start == place.sentence.start + act.dated)
        return [Option(own, own.toward(direction(act)), {})]
    found = [Option(m, value, _signs(act, m, value, place, s)) for s, m, value in _values(place)]
    return [Option(None, None, _none(act, place, found)), *(o for o in found if not _impossible(act, o))]


def _impossible(act: Act, option: Option) -> bool:
    """ "Took hold Monday" lies behind, "takes effect Thursday" ahead, "until June 6" too: no choice is left; and
    only "years after" that stand before an act tell how long ago it was."""
    if option.mention is not None and option.mention.kind is DateKind.DURATION:
        return act.does is Does.EFFECT or "stands before the act" not in option.signs
    if option.date is None or option.mention is None or option.mention.past == option.mention.future:
        return False
    if act.does is Does.EFFECT and "hangs on the act, turned against it" in option.signs:
        return True
    return option.date != option.mention.future and not option.signs.keys().isdisjoint(_AHEAD)


def _values(place: Place) -> Iterator[tuple[Sentence, DateMention, PartialDate]]:
    """Each expression near the act, in text order, with each way that it may be turned."""
    index = place.sentence.index
    near = {*range(max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1), *range(OPENING_SENTENCES)}
    close = [place.sentences[i] for i in sorted(near) if i < len(place.sentences)]
    for sentence in close:
        for mention in place.calendar.of.get(sentence.index, ()):
            if mention.kind in (DateKind.DURATION, DateKind.VAGUE):
                if index == sentence.index and (back := counted_back(mention, place.calendar.published)):
                    yield sentence, mention, back
                continue
            for value in dict.fromkeys((mention.past, mention.future)):
                if value is not None:
                    yield sentence, mention, value
    yield from (far for far in place.calendar.fresh if far[0].index not in near)


def _none(act: Act, place: Place, found: Sequence[Option]) -> dict[str, float]:
    signs = {"none": 1.0, f"none, does {act.does}": 1.0, f"none, mode {act.mode}": 1.0}
    if place.doc is None:
        signs["none, told by the title"] = 1.0
    if place.sentence.index < OPENING_SENTENCES:
        signs["none, in the lede"] = 1.0
    if any("hangs on the act" in option.signs for option in found):
        signs["none, though one hangs on the act"] = 1.0
    return signs


def _signs(act: Act, mention: DateMention, value: PartialDate, place: Place, of: Sentence) -> dict[str, float]:
    published, fresh = place.calendar.published, place.calendar.days
    old = age(value, published)
    way = direction(act)
    ahead = value.first_day() > published
    turned = Direction.FUTURE if ahead else Direction.PAST
    what = "start" if act.does is Does.EFFECT else "act"
    found = {
        f"{what} {way}, {old}": 1.0,
        f"kind {mention.kind}": 1.0,
        f"basis {mention.basis}": 1.0,
    }
    if mention.kind is DateKind.DURATION:
        found["counted back from the publication"] = 1.0
    elif mention.past != mention.future:
        told = (
            "untold" if mention.direction is Direction.NONE else "as told" if mention.direction is turned else "against"
        )
        found[f"turned {told}"] = 1.0
        if way is not Direction.NONE:
            found[f"turned {'as' if way is turned else 'against'} the act"] = 1.0
    if value in fresh:
        found["the only day of the last week" if len(fresh) == 1 else "one of several days of the last week"] = 1.0
    found |= _within(act, mention, place) if of == place.sentence else _outside(act, mention, place, of)
    where = "same sentence" if of == place.sentence else "other sentence"
    found[f"{where}, {old}"] = 1.0
    if place.sentence.index < OPENING_SENTENCES:
        found[f"{where}, {old}, act in the lede"] = 1.0
    if "hangs on the act" in found and "turned against the act" in found:
        found["hangs on the act, turned against it"] = 1.0
    return found


def age(value: PartialDate, published: date) -> str:
    """How long ago or ahead a date is, in words: "today", "this week", "far ahead", "this month" for that of the
    publication."""
    if value.day is None and value.first_day() <= published <= value.last_day():
        return f"this {value.precision}"
    days = (
        (published - value.last_day()).days
        if value.last_day() < published
        else min(0, (published - value.first_day()).days)
    )
    return next((name for most, name in _AGES if days <= most), "years ago")


def _within(act: Act, mention: DateMention, place: Place) -> dict[str, float]:
    """Signs of an expression in the act's own sentence."""
    found = {"same sentence": 1.0, f"same sentence, {mention.kind}": 1.0}
    at = mention.start - place.sentence.start
    before = _BEFORE.search(place.sentence.text[:at])
    word = before.group(1).lower() if before else ""
    if word in _TELLING:
        found[f"behind “{word}”"] = 1.0
    if place.doc is None:
        return found
    shifted = (at, mention.end - place.sentence.start)
    found[_hanging(act, place.doc, *shifted)] = 1.0
    found["stands before the act" if at < act.at else "stands behind the act"] = 1.0
    if at < act.at and not any(t.pos_ == "VERB" for t in place.doc if t.idx < at):
        found["opens the sentence of the act"] = 1.0
    return found | _distance(act, place.doc, at)


def _distance(act: Act, doc: Doc, at: int) -> dict[str, float]:
    low, high = sorted((act.at, at))
    between = [t for t in doc if low < t.idx < high]
    verbs = sum(t.pos_ == "VERB" for t in between)
    far = "near" if len(between) <= NEAR_TOKENS else "in reach" if len(between) <= FAR_TOKENS else "far"
    return {f"words between: {far}": 1.0, f"verbs between: {min(verbs, 2)}": 1.0}


def _hanging(act: Act, doc: Doc, start: int, end: int) -> str:
    """What the parse says of an expression: climbing from its head meets the act's verb, or another one first."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return "hangs on nothing"
    token = span.root
    for _ in range(CLIMB):
        if token.i in act.chain:
            return "hangs on the act"
        outside = not span.start <= token.i < span.end
        if outside and token.pos_ in ("VERB", "AUX") and not _of_meeting(token):
            return (
                "hangs on a verb below the act"
                if any(t.i in act.chain for t in token.ancestors)
                else "hangs on another verb"
            )
        if token.head is token:
            break
        token = token.head
    return "hangs on nothing"


def _of_meeting(token: Token) -> bool:
    """ "At a meeting held Tuesday, the council passed": the date is the meeting's and so the act's."""
    return token.dep_ in ("acl", "relcl") and token.head.lower_ in words("grammar", "occasions")


def _outside(act: Act, mention: DateMention, place: Place, other: Sentence) -> dict[str, float]:
    """Signs of an expression in another sentence."""
    step = other.index - place.sentence.index
    what = "start" if act.does is Does.EFFECT else act.mode
    found = {f"other sentence, {mention.kind}": 1.0, f"other sentence, {what}": 1.0}
    found["far sentence" if abs(step) > NEIGHBOURS else f"sentence {step:+d}"] = 1.0
    if other.paragraph == place.sentence.paragraph:
        found["other sentence, same paragraph"] = 1.0
    if other.index < OPENING_SENTENCES:
        found["other sentence, lede"] = 1.0
        if place.sentence.index < OPENING_SENTENCES:
            found["other sentence, both in the lede"] = 1.0
    if place.stranger:
        found["other sentence, of another government"] = 1.0
    if _MEETING.search(other.text):
        found["other sentence, of a vote or a meeting"] = 1.0
    return found

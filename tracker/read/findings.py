"""Events → Findings: quote, body, instrument and subject in the text's own words, with what stands around the quote and
where the article says each field: what proves an entry."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tracker.characters import as_seen
from tracker.model import Article, Basis, Direction, Factuality, Finding, Jurisdiction, Mark, Qualifier, Stage
from tracker.partial_date import EARLIEST_YEAR, PartialDate
from tracker.read.bodies import body_name
from tracker.read.dates.date_changes import says_moved
from tracker.read.decode import Event, completed
from tracker.read.direction import leads
from tracker.read.factuality import factuality
from tracker.read.instruments import identifier, in_full, in_words
from tracker.read.lexicon import dull
from tracker.read.mentions import Mentions, Span, WordMention
from tracker.read.qualifiers import qualifiers
from tracker.read.text.document import Document
from tracker.read.text.sentences import Sentence

SUBJECT_WORDS = 6
"""Words that tell one procedure from another of the same topic; more only add noise."""
QUOTED, TITLED, NAMED = 2, 2, 3
"""Points of a word for standing in the sentence, in the title and in the instrument's name."""
MOST_REPEATS = 3
"""Times that a word counts which the article repeats."""
SENTENCES, CONTEXT = 2, 300
"""Sentences, and characters of them, on either side of the quote: enough to see what "it" is, and no more of an article
than a quotation may take."""
_WORD = re.compile(r"[a-z][a-z'’-]+[a-z]")


def findings(events: tuple[Event, ...], document: Document, mentions: Mentions, topic: str) -> tuple[Finding, ...]:
    """A finding of every event, the news first."""
    article = document.read
    told = tuple(
        _finding(event, article, mentions, topic, number == 0) for number, event in enumerate(completed(events))
    )
    return moving_starts(told)


def _finding(event: Event, article: Article, mentions: Mentions, topic: str, primary: bool) -> Finding:
    sentence = mentions.units[event.proof]
    assert sentence is not None
    named = in_full(_instrument(event.instrument, article), article.text) if event.instrument else ""
    before, after = around(article.text, mentions.units, event.proof)
    return Finding(
        jurisdiction=event.place.id,
        jurisdiction_name=event.place.name,
        candidates=tuple(place.id for place in event.others),
        body=body_name(event.body.words if event.body else "", event.place, mentions.resolved),
        instrument=named,
        identifier=identifier(sentence.text) or identifier(named),
        topic=topic,
        subject=subject(sentence.text, f"{named} {event.rule}", article, event.place),
        stage=event.stage,
        date=None if event.undated else event.date or _month_of(article),
        basis=event.chosen.mention.basis if event.chosen and event.date and not event.undated else Basis.REPORTED,
        moved=says_moved(event.stage, as_seen(sentence.text), event.date),
        factuality=_factuality(event, sentence),
        qualifiers=qualifiers(as_seen(sentence.text), article.title),
        effect=event.effect,
        direction=_direction(event, article, topic, sentence.text),
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        before=before,
        after=after,
        marks=marks(event, mentions, sentence),
        score=round(event.sure, 3),
        primary=primary,
        witness=event.witness,
    )


def _direction(event: Event, article: Article, topic: str, said: str) -> Direction | None:
    """Which way the step leads, where the event and its words agree."""
    told = event.direction
    return told if told and leads(told, topic, event.stage, article.title, said, article.text) else None


def _factuality(event: Event, sentence: Sentence) -> Factuality:
    """Whether the sentence asserts the step; where its date stands in it is told with."""
    at = event.chosen.span if event.chosen and event.date and not event.chosen.span.in_title else None
    inside = at is not None and sentence.start <= at.start and at.end <= sentence.end
    where = (at.start - sentence.start, at.end - sentence.start) if at and inside else None
    return factuality(event.stage, sentence.text, event.date, where)


def _month_of(article: Article) -> PartialDate | None:
    """The month of publication; None before the years that can be written as one."""
    day = article.published
    return PartialDate.of(day).to_month() if day.year >= EARLIEST_YEAR else None


def _instrument(found: WordMention, article: Article) -> str:
    text = article.title if found.span.in_title else article.text
    return in_words(text, found.span.start, found.span.end)


def subject(quote: str, instrument: str, article: Article, place: Jurisdiction) -> str:
    """The telling words of a change, most telling first: those of its instrument, of the title and the sentence.

    Words that the article repeats weigh more.
    """
    weights: Counter[str] = Counter()
    own = set(_WORD.findall(place.name.lower()))
    for text, points in ((instrument, NAMED), (article.title, TITLED), (quote, QUOTED)):
        for word in dict.fromkeys(_WORD.findall(text.lower())):
            if word not in dull() and word not in own:
                weights[word] += points
    lower = article.text.lower()
    for word in weights:
        weights[word] += min(MOST_REPEATS, lower.count(word))
    return " ".join(word for word, _ in weights.most_common(SUBJECT_WORDS))


def moving_starts(told: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of an article; a vote that is told by a sentence which moves a start, or puts it off, is on that."""
    found = tuple(told)
    starts = [one for one in found if one.stage is Stage.EFFECTIVE]
    moving = {(one.start, one.end) for one in starts if one.moved or one.factuality is Factuality.POSTPONED}
    return tuple(
        one.model_copy(update={"qualifiers": (*one.qualifiers, Qualifier.MOVES_START)})
        if one.stage is Stage.ADOPTED and (one.start, one.end) in moving
        else one
        for one in found
    )


def around(text: str, sentences: Sequence[Sentence | None], number: int) -> tuple[str, str]:
    """(before, after) the sentence of that number, with the blanks between: whole sentences, so that `before + quote +
    after` stands in the text."""
    quote = sentences[number]
    assert quote is not None
    start, end = quote.start, quote.end
    for each in reversed(sentences[max(0, number - SENTENCES) : number]):
        if each is None or quote.start - each.start > CONTEXT:
            break
        start = each.start
    for each in sentences[number + 1 : number + 1 + SENTENCES]:
        if each is None or each.end - quote.end > CONTEXT:
            break
        end = each.end
    return text[start : quote.start], text[quote.end : end]


def marks(event: Event, mentions: Mentions, quote: Sentence) -> tuple[Mark, ...]:
    """Where each field of an event is said, in the order of the text, those of the title last."""
    found = (
        Mark(field=name, start=at.start, end=at.end, in_title=at.in_title)
        for name, at in _marked(event, mentions, quote)
    )
    return tuple(sorted(set(found), key=lambda mark: (mark.in_title, mark.start, mark.end, mark.field)))


def _marked(event: Event, mentions: Mentions, quote: Sentence) -> Iterator[tuple[str, Span]]:
    if event.chosen and event.date and not event.undated:
        yield "date", event.chosen.span
    if event.body:
        yield "body", event.body.span
    if event.instrument:
        yield "instrument", event.instrument.span
    if event.part and not event.part.in_title:
        yield "stage", event.part
    places = [mentions.places[number].span for number in mentions.named(event.place)]
    if places:
        yield "place", min(places, key=lambda span: _away(span, quote))


def _away(span: Span, quote: Sentence) -> tuple[bool, int, int]:
    """How far a mention is from the quote: 0 characters for one that stands in it; the title is farthest."""
    return span.in_title, max(0, quote.start - span.end, span.start - quote.end), span.start

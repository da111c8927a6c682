"""What stands around the quoted sentence, and where the article says each field: what proves an entry."""

from collections.abc import Iterator, Sequence

from tracker.model import Mark
from tracker.read.decode import Event
from tracker.read.mentions import Mentions, Span
from tracker.read.text.sentences import Sentence

SENTENCES, CONTEXT = 2, 300
"""Sentences, and characters of them, on either side of the quote: enough to see what "it" is, and no more of an article
than a quotation may take."""


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
        Mark(field=name, start=at.start, end=at.end, in_title=at.in_title) for name, at in _told(event, mentions, quote)
    )
    return tuple(sorted(set(found), key=lambda mark: (mark.in_title, mark.start, mark.end, mark.field)))


def _told(event: Event, mentions: Mentions, quote: Sentence) -> Iterator[tuple[str, Span]]:
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

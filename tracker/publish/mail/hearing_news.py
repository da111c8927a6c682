"""Which hearings a mail tells: each once, and again only if it moved, was taken off, or came back. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from tracker.hearings import Hearing
from tracker.publish import words
from tracker.publish.hearings.phrases import correction, short_day
from tracker.publish.mail.audience import CountyOf, Interest
from tracker.publish.mail.subscribers import Subscription
from tracker.publish.safe import plain, shorten
from tracker.publish.search_query import contains_all, parse

AHEAD = timedelta(days=14)
"""How far ahead a digest looks: the weekly one of next week comes in time for the rest."""
LATE = timedelta(days=35)
"""How long after a hearing was moved or taken off somebody may still be told who knows it otherwise: a weekly mail that
was late, or a pause."""
IN_SUBJECT = 80
"""Characters of what a subject names; phones show some 70."""


@dataclass(frozen=True)
class SentHearing:
    """What somebody was told of a hearing last."""

    revision: int
    day: date
    hour: time | None = None
    gone: bool = False


Sent = Mapping[str, SentHearing]
"""By the ids of hearings."""


def news(hearings: Iterable[Hearing], sent: Sent, *, until: date | None = None) -> tuple[Hearing, ...]:
    """Those that are news to whoever was told these, up to a day; what was told before also behind it. Each says from
    when it was moved by what they were told."""
    return tuple(new for one in hearings if (new := _new(one, sent, until)))


def _new(one: Hearing, sent: Sent, until: date | None) -> Hearing | None:
    known = _known(one, sent)
    if one.gone_at:
        return one if known and not known.gone else None
    before = _known(one.before, sent) if one.before else None
    if known is None and before and not before.gone:
        return _moved_from(one, before)
    if known is None or known.gone:
        return None if until and one.day > until else one
    return _moved_from(one, known) if _differs(one, known) else None


def _known(one: Hearing, sent: Sent) -> SentHearing | None:
    """What was told last of it, under whichever of its ids."""
    return max(
        (sent[name] for name in (one.id, *one.joint) if name in sent), key=lambda told: told.revision, default=None
    )


def _moved_from(one: Hearing, known: SentHearing) -> Hearing:
    return one.model_copy(update={"former_day": known.day, "former_hour": known.hour})


def _differs(one: Hearing, known: SentHearing) -> bool:
    """An hour that was not told before, or is not any more, is no move."""
    return one.day != known.day or (one.hour is not None and known.hour is not None and one.hour != known.hour)


def followed(hearings: Iterable[Hearing], interest: Interest, county_of: CountyOf) -> tuple[Hearing, ...]:
    """Those of followed matters that whoever follows this gets in a digest."""
    return tuple(one for one in hearings if one.followed and interest.follows(one, county_of))


def watched(
    hearings: Sequence[Hearing], subscriptions: Iterable[Subscription], sent: Sent, county_of: CountyOf
) -> tuple[Hearing, ...]:
    """Those that subscriptions to agendas ask for, and those that somebody was told before."""
    wanted = [(Interest((item,)), _worded(item)) for item in subscriptions if item.agenda]
    known = {one.id for one in hearings if _known(one, sent) or (one.before and _known(one.before, sent))}
    return tuple(
        one
        for one in hearings
        if one.id in known or any(is_asked(one) and interest.follows(one, county_of) for interest, is_asked in wanted)
    )


def _worded(item: Subscription) -> Callable[[Hearing], bool]:
    """Whether a hearing is of the matters, or has the words, that a subscription names."""
    files, queries = {_file(name) for name in item.matters}, [parse(text) for text in item.words]
    if not files and not queries:
        return lambda one: one.followed
    return lambda one: (
        _file(one.file) in files or any(contains_all((one.title, one.name), query) for query in queries if query.wanted)
    )


def _file(name: str) -> str:
    """A file number as people type it: `int 1234-2026` is `Int 1234-2026`."""
    return " ".join(name.split()).casefold()


def agenda_subject(hearings: Sequence[Hearing]) -> str:
    """`Tue, Dec 1: 26-1: Lamps on carts (Milwaukee), and 2 more`; what was taken off or moved says so."""
    first = next((one for one in hearings if not one.gone_at), hearings[0])
    note = "Taken off the agenda: " if first.gone_at else "Moved to " if correction(first) else ""
    day = "" if first.gone_at else f"{short_day(first.day)}: "
    more = f", and {len(hearings) - 1} more" if len(hearings) > 1 else ""
    return f"{note}{day}{shorten(plain(first.label), IN_SUBJECT)}{more}"


def hearings_ahead(hearings: Sequence[Hearing]) -> str:
    """`2 hearings ahead`; corrections are counted apart."""
    wrong = sum(bool(correction(one)) for one in hearings)
    ahead = len(hearings) - wrong
    parts = [words.count(ahead, "hearing ahead", "hearings ahead")] if ahead else []
    return ", ".join(
        [*parts, *([words.count(wrong, "hearing moved or taken off", "hearings moved or taken off")] if wrong else [])]
    )

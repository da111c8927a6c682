"""What is wrong with a feed, and what to do about it: pure, over one look at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.errors import (
    AddressRefused,
    DamagedFeed,
    FeedError,
    GatherError,
    HttpStatusError,
    TooLarge,
    TooManyRedirects,
    Unheard,
)
from tracker.gather.feeds.look import FeedProbe, FoundFeed
from tracker.gather.feeds.parser import ParsedFeed
from tracker.gather.schedule import BUSY, GONE, QUIET

AHEAD = timedelta(days=1)
"""A date that lies further ahead than any zone is no date of publication."""
PAYS = frozenset({401, 402, 407})
REFUSES = frozenset({403, 406, 451})


class FeedVerdict(StrEnum):
    """How a feed does, in a word."""

    OK = "ok"
    WARNING = "warning"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`says` what there is, in one line; `remedy` what to do about it, empty where there is nothing to do."""

    verdict: FeedVerdict
    says: str
    remedy: str = ""

    @property
    def passes(self) -> bool:
        """True where nobody need do anything: the next polls try again."""
        return self.remedy == AGAIN


AGAIN = "nothing to do: it is tried again by itself"
ELSEWHERE = "look for another: `tracker sources add` takes the address of the site's home page and finds its feeds"
REMEDIES = {
    "name": "check the spelling of its host; an outlet that closed gives its name up",
    "certificate": "its owner has to renew it; the tracker never goes past a certificate that does not hold",
    "tls": "the site speaks no TLS that is still safe, or none at all: try it with http://, or tell its owner",
    "login": "it wants a login, and the tracker logs in nowhere: ask the outlet for an open feed",
    "refused": "the site refuses programs (robots.txt is not why: that is asked for pages only): set `contact`, ask "
    "its owner to let procedure-tracker in, or have a news search find its articles: `tracker watch`",
    "gone": f"the server says that it is gone for good: {ELSEWHERE}",
    "missing": f"nothing is at this address: {ELSEWHERE}",
    "address": "correct the address",
    "loop": f"such sites want cookies or a login, and the tracker has neither; {ELSEWHERE}",
    "large": f"no feed of news is so large: {ELSEWHERE}",
    "damaged": "it is tried again by itself; if it stays so, tell the site's owner: no program for feeds can read it",
    "other": ELSEWHERE,
}
"""By cause; all others pass by themselves."""
_CAUSES = (
    (AddressRefused, "address"),
    (TooManyRedirects, "loop"),
    (TooLarge, "large"),
    (DamagedFeed, "damaged"),
    (FeedError, "other"),
)


def diagnose(look: FeedProbe, now: datetime, *, pages_closed: bool = False, dead_ends: int = 0) -> Diagnosis:
    """`pages_closed`: robots.txt keeps us from its article pages. `dead_ends`: of how many items that it brought the
    link led only to Google's own page."""
    if look.feed is None or look.parsed is None:
        return failing(look)
    notes = [*_notes(look.feed, look.parsed, now), *_of_pages(pages_closed, dead_ends)]
    said = [f"{look.feed.items} items"] + ([f"newest {look.feed.newest:%Y-%m-%d}"] if look.feed.newest else [])
    says = "; ".join([", ".join(said), *(note for note, _ in notes)])
    remedy = "; ".join(dict.fromkeys(remedy for _, remedy in notes if remedy))
    return Diagnosis(FeedVerdict.WARNING if notes else FeedVerdict.OK, says, remedy)


def failing(look: FeedProbe) -> Diagnosis:
    """Of an address that did not answer as a feed."""
    error = look.error or GatherError(look.asked, "no answer")
    return Diagnosis(FeedVerdict.FAILING, _said(look, error), _remedy(look, error))


Note = tuple[str, str]
"""(what there is, what to do about it)"""


def _notes(feed: FoundFeed, parsed: ParsedFeed, now: datetime) -> Iterator[Note]:
    if feed.url != feed.asked:
        yield f"it has moved for good to {feed.url}", "a feed that is subscribed to is moved by its next poll"
    if feed.comments:
        yield "it brings what readers say, and no news", "look for the feed of its news"
    if not feed.items:
        yield "the feed is empty", f"if it stays so, {ELSEWHERE}"
        return
    dates = [item.published for item in parsed.items if item.published]
    ahead = sum(date > now + AHEAD for date in dates)
    if missing := feed.items - len(dates):
        told = "none of them has" if not dates else f"{missing} of them have"
        yield (
            f"{told} a date that can be read",
            "their articles' pages are asked for the day, else it is that of the first sight",
        )
    if ahead:
        yield f"{ahead} of them are dated ahead", "such a date is not believed"
    elif dates and now - max(dates) > QUIET:
        days = (now - max(dates)).days
        yield f"the feed is there, but nothing new for {days} days", f"if the site has newer articles, {ELSEWHERE}"
    if unlinked := sum(not item.url for item in parsed.items):
        yield f"{unlinked} of them have no link", "no article can be made of those"


def _of_pages(pages_closed: bool, dead_ends: int) -> Iterator[Note]:
    if pages_closed:
        told = "robots.txt of the site does not let us fetch its articles' pages"
        yield told, "only what the feed itself says is read; ask the site's owner to let procedure-tracker in"
    if dead_ends:
        yield (
            f"{dead_ends} items lead only to Google's own page",
            "open them in a browser; Bing's search names the articles",
        )


def _said(look: FeedProbe, error: GatherError) -> str:
    if look.login:
        return "the address leads to a page that asks to log in"
    if look.page:
        return "the answer is a web page, not a feed"
    return str(error)


def _remedy(look: FeedProbe, error: GatherError) -> str:
    if news := [feed.url for feed in look.feeds if not feed.comments]:
        return f"a feed is behind this page: `tracker sources add {news[0]}`, and remove this address"
    if look.page:
        tried = f" (tried {' '.join(address for address, _ in look.tried)})" if look.tried else ""
        return f"no feed of news was found behind it either{tried}; {REMEDIES['login' if look.login else 'other']}"
    return remedy_of(error)


def remedy_of(error: GatherError) -> str:
    """What to do about an error by its cause; AGAIN where it passes by itself."""
    return REMEDIES.get(cause_of(error), AGAIN)


def cause_of(error: GatherError) -> str:
    """The cause of an error in a word of REMEDIES; any other word, or none, for what passes."""
    if isinstance(error, HttpStatusError):
        return _cause_of_status(error.status)
    if isinstance(error, Unheard):
        return error.why if error.why != "refused" else ""
    return next((cause for kind, cause in _CAUSES if isinstance(error, kind)), "")


def _cause_of_status(code: int) -> str:
    if code >= 500 or code in BUSY:
        return "busy"
    return "login" if code in PAYS else "refused" if code in REFUSES else "gone" if code == GONE else "missing"

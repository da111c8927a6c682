"""The reader: its model and places, and the articles that it reads, does not read, or cannot."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from db.articles import articles
from jobs.checks.check import Problem, Result, Well
from jobs.checks.facts import Facts
from jobs.reader import open_reader
from jobs.settings import Settings
from jobs.store import open_session
from tracker.errors import ScorerFault
from tracker.publish.counts import count

NO_ARTICLE = timedelta(days=1)
"""Even on a holiday a handful of outlets have something."""
FEW_FEEDS = 10
"""Below so many feeds a day without an article is nothing: small outlets are quiet over a weekend."""
NO_ARTICLE_OF_FEW = timedelta(days=7)
UNREAD = timedelta(hours=6)
"""A first poll of hundreds of feeds brings thousands of articles, which are read within an hour or two on a small
machine; what waits longer is either stuck or more than the machine can do."""
STOPPED = timedelta(hours=1)
"""Minutes pass between two articles that are read while some wait, not hours."""
SHOWN = 3
"""Addresses in the line; the report's page on coverage has more."""
REMEDY = "the next version of the reader tries again, and `tracker reread` does at once; please report them"


def unread(facts: Facts, now: datetime) -> Iterator[Problem]:
    articles = facts.vitals.articles
    if not articles.waiting_since or articles.waiting_since > now - UNREAD:
        return
    what = f"{count(articles.waiting, 'article waits', 'articles wait')} to be read, the first since"
    what, grave = f"{what} {articles.waiting_since:%Y-%m-%d %H:%M} UTC", False
    if articles.read_at and articles.read_at > now - STOPPED:
        more = "start more workers" if facts.workers else "give it more cores"
        remedy = f"more come than are read: {more}, or follow fewer feeds"
    elif facts.daemon:
        what, remedy, grave = f"{what}, and none is read", facts.log, True
    else:
        remedy = "start `tracker run`, or run `tracker poll`"
    yield Problem("unread", what, remedy, grave, subject="articles")


def no_article(facts: Facts, now: datetime) -> Iterator[Problem]:
    feeds, articles = facts.vitals.feeds, facts.vitals.articles
    if not feeds.first_added or articles.waiting:
        return
    patience = NO_ARTICLE if feeds.polled >= FEW_FEEDS else NO_ARTICLE_OF_FEW
    since = max(articles.read_at or feeds.first_added, feeds.first_added)
    if since < now - patience:
        what = f"no article was read since {since:%Y-%m-%d %H:%M} UTC, of {count(feeds.polled, 'feed')}"
        yield Problem("no-article", what, "`tracker feeds check` says what each feed brings", subject="articles")


def model(settings: Settings) -> Iterator[Result]:
    reader = open_reader(settings)
    try:
        reader.warm()
    except ScorerFault as fault:
        yield Problem("model", str(fault), grave=True)
        return
    except Exception as error:  # whatever a broken installation makes the rules and places raise
        yield Problem("model", f"the reader cannot be loaded ({error})", "install the tracker again", grave=True)
        return
    looks = "" if settings.big_look else ", with the small look alone (`big_look` is off)"
    yield Well("model", f"reader {reader.version}{looks}")


def gazetteer(_settings: Settings) -> Iterator[Result]:
    from tracker.read.places.gazetteer import load

    yield Well("gazetteer", f"{len(load().states())} states")


def unreadable(settings: Settings) -> Iterator[Result]:
    with open_session(settings) as session:
        found = articles.unreadable(session)
    if not found:
        yield Well("articles", "none that the reader cannot read")
        return
    named = ", ".join(trouble.name for trouble in found[:SHOWN])
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    yield Problem("articles", f"{count(len(found), 'article')} cannot be read: {named}{more}", REMEDY)

"""The reader: its model and places, the articles that it reads, does not read, or cannot, and the second opinion."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from db.articles import articles
from db.opinions import figures, usage
from jobs.checks.check import Passed, Problem, Result
from jobs.checks.facts import Facts
from jobs.opinions.due import day_of
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
        yield Problem("no-article", what, "`tracker sources check` says what each feed brings", subject="articles")


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
    yield Passed("model", f"reader {reader.version}{looks}")


def gazetteer(_settings: Settings) -> Iterator[Result]:
    from tracker.read.places.gazetteer import load

    yield Passed("gazetteer", f"{len(load().states())} states")


def unreadable(settings: Settings) -> Iterator[Result]:
    with open_session(settings) as session:
        found = articles.unreadable(session)
    if not found:
        yield Passed("articles", "none that the reader cannot read")
        return
    named = ", ".join(trouble.name for trouble in found[:SHOWN])
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    yield Problem("articles", f"{count(len(found), 'article')} cannot be read: {named}{more}", REMEDY)


NAME = "opinions"
SET_A_KEY = "set TRACKER_SECOND_OPINION_KEY in the environment of the daemon, and here"
NOT_CHECKED = "was not checked, so that what its server answers decides nothing yet"
NAME_ANOTHER = "nothing more is asked. Name another model in second_opinion_model, and run `tracker opinions check`"


def not_asked(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """Not grave: the encoder reads everything. What it says has its remedy."""
    if facts.no_opinion:
        what = f"no second opinion is asked for: {facts.no_opinion}"
        remedy = "until then articles wait, and stand as the encoder reads them"
        yield Problem("second-opinion", what, remedy, subject=NAME)


def opinions(settings: Settings) -> Iterator[Result]:
    """Nothing where no model is named."""
    if not settings.second_opinion_address:
        return
    if settings.second_opinion_url.startswith("https:") and not settings.second_opinion_key.get_secret_value():
        yield Problem(NAME, "no key is set, which a server on the internet mostly wants", SET_A_KEY)
    with open_session(settings) as session:
        yield _model(session, settings.second_opinion_model)
        yield _waiting(session, settings)


def _model(session: Session, model: str) -> Result:
    """Whether it is listened to, by its check. Its package is imported here, since the daemon reads this file too."""
    from tracker.read.opinion_quality import verdict
    from tracker.read.opinions.labelled import rules_version
    from tracker.read.opinions.trust import Trust

    check = usage.valid_check(session, model, rules_version())
    if check is None:
        return Problem(NAME, f"{model} {NOT_CHECKED}", "`tracker opinions check` does it")
    told = f"{model}, checked on {check.at:%Y-%m-%d}: {verdict(check.figures)}"
    return Problem(NAME, told, NAME_ANOTHER) if Trust.of_check(check.figures).weights is None else Passed(NAME, told)


def _waiting(session: Session, settings: Settings) -> Result:
    per_day = settings.second_opinion_per_day
    found = figures.load_figures(session, day_of(datetime.now(UTC), settings))
    tokens, steps = found.day.input_tokens + found.day.output_tokens, sum(found.witnesses.values())
    told = f"{found.day.asked:,} of today's {per_day:,} asked about, {found.day.refused:,} answers refused"
    told += f", {tokens:,} tokens" if tokens else ""
    told += f"; of {steps:,} steps so far {found.alike:,} are read alike" if steps else ""
    waits = f"{count(found.waiting, 'article waits', 'articles wait')}: {told}"
    if beyond := found.beyond(per_day):
        more = f"{beyond:,} of them beyond the number of the day, the newest first"
        return Problem(NAME, f"{waits}; {more}", "raise second_opinion_per_day")
    return Passed(NAME, waits)

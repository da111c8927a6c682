"""What of the facts a person must know. Pure: values in, problems out; every threshold with its reason."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from jobs.health.facts import Facts
from jobs.health.problem import Problem
from jobs.mail.lock import RELEASE, held
from tracker.coverage import NETWORK, OF_WEBSITE, SLOW_WEBSITE, WEBSITE
from tracker.publish.counts import count

LITTLE_SPACE = 1_000_000_000
"""Bytes. Below it a disk is nearly full. A busy year of a few hundred feeds takes about this much."""
NO_SPACE = 50_000_000
"""Bytes. Below it that is grave: SQLite needs room for its write-ahead log beside the data."""
HANGS = timedelta(hours=1)
"""The daemon looks every few seconds for what is due, and a feed waits for another of its host at most minutes: where
none at all was polled for so long although some are due, it hangs."""
NOBODY_POLLS = timedelta(days=2)
"""The same where no daemon runs: whoever polls by cron does so once a day."""
NO_ARTICLE = timedelta(days=1)
"""Even on a holiday a handful of outlets have something."""
FEW_FEEDS = 10
"""Below so many feeds a day without an article is nothing: small outlets are quiet over a weekend."""
NO_ARTICLE_OF_FEW = timedelta(days=7)
UNREAD = timedelta(hours=6)
"""A first poll of hundreds of feeds brings thousands of articles, which are read within an hour or two on a small
machine; what waits longer is either stuck or more than the machine can do."""
READING_STOPPED = timedelta(hours=1)
"""Minutes pass between two articles that are read while some wait, not hours."""
MANY_SILENT = 0.25
"""Of the feeds. At any time a tenth fails, since sites come and go; a quarter at once has one cause."""
SILENT_FEEDS = 3
"""Fewer are not many, whatever their share: `tracker feeds list` shows them."""
MAIL_WAITS = timedelta(hours=2)
"""A server that puts off strangers takes their mail within the hour; ours is tried five times by then."""
MANY_REFUSED = 0.1
"""Of the mails of a day. Of a list one in a hundred addresses is gone; one in ten is a server that does not want us."""
STORM = 200
"""Requests of a day that nobody confirms. Most people who ask say yes within the hour."""
BACKUP_OLD = timedelta(days=3)
"""One is made every night: two may fail before anybody must look."""
ADDRESS = re.compile(r"[^\s<>@]+@")
"""Of a reader, in what a server answers: problems are told to many, and /readyz may be open to all."""
FEEDS_LIST = "`tracker feeds list` shows each with its error"
LOG = "look at the log of `tracker run`, and start it again"
PORT = "end what listens there, or set `web_host` or `web_port`; the daemon tries again by itself"
HELD_BACK = "the log of `tracker run` names clients that ask for too much; keep them out at the web server in front"
CLOSE_THE_FORM = "see in the log of your web server who sends `/subscribe/`; `sign_up = false` takes the form away"
WORKERS = "see that a `tracker worker` runs somewhere, and look at its log and that of `tracker run`"


def judge(facts: Facts, now: datetime) -> tuple[Problem, ...]:
    """The problems, grave ones first. What another one explains is left out: without a network nothing is heard."""
    found = [problem for look in LOOKS for problem in look(facts, now)]
    kinds = {problem.kind for problem in found}
    told = [problem for problem in found if not kinds & EXPLAINED.get(problem.kind, frozenset())]
    return tuple(sorted(told, key=lambda problem: not problem.grave))


HELD = "mail-held"
DATABASE = "database"
EXPLAINED = {
    **dict.fromkeys(("polling-stopped", "no-article", "feeds-silent"), frozenset({NETWORK})),
    "mail-waiting": frozenset({HELD}),
}
"""Kinds that follow from others: those need not be told beside them."""


def _database(facts: Facts, _now: datetime) -> Iterator[Problem]:
    if facts.database:
        yield Problem(DATABASE, facts.database, "`tracker doctor` reads all of it", grave=True)


def _disk(facts: Facts, _now: datetime) -> Iterator[Problem]:
    if not facts.disks:
        return
    least = min(facts.disks, key=lambda disk: disk.free)
    if least.free < LITTLE_SPACE:
        what = f"{least.folder}: {least.free / 1e9:.2f} GB free"
        yield Problem("disk", what, "make room, or name another folder in the settings", least.free < NO_SPACE)


def _troubles(facts: Facts, _now: datetime) -> Iterator[Problem]:
    for trouble in facts.vitals.troubles:
        if trouble.name in OF_WEBSITE:
            continue
        since = f"since {trouble.since:%Y-%m-%d %H:%M} UTC"
        if trouble.name == NETWORK:
            what = f"{count(facts.vitals.feeds.polled, 'feed')}, none can be asked {since}: {trouble.what}"
            yield Problem(NETWORK, what, "check its cable or router, its name server, its firewall and its clock", True)
            continue
        what = f"{trouble.name}: {trouble.what} ({trouble.times} times {since})"
        kind = f"failing-{'-'.join(trouble.name.split())}"
        yield Problem(kind, what, "what it says names the remedy; the log of `tracker run` has more", True)


def _website(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """Noted by a daemon; one that ended listens nowhere, and that is no fault."""
    for trouble in facts.vitals.troubles if facts.daemon else ():
        since = f"since {trouble.since:%Y-%m-%d %H:%M} UTC"
        if trouble.name == WEBSITE:
            yield Problem(WEBSITE, f"the website is not served {since}: {trouble.what}", PORT, grave=True)
        elif trouble.name == SLOW_WEBSITE:
            yield Problem(SLOW_WEBSITE, f"the website is slow {since}: {trouble.what}", HELD_BACK)


def _workers(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """Not grave: workers begin anew too, and what comes of it when they do not, the feeds tell within the hour."""
    if facts.workers and not facts.at_work and not facts.database:
        yield Problem("no-worker", "no worker is at work, so nothing is polled or read", "start `tracker worker`")


def _polling(facts: Facts, now: datetime) -> Iterator[Problem]:
    feeds = facts.vitals.feeds
    patience = HANGS if facts.daemon else NOBODY_POLLS
    polled = feeds.polled_at or feeds.first_added
    if feeds.due_since and polled and max(feeds.due_since, polled) < now - patience:
        what = f"no feed was polled since {polled:%Y-%m-%d %H:%M} UTC, though some are due"
        remedy = _log(facts) if facts.daemon else "start `tracker run`, or run `tracker poll` from time to time"
        yield Problem("polling-stopped", what, remedy, grave=facts.daemon)


def _log(facts: Facts) -> str:
    """Who does the work that is not done, and tells why."""
    return WORKERS if facts.workers else LOG


def _silent(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """All that fail at once are the fault of this machine, and told at once."""
    feeds = facts.vitals.feeds
    if feeds.polled and feeds.failing == feeds.polled:
        what = f"all fail ({feeds.failing}), {feeds.example[0]} with: {feeds.example[1]}"
        look = "look at this machine's network and name server, and set `contact`, since sites may refuse the nameless"
        yield Problem("feeds-silent", what, f"{look}; {FEEDS_LIST}", grave=True)
    elif feeds.silent >= max(SILENT_FEEDS, feeds.polled * MANY_SILENT):
        share = f"{feeds.silent} of {count(feeds.polled, 'feed')} ({feeds.silent / feeds.polled:.0%})"
        yield Problem("feeds-silent", f"{share} fail and were not heard for two days", FEEDS_LIST)


def _no_article(facts: Facts, now: datetime) -> Iterator[Problem]:
    feeds, articles = facts.vitals.feeds, facts.vitals.articles
    if not feeds.first_added or articles.waiting:
        return
    patience = NO_ARTICLE if feeds.polled >= FEW_FEEDS else NO_ARTICLE_OF_FEW
    since = max(articles.read_at or feeds.first_added, feeds.first_added)
    if since < now - patience:
        what = f"no article was read since {since:%Y-%m-%d %H:%M} UTC, of {count(feeds.polled, 'feed')}"
        yield Problem("no-article", what, "`tracker feeds check` says what each feed brings")


def _reading(facts: Facts, now: datetime) -> Iterator[Problem]:
    articles = facts.vitals.articles
    if not articles.waiting_since or articles.waiting_since > now - UNREAD:
        return
    what = f"{count(articles.waiting, 'article waits', 'articles wait')} to be read, the first since"
    what = f"{what} {articles.waiting_since:%Y-%m-%d %H:%M} UTC"
    if articles.read_at and articles.read_at > now - READING_STOPPED:
        more = "start more workers" if facts.workers else "give it more cores"
        yield Problem("unread", what, f"more come than are read: {more}, or follow fewer feeds")
    elif facts.daemon:
        yield Problem("unread", f"{what}, and none is read", _log(facts), grave=True)
    else:
        yield Problem("unread", what, "start `tracker run`, or run `tracker poll`")


def _mails_held(facts: Facts, _now: datetime) -> Iterator[Problem]:
    if since := facts.vitals.mails.held_since:
        yield Problem(HELD, held(since), RELEASE)


def _mails_waiting(facts: Facts, now: datetime) -> Iterator[Problem]:
    mails = facts.vitals.mails
    if mails.waiting_since and mails.waiting_since < now - MAIL_WAITS:
        what = f"{count(mails.waiting, 'mail waits', 'mails wait')} since {mails.waiting_since:%Y-%m-%d %H:%M} UTC"
        why = f" ({ADDRESS.sub('…@', mails.error)})" if mails.error else ""
        yield Problem(
            "mail-waiting", f"{what}{why}", "`tracker digest send` tries now and says what the server answers"
        )


def _sign_up(facts: Facts, _now: datetime) -> Iterator[Problem]:
    if facts.vitals.unanswered >= STORM:
        what = f"{facts.vitals.unanswered:,} requests for the mails of the last day were not confirmed"
        yield Problem("sign-up-storm", f"{what}: somebody sends the form in others' names", CLOSE_THE_FORM)


def _mails_refused(facts: Facts, _now: datetime) -> Iterator[Problem]:
    mails = facts.vitals.mails
    if mails.refused and mails.refused >= mails.tried * MANY_REFUSED:
        what = f"{mails.refused} of the last {count(mails.tried, 'mail')} of a day were refused or given up"
        yield Problem("mail-refused", what, "`tracker subscribers list` shows each with the answer of the server")


def _second_opinion(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """Not grave: the encoder reads everything. What it says has its remedy."""
    if facts.no_opinion:
        what = f"no second opinion is asked for: {facts.no_opinion}"
        yield Problem("second-opinion", what, "until then articles wait, and stand as the encoder reads them")


def _backup(facts: Facts, now: datetime) -> Iterator[Problem]:
    """Where there is none yet, its time began with the first feed."""
    last = facts.backup_at or facts.vitals.feeds.first_added
    if facts.backup_wanted and last and last < now - BACKUP_OLD:
        made = f"the newest backup is of {last:%Y-%m-%d %H:%M} UTC" if facts.backup_at else "there is no backup yet"
        yield Problem("backup-old", made, "`tracker backup` makes one, or says what is in the way")


LOOKS: tuple[Callable[[Facts, datetime], Iterator[Problem]], ...] = (
    _database,
    _disk,
    _troubles,
    _website,
    _workers,
    _polling,
    _silent,
    _reading,
    _no_article,
    _mails_held,
    _mails_waiting,
    _mails_refused,
    _sign_up,
    _second_opinion,
    _backup,
)
"""What is looked at, in the order in which it is told."""

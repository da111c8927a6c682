"""What of the facts is a problem, how grave it is, and what is left out because another one explains it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.ops.vitals import ArticleVitals, FeedVitals, MailVitals, Vitals
from jobs.checks import data, mail
from jobs.checks.catalogue import judge
from jobs.checks.facts import Disk, Facts
from tracker.coverage import NETWORK, SLOW_WEBSITE, WEBSITE, Trouble

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def ago(**by: float) -> datetime:
    return NOW - timedelta(**by)


FEEDS = FeedVitals(polled=40, first_added=ago(days=90), due_since=ago(minutes=2), polled_at=ago(minutes=1))
WELL = Facts(
    Vitals(FEEDS, ArticleVitals(read_at=ago(hours=3)), MailVitals(tried=30, refused=1)),
    disks=(Disk(Path("/data"), 50 * data.LITTLE_SPACE),),
    daemon=True,
    backup_at=ago(hours=9),
    backup_wanted=True,
)
DOWN = Trouble(
    name=NETWORK, what="no host of 3 answered: the network of this machine seems to be down", since=ago(days=4)
)
REPORT = Trouble(name="job report", what="report: cannot be written; check its owner", since=ago(hours=2), times=7)
CLOSED = Trouble(name=WEBSITE, what="h:1: in use", since=ago(hours=2))
SLOW = Trouble(name=SLOW_WEBSITE, what="a page waited 9 seconds for its turn", since=ago(hours=2), times=3)
HUNG = replace(FEEDS, due_since=ago(hours=2), polled_at=ago(hours=2))
LATE = ArticleVitals(read_at=ago(minutes=5), waiting=900, waiting_since=ago(hours=7))


def with_vitals(**changed: object) -> Facts:
    return replace(WELL, vitals=replace(WELL.vitals, **changed))  # type: ignore[arg-type]


def with_feeds(**changed: object) -> Facts:
    return with_vitals(feeds=replace(FEEDS, **changed))  # type: ignore[arg-type]


def with_disk(free: int) -> Facts:
    return replace(WELL, disks=(Disk(Path("/data"), free), *WELL.disks))


CASES = [
    (replace(WELL, database="database x: it is damaged"), "database!", "database x: it is damaged"),
    (with_disk(data.LITTLE_SPACE - 1), "disk", "/data: 1.00 GB free"),
    (with_disk(data.NO_SPACE - 1), "disk!", "/data: 0.05 GB free"),
    (with_vitals(troubles=(REPORT,)), "failing-job-report!", "job report: report: cannot be written; check its"),
    (with_vitals(troubles=(CLOSED,)), "website!", "the website is not served since 2026-11-23 10:00 UTC: h:1: in use"),
    (with_vitals(troubles=(SLOW,)), "website-slow", "the website is slow since 2026-11-23 10:00 UTC: a page waited"),
    (with_vitals(feeds=HUNG), "polling-stopped!", "no source was polled since 2026-11-23 10:00 UTC, though"),
    (replace(with_feeds(polled_at=ago(days=3), due_since=ago(days=3)), daemon=False), "polling-stopped", "no source"),
    (replace(WELL, workers=True), "no-worker", "no worker is at work, so nothing is polled or read"),
    (with_feeds(failing=12, silent=10), "feeds-silent", "10 of 40 sources (25%) fail and were not heard for two days"),
    (with_feeds(failing=40, example=("https://a.example", "410")), "feeds-silent!", "all fail (40), https://a.exa"),
    (with_vitals(unanswered=mail.STORM), "sign-up-storm", "200 requests for the mails of the last day were not"),
    (with_vitals(articles=ArticleVitals(read_at=ago(hours=25))), "no-article", "no article was read since 2026-11-22"),
    (with_vitals(articles=ArticleVitals()), "no-article", "no article was read since 2026-08-25"),
    (with_vitals(articles=LATE), "unread", "900 articles wait to be read, the first since 2026-11-23 05:00 UTC"),
    (with_vitals(articles=replace(LATE, read_at=ago(hours=2))), "unread!", "900 articles wait to be read, the first"),
    (
        with_vitals(mails=MailVitals(waiting=1, waiting_since=ago(hours=3), error="451 <ada@x.org> later")),
        "mail-waiting",
        "1 mail waits since 2026-11-23 09:00 UTC (451 <…@x.org> later)",
    ),
    (
        with_vitals(mails=MailVitals(waiting=9, waiting_since=ago(days=3), held_since=ago(days=2))),
        "mail-held",
        "mails wait since the database was restored on 2026-11-21, or they might tell things twice",
    ),
    (with_vitals(mails=MailVitals(tried=10, refused=1)), "mail-refused", "1 of the last 10 mails of a day were"),
    (replace(WELL, no_opinion="api.example wants a key"), "second-opinion", "no second opinion is asked for: api.ex"),
    (replace(WELL, backup_at=ago(days=4)), "backup-old", "the newest backup is of 2026-11-19 12:00 UTC"),
    (replace(WELL, backup_at=None), "backup-old", "there is no backup yet"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "kind", "says"), CASES, ids=[kind for _, kind, _ in CASES])
def test_each_problem_is_told_by_itself_with_a_remedy(facts: Facts, kind: str, says: str) -> None:
    (problem,) = judge(facts, NOW)
    assert f"{problem.kind}{'!' * problem.grave}" == kind
    assert problem.what.startswith(says)
    assert problem.says == f"{problem.what}; {problem.remedy}"


FINE = [
    WELL,
    Facts(),
    with_disk(data.LITTLE_SPACE),
    with_feeds(failing=9, silent=9),
    with_feeds(polled=3, failing=2, silent=2),
    replace(with_vitals(feeds=HUNG), daemon=False),
    with_vitals(feeds=replace(FEEDS, polled=9), articles=ArticleVitals(read_at=ago(days=3))),
    with_vitals(articles=ArticleVitals(read_at=ago(days=3), waiting=5, waiting_since=ago(minutes=5))),
    with_vitals(feeds=replace(FEEDS, first_added=ago(hours=20)), articles=ArticleVitals()),
    with_vitals(mails=MailVitals(waiting=4, waiting_since=ago(hours=1), tried=11, refused=1)),
    replace(WELL, backup_at=None, backup_wanted=False),
    replace(WELL, workers=True, at_work=1),
    replace(with_vitals(troubles=(CLOSED,)), daemon=False),
    replace(with_feeds(first_added=ago(days=2)), backup_at=None),
]


@pytest.mark.parametrize("facts", FINE)
def test_what_is_none_is_not_told(facts: Facts) -> None:
    assert judge(facts, NOW) == ()


def test_without_a_network_only_that_is_told_of_the_feeds() -> None:
    silent = replace(HUNG, failing=40, silent=40, polled_at=ago(days=3), due_since=ago(days=3))
    facts = with_vitals(feeds=silent, articles=ArticleVitals(read_at=ago(days=3)), troubles=(DOWN,))
    (problem,) = judge(facts, NOW)
    assert (problem.kind, problem.grave) == (NETWORK, True)
    assert problem.what.startswith("40 feeds, none can be asked since 2026-11-19 12:00 UTC: no host of 3 answered")


def test_grave_ones_come_first() -> None:
    facts = replace(with_vitals(troubles=(REPORT,), articles=LATE), disks=(Disk(Path("/data"), data.NO_SPACE),))
    assert [problem.kind for problem in judge(facts, NOW)] == ["failing-job-report", "disk", "unread"]

"""On which day an article ran, and how that is known: what the feed says, what its page says, and when neither is
believed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.gather.days import day_of, in_doubt
from tracker.gather.feeds.document import believed_items
from tracker.gather.feeds.parser import FeedItem
from tracker.gather.pages.extraction import extract_article, page_facts
from tracker.gather.text.moments import noon
from tracker.model import PublishedBasis

SEEN = datetime(2017, 7, 5, 20, tzinfo=UTC)
"""A Wednesday afternoon in Milwaukee."""
CHICAGO = ZoneInfo("America/Chicago")
STATED, PAGE, FIRST_SEEN = PublishedBasis.STATED, PublishedBasis.PAGE, PublishedBasis.SEEN


def day(text: str) -> datetime | None:
    return noon(date.fromisoformat(text)) if text else None


@pytest.mark.parametrize(
    ("fed", "told", "declared", "expected", "basis"),
    [
        ("2017-07-04", "", True, "2017-07-04", STATED),
        ("2017-07-04", "2017-07-03", True, "2017-07-04", STATED),  # zones and midnights
        ("2017-07-04", "2017-07-05", True, "2017-07-04", STATED),
        ("2017-07-04", "2015-02-03", True, "2015-02-03", PAGE),  # an old article comes again
        ("2017-07-04", "2015-02-03", False, "2017-07-04", STATED),  # a date that stands somewhere on the page
        ("2010-01-01", "2017-07-03", True, "2017-07-05", FIRST_SEEN),  # one of both is wrong by years
        ("2010-01-01", "2017-07-03", False, "2010-01-01", STATED),
        ("", "2017-07-03", True, "2017-07-03", PAGE),
        ("", "2017-07-03", False, "2017-07-03", PAGE),
        ("", "2017-07-05", True, "2017-07-05", PAGE),
        ("", "2017-07-05", False, "2017-07-05", FIRST_SEEN),  # a page that prints today's date names nothing
        ("", "2019-07-05", True, "2017-07-05", FIRST_SEEN),
        ("", "", True, "2017-07-05", FIRST_SEEN),
        ("2019-01-01", "", True, "2017-07-05", FIRST_SEEN),
        ("2019-01-01", "2017-07-03", True, "2017-07-03", PAGE),
        ("2017-07-04", "2019-07-04", True, "2017-07-04", STATED),
    ],
)
def test_the_day_of_an_article(fed: str, told: str, declared: bool, expected: str, basis: PublishedBasis) -> None:
    found = day_of(day(fed), day(told), declared, SEEN, CHICAGO)
    assert (found.at.astimezone(CHICAGO).date().isoformat(), found.basis) == (expected, basis)


@pytest.mark.parametrize(
    ("fed", "asked"),
    [("", True), ("2017-07-04", False), ("2017-05-01", False), ("2016-07-04", True), ("2018-01-01", True)],
)
def test_the_page_is_asked_where_the_date_of_the_feed_is_in_doubt(fed: str, asked: bool) -> None:
    assert in_doubt(day(fed), SEEN) is asked


def items(*moments: str) -> list[FeedItem]:
    return [
        FeedItem(str(n), f"https://a.example/{n}", "T", published=datetime.fromisoformat(at) if at else None)
        for n, at in enumerate(moments)
    ]


BUILD = [f"2017-07-05T19:00:{second:02}+00:00" for second in (1, 1, 2, 3, 3)]
WEEK = [f"2017-07-0{number}T19:00:00+00:00" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("moments", "doubtful"),
    [
        (WEEK, 0),
        (BUILD, 5),
        ([*BUILD[:3], *WEEK[:2]], 3),
        ([*BUILD[:3], *WEEK[:3]], 0),  # half of them: stories that were put online together
        (BUILD[:2], 0),
        ([*BUILD[:3], "", ""], 3),
        (["2017-07-05T12:00:00+00:00"] * 4, 4),  # the day of the build
        (["", "", ""], 0),
        ([], 0),
    ],
)
def test_one_moment_on_all_items_is_that_of_the_build(moments: list[str], doubtful: int) -> None:
    found = believed_items(items(*moments), SEEN)
    assert sum(item.doubtful for item in found) == doubtful
    assert [item.guid for item in found] == [str(number) for number in range(len(moments))]


def test_a_date_in_the_future_is_taken_off() -> None:
    (found,) = believed_items(items((SEEN + timedelta(days=2)).isoformat()), SEEN)
    assert found.published is None


STORY = [
    "The council voted 6-1 on Tuesday to end the practice, which was first proposed on 2015-04-05 by two members.",
    "The new rule takes effect 03/01/2016, the chief said, and officers will be trained before that day comes.",
    "Two residents spoke against the change, and eleven spoke in favor of it during the public hearing.",
]
TOLD = "".join(f"<p>{part}</p>" for part in STORY)
CLOCK = "<header><h2>The Bugle</h2><time datetime='2017-07-05'>Wednesday, July 5, 2017</time></header>"
RELATED = "<h3>More</h3><time datetime='2014-03-02'></time><span class='date'>May 1, 2014</span>"
RELATED += "<time datetime='2016-03-02'></time>"
BYLINE = "<p class='byline'>By Ann Lee | July 3, 2017</p>"
TIMES = "<p>Published <time datetime='2017-07-03'>July 3</time>, updated <time datetime='2017-07-04'>July 4</time></p>"


@pytest.mark.parametrize(
    ("what", "head", "before", "inside", "expected", "declared"),
    [
        ("nothing but dates in the story", "", "", "", None, False),
        ("a clock in the head of the site", "", CLOCK, "", None, False),
        ("dates of other stories", "", "", f"<aside>{RELATED}</aside>", None, False),
        (
            "only when it was changed",
            "<meta property='article:modified_time' content='2016-01-02'>",
            "",
            "",
            None,
            False,
        ),
        ("a date in its title", "<title>Budget 2014-03-01</title>", "", "", None, False),
        ("times of other stories below", "", "", f"{TOLD}<div>{RELATED}</div>", None, False),
        ("times of several stories above", "", "", f"<div>{RELATED}</div>", None, False),
        (
            "one time below",
            "",
            "",
            f"{TOLD}<p>Posted <time datetime='2017-07-03'>July 3</time></p>",
            "2017-07-03",
            False,
        ),
        ("a byline", "", CLOCK, BYLINE, "2017-07-03", False),
        ("when it was published and updated", "", CLOCK, TIMES, "2017-07-03", False),
        ("its address", "", "", "", "2017-07-02", False),
        (
            "metadata",
            "<meta property='article:published_time' content='2017-07-03'>",
            CLOCK,
            BYLINE,
            "2017-07-03",
            True,
        ),
        ("a name that any program writes", "<meta name='date' content='2017-07-03'>", "", "", "2017-07-03", False),
        ("microdata", "", "", "<time itemprop='datePublished' datetime='2017-07-03'>x</time>", "2017-07-03", True),
        (
            "metadata that only htmldate knows",
            "<meta name='rnews:datepublished' content='2017-07-03'>",
            "",
            "",
            "2017-07-03",
            False,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value and "<" not in value else "",
)
def test_what_a_page_says_of_its_day(
    what: str, head: str, before: str, inside: str, expected: str | None, declared: bool
) -> None:
    footer = "<footer>© 2014 The Bugle. Printed 01/02/2014.</footer>"
    title = "" if "<title" in head else "<title>T</title>"
    html = f"<html><head>{title}{head}</head><body>{before}<main><article><h1>Council ends it</h1>{inside}{TOLD}"
    url = "https://b.example/2017/07/02/story" if what == "its address" else "https://b.example/story"
    page = f"{html}</article></main>{footer}</body></html>".encode()
    found = extract_article(page, url)
    assert (found.published and found.published.date().isoformat()) == expected
    assert found.declared is declared
    assert page_facts(page, url).published == found.published


def test_a_page_without_a_text_still_has_its_day() -> None:
    head = "<meta property='article:published_time' content='2017-07-03'>"
    found = page_facts(
        f"<html><head>{head}</head><body><div id=app></div></body></html>".encode(), "https://b.example/1"
    )
    assert (found.text, found.published) == ("", noon(date(2017, 7, 3)))

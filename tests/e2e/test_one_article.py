"""No article twice, none hidden: whatever feeds do with guids, titles and addresses, over real HTTP."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from support.commands.shell import Shell
from support.servers.feed_site import FILLER, Site, feed, item, story
from support.servers.small_web import lead_here

HOSTS = ("a.example", "www.a.example", "m.a.example", "amp.a.example", "agenda.example")
WHOLE = "".join(f"&lt;p&gt;{number}. {FILLER}&lt;/p&gt;" for number in range(5))
"""A feed that holds whole articles: their pages are not asked, so that no canonical link tells what is one."""


@pytest.fixture
def shell(polling_shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    lead_here(monkeypatch, *HOSTS)
    return polling_shell


def subscribed(shell: Shell, web: Site, **feeds: str) -> None:
    for name, text in feeds.items():
        web.pages[f"/{name}"] = text
        assert shell.run("feeds", "add", f"{web.at()}/{name}", "--no-check").status == 0


def polled(shell: Shell) -> dict[str, int]:
    return json.loads(shell.run("poll", "--all", "--json").out)  # type: ignore[no-any-return]


def stored(shell: Shell) -> list[str]:
    with closing(sqlite3.connect(shell.folder / "data" / "tracker.db")) as database:
        return sorted(url for (url,) in database.execute("SELECT url FROM article"))


def guid(text: str) -> str:
    return f'<guid isPermaLink="false">{text}</guid>'


def test_one_story_in_many_forms_is_one_article(shell: Shell, web: Site) -> None:
    canonical = f'<link rel="canonical" href="{web.at("www.a.example")}/story">'
    web.pages |= {path: story(canonical) for path in ("/story", "/story/amp", "/story/")}
    wrapped = f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url={web.at('a.example')}/story&amp;c=1"
    alert = f"https://www.google.com/url?rct=j&amp;url={web.at('m.a.example')}/story&amp;ct=ga"
    subscribed(
        shell,
        web,
        own=feed(item(f"{web.at('www.a.example')}/story?utm_source=rss&amp;fbclid=1")),
        bare=feed(item(f"{web.at('a.example')}/story#comments")),
        phone=feed(item(f"{web.at('m.a.example')}/story")),
        amp=feed(item(f"{web.at('amp.a.example')}/story/amp")),
        search=feed(item(wrapped)),
        alert=feed(item(alert)),
    )
    tally = polled(shell)
    assert (tally["new_items"], tally["new_articles"], tally["failed_pages"]) == (6, 1, 0)
    assert stored(shell) == [f"{web.at('www.a.example')}/story"]


def test_guids_that_rotate_titles_that_are_edited_and_addresses_that_move_bring_nothing_twice(
    shell: Shell, web: Site
) -> None:
    web.pages |= {"/1": story(), "/2": story(), "/moved/2": story()}
    first, second = f"{web.at()}/1", f"{web.at()}/2"
    subscribed(shell, web, rss=feed(item(first, "One", further=guid("a1")), item(second, "Two", further=guid("a2"))))
    assert polled(shell)["new_articles"] == 2
    for again in (
        feed(item(first, "One", further=guid("b1")), item(second, "Two", further=guid("b2"))),
        feed(item(first, "One (updated)", further=guid("b1")), item(second, "Two, corrected", further=guid("b2"))),
        feed(item(first + "?utm_campaign=x", "One", further=guid("c1")), item(second, "Two", further=guid("c2"))),
        feed(item(first, "One", further=guid("c1")), item(f"{web.at()}/moved/2", "Two", further=guid("c2"))),
    ):
        web.pages["/rss"] = again
        tally = polled(shell)
        assert (tally["new_items"], tally["new_articles"]) == (0, 0)
    assert stored(shell) == [first, second]


def test_a_guid_that_is_repeated_hides_no_article(shell: Shell, web: Site) -> None:
    web.pages |= {f"/{number}": story() for number in range(4)}
    links = [item(f"{web.at()}/{number}", f"Story {number}", further=guid("0")) for number in range(4)]
    subscribed(shell, web, rss=feed(*links[:3]))
    assert polled(shell)["new_articles"] == 3
    web.pages["/rss"] = feed(*links)
    assert polled(shell)["new_articles"] == 1
    assert polled(shell)["new_items"] == 0
    assert len(stored(shell)) == 4


def test_whole_articles_of_two_feeds_are_one_by_their_address_alone(shell: Shell, web: Site) -> None:
    today = format_datetime(datetime.now(UTC) - timedelta(hours=2))  # a day that needs no page to be believed
    whole = f"<description>{WHOLE}</description>"
    subscribed(
        shell,
        web,
        one=feed(item("http://www.a.example/story", day=today, further=whole)),
        two=feed(item("https://a.example/story?utm_source=rss", day=today, further=whole)),
        three=feed(item("https://a.example/another", day=today, further=whole)),
    )
    assert polled(shell)["new_articles"] == 2
    assert len(stored(shell)) == 2

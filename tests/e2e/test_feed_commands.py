"""`tracker sources add|check|list|show` as people and scripts use them, against a site on loopback."""

import json
import re
from socket import socket

import pytest

from support.commands.shell import Shell, answered, assert_one_line
from support.servers.feed_site import Site, feed, item, page, story
from support.servers.small_web import lead_here

NUMBER = "CBMiQkFVX3lxTE5xSjd4WjBkM2Y5UW1LMnZCOHdUNGhSNm5TMWNQNWdMcUo3eFowZDNmOVFtSzJ2Qjh3VDRoUjZuUzFj"


@pytest.fixture
def shell(polling_shell: Shell) -> Shell:
    return polling_shell


def listed(shell: Shell) -> list[dict[str, object]]:
    return [json.loads(line) for line in shell.run("feeds", "list", "--json").out.splitlines()]


def test_a_site_has_its_one_feed_found_and_its_comments_left_aside(shell: Shell, web: Site) -> None:
    web.pages |= {
        "/": page("Gazette » Comments=/comments/feed/", "Gazette=/feed/"),
        "/feed/": feed(item("/a"), item("/b")),
        "/comments/feed/": feed(item("/a#c1"), title="Comments for Gazette"),
    }
    result = shell.run("feeds", "add", f"{web.at()}/", "--home", "Madison, WI")
    assert (result.status, result.out) == (0, "Subscribed to Four Lakes Gazette\n")
    assert_one_line(result.err, f'Found a feed behind it: {web.at()}/feed/ ("Four Lakes Gazette", 2 items)', "comments")
    assert [(one["url"], one["home_name"]) for one in listed(shell)] == [(f"{web.at()}/feed/", "Madison, WI")]
    again = shell.run("feeds", "add", f"{web.at()}/")
    assert "Already subscribed" in again.out
    assert len(listed(shell)) == 1


def test_an_article_leads_to_the_feed_of_its_site(shell: Shell, web: Site) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    web.pages |= {"/2020/story": story(head), "/rss.xml": feed(item("/2020/story"))}
    assert shell.run("feeds", "add", f"{web.at()}/2020/story").status == 0
    assert listed(shell)[0]["url"] == f"{web.at()}/rss.xml"


def test_a_page_of_several_feeds_is_an_error_that_names_them(shell: Shell, web: Site) -> None:
    web.pages |= {
        "/": page("Sports=/sports.xml", "News=/news.xml"),
        "/sports.xml": feed(item("/s"), title="Sports"),
        "/news.xml": feed(item("/a"), item("/b"), title="News"),
    }
    result = shell.run("feeds", "add", f"{web.at()}/")
    assert result.status == 1
    assert_one_line(
        result.err, "a page of 2 feeds", f'{web.at()}/sports.xml ("Sports", 1 items)', "/news.xml", "2 items"
    )
    assert listed(shell) == []


def test_on_a_terminal_a_person_chooses(shell: Shell, web: Site) -> None:
    web.pages |= {
        "/": page("Sports=/sports.xml", "News=/news.xml"),
        "/sports.xml": feed(item("/s"), title="Sports"),
        "/news.xml": feed(item("/a"), item("/b"), title="News"),
    }
    said = answered(["feeds", "add", f"{web.at()}/"], "Which one", "2\n")
    assert "Subscribed to News" in said
    assert listed(shell)[0]["url"] == f"{web.at()}/news.xml"


def test_where_no_feed_is_found_it_is_said_what_was_tried(shell: Shell, web: Site) -> None:
    web.pages |= {"/": page(), "/feed/": 403}
    result = shell.run("feeds", "add", f"{web.at()}/")
    assert result.status == 1
    assert_one_line(
        result.err, "no feed was found", f"{web.at()}/feed/: the server answered HTTP 403", "/index.xml: ", "--no-check"
    )


def test_a_door_that_is_closed_is_said_with_what_to_do(shell: Shell, web: Site) -> None:
    web.pages |= {"/feed": 403}
    refused = shell.run("feeds", "add", f"{web.at()}/feed")
    assert_one_line(refused.err, "HTTP 403", "refuses programs", "nothing was added", "--no-check")
    assert shell.run("feeds", "add", f"{web.at()}/feed", "--no-check").status == 0


def test_a_host_that_does_not_answer_just_now_is_subscribed_to_and_that_is_said(shell: Shell) -> None:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}/feed.xml"
    result = shell.run("feeds", "add", dead, "--home", "Dayton, OH")
    assert (result.status, result.out) == (0, f"Subscribed to {dead}\n")
    assert_one_line(result.err, "It does not answer just now", "It is tried again by itself.")
    assert [feed["url"] for feed in listed(shell)] == [dead]


def test_check_says_what_is_wrong_and_what_to_do_and_changes_nothing(shell: Shell, web: Site) -> None:
    web.pages |= {
        "/good": feed(item("/a", day="Mon, 01 Jan 2035 10:00:00 GMT")),
        "/old": feed(item("/b")),
        "/moved": (301, {"Location": "/old"}),
        "/page": page("Gazette=/old"),
        "/closed": feed(item("/kept/a")),
        "/robots.txt": "User-agent: *\nDisallow: /kept/",
    }
    for name in ("old", "moved", "page", "closed", "missing"):
        shell.run("feeds", "add", f"{web.at()}/{name}", "--no-check")
    before = listed(shell)
    result = shell.run("feeds", "check", "--json")
    found = {one["url"].rpartition("/")[2]: one for one in map(json.loads, result.out.splitlines())}
    assert (result.status, result.err) == (1, "")
    assert {name: one["verdict"] for name, one in found.items()} == {
        "old": "warning", "moved": "warning", "page": "failing", "closed": "warning", "missing": "failing",
    }  # fmt: skip
    assert "nothing new for" in found["old"]["says"]
    assert found["moved"]["moved_to"] == f"{web.at()}/old"
    assert found["page"]["feeds"] == [{"url": f"{web.at()}/old", "title": "Four Lakes Gazette", "items": 1}]
    assert f"tracker sources add {web.at()}/old" in found["page"]["remedy"]
    assert "robots.txt" in found["closed"]["says"]
    assert all(one["remedy"] for one in found.values())
    assert listed(shell) == before
    lines = shell.run("feeds", "check", f"{web.at()}/old", f"{web.at()}/page").out.splitlines()
    assert sorted(line.split()[0] for line in lines) == ["failing", "warning"]


def test_health_goes_from_new_to_healthy_to_failing_and_back_at_once(shell: Shell, web: Site) -> None:
    web.pages |= {"/feed": feed(item(f"{web.at()}/story")), "/story": story()}
    shell.run("feeds", "add", f"{web.at()}/feed", "--home", "Dane County, WI")
    assert [listed(shell)[0][name] for name in ("health", "entries", "heard_at")] == ["new", 0, None]
    assert shell.run("poll").status == 0
    (well,) = listed(shell)
    assert well["health"] == "healthy"
    assert well["entries"] == len(json.loads(shell.run("export").out)) > 0
    web.pages["/feed"] = 500
    assert shell.run("poll", "--all", "--no-read").status == 1
    (ill,) = listed(shell)
    assert (ill["health"], ill["error"], ill["heard_at"]) == (
        "failing",
        "the server answered HTTP 500",
        well["heard_at"],
    )
    shown = re.sub(" +", " ", shell.run("feeds", "show", "1").out)
    for line in (
        "health failing",
        "items 1 articles",
        "remedy `tracker sources check 1`",
        "entries ",
    ):
        assert f"\n{line}" in shown
    web.pages["/feed"] = feed(item(f"{web.at()}/story"))
    assert shell.run("poll", "--all", "--no-read").status == 0
    (again,) = listed(shell)
    assert (again["health"], again["error"], again["errors"], again["entries"]) == ("healthy", "", 0, well["entries"])


def test_what_a_search_finds_is_one_with_the_outlets_own_and_googles_numbers_are_told(
    shell: Shell, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = ("news.google.com", "www.bing.com", "gazette.example", "www.gazette.example")
    lead_here(monkeypatch, *hosts)
    canonical = f'<link rel="canonical" href="{web.at("www.gazette.example")}/story">'
    wrapped = (
        f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;tid=6&amp;url={web.at('gazette.example')}/story&amp;c=1"
    )
    opened = f"{web.at('news.google.com')}/rss/articles/{NUMBER}"
    source = '<source url="https://www.gazette.example">Gazette</source>'
    web.pages |= {
        "www.gazette.example/feed": feed(item(f"{web.at('www.gazette.example')}/story?utm_source=rss")),
        "www.gazette.example/story": story(canonical),
        "gazette.example/story": story(canonical),
        "www.bing.com/news/search": feed(item(wrapped), title="Milwaukee - BingNews"),
        "news.google.com/rss/search": feed(
            *(item(f"{opened}{n}?oc=5", f"Vote {n} - Gazette", further=source) for n in range(5)), title="Google"
        ),
        **{f"news.google.com/rss/articles/{NUMBER}{n}": "<html>Opening</html>" for n in range(5)},
    }
    search, own = ("www.bing.com/news/search", "news.google.com/rss/search"), ("www.gazette.example/feed",)
    for urls, told in ((search, (2, 6, 1, 5, 1)), (own, (1, 1, 0, 0, 1))):
        for url in urls:
            host, _, path = url.partition("/")
            assert shell.run("feeds", "add", f"{web.at(host)}/{path}?q=x", "--home", "Dane County, WI").status == 0
        tally = json.loads(shell.run("poll", "--json").out)
        names = ("feeds", "new_items", "new_articles", "failed_pages", "read")
        assert tuple(tally[name] for name in names) == told, "read again with the home that the outlet's own feed tells"
    entries = {str(one["searches"]): one["entries"] for one in listed(shell)}
    assert entries[""] == entries["Bing News"] == len(json.loads(shell.run("export").out)) > 0
    assert entries["Google News"] == 0
    google = shell.run("feeds", "show", f"{web.at('news.google.com')}/rss/search?q=x").out
    assert "5 items lead only to Google's own page" in google
    checked = json.loads(shell.run("feeds", "check", "--json", f"{web.at('news.google.com')}/rss/search?q=x").out)
    assert "5 items lead only to Google's own page" in checked["says"]

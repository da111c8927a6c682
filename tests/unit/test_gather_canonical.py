"""One address for one article."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.gather.canonical import canonical_address, is_tracking, leads_to_google, siblings, tracking_parameters

OLD_GOOGLE = "CBMiE2h0dHBzOi8vYS5leGFtcGxlL3jSAQA"
WITH_AMP = "CBMiE2h0dHBzOi8vYS5leGFtcGxlL3jSARdodHRwczovL2EuZXhhbXBsZS94L2FtcA"
NEW_GOOGLE = "CBMiQkFVX3lxTE5xSjd4WjBkM2Y5UW1LMnZCOHdUNGhSNm5TMWNQNWdMcUo3eFowZDNmOVFtSzJ2Qjh3VDRoUjZuUzFj"
SAME = [
    ("letter case of scheme and host", "HTTPS://News.Example/Story?ID=1", "https://news.example/Story?ID=1"),
    ("the default port", "https://a.example:443/x", "https://a.example/x"),
    ("the default port of http", "http://a.example:80/x", "http://a.example/x"),
    ("another port stays", "http://a.example:8080/x", "http://a.example:8080/x"),
    ("a fragment", "https://a.example/x#comments", "https://a.example/x"),
    ("an empty path", "https://a.example", "https://a.example/"),
    ("an empty query", "https://a.example/x?", "https://a.example/x"),
    (
        "tracking parameters",
        "https://a.example/x?utm_source=rss&id=7&UTM_medium=x&fbclid=1&gclid=2",
        "https://a.example/x?id=7",
    ),
    ("the order of the others stays", "https://a.example/x?b=2&a=1&b=1", "https://a.example/x?b=2&a=1&b=1"),
    (
        "a parameter that only looks like one stays",
        "https://a.example/x?reference=7",
        "https://a.example/x?reference=7",
    ),
    ("a user name and password", "https://me:secret@a.example/x", "https://a.example/x"),
    ("AMP by path", "https://a.example/2019/story/amp/", "https://a.example/2019/story"),
    ("AMP by parameter", "https://a.example/2019/story?outputType=amp", "https://a.example/2019/story"),
    ("a section named amp stays", "https://a.example/amp/", "https://a.example/amp/"),
    ("a word that ends in amp stays", "https://a.example/summer-camp", "https://a.example/summer-camp"),
    ("needless escapes", "https://a.example/%7Ejoe/caf%c3%a9", "https://a.example/~joe/caf%C3%A9"),
    ("letters of other scripts", "https://a.example/café?q=niño 1", "https://a.example/caf%C3%A9?q=ni%C3%B1o%201"),
    ("a closing slash stays", "https://a.example/x/", "https://a.example/x/"),
    ("the host's other names stay", "https://m.a.example/x", "https://m.a.example/x"),
    ("a dot after the host", "https://a.example./x", "https://a.example/x"),
    ("a host in another script", "https://bücher.example/x", "https://xn--bcher-kva.example/x"),
    ("an IPv6 host", "http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
    ("spaces around", "  https://a.example/x\n", "https://a.example/x"),
    (
        "an alert's wrapper",
        "https://www.google.com/url?rct=j&sa=t&url=https://a.example/x%3Fid%3D1&ct=ga",
        "https://a.example/x?id=1",
    ),
    (
        "a search's wrapper (Bing)",
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=6a&url=https%3a%2f%2fa.example%2fx%3fid%3d1&c=1",
        "https://a.example/x?id=1",
    ),
    (
        "a search's wrapper with nothing inside",
        "https://www.bing.com/news/apiclick.aspx?c=1",
        "https://www.bing.com/news/apiclick.aspx?c=1",
    ),
    (
        "a wrapper in a wrapper",
        "https://www.google.com/url?url=http%3A%2F%2Fwww.bing.com%2Fnews%2Fapiclick.aspx%3Furl%3Dhttps%253a%252f%252fa.example%252fx",
        "https://a.example/x",
    ),
    (
        "what stands inside is escaped as an address is, and loses its fragment",
        "https://www.bing.com/news/apiclick.aspx?c=1&url=https%3a%2f%2fa.example%2fcaf%c3%a9%3fq%3d1%202%23top&mkt=en-us",
        "https://a.example/caf%C3%A9?q=1%202",
    ),
    ("Google News, as it was", f"https://news.google.com/rss/articles/{OLD_GOOGLE}?oc=5", "https://a.example/x"),
    ("the same with its AMP form", f"https://news.google.com/articles/{WITH_AMP}?hl=en-US", "https://a.example/x"),
    (
        "Google News, as it is: one address for one number",
        f"https://news.google.com/read/{NEW_GOOGLE}?hl=en-US&gl=US&ceid=US%3Aen",
        f"https://news.google.com/rss/articles/{NEW_GOOGLE}",
    ),
    (
        "a number that breaks off",
        "https://news.google.com/rss/articles/CBMiZWh0dHBz",
        "https://news.google.com/rss/articles/CBMiZWh0dHBz",
    ),
    ("another page of Google News", "https://news.google.com/topics/abc?x=1", "https://news.google.com/topics/abc?x=1"),
    ("an AMP cache", "https://www.google.com/amp/s/a.example/x/amp/?amp=1", "https://a.example/x"),
    ("an AMP cache of a page on http", "https://a-example.cdn.ampproject.org/c/a.example/x", "http://a.example/x"),
    ("an alert's wrapper with nothing inside", "https://www.google.com/url?sa=t", "https://www.google.com/url?sa=t"),
]


@pytest.mark.parametrize(("url", "expected"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_what_does_not_matter_goes_and_what_may_matter_stays(url: str, expected: str) -> None:
    assert canonical_address(url) == expected


@pytest.mark.parametrize(
    "url", ["", "story", "mailto:a@b.example", "http://[::1", "http://a.example:port/", "http:///x", "urn:x"]
)
def test_what_is_no_web_address_comes_back_as_it_is(url: str) -> None:
    assert canonical_address(url) == url


SIBLINGS = [
    ("http and https", "http://a.example/x?id=1", "https://a.example/x?id=1"),
    ("with and without www", "https://www.a.example/x", "https://a.example/x"),
    ("the host for telephones", "https://m.a.example/x", "http://www.a.example/x"),
    ("the host for AMP", "https://amp.a.example/x", "https://www.a.example/x"),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in SIBLINGS], ids=[case[0] for case in SIBLINGS])
def test_addresses_under_which_one_article_may_be_stored(one: str, other: str) -> None:
    assert siblings(one)[0] == one
    assert other in siblings(one)
    assert one in siblings(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://b.a.example/x"),
        ("https://a.example/x", "https://a.example/x/"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://www.example/x", "https://example/x"),
        ("http://a.example:8080/x", "https://a.example/x"),
        ("http://127.0.0.1/x", "https://www.127.0.0.1/x"),
        ("https://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
        ("http://[bad/", "https://[bad/"),
    ],
)
def test_what_may_be_another_article_is_no_sibling(one: str, other: str) -> None:
    assert other not in siblings(one)


@pytest.mark.parametrize(
    ("url", "closed"),
    [
        (f"https://news.google.com/rss/articles/{NEW_GOOGLE}", True),
        ("https://consent.google.com/ml?continue=https://news.google.com/", True),
        ("https://www.google.com/", False),
        ("https://news.google.com.evil.example/rss/articles/x", False),
        ("https://a.example/news.google.com/", False),
        ("http://[", False),
    ],
)
def test_googles_own_pages_are_known(url: str, closed: bool) -> None:
    assert leads_to_google(url) is closed


def test_every_listed_parameter_is_dropped_in_any_letter_case() -> None:
    names, patterns = tracking_parameters()
    assert {"fbclid", "gclid"} <= names
    assert "utm_*" in patterns
    for name in [*names, *(pattern.replace("*", "x") for pattern in patterns)]:
        assert is_tracking(name), name
        assert is_tracking(name.upper()), name
        assert name == name.lower(), f"{name} must be listed in lower case"


@given(st.one_of(st.text(max_size=60), st.builds("https://a.example/{}?{}#{}".format, st.text(), st.text(), st.text())))
@example("https://www.google.com/url?url=https://www.google.com/url%3Furl%3Dhttps://a.example/")
@example("https://a.example/x/amp/amp")
@example(f"https://news.google.com/rss/articles/{OLD_GOOGLE}")
@example("https://www.google.com/amp/s/www.google.com/amp/s/www.google.com/amp/s/a.example/x?ñ")
@example("https://www.google.com/amp/s/" * 300 + "a.example/x")
@example("http://a..example/")
@example("HTTP://0/\x0c#")
@example("http://ⅷ.example/")
@example("http://" + "ü" * 80 + ".example/")
def test_it_never_fails_and_a_second_time_changes_nothing(url: str) -> None:
    once = canonical_address(url)
    assert canonical_address(once) == once

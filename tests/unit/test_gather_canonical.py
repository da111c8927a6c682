"""One address for one article."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.gather.canonical import canonical_address, is_tracking, tracking_parameters

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
@example("http://a..example/")
@example("HTTP://0/\x0c#")
@example("http://ⅷ.example/")
@example("http://" + "ü" * 80 + ".example/")
def test_it_never_fails_and_a_second_time_changes_nothing(url: str) -> None:
    once = canonical_address(url)
    assert canonical_address(once) == once

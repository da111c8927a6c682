"""Bytes to text, HTML to paragraphs, dates to moments, states to zones."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.gather.days import STATES_OF_ZONE, zone_of
from tracker.gather.text.charset import to_text
from tracker.gather.text.moments import is_day, local_day, moment, noon
from tracker.gather.text.plain import one_line, plain_text, without_noise

CAFE = "café – niño"


@pytest.mark.parametrize(
    ("what", "body", "content_type"),
    [
        ("UTF-8 undeclared", CAFE.encode(), ""),
        ("UTF-8 called Latin-1 by the server", CAFE.encode(), "text/xml; charset=ISO-8859-1"),
        ("UTF-8 called Latin-1 by the page", b"<meta charset=latin1>" + CAFE.encode(), ""),
        ("UTF-8 with a mark", b"\xef\xbb\xbf" + CAFE.encode(), "text/xml; charset=latin1"),
        ("Windows-1252 undeclared", CAFE.encode("cp1252"), ""),
        ("Windows-1252 called Latin-1", CAFE.encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("Windows-1252 called ASCII", CAFE.encode("cp1252"), "text/xml; charset=us-ascii"),
        ("Windows-1252 called UTF-8", CAFE.encode("cp1252"), "text/html; charset=utf-8"),
        ("an encoding nobody knows", CAFE.encode("cp1252"), 'text/html; charset="no-such-thing"'),
        ("a codec that is no text encoding", CAFE.encode("cp1252"), "text/html; charset=zip"),
        ("Mac Roman, declared", CAFE.encode("mac-roman"), "text/html; charset=macintosh"),
        ("UTF-16 with a mark", CAFE.encode("utf-16"), ""),
        ("UTF-16 without a mark", ("<" + CAFE).encode("utf-16-le"), ""),
        ("UTF-32", CAFE.encode("utf-32"), ""),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value and "/" not in value else "",
)
def test_text_is_decoded_whatever_is_declared(what: str, body: bytes, content_type: str) -> None:
    assert to_text(body, content_type).endswith(CAFE)


def test_one_bad_byte_costs_one_character() -> None:
    assert to_text(CAFE.encode() + b"\xff!") == CAFE + "\ufffd!"


def test_characters_that_no_document_may_hold_are_dropped() -> None:
    assert to_text(b"a\x00b\x08c\xef\xbf\xbfd\te\n") == "abcd\te\n"


@given(st.binary(max_size=200), st.text(max_size=40))
def test_decoding_never_fails(body: bytes, content_type: str) -> None:
    assert "\x00" not in to_text(body, f"text/html; charset={content_type}")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Plain words.", "Plain words."),
        ("One\nline.\n\nTwo   spaces.", "One line.\n\nTwo spaces."),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br>Still one.<br><br>Two.", "One. Still one.\n\nTwo."),
        ("One.<br/> <br/>Two.", "One.\n\nTwo."),
        ("<p>A <b>bold</b>ly<i> told</i> tale</p>tail", "A boldly told tale\n\ntail"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("<div><div>One<div>Two</div>Three</div></div>", "One\n\nTwo\n\nThree"),
        ("AT&amp;T &lt;b&gt; caf&eacute; &#8220;x&#8221;&nbsp;y", "AT&T <b> café “x” y"),
        ("a<script>alert('x')</script>b<style>p{}</style>c<!-- no -->d", "abcd"),
        ("<figure><img><figcaption>A hall</figcaption></figure><p>Text</p>", "Text"),
        ("<noscript><p>enable</p></noscript>yes", "yes"),
        ("<p>unclosed <b>tags", "unclosed tags"),
        ("</div></p>closed too often", "closed too often"),
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"),
        ("<![CDATA[kept?]]>text", "text"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_html_becomes_paragraphs(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_deep_nesting_is_no_trouble() -> None:
    assert "deep" in plain_text("<b>" * 200 + "deep" + "</b>" * 200)
    assert isinstance(plain_text("<div>" * 50_000 + "deep"), str)


@given(st.text(max_size=200))
def test_any_text_becomes_paragraphs_without_stray_space(markup: str) -> None:
    for part in plain_text(markup).split("\n\n"):
        assert part == part.strip()
        assert "\n" not in part


def test_a_title_is_one_line() -> None:
    assert one_line("<p>Board</p>\n <b>votes</b> ") == "Board votes"


def test_lines_that_are_no_article_go_and_so_does_the_repeated_headline() -> None:
    noise = ["Advertisement", "Story continues below ad", "The post Board votes appeared first on The Bugle."]
    text = "\n\n".join(["BOARD VOTES!", "The board voted.", *noise])
    assert without_noise(text, "Board votes") == "The board voted."
    assert without_noise("Board votes", "Board votes") == "Board votes"
    assert without_noise("Advertisement rules changed Monday.") == "Advertisement rules changed Monday."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 04 Jul 2017 21:15:00 -0500", "2017-07-04T21:15:00-05:00"),
        ("Tue, 04 Jul 2017 21:15:00 CDT", "2017-07-04T21:15:00-05:00"),
        ("2017-07-04T21:15:00Z", "2017-07-04T21:15:00+00:00"),
        ("2017-07-04T21:15:00.123456789-05:00", "2017-07-04T21:15:00.123456-05:00"),
        ("2017-07-04 21:15:00 -0500", "2017-07-04T21:15:00-05:00"),
        ("20170704T211500Z", "2017-07-04T21:15:00+00:00"),
        ("2017-07-04", "2017-07-04T12:00:00+00:00"),
        ("Tue, 04 Jul 2017 00:00:00 GMT", "2017-07-04T12:00:00+00:00"),
        ("2017-07-04T00:00:00-05:00", "2017-07-04T00:00:00-05:00"),
        ("July 4, 2017", "2017-07-04T12:00:00+00:00"),
        ("Sept. 4th, 2017 at noon", "2017-09-04T12:00:00+00:00"),
        ("2017-02-30", None),
        ("Feb 30, 2017", None),
        ("13/45/2017", None),
        ("1969-12-31T23:59:59Z", None),
        ("9999-12-31", None),
        ("", None),
        (None, None),
        ("x" * 10_000, None),
    ],
)
def test_dates_become_moments_that_keep_their_day(text: str | None, expected: str | None) -> None:
    found = moment(text)
    assert (found and found.isoformat()) == expected


@given(
    st.one_of(st.text(max_size=90), st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} Jul \d{1,5} \d\d:\d\d:\d\d [+-]?\w{1,5}"))
)
def test_any_text_is_a_moment_with_a_zone_or_none(text: str) -> None:
    found = moment(text)
    assert found is None or found.tzinfo is not None


CHICAGO, HONOLULU, GUAM = ZoneInfo("America/Chicago"), ZoneInfo("Pacific/Honolulu"), ZoneInfo("Pacific/Guam")


def test_a_story_of_the_evening_ran_on_its_own_day() -> None:
    in_utc = datetime(2017, 7, 5, 2, 15, tzinfo=UTC)
    assert local_day(in_utc, CHICAGO) == date(2017, 7, 4)
    in_chicago = moment("2017-07-04T21:15:00-05:00")
    assert in_chicago is not None
    assert local_day(in_chicago, CHICAGO) == date(2017, 7, 4)


@pytest.mark.parametrize("zone", [CHICAGO, HONOLULU, GUAM])
def test_noon_stands_for_the_same_day_in_every_american_zone(zone: ZoneInfo) -> None:
    assert local_day(noon(date(2017, 7, 4)), zone) == date(2017, 7, 4)
    assert is_day(noon(date(2017, 7, 4)))


@pytest.mark.parametrize(
    ("home", "zone"),
    [
        ("Milwaukee, WI", "America/Chicago"),
        ("ocd-division/country:us/state:wi/place:milwaukee", "America/Chicago"),
        ("ocd-division/country:us/district:dc", "America/New_York"),
        ("ocd-division/country:us/territory:pr", "America/Puerto_Rico"),
        ("Portland, or", "America/Los_Angeles"),
        ("ocd-division/country:us/state:tx/place:el_paso", "America/Denver"),
        ("ocd-division/country:us/state:fl/county:escambia", "America/Chicago"),
        ("ocd-division/country:us/state:in/place:vincennes", "America/New_York"),
        ("Wisconsin", "America/New_York"),
        ("", "America/New_York"),
        (None, "America/New_York"),
    ],
)
def test_a_home_has_a_zone(home: str | None, zone: str) -> None:
    assert zone_of(home).key == zone


def test_every_state_has_one_zone() -> None:
    states = " ".join(STATES_OF_ZONE.values()).split()
    assert len(states) == len(set(states)) == 51 + 5
    for zone in STATES_OF_ZONE:
        ZoneInfo(zone)

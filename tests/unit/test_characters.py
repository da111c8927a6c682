"""The one rule of characters: what steers, turns or hides goes; what people write stays."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.json_lines import to_json
from jobs.terminal.console import one_line
from tracker.characters import escaped, in_address, taken_in, visible, without_controls
from tracker.gather.feeds.opml import read_opml
from tracker.gather.feeds.parser import parse_feed
from tracker.gather.pages.extraction import extract_article
from tracker.gather.text.plain import one_line as title_line
from tracker.gather.text.plain import plain_text

NASTY = "\x1b]0;pwned\x07\x9b2J\u202egnp.\u2066x\u200b\ufeff\u00ad\ud800\U000e0041"
"""A terminal's title, a bell, a cleared screen, a turned line, and what hides."""
STEERING = {chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, 0x2028, 0x2029)} - {"\n"}
STEERING |= {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000))}


def steering(text: str) -> set[str]:
    return STEERING & set(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Council bans\x1b[31m fees\x07", "Council bans[31m fees"),
        ("safe\u202egnp.exe\u202c", "safegnp.exe"),
        ("Mil\u00adwau\u200bkee\ufeff", "Milwaukee"),
        ("one\r\ntwo\rthree\x0bfour\u2028five\x85", "one\ntwo\nthree\nfour\nfive\n"),
        ("half \ud83d a pair \ufffe", "half  a pair "),
        ("tab\tstays", "tab\tstays"),
        ("\u200fשלום עולם\u200e مرحبا", "שלום עולם مرحبا"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧 café – “x” №5", "👨\u200d👩\u200d👧 café – “x” №5"),
    ],
)
def test_what_cannot_be_seen_goes_and_what_people_write_stays(text: str, kept: str) -> None:
    assert visible(text) == kept


def test_quotes_of_windows_that_came_as_controls_are_mended_where_texts_come_in() -> None:
    assert taken_in("O\x92Neil\x85 \x93yes\x94 \x96 no") == "O’Neil… “yes” – no"
    assert visible("O\x92Neil") == "ONeil"


@given(st.text())
def test_nothing_that_steers_is_left_and_twice_is_as_once(text: str) -> None:
    for rule in (visible, taken_in):
        assert not steering(rule(text)) - {"\t"}
        assert visible(rule(text)) == rule(text)
    assert "\n" not in one_line(text)
    assert not steering(one_line(text))
    assert without_controls(without_controls(text)) == without_controls(text)


@given(st.text(), st.text())
def test_json_says_the_same_and_steers_nothing(name: str, text: str) -> None:
    line = to_json({name: text})
    assert not steering(line)
    assert "\n" not in line
    assert json.loads(line) == json.loads(json.dumps({name: text}))
    assert escaped("{}\n") == "{}\n"


def test_an_address_keeps_what_cannot_be_seen_as_percent_signs() -> None:
    assert in_address("https://a.example/b\u202ec\x1b[2J?q=\ud800é") == "https://a.example/b%E2%80%AEc%1B[2J?q=%3Fé"


def test_the_texts_of_a_feed_come_in_without_them() -> None:
    references = "&#x1b;[31m &#8238;gnp &#x9b;2J O&#146;Neil &#x200b;"
    for cdata in (NASTY.replace("\ud800", ""), references):
        feed = f"""<rss version="2.0"><channel><title>The {cdata} Bugle</title><link>https://b.example/\u202e</link>
        <item><title>Council {cdata} votes</title><link>https://b.example/a\u202eb\x1b</link><guid>1</guid>
        <description>It {cdata} voted.</description></item></channel></rss>"""
        found = parse_feed(feed.encode(), "https://b.example/feed")
        (item,) = found.items
        for text in (found.title, found.site, item.title, item.summary, item.url):
            assert not steering(text), text
            assert visible(text) == text
        assert item.url.startswith("https://b.example/a%E2%80%AEb")
    assert "O’Neil" in item.title


def test_the_texts_of_a_json_feed_come_in_without_them() -> None:
    item = {"id": "1", "url": "https://b.example/a\x1bb", "title": NASTY + "Vote", "content_text": f"It {NASTY} voted."}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": NASTY + "Bugle", "items": [item]}
    found = parse_feed(json.dumps(feed).encode(), "https://b.example/feed.json")
    for text in (found.title, found.items[0].title, found.items[0].content, found.items[0].url):
        assert visible(text) == text
    assert found.items[0].url == "https://b.example/a%1Bb"


def test_the_texts_of_a_page_come_in_without_them() -> None:
    hidden = "&#8238;&#x9b;2J&#173;\u200b\u202e"
    told = f"The council {hidden}voted 6-1 on Tuesday to end the practice, and O&#146;Neil agreed with the chief."
    head = f'<title>Vote{hidden}</title><meta property="og:site_name" content="Bu\u202egle\x9b">'
    paragraphs = "".join(f"<p>{number}. {told}</p>" for number in range(5))
    page = f"<html><head>{head}</head><body><article><h1>Vote{hidden}</h1>{paragraphs}</article></body></html>"
    found = extract_article(page.encode(), "https://b.example/1", "text/html")
    assert "The council ›2Jvoted" in found.text
    assert "O’Neil agreed" in found.text
    for text in (found.title, found.text, found.publisher):
        assert visible(text) == text


def test_a_text_without_markup_loses_them_too() -> None:
    assert plain_text("One\x1b[31m.\n\nTwo\u202e.") == "One[31m.\n\nTwo."
    assert title_line("O\x92Neil\u2028 won\x07") == "O’Neil won"


def test_names_and_addresses_of_a_subscription_list_come_in_without_them() -> None:
    listed = """<opml version="2.0"><body><outline type="rss" text="Bu&#8238;gle&#x9b;2J" xmlUrl="https://b.example/&#8238;f"
        htmlUrl="https://b.example/&#x200b;" home="Madison,&#x202e; WI"/></body></opml>"""
    (feed,) = read_opml(listed.encode())
    assert (feed.title, feed.url) == ("Bugle›2J", "https://b.example/%E2%80%AEf")
    assert (feed.site, feed.home) == ("https://b.example/%E2%80%8B", "Madison, WI")

"""Whatever stands in an article, the reader answers: no exception, exact offsets, in reasonable time."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import article, reader

from tracker.model import Article, Reading
from tracker.read.screen import screen

CHANGE = "The Dayton City Commission voted 5-2 Tuesday to ban tents in city parks."
MEGABYTE = 1_000_000
LONGEST_SENTENCE = 5_000
"""Characters; the longest real sentence of the labelled articles has a tenth of it."""
SLOWEST_S = 30.0
"""A megabyte of news-like text; a machine under load is slow, a loop without end is not over by then."""

TEXTS = {
    "nothing": "",
    "white space": " \n\t\u00a0\u2028 ",
    "NUL bytes": CHANGE.replace(" ", "\x00 "),
    "control characters": "\x01\x02\x1b[31m" + CHANGE + "\x7f",
    "only quotation marks": "\"“”''’‘" * 200,
    "a quotation that never ends": "“" + CHANGE * 20,
    "emoji": f"🎪⛺ {CHANGE} 👩‍👩‍👧‍👦 banned 🚫⛺",
    "right to left": f"\u202e{CHANGE}\u202c صوت المجلس يوم الثلاثاء. {CHANGE}",
    "combining marks": "T\u0301h\u0308e\u0323 council " + "a" + "\u0301" * 500 + " " + CHANGE,
    "HTML": f"<p>{CHANGE}</p><script>alert('council adopts ordinance')</script><p>&amp;&#0;</p>",
    "JSON": '{"text": "' + CHANGE + '"}',
    "capitals": CHANGE.upper(),
    "no capitals": CHANGE.lower(),
    "no spaces": CHANGE.replace(" ", ""),
    "one word a line": CHANGE.replace(" ", "\n"),
    "full width": "Ｔｈｅ Ｃｏｕｎｃｉｌ ａｄｏｐｔｅｄ ｔｈｅ ｏｒｄｉｎａｎｃｅ．",
    "only numbers": "1 " * 2000,
    "only stops": "." * 5000,
    "only dashes": "— " * 5000,
    "only capitals and stops": "U.S. " * 2000,
    "only dates": "Tuesday, May 9, 2023. " * 500,
    "impossible dates": "The council adopted the ordinance on Feb. 30, 0000 and on May 99, 99999.",
    "only places": "Dayton, Ohio, Springfield, Ill., " * 500,
    "only bodies": "The council, the council's council of the City of Council council. " * 200,
    "brackets": "(" * 800 + CHANGE + ")" * 800,
    "a word of 100,000 letters": "council" + "a" * 100_000 + " adopted the ordinance.",
}


def sound(each: Article, reading: Reading) -> bool:
    """The promises that hold for any text."""
    exact = all(each.text[f.start : f.end] == f.quote for f in reading.findings)
    return exact and sum(f.primary for f in reading.findings) == int(reading.is_change)


@pytest.mark.parametrize("name", TEXTS)
def test_an_odd_text_is_read(name: str) -> None:
    each = article(TEXTS[name])
    assert sound(each, reader().read(each))


@pytest.mark.parametrize("name", TEXTS)
def test_an_odd_title_is_read(name: str) -> None:
    each = article(CHANGE, title=TEXTS[name])
    assert sound(each, reader().read(each))


@pytest.mark.parametrize(
    "home", ["", "Dayton", "Nowhere, ZZ", "ocd-division/country:us/state:zz", "🎪", "Paris, France"]
)
def test_an_odd_home_is_no_reason_to_fail(home: str) -> None:
    each = article(CHANGE, home=home)
    assert sound(each, reader().read(each))


@pytest.mark.parametrize("published", [date(1000, 1, 1), date(2024, 2, 29), date.max])
def test_any_day_of_publication_will_do(published: date) -> None:
    each = article(f"{CHANGE} The ban takes effect next month. It was adopted last year.", published=published)
    assert sound(each, reader().read(each))


def test_half_of_an_emoji_is_read() -> None:
    each = article(f"\ud83d {CHANGE} \udc00")
    assert sound(each, reader().read(each))


def test_offsets_are_those_of_the_text_that_was_given() -> None:
    given = f"\x00\ud83d\x00 {CHANGE}"
    assert article(given).text.index(CHANGE) == given.index(CHANGE)


@pytest.mark.xfail(strict=False, reason="dates before the year 1000 are not EDTF; the finding could go without a date")
def test_a_day_before_the_year_1000_is_no_reason_to_fail() -> None:
    each = article(CHANGE, published=date.min)
    assert sound(each, reader().read(each))


@pytest.mark.xfail(strict=False, reason="no limit: the tokenizer is quadratic in a word, the parser refuses a megabyte")
@pytest.mark.parametrize(
    "text", ["The council adopted the ordinance and " * 27_000, "The council adopted the ordinance " + "(" * MEGABYTE]
)
def test_no_sentence_without_end_is_parsed(text: str) -> None:
    assert all(len(sentence.text) <= LONGEST_SENTENCE for sentence in screen(article(text)).sentences)


@pytest.mark.slow
@pytest.mark.parametrize("paragraph", [CHANGE, "The Lions won 58-55 on Friday.", "a ", "council ", "\n"])
def test_a_megabyte_is_read_in_reasonable_time(paragraph: str) -> None:
    each = article((paragraph + "\n\n") * (MEGABYTE // (len(paragraph) + 2)))
    start = time.process_time()
    assert sound(each, reader().read(each))
    assert time.process_time() - start < SLOWEST_S


ODD = st.text(max_size=400)
PIECES = st.sampled_from(
    [
        "The Dayton City Commission",
        "Dane County's sheriff",
        "it",
        "“We",
        "”",
        " voted 5-2",
        " adopted",
        " did not repeal",
        " will end",
        " to ban tents",
        " the ordinance",
        " the 287(g) agreement",
        " Tuesday",
        " July 1",
        " in 2019",
        " last month",
        " of",
        " that",
        ", which",
        " takes effect",
        ".",
        ". ",
        "\n\n",
        " — ",
        "🎪",
        "\u200b",
    ]
)
NEWSLIKE = st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=60)
@given(ODD, st.one_of(ODD, NEWSLIKE), st.dates(min_value=date(1000, 1, 1)))
def test_any_text_is_read(title: str, text: str, published: date) -> None:
    each = article(text, title, published)
    assert sound(each, reader().read(each))


@settings(max_examples=60)
@given(NEWSLIKE, NEWSLIKE)
def test_any_order_of_words_of_news_is_read(title: str, text: str) -> None:
    each = article(text, title)
    assert sound(each, reader().read(each))

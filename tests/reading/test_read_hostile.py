"""Whatever stands in an article, the reader answers: no exception, exact offsets, in reasonable time."""

import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.articles.hostile import ENDLESS, in_text, in_title
from support.articles.reader import article, reader, seen
from tracker.model import Article, Reading
from tracker.read.encoder.rows import LONGEST_HEAD, LONGEST_ROW, MOST_PARTS, tokens, whole
from tracker.read.encoder.small_look import MOST_ASKED, Encoder, tokenizer
from tracker.read.mentions import MOST
from tracker.read.reader import Reader
from tracker.read.text.document import LONGEST_TEXT, document
from tracker.read.text.sentences import LONGEST_SENTENCE, split_sentences

CHANGE = "The Dayton City Commission voted 5-2 Tuesday to ban tents in city parks."
MEGABYTE = 1_000_000
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
    "white space of every kind": CHANGE.replace(" ", " \u00a0\t\r\n\u2028\u3000\u200b"),
    "marks within words": CHANGE.replace("o", "o\u00ad\u200b\u200d\ufeff"),
    "a state across a paragraph's end": f"{CHANGE[:-1]} of North\n\nCarolina and New\r\nMexico.",
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


@pytest.mark.parametrize("published", [date(999, 12, 31), date(1000, 1, 1), date(2024, 2, 29), date.max])
def test_any_day_of_publication_will_do(published: date) -> None:
    each = article(f"{CHANGE} The ban takes effect next month. It was adopted last year.", published=published)
    assert sound(each, reader().read(each))


def test_half_of_an_emoji_is_read() -> None:
    each = article(f"\ud83d {CHANGE} \udc00")
    assert sound(each, reader().read(each))


def test_offsets_are_those_of_the_text_that_was_given() -> None:
    given = f"\x00\ud83d\x00 {CHANGE}"
    assert article(given).text.index(CHANGE) == given.index(CHANGE)


def test_a_day_before_the_year_1000_is_no_reason_to_fail() -> None:
    each = article(CHANGE, published=date.min)
    reading = reader().read(each)
    assert sound(each, reading)
    assert {finding.date for finding in reading.findings} <= {None}, "EDTF has no such years"


@pytest.mark.parametrize(
    "text", ["The council adopted the ordinance and " * 27_000, "The council adopted the ordinance " + "(" * MEGABYTE]
)
def test_no_sentence_is_without_end(text: str) -> None:
    sentences = split_sentences(document(article(text)).read.text)
    assert all(len(sentence.text) <= LONGEST_SENTENCE for sentence in sentences)


FEW = ("acts, places and dates", "paragraphs", "one word", "numbers of ordinances", "places in a row")


@pytest.mark.parametrize("name", FEW)
def test_the_work_of_an_article_is_bounded(name: str) -> None:
    whole_article, found = seen(in_text(article, ENDLESS[name], 10 * LONGEST_TEXT))
    assert max(map(len, (found.dates, found.places, found.bodies, found.instruments))) <= MOST
    rows = whole(tokens(whole_article, found, tokenizer()))
    assert max(len(row.ids) for row in rows) <= LONGEST_ROW
    assert len(rows) < LONGEST_TEXT / (LONGEST_ROW - LONGEST_HEAD) + 2
    assert whole_article.text.left_out > 0


def test_a_round_up_without_end_is_asked_about_so_many_sentences() -> None:
    steps = Encoder().score(*seen(in_text(article, ENDLESS["sentences"], 4_000))).steps
    assert len(steps) <= MOST_ASKED * MOST_PARTS


def test_what_was_left_out_is_said_of_a_change_and_of_none() -> None:
    for text in (CHANGE, "The Lions won 58-55 on Friday."):
        reading = reader().read(article(f"{text} {'A' * 10_000} {text}"))
        assert reading.reason.endswith(" (10,000 characters of the text were left out)")


FORGETFUL = Reader(big_look=False)
"""Reads as if for the first time what was read before."""


def seconds(each: Article) -> float:
    """Processor time that reading takes; at least so much that chance says nothing."""
    start = time.process_time()
    assert sound(each, FORGETFUL.read(each))
    return max(LEAST_S, time.process_time() - start)


LEAST_S = 0.1
LONGER, LONGER_TIMES = 8, 24
"""Eight times the text may take three times eight the time: no more than chance, where the square would be 64."""
GROWING = {
    "acts and dates in one sentence": 1_500,
    "places in a row": 1_500,
    "brackets": 12_500,
}
"""What grows, and from how many characters on."""


@pytest.mark.long
@pytest.mark.parametrize(("name", "characters"), GROWING.items())
def test_the_time_grows_with_the_length(name: str, characters: int) -> None:
    FORGETFUL.read(in_text(article, ENDLESS[name], characters))
    short, longer = (seconds(in_text(article, ENDLESS[name], characters * times)) for times in (1, LONGER))
    assert longer < LONGER_TIMES * short


@pytest.mark.long
@pytest.mark.parametrize("where", [in_text, in_title])
@pytest.mark.parametrize("name", ENDLESS)
def test_the_time_grows_with_the_length_of_whatever_grows(name: str, where: Callable[..., Article]) -> None:
    sizes = (12_500, 50_000, 200_000, 2_000_000)
    times = [seconds(where(article, ENDLESS[name], size)) for size in sizes]
    assert all(more < 8 * less for less, more in pairwise(times)), times
    assert times[-1] < SLOWEST_S


@pytest.mark.long
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


@settings(max_examples=25)
@given(ODD, st.one_of(ODD, NEWSLIKE), st.dates())
def test_any_text_is_read(title: str, text: str, published: date) -> None:
    each = article(text, title, published)
    assert sound(each, reader().read(each))


@settings(max_examples=25)
@given(NEWSLIKE, NEWSLIKE)
def test_any_order_of_words_of_news_is_read(title: str, text: str) -> None:
    each = article(text, title)
    assert sound(each, reader().read(each))

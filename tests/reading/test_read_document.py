"""The reader's door: white space of every kind is one space, nothing is too long, every quote stands in the text."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support.articles.reader import article, reader
from support.articles.reader import seen as mentioned
from support.articles.respaced import WAYS, with_odd_spaces, wrapped
from support.articles.scores import Chooser, Said
from tracker.model import Article, Finding, Reading, Stage
from tracker.read.reader import Reader
from tracker.read.text.document import LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORD, document, view

EVAL = Path(__file__).parents[1] / "eval"
SAMPLED = slice(None, None, 640)
"""Of every file some: enough of all forms, and quick."""
ADOPTED = Said(1, Stage.ADOPTED)
CHANGE = "The Dayton City Commission voted 5-2 Tuesday to ban tents in city parks."


@cache
def labelled() -> list[dict[str, Any]]:
    """All labelled articles; megabytes, for which only who runs these tests waits."""
    lines = (line for path in sorted(EVAL.glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    return [record for line in lines if "text" in (record := json.loads(line))]


def looked_at() -> list[str]:
    """The texts of more of them, since looking is quicker than reading; the same ones, whatever is added. All of them
    are read by `-m long`."""
    texts = (record["text"] for record in labelled())
    return [text for text in texts if crc32(text.encode()) % 24 == 0]


def seen(given: str) -> str:
    """The text as the matchers see it."""
    return view(given, LONGEST_TEXT).text


SEEN = [
    ("a plain text", "One. Two.\n\nThree.", "One. Two.\n\nThree."),
    ("kinds of spaces", "a\u00a0b\tc \u2009 d\u3000e\x1ff", "a b c d e f"),
    ("around it", " \r\n\ufeff a \n\n", "a"),
    ("a soft hyphen", "ordi\u00adnance", "ordinance"),
    ("zero-width marks", "a\u200bb\u200cc\u200dd\u2060e\ufefff", "abcdef"),
    ("marks of direction", "\u202eabc\u202c \u2066d\u2069", "abc d"),
    ("marks beside spaces", "a\u200b \u200bb", "a b"),
    ("a line's end within a sentence", "in North\ncarolina today", "in North carolina today"),
    ("other line ends", "the\r\ncity\rand\x0bthe\u2028town\x85of\x0cit", "the city and the town of it"),
    ("blank lines", "a\n\n\nb\r\n\r\nc\n \t\nd\u2029e", "a\n\nb\n\nc\n\nd\n\ne"),
    ("a list", "They are:\n- one\n- two", "They are:\n\n- one\n\n- two"),
    ("half of an emoji", "a \ud83d b", "a \ufffd b"),
    ("nothing", "", ""),
    ("nothing to be seen", " \u200b\u00ad\n\n\u00a0 ", ""),
]


@pytest.mark.parametrize(("given", "wanted"), [case[1:] for case in SEEN], ids=[case[0] for case in SEEN])
def test_the_matchers_see(given: str, wanted: str) -> None:
    assert seen(given) == wanted


@given(st.text(alphabet=st.sampled_from("aB.- \n\r\t\u00a0\u00ad\u200b\u2028\u2029\ud800🎪"), max_size=60))
def test_whatever_is_seen_stands_in_the_text(given: str) -> None:
    found = view(given, LONGEST_TEXT)
    for at, character in enumerate(found.text):
        if not character.isspace():
            start, end = found.span(at, at + 1)
            assert given[start:end] == character or character == "\ufffd"
    assert found.text == found.text.strip()
    assert seen(found.text) == found.text or "\n\n" in found.text


@pytest.mark.parametrize("name", WAYS)
def test_labelled_texts_are_seen_alike_however_they_are_spaced(name: str) -> None:
    known = [text for text in looked_at() if "\n" not in text.replace("\n\n", "")]
    otherwise = [text for text in known if seen(WAYS[name](text)) != seen(text)]
    assert len(otherwise) <= len(known) // 100, otherwise[:1]


def test_a_text_of_one_line_a_paragraph_keeps_its_paragraphs() -> None:
    lines = ["Council bans tents", "By Ada Frey", f"{CHANGE} Nobody spoke.", "The ban takes effect July 1.", "It ends."]
    assert seen("\n".join(lines)) == "\n\n".join(lines)


def test_the_items_of_a_list_stay_apart_in_a_text_of_broken_lines() -> None:
    text = (
        "The council of the city met on Tuesday night\nand talked at length about these matters, which\nare:\n- tents\n"
    )
    assert seen(f"{text}- boats") == (
        "The council of the city met on Tuesday night and talked at length about these matters, which are:"
        "\n\n- tents\n\n- boats"
    )


def test_a_word_that_is_broken_at_its_hyphen_is_one_word() -> None:
    broken = "The five-\nmember council of Wilkes-\nBarre has two-\nand three-year plans, and an ordi\u00ad\nnance."
    assert seen(broken) == ("The five-member council of Wilkes-Barre has two- and three-year plans, and an ordinance.")


def outcome(told: Reading | Exception) -> object:
    """A reading without its offsets, its words as they are seen; of what is around and marked, which fields are."""
    if isinstance(told, Exception):
        return repr(told)
    return told.model_dump(exclude={"findings"}), [(found.said, _shown(found)) for found in told.findings]


def _shown(found: Finding) -> object:
    marked = sorted(mark.field for mark in found.marks)
    return found.model_dump(exclude={"quote", "start", "end", "before", "after", "marks"}), marked


def read_alike(records: list[dict[str, Any]], name: str) -> None:
    articles = [Article.model_validate(record) for record in records]
    respaced = [each.model_copy(update={"text": WAYS[name](each.text)}) for each in articles]
    told = list(reader().read_many(respaced))
    assert list(map(outcome, told)) == as_they_stand(tuple(articles))
    assert all(exact(each, one) for each, one in zip(respaced, told, strict=True))


@cache
def as_they_stand(articles: tuple[Article, ...]) -> list[object]:
    """The readings of articles that nobody respaced; made once."""
    return list(map(outcome, reader().read_many(articles)))


def exact(each: Article, told: Reading | Exception) -> bool:
    """Every quote is what stands between its offsets."""
    return isinstance(told, Reading) and all(each.text[f.start : f.end] == f.quote for f in told.findings)


@pytest.mark.parametrize("name", WAYS)
def test_an_article_is_read_alike_however_it_is_spaced(name: str) -> None:
    read_alike(labelled()[SAMPLED], name)


@pytest.mark.long
@pytest.mark.parametrize("name", WAYS)
def test_every_labelled_article_is_read_alike_however_it_is_spaced(name: str) -> None:
    read_alike(labelled(), name)


@st.composite
def spaced(draw: st.DrawFn) -> tuple[Article, Article]:
    """A labelled article, and the same as another program would have given it."""
    each = Article.model_validate(draw(st.sampled_from(labelled())))
    text = each.text
    if columns := draw(st.sampled_from([0, 0, *range(64, 120, 8)])):
        text = wrapped(text, columns)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    if draw(st.booleans()):
        text = with_odd_spaces(text, draw(st.integers(0, 99)))
    return each, each.model_copy(update={"text": text})


@settings(max_examples=15, deadline=None)
@given(spaced())
def test_a_reading_is_the_same_but_for_its_offsets_however_the_article_is_spaced(pair: tuple[Article, Article]) -> None:
    each, other = pair
    assume(seen(other.text) == seen(each.text))  # where lines are broken, hardly any text is seen otherwise: see above
    told = reader().read(other)
    assert outcome(told) == outcome(reader().read(each))
    assert exact(other, told)


PARTS = st.sampled_from(
    [" ", "\n", "\r\n", "\t", "\u00a0", "\u2028", " \u200b", "  ", "\n\n", "\u00ad\n", "-\n", "\x0b"]
)


@st.composite
def respaced(draw: st.DrawFn) -> Article:
    """A labelled article, wrapped and marked anywhere, and its title as well."""
    record = draw(st.sampled_from(labelled()))
    words = [*record["title"].split(" "), "", *record["text"].split(" ")]
    gaps = draw(st.lists(PARTS, min_size=8, max_size=8))
    marks = draw(st.lists(st.sampled_from(["", "", "\u00ad", "\u200b", "\ufeff"]), min_size=5, max_size=5))
    marked = [word[:2] + marks[number % 5] + word[2:] for number, word in enumerate(words)]
    joined = "".join(word + gaps[number * 7 % 8] for number, word in enumerate(marked))
    title, text = joined[: len(record["title"])], joined[len(record["title"]) :]
    return Article.model_validate(record | {"title": title, "text": text})


@settings(max_examples=15, deadline=None)
@given(respaced())
def test_a_respaced_article_is_read_and_its_quotes_stand_in_it(each: Article) -> None:
    assert exact(each, reader().read(each))


@pytest.mark.long
@settings(max_examples=1_500, deadline=None)
@given(respaced())
def test_any_respaced_article_is_read_and_its_quotes_stand_in_it(each: Article) -> None:
    assert exact(each, reader().read(each))


def told(each: Article, *said: Said) -> Reading:
    """What is told where a scorer sees these steps."""
    return Reader(scorer=Chooser(*said)).read(each)


def test_a_state_across_a_line_break_is_one_name() -> None:
    text = "After an hour of talk, the town council of Cary, North\nCarolina, voted 5-2 Tuesday to ban tents in parks."
    each = article(text, "Cary bans tents", home=None)
    assert [place.label for place in mentioned(each)[1].jurisdictions] == ["Cary, NC"]
    assert [found.quote for found in told(each, ADOPTED).findings] == [text]


def test_a_quote_that_is_proven_by_the_title_has_the_texts_own_characters() -> None:
    broken = CHANGE.replace(" to ban", "\nto ban")
    text = f"“We did it,” she said of\u00a0tents.\n{broken}\n\nThe ban\ttakes effect July 1."
    each = article(text, "Dayton City\nCommission bans\u00a0tents in parks")
    reading = told(each, Said(0, Stage.ADOPTED), Said(2, Stage.ADOPTED, odds=-9.0))
    assert exact(each, reading)
    assert [("\n" in found.quote, found.said) for found in reading.findings] == [(True, CHANGE)]


def test_a_long_title_is_read_in_its_first_part_and_the_reading_says_so() -> None:
    title = "Dayton bans tents " * (5_000_000 // 18)
    reading = told(article(CHANGE, title), ADOPTED)
    assert reading.is_change
    assert "characters of the title were left out" in reading.reason
    assert len(document(article("", title)).read.title) <= LONGEST_TITLE


def test_a_long_text_is_read_in_its_first_part_and_the_reading_says_so() -> None:
    reading = told(article(f"{CHANGE}\n\n" + "Nothing else happened. " * 10_000), ADOPTED)
    assert reading.is_change
    assert reading.reason.endswith(" characters of the text were left out)")
    assert "left out" not in told(article(CHANGE + " " * 2 * LONGEST_TEXT), ADOPTED).reason


def test_a_word_without_end_is_left_out_of_a_quote() -> None:
    reading = told(article(f"{CHANGE} {'A' * 10 * LONGEST_WORD} {CHANGE}"), ADOPTED)
    assert {found.quote for found in reading.findings} == {CHANGE}
    assert f"{10 * LONGEST_WORD:,} characters of the text were left out" in reading.reason

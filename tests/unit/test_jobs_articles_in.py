"""JSON lines in: whatever stands in a line, it becomes an article or a bad line that says why."""

import io
import json
import os

import pytest

from jobs.json_lines import MAX_TEXT_CHARACTERS, BadLine, parse_line, read_articles, read_at_hand
from tracker.model import Article

GOOD = {"id": "a1", "url": "https://news.example.org/1", "title": "T", "text": "Text.", "published": "2017-07-04"}


def line(**changes: object) -> bytes:
    return json.dumps({key: value for key, value in {**GOOD, **changes}.items() if value is not None}).encode()


def test_a_good_line_is_an_article() -> None:
    article = parse_line(line(published="2017-07-04T23:30:00Z", notes="ignored"), 1)
    assert isinstance(article, Article)
    assert str(article.published) == "2017-07-04"


BAD = [
    (b"{", None, "line 7 is not JSON from character 2 on"),
    (b"\xff\xfe{}", None, "line 7 is not UTF-8"),
    (b"[1, 2]", None, "line 7 is not a JSON object"),
    (b"[" * 100_000, None, "line 7 is nested too deeply"),
    (b'{"id": ' + b"9" * 5000 + b"}", None, "line 7 is not JSON"),
    (line(text=None), "a1", "line 7: `text` is missing; write text in quotes"),
    (line(id=12), None, '`id` is 12; write a name of its own in quotes, as "1"'),
    (line(published="last Tuesday"), "a1", '`published` is "last Tuesday"; write a day as "2017-07-04"'),
    (line(published="2017-02-30"), "a1", '`published` is "2017-02-30"; write a day'),
    (line(published=20170704), "a1", "`published` is 20170704; write a day"),
    (line(published=None), "a1", "`published` is missing; write a day"),
    (line(text=["a", "b"]), "a1", "`text` is a list; write text in quotes"),
    (line(source_home={"city": "x" * 99}), "a1", "`source_home` is an object; write the outlet's place"),
    (line(published_basis="x" * 99), "a1", f'`published_basis` is "{"x" * 39}…; write "stated", "page" or "seen"'),
    (line(text="x" * (MAX_TEXT_CHARACTERS + 1)), "a1", "longer than"),
]


@pytest.mark.parametrize(("text", "identity", "says"), BAD, ids=[says + repr(text[:20]) for text, _, says in BAD])
def test_a_bad_line_says_what_is_wrong(text: bytes, identity: str | None, says: str) -> None:
    bad = parse_line(text, 7)
    assert isinstance(bad, BadLine)
    assert bad.id == identity
    assert says in bad.error


def test_half_a_character_becomes_one_replacement_character() -> None:
    article = parse_line(b'{"id":"a","url":"u","published":"2017-07-04","text":"a\\ud800b"}', 1)
    assert isinstance(article, Article)
    assert article.text == "a\N{REPLACEMENT CHARACTER}b"


def test_lines_keep_their_order_and_blank_ones_do_not_count() -> None:
    lines = b"\xef\xbb\xbf" + line(id="1") + b"\n\n{\n" + line(id="2", text="one\u2028two") + b"\r\n" + line(id="3")
    values = list(read_articles(io.BytesIO(lines)))
    assert [value.id for value in values] == ["1", None, "2", "3"]
    assert isinstance(values[1], BadLine)
    assert values[1].number == 3


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n\n"])
def test_what_is_at_hand_is_what_the_lines_give(end: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (
        b"\xef\xbb\xbf" + line(id="1") + b"\n\n{\n" + line(id="2", text="one\u2028two") + b"\r\n" + line(id="3") + end
    )
    wanted = list(read_articles(io.BytesIO(lines)))
    for at_once in (1 << 20, 7, 1):
        monkeypatch.setattr("jobs.json_lines.AT_HAND", at_once)
        assert [value for some in read_at_hand(io.BytesIO(lines)) for value in some] == wanted
    assert list(read_at_hand(io.BytesIO(b"\n \n"))) == list(read_at_hand(io.BytesIO())) == []


def test_a_line_is_at_hand_before_the_next_one_is_written() -> None:
    end, begin = os.pipe()
    with open(end, "rb") as reading, open(begin, "wb", buffering=0) as writing:
        found = read_at_hand(reading)
        writing.write(line(id="1") + b"\n" + line(id="2")[:9])
        assert [value.id for value in next(found)] == ["1"]
        writing.write(line(id="2")[9:] + b"\n")
        assert [value.id for value in next(found)] == ["2"]
        writing.close()
        assert list(found) == []

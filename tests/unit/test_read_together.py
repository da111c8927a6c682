"""Many articles read at once give what each gives alone, in order, whatever stands between them."""

import json
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from reading import article, reader
from tracker.read.together import alone, together

from tracker.model import Article, Reading
from tracker.read import reader as module
from tracker.read.places.resolve import PlaceReader
from tracker.read.reader import Reader, batches

EVAL = Path(__file__).parents[1] / "eval"
LABELLED = [json.loads(line) for line in (EVAL / "own_articles_2.jsonl").read_text("utf-8").splitlines()][::5]
CHANGE = "The Dayton City Commission voted 5-2 Tuesday to ban tents in city parks."
HOSTILE = ["", "\x00", "“" * 5000, "U.S. " * 2000, "council" + "a" * 20_000, CHANGE.replace(" ", "\n"), CHANGE * 30]


def articles() -> list[Article]:
    """Labelled articles with odd ones between them."""
    odd = (article(text) for text in HOSTILE * len(LABELLED))
    return [one for record in LABELLED for one in (Article.model_validate(record), next(odd))]


def outcome(reading: Reading | Exception) -> tuple[object, ...]:
    """What is told, without the last digits of its scores: batches of other sizes sum in another order."""
    assert isinstance(reading, Reading), reading
    findings = [found.model_dump(exclude={"score"}) for found in reading.findings]
    return reading.id, reading.is_change, round(reading.score, 4), findings


def test_many_are_read_as_each_alone_and_in_order() -> None:
    many = articles()
    told = list(reader().read_many(many))
    assert [outcome(one) for one in told] == [outcome(reader().read(each)) for each in many]
    assert {one.is_change for one in told if isinstance(one, Reading)} == {True, False}


def test_an_article_that_meets_a_bug_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = PlaceReader.read

    def broken(self: PlaceReader, each: Article) -> object:
        if each.id == "broken":
            raise RuntimeError("a bug")
        return whole(self, each)

    monkeypatch.setattr(PlaceReader, "read", broken)
    good = article(CHANGE)
    told = list(reader().read_many([good, good.model_copy(update={"id": "broken"}), good]))
    assert [type(one) for one in told] == [Reading, RuntimeError, Reading]
    assert told[0] == told[2] == reader().read(good)


def asking(name: str, *texts: str) -> Generator[list[str], list[str], list[str]]:
    """Asks for one text after another and returns the answers."""
    answers = []
    for text in texts:
        if text == "bug":
            raise ValueError(name)
        answers += yield [text, text]
    return answers


def test_a_text_that_breaks_the_parser_ends_only_the_article_that_asked_for_it() -> None:
    asked: list[list[str]] = []

    def parse(texts: list[str]) -> list[str]:
        asked.append(texts)
        if "poison" in texts:
            raise MemoryError
        return [text.upper() for text in texts]

    told = together([asking("1", "a", "b"), asking("2", "poison"), asking("3"), asking("4", "c", "bug")], parse)  # type: ignore[arg-type,list-item]
    assert told[0] == ["A", "A", "B", "B"]
    assert isinstance(told[1], MemoryError)
    assert told[2] == []
    assert isinstance(told[3], ValueError)
    assert asked[0] == ["a", "a", "poison", "poison", "c", "c"], "asked for in one go"
    assert alone(asking("5", "a"), parse) == ["A", "A"]  # type: ignore[arg-type]


def counted(each: Article, taken: list[Article]) -> Iterator[Article]:
    """The same article without end, and a note of each that was taken."""
    while True:
        taken.append(each)
        yield each


def test_no_more_articles_are_taken_than_are_read_at_once() -> None:
    taken: list[Article] = []
    readings = Reader().read_many(counted(article("Nothing happened."), taken))
    assert taken == []
    for _ in range(module.TOGETHER):
        next(readings)
    assert len(taken) == module.TOGETHER
    next(readings)
    assert len(taken) == 2 * module.TOGETHER


def test_long_articles_are_read_a_few_at_a_time() -> None:
    long, short = article("word " * 50_000), article("A word.")
    sizes = [len(batch) for batch in batches([long, long, short, long, *[short] * 70])]
    assert sizes == [2, 64, 8]
    assert max(map(len, batches([long] * 5))) * len(long.text) < module.TOGETHER_CHARACTERS + len(long.text)
    assert list(batches([])) == []

"""What a reading always keeps, whatever the article and the model: the contract of `tracker read` and all behind it."""

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from jobs.json_lines import FINDING_KEYS, INNER, reading_line
from support.articles.labelled import EVAL, read_lines
from support.articles.reader import HOME, article, reader
from support.articles.scores import Chooser, Said, scores
from tracker.errors import ScorerFault
from tracker.model import Article, Basis, Reading, Stage, Witness
from tracker.read.encoder.small_look import GRAPHS, Encoder, model_folder
from tracker.read.mentions import Mentions
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.reader import Reader
from tracker.read.scorer import Scores
from tracker.read.text.document import Document
from tracker.read.topics import topics
from tracker.read.version import READER_VERSION, SMALL_LOOK_VERSION, version

LABELLED = read_lines(EVAL / "own_articles.jsonl")[::4] + read_lines(EVAL / "retold.jsonl")[::100]
"""Enough of all forms, and quick."""
CHANGE = "The Dayton City Commission voted 5-2 Tuesday to ban tents in city parks with an ordinance. It starts July 1."
GAME = "The Lions rallied in the fourth quarter Friday and beat Carver 58-55 for their ninth win in a row."
RULES = files("tracker.read")

Readings = list[tuple[Article, Reading]]


@pytest.fixture(scope="module")
def readings() -> Readings:
    articles = [Article.model_validate(record) for record in LABELLED]
    return [(each, reader().read(each)) for each in articles]


def test_the_sample_has_changes_and_others(readings: Readings) -> None:
    assert {reading.is_change for _, reading in readings} == {True, False}


def test_a_quote_is_the_text_between_its_offsets(readings: Readings) -> None:
    for each, reading in readings:
        for finding in reading.findings:
            assert each.text[finding.start : finding.end] == finding.quote, each.id


def test_a_quote_is_one_sentence_of_the_text(readings: Readings) -> None:
    for each, reading in readings:
        for finding in reading.findings:
            assert finding.quote == finding.quote.strip() != "", each.id
            assert "\n\n" not in finding.quote, each.id


def test_a_change_has_exactly_one_primary_finding_the_first_and_no_change_has_none(readings: Readings) -> None:
    for each, reading in readings:
        primary = [finding.primary for finding in reading.findings]
        assert primary == [number == 0 for number in range(len(primary))], each.id
        assert bool(primary) == reading.is_change, each.id


def test_every_place_is_one_of_the_gazetteer_and_no_state(readings: Readings) -> None:
    for each, reading in readings:
        for finding in reading.findings:
            places = [load().get(ocd_id) for ocd_id in (finding.jurisdiction, *finding.candidates) if ocd_id]
            assert None not in places, each.id
            assert not any(place.kind == "state" for place in places if place), each.id


def test_topics_and_scores_are_of_their_kind(readings: Readings) -> None:
    for _, reading in readings:
        assert 0 <= reading.score <= 1
        assert reading.reason
        assert all(finding.topic in topics() and 0 <= finding.score <= 1 for finding in reading.findings)


def test_a_date_that_was_not_said_is_the_month_of_publication(readings: Readings) -> None:
    for each, reading in readings:
        for finding in reading.findings:
            if finding.basis is Basis.REPORTED:
                assert str(finding.date or each.published)[:7] == each.published.isoformat()[:7], each.id


def test_only_starts_ends_blocks_and_scheduled_steps_lie_ahead(readings: Readings) -> None:
    for each, reading in readings:
        ahead = {f.stage for f in reading.findings if f.date and f.date.first_day() > each.published}
        assert not ahead & {Stage.ADOPTED, Stage.REJECTED}, each.id


def test_no_step_is_told_twice(readings: Readings) -> None:
    for each, reading in readings:
        keys = [(f.jurisdiction, f.stage, f.date) for f in reading.findings if f.basis is not Basis.REPORTED]
        assert len(set(keys)) == len(keys), each.id


def test_the_line_of_a_reading_has_the_keys_of_the_contract_and_nothing_of_inner_use(readings: Readings) -> None:
    for _, reading in readings:
        line: dict[str, Any] = json.loads(reading_line(reading))
        assert list(line) == ["id", "is_change", "score", "reason", "findings"]
        assert all(tuple(finding)[: len(FINDING_KEYS)] == FINDING_KEYS for finding in line["findings"])
        assert not any(INNER & set(finding) for finding in line["findings"])


def test_a_line_tells_the_witness_only_where_it_is_not_the_encoder_alone(readings: Readings) -> None:
    reading = next(reading for _, reading in readings if reading.findings)
    first = reading.findings[0].model_copy(update={"witness": Witness.BOTH})
    line = json.loads(reading_line(reading.model_copy(update={"findings": (first, *reading.findings)})))
    assert [finding.get("witness") for finding in line["findings"]] == ["both", *(None for _ in reading.findings)]


def test_what_stands_around_a_quote_and_what_is_marked_are_the_articles_own_characters(readings: Readings) -> None:
    """Of the article as it was given, whatever was left out when it was read."""
    every = [(each, finding) for each, reading in readings for finding in reading.findings]
    assert sum(bool(finding.marks) for _, finding in every) > len(every) / 2
    for each, finding in every:
        around = slice(finding.start - len(finding.before), finding.end + len(finding.after))
        assert each.text[around] == finding.before + finding.quote + finding.after
        assert all(
            0 <= mark.start < mark.end <= len(each.title if mark.in_title else each.text) for mark in finding.marks
        )


def test_the_same_article_gives_the_same_reading_whatever_was_read_before(readings: Readings) -> None:
    for each, before in reversed(readings[:12]):
        assert reader().read(each) == before


def test_another_reader_reads_the_same() -> None:
    assert Reader(big_look=False).read(article(CHANGE)) == reader().read(article(CHANGE))


def test_many_are_read_as_each_alone_and_in_order(readings: Readings) -> None:
    some = readings[:10]
    assert list(reader().read_many(each for each, _ in some)) == [reading for _, reading in some]


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


class Away(Chooser):
    def score(self, document: Document, mentions: Mentions) -> Scores:
        raise ScorerFault("it does not answer")


def test_a_scorer_that_cannot_be_reached_is_no_matter_of_an_article() -> None:
    with pytest.raises(ScorerFault, match="it does not answer"):
        list(Reader(scorer=Away()).read_many([article(CHANGE)]))


@pytest.mark.parametrize("broken", ["card.json", "thresholds.json", "glance.onnx"])
def test_an_encoder_without_one_of_its_files_is_such_a_scorer(broken: str, tmp_path: Path) -> None:
    for name in ("card.json", "thresholds.json", *(f"{graph}.onnx" for graph in GRAPHS)):
        if name != broken:
            (tmp_path / name).symlink_to(model_folder() / name)
    with pytest.raises(ScorerFault, match=rf"{broken}.*install the tracker again"):
        Reader(scorer=Encoder(tmp_path)).read(article(CHANGE))


def test_a_library_that_cannot_be_loaded_is_a_fault_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tracker.read.encoder.small_look", None)
    with pytest.raises(ScorerFault, match="install the tracker again"):
        list(Reader().read_many([article(CHANGE)]))


def test_no_article_is_taken_before_it_is_its_turn() -> None:
    taken: list[str] = []

    def articles() -> Iterator[Article]:
        for number in range(3):
            taken.append(str(number))
            yield article(GAME)

    told = Reader(big_look=False).read_many(articles())
    assert taken == []
    next(told)
    assert taken == ["0"]


def test_the_reading_carries_the_id_of_its_article() -> None:
    assert [reader().read(article(text)).id for text in ("", GAME, CHANGE)] == ["case"] * 3


REFUSED = [
    (GAME, HOME, "do not sound like a local change"),
    (CHANGE, "Toronto, Ontario", "'Toronto, Ontario' is no place in the United States"),
    ("The council voted 5-2 Tuesday to ban tents in city parks.", None, "names no place that is known"),
]


@pytest.mark.parametrize(("text", "home", "reason"), REFUSED)
def test_an_article_that_is_none_of_ours_is_told_why_before_it_is_scored(
    text: str, home: str | None, reason: str
) -> None:
    reading = Reader(scorer=Chooser()).read(article(text, home=home))
    assert not reading.is_change
    assert reason in reading.reason


ADOPTED = Said(1, Stage.ADOPTED, "Tuesday", "2023-05-09", news=9.0)


def test_any_scorer_can_choose_among_the_mentions() -> None:
    reading = Reader(scorer=Chooser(ADOPTED, topic="homelessness")).read(article(CHANGE))
    (finding,) = reading.findings
    assert (finding.jurisdiction_name, finding.stage, str(finding.date)) == ("Dayton", "adopted", "2023-05-09")
    assert (finding.topic, finding.quote) == ("homelessness", CHANGE.partition(" It ")[0])
    assert reading.reason == "it tells of 1 step of a local change"


def test_a_topic_that_the_scorer_was_not_taught_is_told_by_its_terms() -> None:
    taught = tuple(name for name in topics() if name != "homelessness")
    reading = Reader(scorer=Chooser(ADOPTED, taught=taught)).read(article(CHANGE))
    assert {finding.topic for finding in reading.findings} == {"homelessness"}


def test_decisions_fall_where_the_scorer_says() -> None:
    strict = Chooser(ADOPTED)
    strict.thresholds = replace(strict.thresholds, accept=1.0)
    assert Reader(scorer=Chooser(ADOPTED)).read(article(CHANGE)).is_change
    assert "needed 1.00" in Reader(scorer=strict).read(article(CHANGE)).reason


@pytest.mark.parametrize("costly", [True, False])
def test_a_scorer_that_costs_is_asked_once_by_an_explanation(costly: bool) -> None:
    asked: list[Document] = []

    class Counted(Chooser):
        def score(self, document: Document, mentions: Mentions) -> Scores:
            asked.append(document)
            return super().score(document, mentions)

        def at_first_sight(self, document: Document, mentions: Mentions) -> Scores:
            asked.append(document)
            return scores(mentions)

    scorer = Counted(ADOPTED)
    scorer.costly = costly
    lines = Reader(scorer=scorer).explain(article(CHANGE)).lines()
    assert (len(asked) == 1) == costly == any("which costs" in line for line in lines)


def test_where_no_step_is_sure_enough_the_reason_says_so() -> None:
    reading = Reader(scorer=Chooser(Said(1, Stage.ADOPTED, odds=-9.0))).read(article(CHANGE))
    assert (reading.is_change, reading.reason) == (False, "no sentence tells a step of a local government")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the reader, without its graphs."""
    folder = tmp_path_factory.mktemp("copy") / "read"
    shutil.copytree(str(RULES), folder, ignore=shutil.ignore_patterns("*.onnx", "__pycache__"))
    return folder


DECIDE = (
    *(
        "decode.py",
        "dates/finder.py",
        "places/resolve.py",
        "data/common.toml",
        "data/screen.csv",
        "data/gazetteer.tsv.gz",
    ),
    *("model/card.json", "model/thresholds.json", "model/tokenizer.json", "model/witnesses.json"),
)


@pytest.mark.parametrize("name", DECIDE)
def test_the_version_changes_with_every_file_that_may_change_a_reading(copy: Path, name: str) -> None:
    before, kept = version(copy), (copy / name).read_bytes()
    (copy / name).write_bytes(kept + b"\n")
    assert version(copy) != before
    (copy / name).write_bytes(kept)
    assert version(copy) == before == READER_VERSION


@pytest.mark.parametrize("name", ["README.md", "data/README.md", "training/train.py"])
def test_the_version_stays_where_nothing_can_change_a_reading(copy: Path, name: str) -> None:
    kept = (copy / name).read_bytes()
    (copy / name).write_bytes(kept + b"\n")
    assert version(copy) == READER_VERSION
    (copy / name).write_bytes(kept)


def test_the_version_of_a_reader_names_its_scorer(copy: Path) -> None:
    """By what it scores with, not by where it lies."""
    (copy / "model" / "thresholds.json").write_text("{}\n")
    versions = [Reader(scorer=one).version for one in (Encoder(), Encoder(copy / "model"), Chooser())]
    shutil.copy(model_folder() / "thresholds.json", copy / "model")
    small = Reader(scorer=Encoder(copy / "model")).version
    assert Reader(big_look=False).version == versions[0] == small == SMALL_LOOK_VERSION
    assert Reader().version == READER_VERSION != SMALL_LOOK_VERSION
    assert len(set(versions)) == 3


def test_the_version_is_a_word_that_can_be_stored() -> None:
    assert READER_VERSION.isalnum()


def test_the_card_names_every_graph_and_what_goes_with_it_by_its_hash() -> None:
    told = json.loads((model_folder() / "card.json").read_text("utf-8"))["files"]
    assert {f"{graph}.onnx" for graph in GRAPHS} | {"tokenizer.json", "thresholds.json"} == set(told)
    assert told == {name: sha256((model_folder() / name).read_bytes()).hexdigest() for name in told}

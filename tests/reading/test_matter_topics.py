"""What a council's matter is about, by the encoder's vector and by terms."""

from pathlib import Path

import numpy as np
import pytest

from support.articles.scores import Chooser
from tracker.gather.sources.legistar import Matter
from tracker.read.encoder.big_look import BothLooks
from tracker.read.encoder.small_look import SHORT_TEXT, Encoder
from tracker.read.lexicon import table
from tracker.read.reader import Reader
from tracker.read.records.matter_topics import TERMS_WEIGHT, terms, topic_of

TITLES = {
    "A local law in relation to detainers that federal immigration officers send to the jail": "immigration",
    "An ordinance on the use of force by officers, chokeholds and the duty to intervene": "use-of-force",
    "Ordinance requiring officers to switch on their body cameras at every call": "body-cameras",
    "AN ORDINANCE requiring approval of the council before facial recognition or drones are bought": "surveillance",
    "A resolution adopting a policy on vehicle pursuits by the police department": "pursuits",
    "Ordinance amending Chapter 9 to prohibit camping and sleeping in parks": "homelessness",
    "A Local Law in relation to eviction of tenants and the duties of landlords": "housing",
    "Text amendment of the zoning code: setbacks, building height and parking minimums": "land-use",
    "An ordinance lowering the speed limit on residential streets to 25 miles per hour": "streets",
    "Ordinance to license food trucks and to set the hours of bars": "licensing",
    "A bill on paid sick leave and the minimum wage of hotel workers": "labor",
    "Ordinance banning plastic bags and foam cups in stores": "environment",
    "Resolution adopting new water rates and raising the fee schedule": "taxes-and-fees",
    "Amending the rules of the council as to public comment at its meetings": "meetings",
    "An ordinance on the keeping of chickens and bees": "other",
}
"""Plain ones of each kind: what is hard is measured by `tests/eval/gate.py`."""


def matter(title: str, name: str = "", summary: str = "") -> Matter:
    return Matter(1, "24-1", "Ordinance", title, name, summary, "City Council", "", None, None, None, "")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.mark.parametrize(("title", "topic"), TITLES.items())
def test_the_topic_of_a_matter(encoder: Encoder, title: str, topic: str) -> None:
    assert topic_of(matter(title), encoder) == topic


def test_a_reader_tells_topics_by_the_encoder_that_reads_its_articles() -> None:
    encoder, asked = Encoder(), [matter(title) for title in TITLES]
    reader = Reader(scorer=BothLooks(encoder))
    assert reader.topics_of(asked) == list(TITLES.values())
    assert reader._vectors() is reader._open_scorer()


def test_another_scorer_of_articles_is_not_asked_about_matters() -> None:
    assert Reader(scorer=Chooser(topic="drugs")).topics_of([matter("An ordinance on plastic bags")]) == ["environment"]


@pytest.mark.parametrize(
    "odd", [matter(""), matter("", "", "x" * 100_000), matter("\x00 𓀀 ]]>", "…"), matter("camping " * 20_000)]
)
def test_whatever_stands_in_a_title_has_a_topic(encoder: Encoder, odd: Matter) -> None:
    assert topic_of(odd, encoder) in table("topics")


def test_a_summary_tells_what_a_title_does_not(encoder: Encoder) -> None:
    title = "An ordinance amending Chapter 12 of the code"
    bags = "This bill would ban plastic bags and straws."
    assert [topic_of(matter(title, "", text), encoder) for text in ("", bags)] == ["other", "environment"]


def test_the_vector_of_a_text_hangs_on_nothing_that_was_asked_before(encoder: Encoder) -> None:
    first = encoder.vector("Plastic bags", "")
    other = encoder.vector("Plastic bags", "are banned")
    assert np.array_equal(encoder.vector("Plastic bags", ""), first)
    assert not np.array_equal(first, other)
    assert np.array_equal(encoder.vector("a " * SHORT_TEXT, "b"), encoder.vector("a " * SHORT_TEXT, "b" * 9)), "cut"


def test_a_topic_that_was_added_is_told_by_its_terms(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table("topics"), "beekeeping", {"strong": ["apiar"], "terms": ["bees"]})
    monkeypatch.setattr("tracker.read.topics.topics", lambda: tuple(table("topics")))
    assert topic_of(matter("An ordinance on apiaries and bees"), encoder) == "beekeeping"
    assert topic_of(matter("An ordinance on chickens and bees"), encoder) == "other"


def test_terms_are_counted_at_the_start_of_a_word_and_across_punctuation() -> None:
    topics = ("homelessness", "pursuits")
    strong, plain, chase, fleeing = terms("Camping: a ban on tents; shelter, sidewalk!", topics) / TERMS_WEIGHT
    assert (strong, plain, chase, fleeing) == (1, 1, 0, 0)
    assert not terms("decamping", topics).any()


def test_a_model_that_is_not_there_is_said(tmp_path: Path) -> None:
    from tracker.errors import ScorerFault

    with pytest.raises(ScorerFault, match="cannot be loaded"):
        topic_of(matter("An ordinance"), Encoder(tmp_path))

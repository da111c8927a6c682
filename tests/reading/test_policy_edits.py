"""What another version of a policy changed, by the encoder that reads articles."""

import numpy as np
import pytest

from support.articles.scores import Chooser
from tracker.kinds import Direction, Effect
from tracker.read.documents.edit_vectors import edit_vector
from tracker.read.documents.rules_or_form import changes_rule
from tracker.read.encoder.small_look import WIDTH, Encoder
from tracker.read.reader import Reader
from tracker.read.topics import OTHER

RULE = ("Guards may look into any bag.", "Guards shall not look into any bag without a warrant.")
ADDED = ("", "Guards shall write down the name of each visitor whose bag is searched.")
FORM = ("Issued: 4 May 2012", "Issued: 9 June 2014")
SAME = ("Guards begin at dawn.", "Guards start at dawn.")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_edits_of_a_policy_are_read_in_their_order() -> None:
    found = Reader(big_look=False).read_edits("Searches of bags and persons", [FORM, RULE, SAME, ADDED])
    assert [edit.changes_rule for edit in found.edits] == [False, True, False, True]
    assert found.topic == "stops-and-searches"
    assert (found.edits[1].effect, found.edits[1].direction) == (Effect.LIMITS, Direction.STRICTER)
    assert found.edits[0].effect is None


def test_another_scorer_of_articles_is_not_asked_about_policies() -> None:
    assert Reader(scorer=Chooser(topic="drugs")).read_edits("Bags", [RULE]).edits[0].changes_rule


def test_where_no_rule_changed_the_title_alone_tells_the_topic() -> None:
    reader = Reader(big_look=False)
    assert reader.read_edits("Searches", [FORM, SAME]).topic == "stops-and-searches"
    assert reader.read_edits("Preface", [FORM, SAME]).topic == OTHER
    assert reader.read_edits("Searches", []).edits == ()


def test_equal_edits_have_equal_vectors_of_one_length(encoder: Encoder) -> None:
    vectors = [edit_vector(*edit, encoder) for edit in (RULE, ADDED, ADDED[::-1], ("", ""), ("same", "same"))]
    assert {vector.shape for vector in vectors} == {(4 * WIDTH + 7,)}
    assert all(np.isfinite(vector).all() for vector in vectors)
    assert np.array_equal(edit_vector(*RULE, encoder), vectors[0])


@pytest.mark.parametrize("text", ["\x00", "a-" * 20_000, "…", "no. " * 9_000])
def test_odd_text_is_read_like_any(encoder: Encoder, text: str) -> None:
    assert changes_rule(text, RULE[1], encoder) in (True, False)

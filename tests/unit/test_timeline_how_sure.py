"""How sure an entry is: the chance, its word, what it rests on; what of it readers are shown."""

import copy
from typing import Any

import pytest

from support.timeline.cases import BY_SCORE, MILWAUKEE, evidence, fold
from tracker.model import Basis, Entry, EntryStatus, Evidence, Publish
from tracker.partial_date import PartialDate
from tracker.timeline import how_sure
from tracker.timeline.how_sure import FEATURES, SureWord, features_of, is_published, reasons, weights

OHIO = MILWAUKEE.replace("wi", "oh")
NAMED = "Milwaukee approved it."
HEARD = {"model": "small"}
OTHER_START = {"on": "2017-09-01", "published": "2017-07-01", "outlet": "Post"}
WHY: list[tuple[str, list[dict[str, Any]], tuple[str, ...]]] = [
    ("one report that says all", [{}], ("one report",)),
    ("two reports", [{}, {"outlet": "Post"}], ("2 independent reports",)),
    ("an outlet and its own follow-up", [{}, {"published": "2017-06-24"}], ("2 reports by one outlet",)),
    (
        "an outlet twice, and another",
        [{}, {"published": "2017-06-24", "outlet": "sentinel "}, {"outlet": "Post"}],
        ("3 reports by 2 outlets",),
    ),
    ("copies count once", [{"report": "wire"}, {"outlet": "Post", "report": "wire"}], ("one report",)),
    ("a date worked out", [{"basis": "relative"}], ("one report", "date worked out")),
    ("no date", [{"on": None}], ("one report", "no date given")),
    ("another place possible", [{"candidates": (OHIO,)}], ("one report", "1 other place possible")),
    ("a low score", [{"score": 0.4}], ("one report", "the program is unsure of its reading")),
    (
        "the place is not in the quote",
        [{"quote": "The council approved it."}],
        ("one report", "the quoted sentence does not name the place"),
    ),
    ("two readers of one report", [{**HEARD, "witness": "both"}], ("one report", "read alike by two programs")),
    ("one reader of two", [HEARD], ("one report", "read so by one program of two")),
    (
        "two starts",
        [{"stage": "effective", "on": "2017-07-06"}, {"stage": "effective", **OTHER_START}],
        ("2 independent reports", "reports also say July 6, 2017"),
    ),
]


@pytest.fixture(autouse=True)
def by_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(how_sure, "weights", lambda heard=False: BY_SCORE)


def entry(*items: dict[str, Any]) -> Entry:
    told: list[Evidence] = [evidence(**{"quote": NAMED, **item}) for item in items]
    (found,) = fold(told)
    return found


@pytest.mark.parametrize(("items", "why"), [case[1:] for case in WHY], ids=[case[0] for case in WHY])
def test_why(items: list[dict[str, Any]], why: tuple[str, ...]) -> None:
    assert reasons(entry(*items)) == why


@pytest.mark.parametrize(("score", "word"), [(0.9, "sure"), (0.7, "likely"), (0.3, "uncertain")])
def test_a_chance_has_a_word(score: float, word: str) -> None:
    found = how_sure.how_sure(entry({"score": score}))
    assert (found.word, found.chance) == (word, score)


def test_where_too_few_are_right_nothing_is_sure() -> None:
    words = how_sure.SureWeights(0.0, {}, sure=None, likely=None)
    assert {words.word(chance) for chance in (0.1, 0.9, 1.0)} == {SureWord.UNCERTAIN}


def test_what_a_person_confirmed_is_sure() -> None:
    found = how_sure.how_sure(entry({"score": 0.1}).model_copy(update={"status": EntryStatus.CONFIRMED}))
    assert (found.word, found.why) == ("sure", ("checked by a person",))


def test_what_a_person_set_is_no_doubt() -> None:
    found = entry({"on": None, "candidates": (OHIO,)})
    assert reasons(found.model_copy(update={"locked": frozenset({"date", "jurisdiction"})})) == (
        "one report",
        "date set by a person",
    )


def test_what_a_person_put_right_is_no_less_sure_than_before_and_stays_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(how_sure, "weights", weights)
    told = entry({"basis": "relative"})
    right = told.model_copy(
        update={"date": PartialDate(2017, 6, 28), "basis": Basis.STATED, "locked": frozenset({"date"})}
    )
    assert how_sure.how_sure(right).chance >= how_sure.how_sure(told).chance
    doubtful = entry({"score": 0.1, "candidates": (OHIO,)})
    there = doubtful.model_copy(update={"jurisdiction": OHIO, "locked": frozenset({"jurisdiction"})})
    assert how_sure.how_sure(there).chance > how_sure.how_sure(doubtful).chance
    assert [is_published(one, Publish.LIKELY) for one in (doubtful, there)] == [False, True]


SHOWN = [
    (0.9, EntryStatus.PENDING, {"all", "likely", "0.5", "0.3"}),
    (0.55, EntryStatus.PENDING, {"all", "0.5", "0.3"}),
    (0.3, EntryStatus.PENDING, {"all", "0.3"}),
    (0.3, EntryStatus.CONFIRMED, {"all", "likely", "confirmed", "0.5", "0.3"}),
    (0.3, EntryStatus.REJECTED, {"all", "likely", "confirmed", "0.5", "0.3"}),
]


@pytest.mark.parametrize(("score", "status", "shown"), SHOWN)
def test_what_readers_are_shown(score: float, status: EntryStatus, shown: set[str]) -> None:
    found = entry({"score": score}).model_copy(update={"status": status})
    choices = [Publish.parse(text) for text in ("all", "likely", "confirmed", "0.5", "0.3")]
    assert {str(publish) for publish in choices if is_published(found, publish)} == shown
    copies = copy.deepcopy(choices)  # as copied settings have them
    assert {str(publish) for publish in copies if is_published(found, publish)} == shown


def test_more_reports_make_an_entry_surer() -> None:
    one, two = entry({}), entry({}, {"outlet": "Post"})
    assert features_of(one)["reports"] < features_of(two)["reports"]


def test_the_fitted_weights_are_those_of_the_features() -> None:
    fitted = weights()
    assert set(fitted.weights) == set(FEATURES)
    assert set(fitted.measured) == set(SureWord)
    assert fitted.likely is None or fitted.sure is None or fitted.likely < fitted.sure

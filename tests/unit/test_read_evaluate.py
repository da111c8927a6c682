"""How a reader's figures are counted: what is right, what is missed, what is told too much, and intervals."""

import json
from typing import Any

import pytest

from support.articles.scores import Chooser, Said
from tracker.errors import BadInput
from tracker.model import Direction, Effect, Stage
from tracker.read import findings
from tracker.read.evaluate import Counts, Evaluation, Proportion, evaluate, one_of_name, place_id
from tracker.read.reader import Reader

TEXT = "The Dayton council adopted an ordinance Tuesday that bans tents in parks. The ban takes effect July 1."
ENTRY = {
    "primary": True,
    "jurisdiction": {"name": "Dayton", "kind": "place", "state": "OH"},
    "stage": "adopted",
    "date": "2023-05-09",
    "effect": "bans",
    "direction": None,
}
RECORD = {
    "id": "one",
    "url": "https://news.example/one",
    "published": "2023-05-10",
    "source_home": "Dayton, OH",
    "title": "Council bans tents",
    "text": TEXT,
    "is_change": True,
    "topic": "homelessness",
    "entries": [ENTRY],
}
ADOPTED = Said(1, Stage.ADOPTED, "Tuesday", "2023-05-09", effect=Effect.BANS, news=9.0)


def judged(*said: Said, topic: str = "homelessness", **fields: Any) -> Evaluation:
    """The figures of a reader that sees these steps in a labelled article."""
    line = json.dumps(RECORD | fields)
    return evaluate([line, ""], Reader(scorer=Chooser(*said, topic=topic)))


def rights(found: Evaluation) -> dict[str, int]:
    return {name: share.right for name, share in found.steps.items()}


def test_a_news_that_is_right_is_right_in_everything() -> None:
    found = judged(ADOPTED)
    assert rights(found) == {"place": 1, "stage": 1, "date": 1, "topic": 1, "all three": 1}
    assert (found.detection, found.entries) == (Counts(hit=1), Counts(hit=1))
    assert found.screened == Proportion(1, 1)
    assert found.errors == []


WRONG = [
    ("stage", Said(1, Stage.PROPOSED, "Tuesday", "2023-05-09"), {}),
    ("date", Said(1, Stage.ADOPTED), {}),
    ("place", ADOPTED, {"entries": [ENTRY | {"jurisdiction": {"name": "Xenia", "kind": "place", "state": "OH"}}]}),
    ("topic", ADOPTED, {"topic": "housing"}),
]


@pytest.mark.parametrize(("field", "said", "label"), WRONG)
def test_what_is_wrong_of_the_news_is_counted_by_itself(field: str, said: Said, label: dict[str, Any]) -> None:
    found = judged(said, **label)
    assert [name for name in ("place", "stage", "date", "topic") if not rights(found)[name]] == [field]
    assert field in found.errors[0][1]


def test_another_topic_may_be_as_right() -> None:
    assert rights(judged(ADOPTED, topic="housing", topic_alt=["housing"]))["topic"] == 1


def test_a_change_that_is_missed_is_wrong_in_everything() -> None:
    found = judged(Said(1, Stage.ADOPTED, odds=-9.0))
    assert set(rights(found).values()) == {0}
    assert (found.detection, found.entries) == (Counts(missed=1), Counts(missed=1))


def test_a_false_alarm_is_one() -> None:
    found = judged(ADOPTED, is_change=False, entries=[])
    assert (found.alarms, found.detection, found.entries) == (Proportion(1, 1), Counts(extra=1), Counts(extra=1))


def test_steps_that_are_told_too_much_or_left_out_are_counted() -> None:
    start = Said(2, Stage.EFFECTIVE, "July 1", "2023-07-01", odds=9.0)
    assert judged(ADOPTED, start).entries == Counts(hit=1, extra=1)
    effective = ENTRY | {"primary": False, "stage": "effective", "date": "2023-07-01"}
    assert judged(ADOPTED, entries=[ENTRY, effective]).entries == Counts(hit=1, missed=1)


def test_no_date_and_the_month_of_publication_are_the_same() -> None:
    for date in (None, "2023-05"):
        assert judged(Said(1, Stage.ADOPTED), entries=[ENTRY | {"date": date}]).entries == Counts(hit=1)


def test_effect_and_direction_count_only_where_they_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "leads", lambda *_: True)
    right = judged(ADOPTED).sorts
    assert (right["effect"], right["direction"]) == (Proportion(1, 1), Proportion())
    wrong = judged(Said(1, Stage.ADOPTED, "Tuesday", "2023-05-09", effect=Effect.ENDS, direction=Direction.LOOSER))
    assert (wrong.sorts["effect"], wrong.sorts["direction"]) == (Proportion(0, 1), Proportion(0, 1))


@pytest.mark.parametrize("line", ["not json", "{}", '{"id": "x", "url": "u", "text": "", "published": "2023-05-10"}'])
def test_a_line_that_is_no_record_is_named_by_its_number(line: str) -> None:
    with pytest.raises(BadInput, match="line 2 is no labelled article"):
        evaluate(["", line], Reader(scorer=Chooser()))


def test_a_place_is_known_by_its_name_or_its_id() -> None:
    dane = "ocd-division/country:us/state:wi/county:dane"
    assert place_id({"name": "Dane", "kind": "county", "state": "WI"}) == dane
    assert place_id(dane) == dane
    assert place_id({"name": "Nowhere", "kind": "place", "state": "WI"}) == "nowhere, WI"
    assert place_id({"name": "New York", "kind": "place", "state": "NY"}).endswith("/state:ny/place:new_york")


def test_townships_of_one_name_in_a_state_are_one_for_a_label_by_name() -> None:
    label, nation = {"name": "Penn Township", "kind": "place", "state": "PA"}, "ocd-division/country:us"
    for township in ("butler", "berks"):
        assert one_of_name(f"{nation}/state:pa/county:{township}/place:penn") == one_of_name(place_id(label))
    assert one_of_name(f"{nation}/state:oh/county:morgan/place:penn") != one_of_name(place_id(label))


def test_an_interval_holds_its_share_and_shrinks_with_more_cases() -> None:
    (few_low, few_high), (low, high) = Proportion(8, 10).interval(), Proportion(800, 1000).interval()
    assert 0 < few_low < low < 0.8 < high < few_high < 1
    assert Proportion().interval() == (0.0, 1.0)
    assert (Proportion().value, Counts().f1, Counts(1, 1, 1).f1) == (0.0, 0.0, 0.5)


def test_the_figures_are_shares_under_the_names_of_the_floors() -> None:
    figures = judged(ADOPTED).figures()
    assert {"article_f1", "false_alarms", "primary_place", "primary_all_three", "entry_f1"} <= set(figures)
    assert all(0 <= value <= 1 for value in figures.values())
    assert any("screen keeps changes" in line for line in judged(ADOPTED).lines())

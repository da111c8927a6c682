"""Labelled articles with other places and other years: told alike everywhere, with labels that follow."""

from datetime import date
from random import Random
from typing import Any

import pytest

from tracker.read.evaluate import place_id
from tracker.read.training.variations import in_another_state, in_another_year

TEXT = (
    "SALINA, Kan. — The Salina City Commission voted 4-1 on Tuesday, June 11, to adopt an ordinance that bans tents. "
    "It takes effect Aug. 1, 2019. Saline County has no such rule, and Abilene dropped its own in 2016."
)


def record(**changed: Any) -> dict[str, Any]:
    place = {"name": "Salina", "kind": "place", "state": "KS"}
    step = {"primary": True, "jurisdiction": place, "body": "Salina City Commission", "instrument": "ordinance"}
    return {
        "id": "case", "url": "https://news.example/case", "publisher": "Salina Post", "published": "2019-06-13",
        "source_home": "Salina, KS", "title": "Salina bans tents", "text": TEXT, "is_change": True, "topic": "other",
        "entries": [
            step | {"stage": "adopted", "date": "2019-06-11", "quote": TEXT[:112], "date_quote": "Tuesday, June 11"},
            step | {"stage": "effective", "date": "2019-08-01", "quote": "It takes effect Aug. 1, 2019."},
        ],
    } | changed  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_years_move_and_the_weekdays_stay(seed: int) -> None:
    moved = in_another_year(record(), Random(seed))
    by = int(moved["published"][:4]) - 2019
    assert by
    assert [entry["date"] for entry in moved["entries"]] == [f"{2019 + by}-06-11", f"{2019 + by}-08-01"]
    assert (
        f"Aug. 1, {2019 + by}. Saline County has no such rule, and Abilene dropped its own in {2016 + by}."
        in moved["text"]
    )
    assert date.fromisoformat(moved["published"]).weekday() == date(2019, 6, 13).weekday()


@pytest.mark.parametrize("published", ["2019-01-13", "2019-12-13"])
def test_around_new_year_no_year_moves(published: str) -> None:
    given = record(published=published)
    assert in_another_year(given, Random(1)) is given


def test_all_places_of_the_home_state_become_others_of_one_state() -> None:
    given = record()
    made = next(each for seed in range(20) if (each := in_another_state(given, Random(seed))) is not given)
    assert not any(name in made["title"] + made["text"] for name in ("Salin", "Abilene", "Kan.", "SALINA"))
    new = made["source_home"].partition(",")[0]
    assert made["title"] == f"{new} bans tents"
    assert made["text"].startswith(new.upper())
    assert {entry["jurisdiction"] for entry in made["entries"]} == {place_id(made["entries"][0]["jurisdiction"])}
    assert made["entries"][0]["quote"] in made["text"]
    assert made["entries"][0]["body"] == f"{new} City Commission"


def test_an_article_whose_places_cannot_be_told_apart_stays_as_it_is() -> None:
    place = {"name": "Milwaukee County", "kind": "county", "state": "WI"}
    text = "The Milwaukee County Board voted Tuesday on a rule that Milwaukee has had since 2016."
    step = {
        "primary": True,
        "jurisdiction": place,
        "body": "Milwaukee County Board",
        "stage": "adopted",
        "date": None,
        "quote": text,
    }
    given = record(text=text, title="A vote", source_home="Milwaukee, WI", entries=[step])
    assert all(in_another_state(given, Random(seed)) is given for seed in range(5))

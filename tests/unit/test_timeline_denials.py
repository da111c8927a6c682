"""What a report denies it does not support: such a step has no witness in it, and where it was told before it ends."""

from datetime import date
from typing import Any

import pytest

from support.timeline.cases import BY_SCORE, evidence, fold
from tracker.model import Entry, EntryStatus, Evidence, Factuality
from tracker.publish import words
from tracker.timeline import how_sure
from tracker.timeline.standing.standing import standing
from tracker.timeline.steps import denial

PUT_OFF = "The ban will not start on March 1 after all."


@pytest.fixture(autouse=True)
def _sure_by_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(how_sure, "weights", lambda heard=False: BY_SCORE)


def start(day: str, told: str, **fields: Any) -> Evidence:
    return evidence("effective", day, published=told, outlet=f"Outlet {told}", **fields)


def put_off(told: str = "2018-12-19", day: str = "2019-03-01") -> Evidence:
    return start(day, told, factuality=Factuality.POSTPONED, quote=PUT_OFF, score=0.9)


STARTS = start("2019-03-01", "2018-08-29", score=0.7)


def the_start(*items: Evidence) -> Entry:
    (entry,) = fold(items)
    return entry


def test_a_denial_is_no_second_witness_and_ends_the_step() -> None:
    entry = the_start(STARTS, put_off())
    assert (str(entry.date), entry.score, len(entry.evidence)) == ("2019-03-01", 0.7, 2)
    assert denial(entry) == put_off()
    assert how_sure.how_sure(entry).word is how_sure.SureWord.UNCERTAIN
    assert words.denial_words(entry) == f"Put off, says Outlet 2018-12-19, December 19, 2018: “{PUT_OFF}”"


def test_a_vote_that_did_not_pass_after_all_is_denied_whatever_day_that_is_told_with() -> None:
    vote = evidence("adopted", "2026-04-13", published="2026-04-14", score=0.7)
    denied = evidence(
        *("adopted", "2026-04-16"),
        published="2026-04-17",
        outlet="Post",
        factuality=Factuality.DENIED,
        quote="The curfew did not pass after all, the clerk said Thursday.",
    )
    (entry,) = fold([vote, denied])
    assert (str(entry.date), denial(entry)) == ("2026-04-13", denied)
    assert "reports also say" not in " ".join(how_sure.reasons(entry))


HOLDS = [
    ("nobody denies it", (STARTS,)),
    ("another day was denied", (STARTS, put_off(day="2019-02-15"))),
    ("a later report asserts it again", (STARTS, put_off(), start("2019-03-01", "2019-01-05", score=0.7))),
]


@pytest.mark.parametrize("items", [case[1] for case in HOLDS], ids=[case[0] for case in HOLDS])
def test_what_is_not_denied_holds(items: tuple[Evidence, ...]) -> None:
    assert not any(map(denial, fold(items)))


def test_what_a_person_confirmed_no_report_denies() -> None:
    entry = the_start(STARTS, put_off())
    assert denial(entry.model_copy(update={"status": EntryStatus.CONFIRMED})) is None


NOTHING = [
    ("a start that was never told", put_off()),
    ("a veto that a report calls false", evidence("rejected", "2018-12-18", factuality=Factuality.DENIED)),
    ("without a date", evidence("adopted", None, factuality=Factuality.DENIED)),
]


@pytest.mark.parametrize("item", [case[1] for case in NOTHING], ids=[case[0] for case in NOTHING])
def test_what_is_only_denied_opens_no_entry(item: Evidence) -> None:
    assert fold([item]) == ()


def test_a_denial_without_a_date_is_of_no_step() -> None:
    adopted = evidence()
    (entry,) = fold([adopted, evidence("adopted", None, outlet="Post", factuality=Factuality.DENIED)])
    assert entry.evidence == (adopted,)


def test_a_start_that_was_put_off_decides_nothing() -> None:
    adopted = evidence("adopted", "2018-08-28", published="2018-08-29", url="https://gazette.example/1")
    found = standing(fold([adopted, STARTS, put_off()]), date(2020, 1, 1))
    assert found
    assert found.words == "adopted on August 28, 2018; its start on March 1, 2019 (uncertain) was put off"


WITNESSES = [
    ("both are likely", (0.7, 0.6), 0.88, 2),
    ("one is more likely wrong than right", (0.7, 0.4), 0.7, 1),
    ("both are", (0.4, 0.3), 0.4, 1),
]


@pytest.mark.parametrize(("scores", "score", "count"), [c[1:] for c in WITNESSES], ids=[c[0] for c in WITNESSES])
def test_two_reports_are_two_witnesses_where_each_alone_is(
    scores: tuple[float, float], score: float, count: int
) -> None:
    entry = the_start(*(start("2019-03-01", f"2018-08-2{n}", score=one) for n, one in enumerate(scores)))
    assert entry.score == pytest.approx(score)
    assert how_sure.features_of(entry)["reports"] == pytest.approx({1: 0.0, 2: 0.6931}[count], abs=1e-3)

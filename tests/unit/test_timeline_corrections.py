"""Moved starts, misprints, better dates, phases and reversals."""

from typing import Any

import pytest

from support.timeline.cases import carried_out, evidence, fold, shown
from tracker.model import Entry, Evidence, Stage
from tracker.partial_date import PartialDate
from tracker.read.dates.date_changes import gives_up, says_moved
from tracker.timeline.merging.intents import Correct, Open, Support
from tracker.timeline.merging.merge import merge


def start(on: str | None, published: str, **fields: Any) -> Evidence:
    return evidence("effective", on, published=published, **fields)


FIRST = start("2019-03-01", "2018-08-29", outlet="Journal")

CORRECTED = [
    ("named before the first date came", start("2019-09-15", "2018-12-19"), "2019-09-15"),
    ("named just after the first date went by", start("2019-04-01", "2019-03-05"), "2019-04-01"),
    (
        "told as put off, long after",
        start("2019-12-01", "2019-09-01", quote="The ban, delayed for months, begins Dec. 1."),
        "2019-12-01",
    ),
    (
        "said in one sentence with the old date",
        start("2019-09-15", "2018-12-19", quote="It starts Sept. 15, 2019, instead of March 1, 2019."),
        "2019-09-15",
    ),
    ("brought forward", start("2019-01-01", "2018-12-19"), "2019-01-01"),
    ("only a year, which agrees", start("2019", "2018-12-19"), "2019-03-01"),
    ("only the month of publication", start("2019-02", "2019-02-11", basis="reported"), "2019-03-01"),
]


@pytest.mark.parametrize(("later", "leads"), [case[1:] for case in CORRECTED], ids=[case[0] for case in CORRECTED])
def test_another_start_corrects_the_entry_and_both_claims_stay(later: Evidence, leads: str) -> None:
    (entry,) = fold([FIRST, later])
    assert (str(entry.date), len(entry.evidence)) == (leads, 2)


def test_the_old_date_named_again_does_not_lead() -> None:
    moved = start("2019-09-15", "2018-12-19", quote="The start was pushed back to Sept. 15.")
    again = start("2019-03-01", "2019-09-14", outlet="Herald", quote="The ban was originally set to begin March 1.")
    assert shown(fold([FIRST, moved, again])) == [("effective", "2019-09-15", 3)]


def test_an_article_that_names_both_dates_of_a_postponement_makes_one_entry() -> None:
    quote = "The ban now kicks in Sept. 15, 2019, instead of March 1, 2019."
    both = [start(day, "2018-12-19", quote=quote) for day in ("2019-03-01", "2019-09-15")]
    assert shown(fold(both)) == [("effective", "2019-09-15", 2)]


def test_steps_that_one_article_names_are_two_entries() -> None:
    steps = [start(day, "2017-05-04", start=place) for place, day in enumerate(("2017-05-05", "2018-01-01"))]
    other = start("2018-01", "2017-05-04", outlet="Journal")
    assert shown(fold([*steps, other])) == [("effective", "2017-05-05", 1), ("effective", "2018-01-01", 2)]


def test_a_start_that_has_happened_is_not_corrected() -> None:
    told_after = start("2019-03-01", "2019-03-02")
    assert shown(fold([told_after, start("2019-09-01", "2019-03-20", outlet="Journal")])) == [
        ("effective", "2019-03-01", 1),
        ("effective", "2019-09-01", 1),
    ]


def test_a_start_years_later_is_a_new_entry_of_the_same_policy() -> None:
    entries = fold([FIRST, start("2023-01-01", "2022-12-01")])
    assert [str(entry.date) for entry in entries] == ["2019-03-01", "2023-01-01"]
    assert len({entry.policy for entry in entries}) == 1


def test_the_start_of_another_policy_corrects_nothing() -> None:
    assert len(fold([FIRST, start("2019-09-15", "2018-12-19", subject="library cards")])) == 2
    rules = [("plastic bags shops", "plastic bag ban"), ("plastic straws", "ban on plastic straws and stirrers")]
    days = [("2020-03-01", "2020-01-31"), ("2020-04-01", "2020-02-01")]
    starts = [
        start(day, published, subject=subject, instrument=rule, topic="environment")
        for (subject, rule), (day, published) in zip(rules, days, strict=True)
    ]
    assert len(fold(starts)) == 2


def test_a_newspapers_correction_moves_the_day_of_an_act() -> None:
    quote = "Correction: the council voted June 21; an earlier version gave June 14."
    entries = fold([evidence(on="2017-06-14", outlet="Journal"), evidence(on="2017-06-21", quote=quote)])
    assert shown(entries) == [("adopted", "2017-06-21", 2)]


LEADING = [
    ("the day over the month", [("2017-06", "stated"), ("2017-06-21", "relative")], ("2017-06-21", "relative")),
    ("stated over relative", [("2017-06-20", "relative"), ("2017-06-21", "stated")], ("2017-06-21", "stated")),
    (
        "relative over the publication's",
        [("2017-07", "reported"), ("2017-06-21", "relative")],
        ("2017-06-21", "relative"),
    ),
    ("the year over the publication's", [("2017-06", "reported"), ("2017", "stated")], ("2017", "stated")),
    ("the first publication of two", [("2017-07", "reported"), ("2017-06", "reported")], ("2017-06", "reported")),
    ("nothing where no article says anything", [(None, "reported"), (None, "reported")], ("", "reported")),
]


@pytest.mark.parametrize(("claims", "leads"), [case[1:] for case in LEADING], ids=[case[0] for case in LEADING])
def test_the_better_date_leads(claims: list[tuple[str | None, str]], leads: tuple[str, str]) -> None:
    items = [
        evidence(
            on=on, basis=basis, outlet=f"Outlet {number}", published=f"{on if on and len(on) == 7 else '2017-06'}-28"
        )
        for number, (on, basis) in enumerate(claims)
    ]
    for order in (items, items[::-1]):
        (entry,) = fold(order)
        assert (str(entry.date or ""), entry.basis.value) == leads


@pytest.mark.parametrize(
    ("quote", "day", "given_up"),
    [
        ("It starts Sept. 15, 2019, instead of March 1, 2019.", "2019-03-01", True),
        ("It starts Sept. 15, 2019, instead of March 1, 2019.", "2019-09-15", False),
        ("It was originally set for March 1 and starts Sept. 15.", "2019-09-15", False),
        ("The start was moved from July 6 to July 20.", "2017-07-06", True),
        ("The start was moved from July 6 to July 20.", "2017-07-20", False),
        ("It takes effect July 20, not July 6.", "2017-07-06", True),
        ("It will not take effect until Sept. 15.", "2019-09-15", False),
        ("The rule takes effect March 1.", "2019-03-01", False),
        ("Rather than in March, it begins in May.", "2019-03", True),
        ("Rather than in March, it begins in May.", "2019", False),
    ],
)
def test_a_sentence_gives_up_the_old_date_only(quote: str, day: str, given_up: bool) -> None:
    assert gives_up(quote, PartialDate.parse(day)) is given_up


@pytest.mark.parametrize(("day", "moved"), [("2023-07-01", True), ("2023-01-01", False), ("2022-11-15", False)])
def test_what_starts_at_the_second_of_two_dates_was_to_start_at_the_first(day: str, moved: bool) -> None:
    said = "The council voted Nov. 15 to push the start of its rules from Jan. 1 to July 1."
    assert says_moved(Stage.EFFECTIVE, said, PartialDate.parse(day)) is moved


def test_each_step_of_a_story_opens_supports_or_corrects() -> None:
    story = [
        (start("2019", "2018-08-28", outlet="Radio"), Open, "first reported by Radio on 2018-08-28"),
        (FIRST, Correct, "a more precise date according to Journal, 2018-08-29"),
        (start("2019-03-01", "2018-09-02", outlet="Herald"), Support, "also reported by Herald"),
        (
            start("2019-09-15", "2018-12-19"),
            Correct,
            "another date according to Sentinel, 2018-12-19; earlier reports said March 1, 2019",
        ),
        (
            start("2019-03-01", "2018-12-20", outlet="Late", quote="It was to begin March 1 originally."),
            Support,
            "also reported by Late, which says March 1, 2019",
        ),
    ]
    known: tuple[Entry, ...] = ()
    for number, (_, kind, reason) in enumerate(story, 1):
        said = [item for item, *_ in story[:number]]
        (action,) = merge(known, said).actions
        assert (type(action), action.reason) == (kind, reason)
        known = carried_out(known, [action])
        assert known[0].revision == number
    assert known[0].date == PartialDate(2019, 9, 15)
    assert merge(known, said).actions == ()
